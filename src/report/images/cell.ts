import { type ColorMap, paint } from './color-map.ts';
import type { Pixels } from './pixels.ts';

/**
 * What one row of numbers looks like:
 * - `image`: its pixels; with three channels their colours, interleaved as in most files
 * - `bars`: numbers without an order in space, as a bar each
 * - `strip`: many such numbers, as a line of coloured pixels
 */
export type CellShape =
  | { readonly form: 'image'; readonly height: number; readonly width: number; readonly channels: 1 | 3 }
  | { readonly form: 'bars'; readonly count: number }
  | { readonly form: 'strip'; readonly count: number };

const barHeight = 40;
const stripHeight = 8;
const barColors = { positive: [214, 114, 38, 255], negative: [38, 122, 190, 255], back: [128, 128, 128, 40] };

/** How much room a cell takes, in pixels before zooming. */
export function cellSize(shape: CellShape): { readonly height: number; readonly width: number } {
  if (shape.form === 'image') return shape;
  return shape.form === 'bars'
    ? { height: barHeight, width: shape.count * barStep(shape.count) }
    : { height: stripHeight, width: shape.count };
}

/** Bars are at least two pixels wide, and a few of them wider. */
function barStep(count: number): number {
  return Math.max(3, Math.min(12, Math.floor(120 / count)));
}

export interface CellStyle {
  readonly map: ColorMap;
  readonly range: readonly [number, number];
  readonly zoom: number;
}

/** Draws a row of numbers with its upper left corner at (left, top). */
export function drawCell(
  pixels: Pixels,
  values: ArrayLike<number>,
  shape: CellShape,
  place: { left: number; top: number },
  style: CellStyle,
): void {
  if (shape.form === 'bars') {
    drawBars(pixels, values, shape.count, place, style);
    return;
  }
  const { height, width } = cellSize(shape);
  const { zoom, map, range } = style;
  const channels = shape.form === 'image' ? shape.channels : 1;
  const color = new Uint8Array(4);
  for (let row = 0; row < height; row++) {
    for (let column = 0; column < width; column++) {
      const at = shape.form === 'strip' ? column : (row * width + column) * channels;
      if (channels === 1) paint(color, 0, values[at], map, range);
      else paintChannels(color, values, at, range);
      fill(pixels, place.left + column * zoom, place.top + row * zoom, zoom, zoom, color);
    }
  }
}

function paintChannels(
  color: Uint8Array,
  values: ArrayLike<number>,
  at: number,
  range: readonly [number, number],
): void {
  const one = new Uint8Array(4);
  color[3] = 255;
  for (let channel = 0; channel < 3; channel++) {
    paint(one, 0, values[at + channel], 'grey', range);
    color[channel] = one[0];
  }
}

/** Bars grow from zero, wherever it lies in the range. */
function drawBars(
  pixels: Pixels,
  values: ArrayLike<number>,
  count: number,
  { left, top }: { left: number; top: number },
  { range: [low, high], zoom }: CellStyle,
): void {
  const step = barStep(count) * zoom;
  const height = barHeight * zoom;
  const place = (value: number) =>
    Math.round(height * (1 - Math.min(1, Math.max(0, (value - low) / (high - low || 1)))));
  fill(pixels, left, top, count * step, height, barColors.back);
  const zero = place(0);
  for (let i = 0; i < count; i++) {
    if (Number.isNaN(values[i])) continue;
    const end = place(values[i]);
    const color = values[i] < 0 ? barColors.negative : barColors.positive;
    // A zero is a line of one pixel: a bar is missing only where the value is.
    const from = Math.min(zero, end, height - zoom);
    fill(pixels, left + i * step, top + from, step - zoom, Math.max(zoom, Math.abs(zero - end)), color);
  }
}

/** Fills a rectangle. */
export function fill(
  { width, height, data }: Pixels,
  left: number,
  top: number,
  wide: number,
  tall: number,
  color: ArrayLike<number>,
): void {
  const right = Math.min(width, left + wide);
  const bottom = Math.min(height, top + tall);
  for (let y = top; y < bottom; y++) {
    for (let x = left; x < right; x++) {
      const at = (y * width + x) * 4;
      for (let channel = 0; channel < 4; channel++) data[at + channel] = color[channel];
    }
  }
}
