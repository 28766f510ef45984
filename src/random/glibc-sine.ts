/**
 * sin and cos of glibc (2.28 and later) on processors with fused multiply-add, bit for bit, for 0 <= x <= 2 pi: what
 * PyTorch on Linux takes its normal numbers of double precision from, and small tensors.
 *
 * A table of both at multiples of 1/128, in pairs of doubles, and short series around those. What is added to the table's
 * value is small, so that plain arithmetic nearly always decides the rounding. Where it does not, the fused operations are
 * done as the compiled library has them.
 *
 * @see IBM Accurate Mathematical Library (Ziv 1991); the fused operations are read from the machine code of glibc 2.36,
 * `__sin_fma` and `__cos_fma`
 */

import { fusedMultiplyAdd as fma } from './fused-multiply-add.ts';

const float64 = new Float64Array(1);
const words = new Int32Array(float64.buffer);

const toWhole = 6755399441055744; // 1.5 * 2^52: adding it rounds to whole numbers
const big = 52776558133248; // 1.5 * 2^45: adding it rounds to multiples of 1/128
const halfPi = 1.5707963267948966;
const halfPiLow = 6.123233995736766e-17;
const sine3 = -0.16666666666666488;
const sine5 = 0.008333332142857223;
const cosine4 = -0.04166666666666644;
const cosine6 = 0.001388888740079376;
const sine3Small = -0.16666666666666666;
const sine5Small = 0.008333333333332329;
const sine7 = -0.00019841269834414642;
const sine9 = 2.755729806860771e-6;
const sine11 = -2.5022014848318398e-8;
/** Plain and fused arithmetic differ in what is added to the table's value by less than this share of it. */
const doubt = 2 ** -50;

/** sin(x) for 0 <= x <= 2 pi. */
export function sine(x: number): number {
  if (x < 1.4901161193847656e-8) return x; // 2^-26
  if (x < 0.85546875) return tableSine(x, 0);
  if (x < 2.426265) {
    float64[0] = x;
    if (words[1] < 0x400368fd) return tableCosine(halfPi - x, halfPiLow);
  }
  return reduced(x, 0);
}

/** cos(x) for 0 <= x <= 2 pi. */
export function cosine(x: number): number {
  if (x < 7.450580596923828e-9) return 1; // 2^-27
  if (x < 0.85546875) return tableCosine(x, 0);
  float64[0] = x;
  if (words[1] < 0x400368fd) {
    const y = halfPi - x;
    const a = y + halfPiLow;
    return tableSine(a, y - a + halfPiLow);
  }
  return reduced(x, 1);
}

/** x less n times pi/2, as a pair of doubles; then the sine or cosine of that, by the quadrant. */
function reduced(x: number, turn: 0 | 1): number {
  // Rounded to a whole number, by one rounding where that could matter.
  const turns = x * 0.6366197723675814;
  let n = Math.round(turns);
  if (Math.abs(Math.abs(turns - n) - 0.5) < 1e-14) n = fma(x, 0.6366197723675814, toWhole) - toWhole;
  // The parts of pi/2 have so few bits that their products with n are exact; of the last, too small to matter.
  const y = x - n * 1.5707963407039642 + n * 1.3909067564377153e-8;
  const high = y + n * 4.97899623147991e-17;
  const low = y - high + n * 4.97899623147991e-17;
  const a = high + n * 1.9034889620193266e-25;
  const da = low + (high - a + n * 1.9034889620193266e-25);
  const quadrant = n + turn;
  const value = (quadrant & 1) === 1 ? tableCosine(a, da) : tableSine(a, da);
  return (quadrant & 2) === 2 ? -value : value;
}

let table: Float64Array | undefined;

