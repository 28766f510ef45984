import { position, ticksOf } from '../figures/axis.ts';
import type { Curve, LineFigure } from '../figures/figure.ts';
import { formatTick } from '../figures/number-format.ts';
import { styleAt } from '../figures/palette.ts';
import { BrailleCanvas } from './braille-canvas.ts';
import { bold, harmless, narrowest, painted, type TerminalOptions } from './options.ts';
import { cutText, padText, textWidth } from './text-width.ts';

/**
 * A figure with curves as braille text: the medians only, no bands. Each curve ends at its letter; without colours
 * the letter also stands on the line here and there. Exact zeros of a log axis lie on a row of their own.
 */
export function lineChart(figure: LineFigure, options: TerminalOptions & { height?: number }): string {
  const width = Math.max(narrowest, options.width);
  const rows = Math.max(6, options.height ?? 16);
  const { y, curves } = figure;
  const ticks = new Map<number, string>();
  for (const tick of ticksOf(y, Math.max(2, Math.floor(rows / 3)))) {
    ticks.set(Math.round((1 - position(y, tick, 0)) * (rows - 1)), formatTick(y, tick));
  }
  if (y.zeroRail) ticks.set(rows, '0');
  const margin = Math.max(4, ...[...ticks.values()].map(textWidth));
  const ends = endLetters(curves, y, rows);
  const letters = Math.max(1, ...ends.map((list) => list.length));
  const columns = width - margin - 3 - letters;
  const canvas = drawn(figure, columns, rows);
  const marks = options.color ? new Map<number, number>() : lettersOnLines(figure, columns, rows);
  const lines: string[] = [bold(figure.title[options.language], options.color)];
  lines.push(figure.y.label[options.language]);
  for (let row = 0; row < rows + (y.zeroRail ? 1 : 0); row++) {
    const tick = ticks.get(row);
    const axis = `${padText(tick ?? '', margin, 'right')} ${tick === undefined ? '│' : '┤'}`;
    let text = '';
    for (let column = 0; column < columns; column++) {
      const letter = marks.get(row * columns + column);
      const { character, owner } = canvas.cell(column, row);
      if (letter !== undefined) text += styleAt(letter).letter;
      else if (owner >= 0) text += painted(character, owner, options.color);
      else text += row === rows ? '┄' : character;
    }
    const end = (ends[row] ?? [])
      .map((style) => painted(styleAt(style).letter, style, options.color))
      .join('');
    lines.push(`${axis}${text} ${end}`.trimEnd());
  }
  lines.push(...bottomAxis(figure, margin, columns, options));
  lines.push(...legend(curves, width, options));
  return `${lines.join('\n')}\n`;
}

function drawn(figure: LineFigure, columns: number, rows: number): BrailleCanvas {
  const canvas = new BrailleCanvas(columns, rows + 1);
  for (const curve of figure.curves) {
    let before: { x: number; y: number } | null = null;
    for (const point of curve.points) {
      if (point.middle === null) {
        before = null;
        continue;
      }
      const x = Math.round(position(figure.x, point.x, 0) * (canvas.width - 1));
      const y = dotRow(figure, point.middle, rows);
      const from = curve.drawn === 'dots' ? null : before;
      canvas.line(from?.x ?? x, from?.y ?? y, x, y, curve.style);
      before = { x, y };
    }
  }
  return canvas;
}

/** Row of dots from the top; exact zeros lie in the row of characters below the frame. */
function dotRow({ y }: LineFigure, value: number, rows: number): number {
  if (y.scale === 'log' && value <= 0) return 4 * rows + 1;
  return Math.round((1 - position(y, value, 0)) * (4 * rows - 1));
}

/** For each row of characters the styles of the curves that end there. */
function endLetters(curves: readonly Curve[], y: LineFigure['y'], rows: number): number[][] {
  const ends: number[][] = Array.from({ length: rows + 1 }, () => []);
  for (const { points, style } of curves) {
    const value = points.findLast(({ middle }) => middle !== null)?.middle ?? null;
    if (value === null) continue;
    const zero = y.scale === 'log' && value <= 0;
    const row = zero ? rows : Math.min(rows - 1, Math.floor((1 - position(y, value, 0)) * (rows - 0.001)));
    ends[Math.max(0, row)].push(style);
  }
  return ends;
}

/** Where letters stand on the lines: every 16th column or farther apart, shifted from curve to curve. */
function lettersOnLines(figure: LineFigure, columns: number, rows: number): Map<number, number> {
  const marks = new Map<number, number>();
  const apart = Math.max(16, 3 * figure.curves.length);
  figure.curves.forEach(({ points, style }, i) => {
    const shift = Math.round((apart * i) / figure.curves.length);
    for (let column = 2 + shift; column < columns; column += apart) {
      const point = points.find(
        ({ x, middle }) => middle !== null && Math.floor(position(figure.x, x, 0) * (columns - 1)) === column,
      );
      if (point === undefined || point.middle === null) continue;
      const row = Math.min(rows, dotRow(figure, point.middle, rows) >> 2);
      if (!marks.has(row * columns + column)) marks.set(row * columns + column, style);
    }
  });
  return marks;
}

function bottomAxis(
  figure: LineFigure,
  margin: number,
  columns: number,
  { language }: TerminalOptions,
): string[] {
  const rule = Array.from({ length: columns }, () => '─');
  const text = Array.from({ length: columns }, () => ' ');
  const names = figure.xNames;
  const ticks =
    names === null
      ? ticksOf(figure.x, Math.max(2, Math.floor(columns / 14))).map((value) => ({
          value,
          text: formatTick(figure.x, value),
        }))
      : names.map((name, i) => ({ value: i + 1, text: cutText(harmless(name), 12) }));
  let free = 0;
  for (const tick of ticks) {
    const column = Math.round(position(figure.x, tick.value, 0) * (columns - 1));
    if (column < 0 || column >= columns) continue;
    const length = textWidth(tick.text);
    const from = Math.max(0, Math.min(columns - length, column - (length >> 1)));
    rule[column] = '┬';
    if (from < free) continue;
    text.splice(from, length, ...spread(tick.text));
    free = from + length + 2;
  }
  const space = ' '.repeat(margin + 1);
  const label = figure.x.label[language];
  return [
    `${space}└${rule.join('')}`,
    `${space} ${text.join('').trimEnd()}`,
    padText(label, margin + 2 + columns, 'right'),
  ];
}

/** One entry per column, so that wide characters keep their two. */
function spread(text: string): string[] {
  return [...text].flatMap((character) => (textWidth(character) === 2 ? [character, ''] : [character]));
}

/** `A zeros  B normal(std=1)`, wrapped; starts that have nothing to draw are in brackets. */
export function legend(
  curves: readonly Curve[],
  width: number,
  { color, language }: Pick<TerminalOptions, 'color' | 'language'>,
): string[] {
  const lines: string[] = [];
  let line = '';
  for (const { start, label, style, points } of curves) {
    const drawn = points.some(({ middle }) => middle !== null);
    const plain = `${styleAt(style).letter} ${cutText(harmless(label?.[language] ?? start), width - 6)}`;
    const entry = drawn ? plain : `(${plain})`;
    if (line !== '' && textWidth(line) + 3 + textWidth(entry) > width) {
      lines.push(line);
      line = '';
    }
    line += (line === '' ? ' ' : '  ') + painted(entry, style, color);
  }
  return line === '' ? lines : [...lines, line];
}
