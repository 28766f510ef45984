/** Checks of what a draw is asked for, the same for every dialect. */

import { OutsetError } from '../messages/error.ts';
import type { TruncatedNormalOptions } from './stream.ts';

/** @throws random.bad_range unless low and high are finite and low <= high */
export function checkRange(low: number, high: number): void {
  if (!Number.isFinite(low) || !Number.isFinite(high) || low > high) {
    throw new OutsetError('random.bad_range', { low, high });
  }
}

/** @throws random.bad_normal unless the mean is finite and the standard deviation finite and not negative */
export function checkNormal(mean: number, std: number): void {
  if (!Number.isFinite(mean) || !Number.isFinite(std) || std < 0) {
    throw new OutsetError('random.bad_normal', { mean, std });
  }
}

/**
 * The options of a truncated normal with their defaults: mean 0, std 1, bounds -2 and 2.
 * @throws random.bad_normal, random.bad_truncation
 */
export function truncation(options: TruncatedNormalOptions = {}): Required<TruncatedNormalOptions> {
  const { mean = 0, std = 1, lower = -2, upper = 2 } = options;
  checkNormal(mean, std);
  if (!(lower < upper) || lower > 8 || upper < -8)
    throw new OutsetError('random.bad_truncation', { lower, upper });
  return { mean, std, lower, upper };
}

/** @throws random.bad_count unless `n` is a whole number of things that 32 bits can count */
export function checkCount(name: string, n: number): void {
  if (!Number.isInteger(n) || n < 0 || n > 2 ** 32 - 1) {
    throw new OutsetError('random.bad_count', { name, got: String(n) });
  }
}
