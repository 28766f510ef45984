import type { Language } from '../../messages/define.ts';
import type { RaceResult } from '../../race/result.ts';
import { checkRace } from '../check-race.ts';
import { costFigure } from '../figures/cost.ts';
import { lineSvg } from './line-svg.ts';
import { standaloneSvg } from './standalone.ts';

/**
 * The race as one picture: cost curves in a file of their own.
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
  const styles = Math.max(0, ...curves.map(({ style }) => style)) + 1;
  return standaloneSvg(svg, { width, height, styles });
}
