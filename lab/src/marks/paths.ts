/** Points as SVG paths. A point without a value interrupts the line. */
import type { CurvePoint } from '../../../src/report/figures/figure.ts';
import type { PlotArea } from './plot-area.ts';

/** A line through points; gaps where `y` is null. */
export function linePath(
  points: readonly { readonly x: number; readonly y: number | null }[],
  area: PlotArea,
): string {
  let path = '';
  let pen = 'M';
  for (const { x, y } of points) {
    if (y === null) {
      pen = 'M';
      continue;
    }
    path += `${pen}${area.x(x)},${area.y(y)}`;
    pen = 'L';
  }
  return path;
}

/** The band from `low` to `high`, one closed piece for each unbroken stretch, cut at the frame. */
export function bandPath(points: readonly CurvePoint[], area: PlotArea): string {
  let path = '';
  let stretch: { x: number; low: number; high: number }[] = [];
  const inside = (value: number) => Math.min(area.bottom, Math.max(area.top, area.y(value)));
  const close = () => {
    if (stretch.length > 1) {
      const there = stretch.map(({ x, high }) => `${area.x(x)},${inside(high)}`).join('L');
      const back = stretch
        .toReversed()
        .map(({ x, low }) => `${area.x(x)},${inside(low)}`)
        .join('L');
      path += `M${there}L${back}Z`;
    }
    stretch = [];
  };
  for (const { x, low, high } of points) {
    if (low === null || high === null) close();
    else stretch.push({ x, low, high });
  }
  close();
  return path;
}
