/** What importance weights say about the ratio of two partition functions. */
import { exponential, logarithm } from '../../random/elementary.ts';

/** Width of the intervals, in standard errors. */
export const sigmas = 3;

export interface WeightSummary {
  /** log of the mean weight. */
  readonly logMean: number;
  /** Standard error of the mean weight, relative to it: to first order that of `logMean`. */
  readonly relativeError: number;
  /** (Σ w)² / Σ w²: how many equal weights would be as precise. */
  readonly effectiveSampleSize: number;
}

/**
 * Mean, error and effective number of weights that are given as logarithms, without overflow.
 * A single weight has no error: `relativeError` is then infinite.
 */
export function summarizeWeights(logWeights: Float64Array): WeightSummary {
  const count = logWeights.length;
  const largest = logWeights.reduce((most, one) => Math.max(most, one), Number.NEGATIVE_INFINITY);
  const scaled = logWeights.map((one) => exponential(one - largest));
  const sum = scaled.reduce((total, one) => total + one, 0);
  const mean = sum / count;
  let squares = 0;
  let spread = 0;
  for (const one of scaled) {
    squares += one * one;
    spread += (one - mean) ** 2;
  }
  const deviation = count > 1 ? Math.sqrt(spread / (count - 1) / count) : Number.POSITIVE_INFINITY;
  return {
    logMean: largest + logarithm(mean),
    relativeError: deviation / mean,
    effectiveSampleSize: (sum * sum) / squares,
  };
}

/** Ends of log(mean ± 3 standard errors), as distances from log(mean); null where the lower end is not positive. */
export function logInterval(relativeError: number): { below: number | null; above: number | null } {
  const reach = sigmas * relativeError;
  return {
    below: reach < 1 ? -logarithm(1 - reach) : null,
    above: reach < Number.POSITIVE_INFINITY ? logarithm(1 + reach) : null,
  };
}
