import { svgElement } from './document.ts';
import { colorProperties } from './style.ts';

const padding = 14;

/**
 * A drawing as an SVG document of its own, readable on light and dark pages because it brings its background and follows
 * the reader's colour scheme.
 *
 * @param styles  how many styles of the palette it uses
 */
export function standaloneSvg(
  svg: SVGElement,
  { width, height, styles }: { width: number; height: number; styles: number },
): string {
  const document = svg.ownerDocument;
  const style = `${colorProperties(styles)}svg{color:var(--ink);font-family:system-ui,-apple-system,"Segoe UI","Noto Sans KR","Apple SD Gothic Neo","Malgun Gothic",sans-serif}`;
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
