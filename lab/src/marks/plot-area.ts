/** Where things lie in a chart: pixels of an axis' values, and the room for ticks and names. */
import { position, ticksOf } from '../../../src/report/figures/axis.ts';
import type { Axis } from '../../../src/report/figures/figure.ts';
import { formatTick } from '../../../src/report/figures/number-format.ts';
import { pixelWidth } from '../../../src/report/svg/text-pixels.ts';

export const fontSize = 12;

export interface PlotArea {
  readonly width: number;
  readonly height: number;
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
  readonly xTicks: readonly number[];
  readonly yTicks: readonly number[];
  /** Pixel of a value; rounded to a tenth, so that equal states give equal texts. */
  x(value: number): number;
  y(value: number): number;
}

/** How far below the domain the rail for exact zeros lies, as a share of the height. */
const rail = -0.07;

/**
 * @param names width in pixels to keep free at the right, for names of curves
 */
export function plotArea(options: {
  width: number;
  height: number;
  x: Axis;
  y: Axis;
  names?: number;
  top?: number;
}): PlotArea {
  const { width, height, x: xAxis, y: yAxis, names = 12, top = 26 } = options;
  const yTicks = ticksOf(yAxis, Math.max(3, Math.floor(height / 56)));
  const widest = Math.max(14, ...yTicks.map((tick) => pixelWidth(formatTick(yAxis, tick), fontSize)));
  const left = Math.round(widest + 16);
  const right = width - Math.round(names);
  const bottom = height - 42;
  const floor = yAxis.zeroRail ? bottom - 14 : bottom;
  const x = (value: number) => tenth(left + position(xAxis, value, rail) * (right - left));
  const y = (value: number) => {
    const at = position(yAxis, value, Number.NaN);
    return tenth(Number.isNaN(at) ? bottom : floor - at * (floor - top));
  };
  const xTicks = ticksOf(xAxis, Math.max(2, Math.floor((right - left) / 80)));
  return { width, height, left, right, top, bottom, xTicks, yTicks, x, y };
}

export function tenth(value: number): number {
  return Math.round(value * 10) / 10;
}
