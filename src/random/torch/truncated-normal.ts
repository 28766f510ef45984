/**
 * `torch.nn.init.trunc_normal_`: normal numbers between two absolute bounds. Its method changed with PyTorch 2.12.
 *
 * Newer: all numbers are drawn, and drawn again as a whole until each has been within the bounds once; bounds that hold
 * 30 % or less of the distribution take uniform numbers and a second uniform number that accepts them. Exact, but for a
 * second number that lies within a rounding error of the limit.
 *
 * Older (to 2.11): the inverse of the distribution function at uniform numbers, in single precision, where a uniform
 * number of exactly -1 ends at the lower bound, however many standard deviations away. There PyTorch's inverse error
 * function is off by a few rounding errors, ours by half of one: a fifth of the numbers differ, z standard deviations
 * out by up to 2^-24 (4 + 4 exp(z² / 2)) standard deviations (2^-51 in double precision).
 */

import { OutsetError } from '../../messages/error.ts';
import { logarithm } from '../elementary.ts';
import { errorFunction, inverseErrorFunction } from '../error-function.ts';
import type { RealArray, Stream } from '../stream.ts';
import type { TorchRelease } from './release.ts';

/** What this needs of a stream of PyTorch's numbers. */
type Source = Pick<Stream, 'uniform' | 'normal'> & { readonly release: TorchRelease };

/** Bounds that hold so little are no use, and drawing again would hardly end. */
const mostRounds = 10_000;

/**
 * @param low, high  absolute bounds, low < high
 * @param std  above 0
 * @throws random.bad_truncation where drawing again does not end
 */
export function truncatedNormal(
  stream: Source,
  out: RealArray,
  mean: number,
  std: number,
  low: number,
  high: number,
): void {
  const below = distribution((low - mean) / std);
  const above = distribution((high - mean) / std);
  if (stream.release === '1.13') inverse(stream, out, mean, std, low, high, below, above);
  else if (above - below > 0.3) rejected(stream, out, mean, std, low, high);
  else accepted(stream, out, mean, std, low, high);
}

/** The standard normal distribution function. */
function distribution(x: number): number {
  return (1 + errorFunction(x / Math.SQRT2)) / 2;
}

const roundingOf = (out: RealArray) => (out instanceof Float32Array ? Math.fround : (x: number) => x);

function rejected(
  stream: Source,
  out: RealArray,
  mean: number,
  std: number,
  low: number,
  high: number,
): void {
  const round = roundingOf(out);
  const [lowest, highest] = [round(low), round(high)];
  const again = new (out.constructor as Float32ArrayConstructor)(out.length) as RealArray;
  stream.normal(out, mean, std);
  for (let rounds = 0; ; rounds++) {
    let outside = false;
    for (let i = 0; i < out.length && !outside; i++) outside = out[i] < lowest || out[i] > highest;
    if (!outside) return;
    if (rounds === mostRounds) hopeless(mean, std, low, high);
    stream.normal(again, mean, std);
    for (let i = 0; i < out.length; i++) if (out[i] < lowest || out[i] > highest) out[i] = again[i];
  }
}

function accepted(
  stream: Source,
  out: RealArray,
  mean: number,
  std: number,
  low: number,
  high: number,
): void {
  const round = roundingOf(out);
  const mode = Math.max(low, Math.min(mean, high));
  const peak = round(-0.5 * ((mode - mean) / std) ** 2);
  const [shift, scale] = [round(mean), round(std)];
  const candidates = new (out.constructor as Float32ArrayConstructor)(out.length) as RealArray;
  const second = candidates.slice() as RealArray;
  const pending = new Uint8Array(out.length).fill(1);
  for (let rounds = 0, left = out.length; left > 0; rounds++) {
    if (rounds === mostRounds) hopeless(mean, std, low, high);
    stream.uniform(candidates, low, high);
    stream.uniform(second);
    for (let i = 0; i < out.length; i++) {
      if (pending[i] === 0) continue;
      out[i] = candidates[i];
      const z = round(round(out[i] - shift) / scale);
      const density = round(round(round(z * z) * -0.5) - peak);
      if (round(logarithm(second[i])) > density) continue;
      pending[i] = 0;
      left--;
    }
  }
}

function inverse(
  stream: Source,
  out: RealArray,
  mean: number,
  std: number,
  low: number,
  high: number,
  below: number,
  above: number,
): void {
  const round = roundingOf(out);
  const [scale, shift, lowest, highest] = [std * Math.SQRT2, mean, low, high].map(round);
  stream.uniform(out, 2 * below - 1, 2 * above - 1);
  for (let i = 0; i < out.length; i++) {
    const z = round(inverseErrorFunction(out[i]));
    out[i] = Math.min(Math.max(round(round(z * scale) + shift), lowest), highest);
  }
}

function hopeless(mean: number, std: number, low: number, high: number): never {
  throw new OutsetError('random.bad_truncation', { lower: (low - mean) / std, upper: (high - mean) / std });
}
