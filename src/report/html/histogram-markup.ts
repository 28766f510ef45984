import { figureLabels } from '../../messages/labels/figures.ts';
import { reportLabels } from '../../messages/labels/report.ts';
import type { RaceResult } from '../../race/result.ts';
import type { Distribution } from '../../training/trace.ts';
import { quantityNames } from '../figures/depth.ts';
import { localized } from '../figures/figure.ts';
import { type HistogramFigure, histogramFigure } from '../figures/histograms.ts';
import { histogramSvg, plainText } from '../svg/histogram-svg.ts';
import { framed } from './figure-markup.ts';
import { escaped, say } from './markup.ts';
import { startMark } from './results-markup.ts';

/** The histograms of all quantities behind two rows of radio buttons, which need no script. */
export function histogramsMarkup(result: RaceResult): string {
  const quantities = quantityNames.map((name, i) =>
    radio('quantity', name, say(localized(figureLabels.quantity, { name })), i === 2),
  );
  const times = [
    radio('when', 'both', say(localized(reportLabels.bothTimes, {})), true),
    radio('when', 'start', say(localized(figureLabels.atStart, {})), false),
    radio('when', 'end', say(localized(figureLabels.atEnd, {})), false),
  ];
  return (
    `<div class="choices"><fieldset><legend>${say(localized(reportLabels.quantityChoice, {}))}</legend>${quantities.join('')}</fieldset>` +
    `<fieldset><legend>${say(localized(reportLabels.whenChoice, {}))}</legend>${times.join('')}</fieldset></div>` +
    quantityNames
      .map((name) => `<div class="quantity-${name}">${gridMarkup(histogramFigure(result, name))}</div>`)
      .join('')
  );
}

function radio(group: string, value: string, text: string, checked: boolean): string {
  const id = `${group}-${value}`;
  return `<input type="radio" name="${group}" id="${id}" value="${value}"${checked ? ' checked' : ''}><label for="${id}">${text}</label>`;
}

function gridMarkup(figure: HistogramFigure): string {
  const heads = figure.layers.map((name) => `<th scope="col">${escaped(name)}</th>`).join('');
  const rows = figure.rows.map(({ start, style, cells }) => {
    const name = `<th scope="row">${startMark(style)}<span class="name">${escaped(start)}</span></th>`;
    const body = cells.map(
      (cell) => `<td><div class="pair">${one(cell.start, 'start')}${one(cell.end, 'end')}</div></td>`,
    );
    return `<tr style="--own:var(--start-${style})">${name}${body.join('')}</tr>`;
  });
  const corner = `<td>${say(localized(figureLabels.startColumn, {}))}</td>`;
  const table = `<div class="scroll" tabindex="0"><table class="histograms"><thead><tr>${corner}${heads}</tr></thead><tbody>${rows.join('')}</tbody></table></div>`;
  return framed(figure, table);
}

function one(distribution: Distribution | null, when: 'start' | 'end'): string {
  const label = say(localized(when === 'start' ? figureLabels.atStart : figureLabels.atEnd, {}));
  const body =
    distribution === null
      ? `<p class="none">${say(localized(reportLabels.notTraced, {}))}</p>`
      : `${histogramSvg(distribution)}<p>${plainText(distribution).split(', ').join('<br>')}</p>`;
  return `<div class="at-${when}"><p class="when">${label}</p>${body}</div>`;
}
