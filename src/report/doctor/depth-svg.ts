import type { Diagnosis } from '../../doctor/diagnosis.ts';
import type { Language } from '../../messages/define.ts';
import { lineSvg } from '../svg/line-svg.ts';
import { standaloneSvg } from '../svg/standalone.ts';
import { doctorStyles, screenFigure } from './depth-figures.ts';

/**
 * Signal and gradient against depth, measured beside predicted, as one picture.
 *
 * @returns an SVG document
 */
export function doctorSvg(diagnosis: Diagnosis, options: { readonly language: Language }): string {
  const size = { width: 960, height: 420 };
  const svg = lineSvg(screenFigure(diagnosis), {
    ...size,
    languages: [options.language],
    suffix: 'picture',
  });
  return standaloneSvg(svg, { ...size, styles: doctorStyles });
}
