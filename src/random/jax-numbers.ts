/**
 * From random words to the numbers of `jax.random`, bit for bit. The words come from Threefry; which ones, is the
 * affair of the stream.
 */

import { logarithm } from './elementary.ts';
import { errorFunction } from './error-function.ts';
import { fusedMultiplyAdd as fma } from './fused-multiply-add.ts';
import type { TruncatedNormalOptions } from './stream.ts';
import { xlaErrorFunctionSingle } from './xla-elementary.ts';
import { xlaInverseErrorFunction, xlaInverseErrorFunctionSingle } from './xla-inverse-error-function.ts';

const fround = Math.fround;
const sqrt2 = fround(Math.SQRT2);
/** XLA divides by a constant by multiplying with its inverse. */
const sqrtHalf = fround(1 / sqrt2);

/** `jax.random.uniform`: 23 bits of each word, scaled and shifted in one fused step. */
export function uniformSingles(words: Uint32Array, out: Float32Array, low: number, high: number): void {
  const span = fround(high - low);
  for (let i = 0; i < out.length; i++) {
    const value = fround((words[i] >>> 9) * 1.1920928955078125e-7 * span + low);
    out[i] = Math.max(value, low);
  }
}

/** The same in double precision: 52 bits, the upper words first. */
export function uniformDoubles(
  upper: Uint32Array,
  lower: Uint32Array,
  out: Float64Array,
  low: number,
  high: number,
): void {
  const span = high - low;
  for (let i = 0; i < out.length; i++) {
    const unit = (upper[i] * 1048576 + (lower[i] >>> 12)) * 2.220446049250313e-16;
    out[i] = Math.max(low, low === 0 || unit === 0 ? unit * span + low : fma(unit, span, low));
  }
}

/** Bounds of the uniform numbers that normal ones are made of. */
export const normalBounds = {
  float32: [-0.9999999403953552, 1],
  float64: [-0.9999999999999999, 1],
} as const;

/** Uniform numbers within {@link normalBounds} -> mean + std * normal number, in place. */
export function toNormalSingles(out: Float32Array, mean: number, std: number): Float32Array {
  const scale = fround(std);
  const shift = fround(mean);
  for (let i = 0; i < out.length; i++) {
    out[i] = fround(fround(sqrt2 * xlaInverseErrorFunctionSingle(out[i])) * scale) + shift;
  }
  return out;
}

export function toNormalDoubles(out: Float64Array, mean: number, std: number): Float64Array {
  for (let i = 0; i < out.length; i++) out[i] = Math.SQRT2 * xlaInverseErrorFunction(out[i]) * std + mean;
  return out;
}

/** Bounds of the uniform numbers that truncated normal ones are made of. */
export function truncatedBounds(
  lower: number,
  upper: number,
): Record<'float32' | 'float64', [number, number]> {
  const single = (bound: number) => xlaErrorFunctionSingle(fround(fround(bound) * sqrtHalf));
  const double = (bound: number) => errorFunction(bound / Math.SQRT2);
  return { float32: [single(lower), single(upper)], float64: [double(lower), double(upper)] };
}

/** Uniform numbers within {@link truncatedBounds} -> mean + std * truncated normal number, strictly within the bounds. */
export function toTruncatedSingles(
  out: Float32Array,
  options: Required<TruncatedNormalOptions>,
): Float32Array {
  const least = nextSingle(fround(options.lower), 1);
  const most = nextSingle(fround(options.upper), -1);
  const scale = fround(options.std);
  const shift = fround(options.mean);
  for (let i = 0; i < out.length; i++) {
    const z = fround(sqrt2 * xlaInverseErrorFunctionSingle(out[i]));
    out[i] = fround(Math.min(Math.max(z, least), most) * scale) + shift;
  }
  return out;
}

export function toTruncatedDoubles(
  out: Float64Array,
  options: Required<TruncatedNormalOptions>,
): Float64Array {
  const { mean, std, lower, upper } = options;
  for (let i = 0; i < out.length; i++) {
    const z = Math.SQRT2 * xlaInverseErrorFunction(out[i]);
    out[i] = Math.min(Math.max(z, lower), upper) * std + mean;
  }
  return out;
}

/** How often `jax.random.permutation` sorts n things by random words: as often as makes ties harmless. */
export function sortRounds(n: number): number {
  return Math.ceil((3 * logarithm(Math.max(1, n))) / logarithm(2 ** 32 - 1));
}

/** `order` sorted by the word that stands at the same place; equal words keep their order (radix sort, 2 x 16 bits). */
export function sortByWords(words: Uint32Array, order: Uint32Array): Uint32Array {
  const n = words.length;
  const places = new Uint32Array(n);
  const first = new Uint32Array(n);
  const start = new Uint32Array(65537);
  for (let i = 0; i < n; i++) start[(words[i] & 0xffff) + 1]++;
  for (let digit = 0; digit < 65536; digit++) start[digit + 1] += start[digit];
  for (let i = 0; i < n; i++) first[start[words[i] & 0xffff]++] = i;
  start.fill(0);
  for (let i = 0; i < n; i++) start[(words[i] >>> 16) + 1]++;
  for (let digit = 0; digit < 65536; digit++) start[digit + 1] += start[digit];
  for (let i = 0; i < n; i++) places[start[words[first[i]] >>> 16]++] = first[i];
  const sorted = new Uint32Array(n);
  for (let i = 0; i < n; i++) sorted[i] = order[places[i]];
  return sorted;
}

const single = new Float32Array(1);
const singleBits = new Int32Array(single.buffer);

/** The single-precision number next to x, towards +Infinity (direction 1) or -Infinity (-1). */
export function nextSingle(x: number, direction: 1 | -1): number {
  if (!Number.isFinite(x)) return x;
  if (x === 0) return direction * 1.401298464324817e-45;
  single[0] = x;
  singleBits[0] += x > 0 ? direction : -direction;
  return single[0];
}