/** sin(x + dx) for |x| < 0.86. */
function tableSine(x: number, dx: number): number {
  const size = Math.abs(x);
  if (size < 0.126) return smallSine(x, dx);
  const d = x <= 0 ? -dx : dx;
  const u = big + size;
  const r = size - (u - big);
  const row = 512 * (u - big);
  table ??= sinesAndCosines();
  const sn = table[row];
  const snLow = table[row + 1];
  const cs = table[row + 2];
  const csLow = table[row + 3];
  const xx = r * r;
  const s = r + (d + r * xx * (sine3 + xx * sine5));
  const c = r * d + xx * (0.5 + xx * (cosine4 + xx * cosine6));
  const quick = snLow + s * csLow - sn * c + cs * s;
  const margin = doubt * Math.abs(s);
  let value = sn + (quick + margin);
  if (value !== sn + (quick - margin)) {
    const exact = r + fma(r * xx, fma(xx, sine5, sine3), d);
    const rest = fma(-fma(r, d, xx * cosineSeries(xx)), sn, fma(exact, csLow, snLow));
    value = sn + fma(exact, cs, rest);
  }
  return x < 0 ? -value : value;
}

/** sin(x + dx) for |x| < 0.126, by the series alone. */
function smallSine(x: number, dx: number): number {
  const xx = x * x;
  const series = ((((sine11 * xx + sine9) * xx + sine7) * xx + sine5Small) * xx + sine3Small) * x;
  const quick = (series - 0.5 * dx) * xx + dx;
  const margin = doubt * Math.abs(quick);
  const value = x + (quick + margin);
  if (value === x + (quick - margin)) return value;
  let p = fma(sine11, xx, sine9);
  p = fma(p, xx, sine7);
  p = fma(p, xx, sine5Small);
  p = fma(p, xx, sine3Small);
  return x + fma(fma(p, x, -0.5 * dx), xx, dx);
}

/** cos(x + dx) for |x| < 0.86. */
function tableCosine(x: number, dx: number): number {
  const size = Math.abs(x);
  const u = big + size;
  const r = size - (u - big) + (x < 0 ? -dx : dx);
  const row = 512 * (u - big);
  table ??= sinesAndCosines();
  const sn = table[row];
  const snLow = table[row + 1];
  const cs = table[row + 2];
  const csLow = table[row + 3];
  const xx = r * r;
  const s = r + r * xx * (sine3 + xx * sine5);
  const c = xx * (0.5 + xx * (cosine4 + xx * cosine6));
  const quick = csLow - s * snLow - cs * c - sn * s;
  const margin = doubt * (Math.abs(s) + c);
  const value = cs + (quick + margin);
  if (value === cs + (quick - margin)) return value;
  const exact = fma(r * xx, fma(xx, sine5, sine3), r);
  const rest = fma(-xx * cosineSeries(xx), cs, fma(-exact, snLow, csLow));
  return cs + fma(-exact, sn, rest);
}

function cosineSeries(xx: number): number {
  return fma(xx, fma(xx, cosine6, cosine4), 0.5);
}

/** sin, its rounding error, cos, its rounding error at k / 128 for k = 0 ... 110, by their series in whole numbers. */
function sinesAndCosines(): Float64Array {
  const sines = new Float64Array(4 * 111);
  const one = 1n << 200n;
  for (let k = 0; k <= 110; k++) {
    const x = (BigInt(k) << 200n) / 128n;
    const sums = [0n, 0n];
    let term = one;
    for (let n = 1; term !== 0n; n++) {
      // Terms 0, 1, 2, 3 of exp(ix) go to +cos, +sin, -cos, -sin.
      sums[n & 1] += ((n - 1) & 2) === 0 ? term : -term;
      term = (term * x) / one / BigInt(n);
    }
    // sums[1] took the even terms (cos), sums[0] the odd ones (sin).
    split(sums[0], sines, 4 * k);
    split(sums[1], sines, 4 * k + 2);
  }
  return sines;
}

/** A number of 200 binary places as the nearest double and the double nearest to the rest. */
function split(value: bigint, out: Float64Array, at: number): void {
  const high = nearest(value);
  out[at] = high;
  // high has at most 53 bits and is above 2^-8: times 2^100 it is a whole number.
  out[at + 1] = nearest(value - (BigInt(high * 2 ** 100) << 100n));
}

/** The double nearest to a whole number over 2^200. */
function nearest(value: bigint): number {
  return Number(value) / 2 ** 200;
}
