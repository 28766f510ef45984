import type { Language } from '../../messages/define.ts';
import { reportLabels } from '../../messages/labels/report.ts';
import type { DotFigure, FigureTable, LineFigure, Localized } from '../figures/figure.ts';
import { localized } from '../figures/figure.ts';
import { dotHeight, dotSvg } from '../svg/dot-svg.ts';
import { lineSvg } from '../svg/line-svg.ts';
import { dataTable, paragraphs, say } from './markup.ts';

/**
 * A figure in two sizes, of which the style sheet shows the one that fits, with summary, notes and numbers.
 *
 * @param languages  all languages, the one that the page opens in first
 */
export function figureMarkup(figure: LineFigure | DotFigure, languages: readonly Language[]): string {
  const draw = (width: number, height: number, suffix: string) =>
    figure.kind === 'lines'
      ? lineSvg(figure, { width, height, languages, suffix })
      : dotSvg(figure, { width, height: dotHeight(figure), languages, suffix });
  const pictures =
    `<div class="wide">${draw(920, 430, 'wide').outerHTML}</div>` +
    `<div class="narrow">${draw(372, 400, 'narrow').outerHTML}</div>`;
  return framed(figure, pictures);
}

/** A figure that is one of several side by side: one size, without the notes that all of them share. */
export function panelMarkup(
  figure: LineFigure,
  shared: readonly Localized[],
  languages: readonly Language[],
): string {
  const svg = lineSvg(figure, { width: 460, height: 300, languages, suffix: 'panel' });
  const notes = figure.notes.filter((note) => !shared.some(({ en }) => en === note.en));
  return framed({ ...figure, notes }, svg.outerHTML);
}

/** What stands around a picture; `table` is null where the picture holds too many numbers to list. */
export type FigureFrame = Pick<LineFigure, 'id' | 'title' | 'summary' | 'notes'> & {
  readonly table: FigureTable | null;
};

/** Title above, summary and notes below, numbers to unfold. */
export function framed({ id, title, summary, notes, table }: FigureFrame, pictures: string): string {
  const numbers =
    table === null
      ? ''
      : `<details><summary>${say(localized(reportLabels.dataTable, {}))}</summary>` +
        `<div class="scroll" tabindex="0">${dataTable(table)}</div></details>`;
  return (
    `<figure id="${id}"><h3>${say(title)}</h3>${pictures}<figcaption><p>${say(summary)}</p>` +
    `${notes.length > 0 ? `<div class="notes">${paragraphs(notes)}</div>` : ''}` +
    `${numbers}</figcaption></figure>`
  );
}
