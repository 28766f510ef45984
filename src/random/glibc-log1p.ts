/**
 * log(1 + x) of glibc 2.36 on processors with fused multiply-add, in double and single precision, bit for bit, for
 * -1 < x <= 0: what NumPy's ziggurat takes the tails of its normal numbers from. Newer glibc may differ in the last bit.
 *
 *   1 + x = 2^k (1 + f),  s = f / (2 + f),  log(1 + f) = f - (f^2/2 - s (f^2/2 + R(s^2)))
 *
 * @see Sun's fdlibm, s_log1p.c and s_log1pf.c (K. C. Ng), the order of the sum and the fused
 * operations as the machine code of `__log1p_fma` has them
 */

import { fusedMultiplyAdd as fma } from './fused-multiply-add.ts';

const float64 = new Float64Array(1);
const doubleWords = new Int32Array(float64.buffer);
const ln2High = 0.6931471803691238;
const ln2Low = 1.9082149292705877e-10;
const l1 = 0.6666666666666735;
const l2 = 0.3999999999940942;
const l3 = 0.2857142874366239;
const l4 = 0.22222198432149784;
const l5 = 0.1818357216161805;
const l6 = 0.15313837699209373;
const l7 = 0.14798198605116586;

/** @param x  -1 < x <= 0 */
export function glibcLog1p(x: number): number {
  if (x > -(2 ** -29)) return x > -(2 ** -54) ? x : x - x * x * 0.5;
  let k = 0;
  let f = x;
  let mantissa = 1;
  let correction = 0;
  float64[0] = x;
  if (doubleWords[1] > (0xbfd2bec3 | 0)) {
    const u = 1 + x;
    float64[0] = u;
    k = (doubleWords[1] >> 20) - 1023;
    correction = (k > 0 ? 1 - (u - x) : x - (u - 1)) / u;
    mantissa = doubleWords[1] & 0x000fffff;
    if (mantissa < 0x6a09e) {
      doubleWords[1] = mantissa | 0x3ff00000;
    } else {
      k++;
      doubleWords[1] = mantissa | 0x3fe00000;
      mantissa = (0x00100000 - mantissa) >> 2;
    }
    f = float64[0] - 1;
  }
  const half = 0.5 * f * f;
  if (mantissa === 0) {
    // |f| < 2^-20
    if (f === 0) return k === 0 ? 0 : k * ln2High + fma(k, ln2Low, correction);
    const rest = half * fma(-0.6666666666666666, f, 1);
    return k === 0 ? f - rest : k * ln2High - (rest - fma(k, ln2Low, correction) - f);
  }
  const s = f / (2 + f);
  const z = s * s;
  const z2 = z * z;
  const z4 = z2 * z2;
  const first = fma(z, l1, z2 * fma(z, l3, l2));
  const rest = fma(z4 * z2, fma(z, l7, l6), fma(z4, fma(z, l5, l4), first));
  const product = s * (half + rest);
  if (k === 0) return f - (half - product);
  return k * ln2High - (half - (fma(k, ln2Low, correction) + product) - f);
}

const fround = Math.fround;
const float32 = new Float32Array(1);
const singleWords = new Int32Array(float32.buffer);
const singleLn2High = fround(6.9313812256e-1);
const singleLn2Low = fround(9.0580006145e-6);
const singleSeries = [
  0.14798198640346527, 0.15313838422298431, 0.18183572590351105, 0.2222219854593277, 0.28571429848670959,
  0.40000000596046448, 0.66666668653488159,
].map(fround);

/** @param x  a single, -1 < x <= 0 */
export function glibcLog1pSingle(x: number): number {
  if (x > -(2 ** -29)) return x > -(2 ** -54) ? x : fround(x - fround(fround(x * x) * 0.5));
  let k = 0;
  let f = x;
  let mantissa = 1;
  let correction = 0;
  float32[0] = x;
  if (singleWords[0] > (0xbe95f61f | 0)) {
    const u = fround(1 + x);
    float32[0] = u;
    k = (singleWords[0] >> 23) - 127;
    correction = fround(k > 0 ? fround(1 - fround(u - x)) : fround(x - fround(u - 1)));
    correction = fround(correction / u);
    mantissa = singleWords[0] & 0x007fffff;
    if (mantissa < 0x3504f7) {
      singleWords[0] = mantissa | 0x3f800000;
    } else {
      k++;
      singleWords[0] = mantissa | 0x3f000000;
      mantissa = (0x00800000 - mantissa) >> 2;
    }
    f = fround(float32[0] - 1);
  }
  const half = fround(fround(0.5 * f) * f);
  const high = fround(k * singleLn2High);
  const low = fround(fround(k * singleLn2Low) + correction);
  if (mantissa === 0) {
    // |f| < 2^-20
    if (f === 0) return k === 0 ? 0 : fround(high + low);
    const rest = fround(half * fround(1 - fround(0.6666666865348816 * f)));
    return k === 0 ? fround(f - rest) : fround(high - fround(fround(rest - low) - f));
  }
  const s = fround(f / fround(2 + f));
  const z = fround(s * s);
  let series = singleSeries[0];
  for (let i = 1; i < 7; i++) series = fround(singleSeries[i] + fround(z * series));
  const rest = fround(z * series);
  const product = fround(s * fround(half + rest));
  if (k === 0) return fround(f - fround(half - product));
  return fround(high - fround(fround(half - fround(product + low)) - f));
}
