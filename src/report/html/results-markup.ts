import { reportLabels } from '../../messages/labels/report.ts';
import type { RaceResult } from '../../race/result.ts';
import { hasAccuracy } from '../figures/accuracy.ts';
import { localized } from '../figures/figure.ts';
import { absent, formatDeviation, formatNumber } from '../figures/number-format.ts';
import { styleAt } from '../figures/palette.ts';
import { type ResultRow, resultRows, troublesOf, verdictText } from '../figures/results.ts';
import { type Mean, seedCount } from '../figures/seeds.ts';
import { escaped, say } from './markup.ts';

/** The table of results, with what became of each start in a sentence. */
export function resultsMarkup(result: RaceResult): string {
  const classes = hasAccuracy(result);
  const heads = [
    reportLabels.startColumn,
    reportLabels.firstCost,
    reportLabels.costAfterEpoch1,
    reportLabels.finalCost,
    classes ? reportLabels.testAccuracy : reportLabels.testCost,
    reportLabels.gradient,
    reportLabels.verdictColumn,
  ].map((text) => say(localized(text, {})));
  return (
    `<div class="scroll" tabindex="0" role="region" aria-labelledby="results-heading"><table class="results">` +
    `<thead><tr>${heads.map((text) => `<th scope="col">${text}</th>`).join('')}</tr></thead>` +
    `<tbody>${resultRows(result)
      .map((row) => rowMarkup(row, heads, classes))
      .join('')}</tbody></table></div>` +
    `<p class="notes">${say(localized(reportLabels.resultsNote, { seeds: seedCount(result) }))}</p>`
  );
}

function rowMarkup(row: ResultRow, heads: readonly string[], classes: boolean): string {
  const numbers = [
    mean(row.firstCost),
    mean(row.costAfterEpoch1),
    mean(row.finalCost),
    classes ? accuracy(row.test) : mean(row.test),
    formatNumber(row.gradientRatio, 2),
  ];
  return (
    `<tr><th scope="row">${startMark(row.style)}<span class="name">${escaped(row.start)}</span></th>` +
    `${numbers.map((text, i) => `<td><span class="label" aria-hidden="true">${heads[i + 1]}</span><span>${text}</span></td>`).join('')}<td class="verdict">${verdictMarkup(row)}</td></tr>`
  );
}

function verdictMarkup(row: ResultRow): string {
  const outcome = row.outcomes.at(0)?.outcome ?? 'unfinished';
  const details = troublesOf(row.contestants);
  return (
    `<strong class="outcome-${outcome}">${say(verdictText(row))}</strong>` +
    `<span>${say(localized(reportLabels.verdictSentence, { outcome }))}</span>` +
    `${details.map((text) => `<span>${say(text)}</span>`).join('')}`
  );
}

/** A short piece of the start's line, in its colour and dash. */
export function startMark(style: number): string {
  const { dash } = styleAt(style);
  return (
    `<svg class="mark" viewBox="0 0 26 8" aria-hidden="true"><path d="M0,4H26" fill="none" stroke="var(--start-${style})" ` +
    `stroke-width="3"${dash === '' ? '' : ` stroke-dasharray="${dash}"`}/></svg>`
  );
}

function mean({ mean: middle, deviation }: Mean): string {
  const spread = deviation === null ? '' : `<small> ± ${formatDeviation(middle, deviation)}</small>`;
  return `${formatNumber(middle)}${spread}`;
}

function accuracy({ mean: middle, deviation }: Mean): string {
  if (middle === null) return absent;
  const spread = deviation === null ? '' : `<small> ± ${(100 * deviation).toFixed(2)}</small>`;
  return `${(100 * middle).toFixed(2)}${spread}`;
}
