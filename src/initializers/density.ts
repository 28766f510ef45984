import { errorFunction, exponential } from '../random/index.ts';
import { truncatedNormalStd } from './truncated-normal.ts';
import type { Distribution } from './variance-scaling.ts';

/** How likely a weight is, and where weights end. */
export interface WeightDensity {
  /** Probability density at a weight. */
  at(weight: number): number;
  /** No weight is farther from 0; infinite for a normal distribution. */
  readonly limit: number;
}

/**
 * The density of the weights that `varianceScaling` draws, for a standard deviation that it works out.
 *
 *   uniform          1 / (2 sqrt(3) std) up to sqrt(3) std
 *   normal           exp(-w² / 2 std²) / (sqrt(2 pi) std)
 *   truncatedNormal  the normal of std / 0.8796..., cut at 2 of its own deviations, over erf(sqrt 2)
 *
 * @param std standard deviation of the weights, > 0
 */
export function weightDensity(distribution: Distribution, std: number): WeightDensity {
  if (distribution === 'uniform') {
    const limit = Math.sqrt(3) * std;
    return { limit, at: (weight) => (Math.abs(weight) <= limit ? 1 / (2 * limit) : 0) };
  }
  const wide = distribution === 'normal' ? std : std / truncatedNormalStd;
  const limit = distribution === 'normal' ? Number.POSITIVE_INFINITY : 2 * wide;
  const kept = distribution === 'normal' ? 1 : errorFunction(Math.SQRT2);
  const at = (weight: number) =>
    Math.abs(weight) <= limit
      ? exponential(-0.5 * (weight / wide) ** 2) / (Math.sqrt(2 * Math.PI) * wide * kept)
      : 0;
  return { limit, at };
}
