import { reportLabels } from '../../messages/labels/report.ts';
import type { RaceResult } from '../../race/result.ts';
import { hasAccuracy } from '../figures/accuracy.ts';
import { absent, formatDeviation, formatNumber } from '../figures/number-format.ts';
import { styleAt } from '../figures/palette.ts';
import { type ResultRow, resultRows, verdictText } from '../figures/results.ts';
import type { Mean } from '../figures/seeds.ts';
import { bold, harmless, narrowest, painted, type TerminalOptions } from './options.ts';
import { cutText, padText, textWidth, wrapText } from './text-width.ts';

/**
 * The table of results. Where the terminal is too narrow for columns, each start gets a block of lines instead:
 * no number is left out.
 */
export function raceTable(result: RaceResult, options: TerminalOptions): string {
  const { language, color } = options;
  const width = Math.max(narrowest, options.width);
  const rows = resultRows(result);
  const names = headers(result, options);
  const cells = rows.map((row) => rowCells(row, hasAccuracy(result), language));
  const layout = tableLayout(names, cells, width);
  if (layout === null) return blocks(rows, names, cells, { ...options, width });
  const { widths, heads, gap } = layout;
  const line = (texts: readonly string[]) =>
    texts
      .map((text, i) =>
        padText(cutText(text, widths[i]), widths[i], isNumber(i, texts.length) ? 'right' : 'left'),
      )
      .join(' '.repeat(gap))
      .trimEnd();
  const height = Math.max(...heads.map((head) => head.length));
  const head = Array.from({ length: height }, (_, k) =>
    bold(line(heads.map((parts) => parts[k - height + parts.length] ?? '')), color),
  );
  const rule = '─'.repeat(widths.reduce((sum, value) => sum + value + gap, -gap));
  const body = cells.map((cell, i) => {
    const name = cutText(cell[0], widths[0]);
    return painted(name, rows[i].style, color) + line(cell).slice(name.length);
  });
  return `${[...head, rule, ...body].join('\n')}\n`;
}

/** All columns but the first and the last hold numbers. */
function isNumber(column: number, columns: number): boolean {
  return column > 0 && column < columns - 1;
}

/** Columns with heads on one line or two and gaps of two or one; null where even that is too wide. */
function tableLayout(names: readonly string[], cells: readonly (readonly string[])[], width: number) {
  for (const { breaks, gap } of [
    { breaks: false, gap: 2 },
    { breaks: true, gap: 2 },
    { breaks: true, gap: 1 },
  ]) {
    const body = names.map((_, i) => Math.max(0, ...cells.map((cell) => textWidth(cell[i]))));
    const heads = names.map((name, i) => {
      const widest = Math.max(body[i], ...name.split(' ').map(textWidth));
      return breaks ? wrapText(name, widest) : [name];
    });
    const widths = heads.map((parts, i) => Math.max(body[i], ...parts.map(textWidth)));
    const others = widths.slice(1).reduce((sum, value) => sum + value + gap, 0);
    const first = Math.min(widths[0], width - others);
    // A long name may be cut, but not beyond recognition.
    if (first >= widths[0] || (gap === 1 && first >= 18)) {
      return { widths: [first, ...widths.slice(1)], heads, gap };
    }
  }
  return null;
}

function headers(result: RaceResult, { language }: TerminalOptions): string[] {
  return [
    reportLabels.startColumn,
    reportLabels.firstCost,
    reportLabels.costAfterEpoch1,
    reportLabels.finalCost,
    hasAccuracy(result) ? reportLabels.testAccuracy : reportLabels.testCost,
    reportLabels.gradient,
    reportLabels.verdictColumn,
  ].map((text) => text[language]({}));
}

function rowCells(row: ResultRow, classes: boolean, language: TerminalOptions['language']): string[] {
  return [
    `${styleAt(row.style).letter} ${harmless(row.start)}`,
    formatNumber(row.firstCost.mean),
    formatNumber(row.costAfterEpoch1.mean),
    formatNumber(row.finalCost.mean),
    classes ? formatAccuracy(row.test).replace(/ %$/, '') : formatMean(row.test),
    formatNumber(row.gradientRatio, 2),
    verdictText(row)[language],
  ];
}

/** `97.62 ± 0.13 %`; the deviation only where there are several seeds. */
export function formatAccuracy({ mean, deviation }: Mean): string {
  if (mean === null) return absent;
  const spread = deviation === null ? '' : ` ± ${(100 * deviation).toFixed(2)}`;
  return `${(100 * mean).toFixed(2)}${spread} %`;
}

/** `0.312 ± 0.004`; the deviation only where there are several seeds. */
export function formatMean({ mean, deviation }: Mean): string {
  return deviation === null
    ? formatNumber(mean)
    : `${formatNumber(mean)} ± ${formatDeviation(mean, deviation)}`;
}

function blocks(
  rows: readonly ResultRow[],
  names: readonly string[],
  cells: readonly (readonly string[])[],
  { width, color }: TerminalOptions,
): string {
  const lines = rows.flatMap(({ style }, i) => {
    const [start, ...values] = cells[i];
    const verdict = values[values.length - 1];
    const numbers = values
      .slice(0, -1)
      .map((value, k) => `${names[k + 1]} ${value}`.replaceAll(' ', '\u00a0'));
    const head = `${painted(cutText(start, width - textWidth(verdict) - 2), style, color)}  ${verdict}`;
    return [
      head,
      ...wrapText(numbers.join('   '), width - 2).map((line) => `  ${line.replaceAll('\u00a0', ' ')}`),
    ];
  });
  return `${lines.join('\n')}\n`;
}
