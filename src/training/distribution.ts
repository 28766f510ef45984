import type { Distribution } from './trace.ts';

/** Bins of a histogram of a {@link Distribution}. */
export const histogramBins = 40;

/**
 * Summarizes numbers in float64. Mean, standard deviation, extremes, norm and histogram are those of the finite values
 * (null and an empty histogram if there are none); `zero` and `saturated` are fractions of all.
 *
 * @param bounds values at or beyond these count as saturated; null if that has no meaning here
 */
export function distribution(
  values: Float32Array | Float64Array,
  bounds: readonly [low: number, high: number] | null = null,
): Distribution {
  const count = values.length;
  const [low, high] = bounds ?? [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY];
  let finite = 0;
  let sum = 0;
  let squares = 0;
  let min = Number.POSITIVE_INFINITY;
  let max = Number.NEGATIVE_INFINITY;
  let zeros = 0;
  let flat = 0;
  for (let i = 0; i < count; i++) {
    const value = values[i];
    if (value <= low || value >= high) flat += 1;
    if (!Number.isFinite(value)) continue;
    finite += 1;
    sum += value;
    squares += value * value;
    if (value === 0) zeros += 1;
    if (value < min) min = value;
    if (value > max) max = value;
  }
  const mean = sum / finite;
  return {
    count,
    mean: finite === 0 ? null : mean,
    std: finite === 0 ? null : Math.sqrt(centralSquares(values, mean) / finite),
    min: finite === 0 ? null : min,
    max: finite === 0 ? null : max,
    norm: finite === 0 ? null : Math.sqrt(squares),
    zero: count === 0 ? 0 : zeros / count,
    saturated: bounds === null || count === 0 ? null : flat / count,
    notFinite: count - finite,
    histogram: finite === 0 ? { edges: [0], counts: [] } : histogram(values, min, max),
  };
}

/** Root of the mean square over all values; null where there are none, or none that is finite. */
export function rootMeanSquare(distribution: Distribution | null | undefined): number | null {
  if (distribution == null || distribution.norm === null || distribution.count === 0) return null;
  return distribution.norm / Math.sqrt(distribution.count);
}

/** Sum of squared distances from the mean: a second pass, because one pass cancels where the mean is large. */
function centralSquares(values: Float32Array | Float64Array, mean: number): number {
  let sum = 0;
  for (let i = 0; i < values.length; i++) {
    const value = values[i];
    if (Number.isFinite(value)) sum += (value - mean) * (value - mean);
  }
  return sum;
}

function histogram(
  values: Float32Array | Float64Array,
  min: number,
  max: number,
): { edges: number[]; counts: number[] } {
  const bins = max > min ? histogramBins : 1;
  const counts = new Array<number>(bins).fill(0);
  const width = (max - min) / bins;
  for (let i = 0; i < values.length; i++) {
    const value = values[i];
    if (!Number.isFinite(value)) continue;
    // Subnormal ranges can make the width 0; everything then lies in the first bin.
    const bin = width > 0 ? Math.floor((value - min) / width) : 0;
    counts[bin < bins ? bin : bins - 1] += 1;
  }
  const edges = Array.from({ length: bins + 1 }, (_, i) => (i === bins ? max : min + i * width));
  return { edges, counts };
}
