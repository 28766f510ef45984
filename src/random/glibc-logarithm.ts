/**
 * The natural logarithm of glibc (2.28 and later) on processors with fused multiply-add, bit for bit: the logarithm
 * that NumPy on Linux takes its normal numbers from.
 *
 *   x = 2^k z,  c near z from a table of 128,  r = z/c - 1,  log x = k log 2 + log c + log(1 + r)
 *
 * The result is hi + small, rounded once; what is in `small` is below 2^-13 of it, so that plain arithmetic nearly
 * always decides the rounding. Where it does not, the fused operations are done as the compiled library has them.
 *
 * @see Szabolcs Nagy, ARM optimized-routines, math/log.c (MIT); the order of the fused operations is read from the
 * machine code of glibc 2.36, `__log_fma`
 */

import { bytesOfBase64 } from './base64.ts';
import { fusedMultiplyAdd as fma } from './fused-multiply-add.ts';
import table from './logarithm-table.generated.ts';

const numbers = new Float64Array(bytesOfBase64(table).buffer);
const [a0, a1, a2, a3, a4, b0, b1, b2, b3, b4, b5, b6, b7, b8, b9, b10] = numbers;
const intervals = numbers.subarray(16);

const float64 = new Float64Array(1);
const words = new Int32Array(float64.buffer);
const ln2High = 0.6931471805598903;
const ln2Low = 5.497923018708371e-14;
/** Plain and fused arithmetic differ in `small` by less than this share of its terms. */
const doubt = 2 ** -50;

/** @param x  a positive normal number */
export function glibcLogarithm(x: number): number {
  if (x >= 0.9375 && x < 1.064697265625) return x === 1 ? 0 : nearOne(x - 1);
  float64[0] = x;
  const offset = words[1] - 0x3fe60000;
  const interval = 2 * ((offset >> 13) & 127);
  const k = offset >> 20;
  words[1] -= k << 20;
  const z = float64[0];
  const inverse = intervals[interval];
  // z * inverse - 1 rounded once: the product is near 1, so that taking 1 off is exact.
  const p = z * inverse;
  const tz = splitter * z;
  const zh = tz - (tz - z);
  const zl = z - zh;
  const ti = splitter * inverse;
  const ih = ti - (ti - inverse);
  const il = inverse - ih;
  const r = p - 1 + (zl * il - (p - zh * ih - zl * ih - zh * il));
  const w = k * ln2High + intervals[interval + 1];
  const hi = w + r;
  const lo = w - hi + r + k * ln2Low;
  const r2 = r * r;
  const small = lo + r2 * a0 + r * r2 * (a1 + r * a2 + r2 * (a3 + r * a4));
  const margin = doubt * (r2 + Math.abs(lo));
  const y = hi + (small + margin);
  if (y === hi + (small - margin)) return y;
  const inner = fma(fma(r, a4, a3), r2, fma(r, a2, a1));
  return fma(r * r2, inner, fma(r2, a0, fma(k, ln2Low, w - hi + r))) + hi;
}

/** log(1 + r) for -1/16 <= r < 1.035/16. */
function nearOne(r: number): number {
  const r2 = r * r;
  const r3 = r * r2;
  const scaled = r * 134217728; // 2^27: rHigh has 26 bits, so that its square is exact
  const rHigh = r + scaled - scaled;
  const rLow = r - rHigh;
  const half = rHigh * rHigh * b0;
  const hi = r + half;
  const lo = r - hi + half + b0 * rLow * (rHigh + r);
  const series =
    b1 + r * b2 + r2 * b3 + r3 * (b4 + r * b5 + r2 * b6 + r3 * (b7 + r * b8 + r2 * b9 + r3 * b10));
  const small = r3 * series + lo;
  const margin = doubt * (Math.abs(r3) + Math.abs(lo));
  const y = hi + (small + margin);
  if (y === hi + (small - margin)) return y;
  const first = fma(r2, b3, fma(r, b2, b1));
  const second = fma(r2, b6, fma(r, b5, b4));
  const third = fma(r3, b10, fma(r2, b9, fma(r, b8, b7)));
  const fused = fma(fma(third, r3, second), r3, first);
  return hi + fma(fused, r3, fma(b0 * rLow, r + rHigh, r - hi + half));
}

const splitter = 134217729; // 2^27 + 1
