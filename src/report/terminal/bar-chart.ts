import { position, ticksOf } from '../figures/axis.ts';
import type { DotFigure } from '../figures/figure.ts';
import { formatNumber, formatTick } from '../figures/number-format.ts';
import { styleAt } from '../figures/palette.ts';
import { bold, harmless, narrowest, painted, type TerminalOptions } from './options.ts';
import { cutText, padText, textWidth } from './text-width.ts';

/** One value per start on a log axis: a dot for the median, dashes for the range over seeds. Zeros stand at the `0`. */
export function barChart(figure: DotFigure, { language, width: wanted, color }: TerminalOptions): string {
  const width = Math.max(narrowest, wanted);
  const names = figure.rows.map(({ start, style }) => `${styleAt(style).letter} ${harmless(start)}`);
  const nameWidth = Math.min(Math.max(...names.map(textWidth), 4), Math.floor(width * 0.35));
  const rail = figure.x.zeroRail ? 3 : 0;
  const columns = width - nameWidth - 14 - rail;
  const column = (value: number) =>
    value <= 0 && rail > 0 ? 0 : rail + Math.round(position(figure.x, value, 0) * (columns - 1));
  const lines = [bold(figure.title[language], color)];
  figure.rows.forEach(({ style, middle, low, high }, i) => {
    const cells = Array.from<unknown, string>({ length: columns + rail }, (_, k) =>
      rail > 0 && k < rail ? ' ' : '·',
    );
    if (rail > 0) cells[0] = '┆';
    if (low !== null && high !== null) for (let k = column(low); k <= column(high); k++) cells[k] = '─';
    if (middle !== null) cells[column(middle)] = '●';
    const name = padText(cutText(names[i], nameWidth), nameWidth);
    lines.push(
      `${painted(name, style, color)} ${painted(cells.join(''), style, color)} ${formatNumber(middle, 2)}`,
    );
  });
  const text = Array.from({ length: columns + rail }, () => ' ');
  if (rail > 0) text[0] = '0';
  let free = rail > 0 ? 2 : 0;
  for (const tick of ticksOf(figure.x, Math.floor(columns / 8))) {
    const label = formatTick(figure.x, tick);
    const from = Math.max(
      0,
      Math.min(columns + rail - textWidth(label), column(tick) - (textWidth(label) >> 1)),
    );
    if (from < free) continue;
    text.splice(from, textWidth(label), ...label);
    free = from + textWidth(label) + 1;
  }
  lines.push(`${' '.repeat(nameWidth + 1)}${text.join('').trimEnd()}`);
  return `${lines.join('\n')}\n`;
}
