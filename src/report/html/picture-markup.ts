import type { Language } from '../../messages/define.ts';
import { boltzmannReportLabels as labels } from '../../messages/labels/boltzmann-report.ts';
import type { PictureRows } from '../boltzmann/rbm-report-data.ts';
import { inWords } from '../boltzmann/words.ts';
import { type Localized, localized, verbatim } from '../figures/figure.ts';
import { imageGrid } from '../images/image-grid.ts';
import { type Pixels, pixelsAddress } from '../images/pixels.ts';
import { rangesOf } from '../images/value-range.ts';
import { type FigureFrame, framed } from './figure-markup.ts';
import { localAttribute, say } from './markup.ts';

/** A picture of pixels inside the page, with a name for screen readers. */
function imageMarkup(pixels: Pixels, name: Localized, language: Language): string {
  return `<img class="pixels" src="${pixelsAddress(pixels)}" width="${pixels.width}" height="${pixels.height}" ${localAttribute('alt', name, language)}>`;
}

/** A figure whose picture is made of pixels. */
export function pictureMarkup(
  frame: Omit<FigureFrame, 'table' | 'notes'>,
  pixels: Pixels,
  language: Language,
): string {
  return framed({ ...frame, notes: [], table: null }, imageMarkup(pixels, frame.title, language));
}

/** Named rows of pictures as a table; all share one range of values. */
export function pictureTable(
  frame: Omit<FigureFrame, 'table' | 'notes'>,
  { shape, rows, columns }: PictureRows,
  language: Language,
): string {
  const all = rows.flatMap(({ images }) => images);
  const range = all.length === 0 ? 'shared' : rangesOf(all, 'grey', 'shared')[0];
  const head =
    columns === undefined
      ? ''
      : `<thead><tr><td></td>${columns.map((column) => `<th scope="col">${say(inWords(column))}</th>`).join('')}</tr></thead>`;
  const body = rows
    .filter(({ images }) => images.length > 0)
    .map(({ name, images }) => {
      const row = inWords(name);
      const cells =
        columns === undefined
          ? imageMarkup(imageGrid(images, { shape, range, columns: images.length }), row, language)
          : images
              .map((image, i) =>
                imageMarkup(imageGrid([image], { shape, range }), joined(row, columns[i]), language),
              )
              .join('</td><td>');
      return `<tr><th scope="row">${say(row)}</th><td>${cells}</td></tr>`;
    });
  const table = `<div class="scroll" tabindex="0"><table class="pictures">${head}<tbody>${body.join('')}</tbody></table></div>`;
  return framed({ ...frame, notes: [], table: null }, table);
}

function joined(row: Localized, column: NonNullable<PictureRows['columns']>[number] | undefined): Localized {
  return localized(labels.pictureAt, { row, column: column === undefined ? verbatim('') : inWords(column) });
}
