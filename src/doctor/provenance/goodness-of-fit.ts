/** Do numbers follow a law in all its parts, or only in their first moments? */
import { inverseErrorFunction } from '../../random/index.ts';

const bins = 32;
/** Numbers below which a bin would hold fewer than ten. */
export const fewest = 10 * bins;

/** Bound of chi-square with 31 degrees of freedom that is passed once in 10 million times (Wilson, Hilferty 1931: 93). */
const bound = 100;

const share = 0.9544997361036416;
const normalQuantile = (p: number) => Math.SQRT2 * inverseErrorFunction(2 * p - 1);
const inner = Array.from({ length: bins - 1 }, (_, i) => (i + 1) / bins);

/** Inner edges of bins of equal probability, for standard deviation 1 before cutting; of the uniform law on [-1, 1]. */
const edges = {
  uniform: Float64Array.from(inner, (p) => 2 * p - 1),
  normal: Float64Array.from(inner, normalQuantile),
  'truncated-normal': Float64Array.from(inner, (p) => normalQuantile((1 - share) / 2 + p * share)),
};

/**
 * Pearson's chi-square over 32 bins of equal probability against a symmetric law.
 * @param scale half the width of a uniform law, standard deviation before cutting of a normal one
 * @returns false where the law is ruled out, with a false alarm once in 10 million times
 */
export function follows(law: keyof typeof edges, data: Float32Array, scale: number): boolean {
  const counts = new Float64Array(bins);
  const limits = edges[law].map((edge) => edge * scale);
  for (let i = 0; i < data.length; i++) {
    let low = 0;
    let high = bins - 1;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (data[i] < limits[middle]) high = middle;
      else low = middle + 1;
    }
    counts[low] += 1;
  }
  const expected = data.length / bins;
  let distance = 0;
  for (const count of counts) distance += (count - expected) ** 2 / expected;
  return distance < bound;
}
