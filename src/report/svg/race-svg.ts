import type { Language } from '../../messages/define.ts';
import type { RaceResult } from '../../race/result.ts';
import { checkRace } from '../check-race.ts';
import { costFigure } from '../figures/cost.ts';
import { svgElement } from './document.ts';
import { lineSvg } from './line-svg.ts';
import { colorProperties } from './style.ts';

const padding = 14;

/**
 * The race as one picture: cost curves in a file of their own, readable on light and dark pages because it brings
 * its background and follows the reader's colour scheme.
 *
 * @returns an SVG document
 */
export function raceSvg(
  result: RaceResult,
  options: { language: Language; width?: number; height?: number },
): string {
  checkRace(result);
  const { language, width = 960, height = 480 } = options;
  const figure = costFigure(result);
  const curves = figure.curves.map((curve) => ({ ...curve, raw: [] }));
  const svg = lineSvg({ ...figure, curves }, { width, height, languages: [language], suffix: 'picture' });
  const document = svg.ownerDocument;
  const starts = Math.max(0, ...curves.map(({ style }) => style)) + 1;
  const style = `${colorProperties(starts)}svg{color:var(--ink);font-family:system-ui,-apple-system,"Segoe UI","Noto Sans KR","Apple SD Gothic Neo","Malgun Gothic",sans-serif}`;
  const background = svgElement(document, 'rect', {
    x: -padding,
    y: -padding,
    width: width + 2 * padding,
    height: height + 2 * padding,
    rx: 8,
    fill: 'var(--paper)',
  });
  const description = svg.querySelector('desc');
  description?.after(svgElement(document, 'style', {}, style), background);
  svg.setAttribute('viewBox', `${-padding} ${-padding} ${width + 2 * padding} ${height + 2 * padding}`);
  svg.setAttribute('width', String(width + 2 * padding));
  svg.setAttribute('height', String(height + 2 * padding));
  svg.setAttribute('xmlns', 'http://www.w3.org/2000/svg');
  svg.setAttribute('xmlns:xlink', 'http://www.w3.org/1999/xlink');
  return `<?xml version="1.0" encoding="UTF-8"?>\n${svg.outerHTML}\n`;
}
