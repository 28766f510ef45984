/**
 * Logarithm and exponential made of nothing but + - * / and bits, which IEEE 754 fixes.
 *
 * `Math.log` and `Math.exp` may differ in the last bit from engine to engine, and one bit is enough to make a
 * seed mean different weights in two browsers. These give the same double everywhere; they are within 1 unit in
 * the last place, not correctly rounded.
 */

const float64 = new Float64Array(1);
const words = new Uint32Array(float64.buffer);
const ln2High = 0.6931471803691238; // upper 32 bits of log 2: times a small whole number it is exact
const ln2Low = 1.9082149292705877e-10; // log 2 less that

/** 2/3, 2/5, ... 2/21 from the highest: the series of 2 atanh(s) = 2s + 2s^3/3 + 2s^5/5 + ... after its first term. */
const atanhSeries = Float64Array.from({ length: 11 }, (_, i) => 2 / (23 - 2 * i));

/**
 * Natural logarithm. -Infinity at 0, NaN below 0.
 *
 *   x = 2^k m with m in [sqrt(1/2), sqrt(2)),  s = (m - 1) / (m + 1),  log x = k log 2 + 2 atanh(s)
 */
export function logarithm(x: number): number {
  if (!(x > 0)) return x === 0 ? Number.NEGATIVE_INFINITY : Number.NaN;
  if (x === Number.POSITIVE_INFINITY) return x;
  let k = 0;
  let value = x;
  if (value < 2.2250738585072014e-308) {
    value *= 18014398509481984; // 2^54: subnormal numbers have no exponent to read
    k = -54;
  }
  float64[0] = value;
  const high = words[1];
  // 0x3fe6a09e is the upper word of sqrt(1/2); what lies above it decides the power of two.
  const shift = ((high - 0x3fe6a09e) >> 20) | 0;
  k += shift;
  words[1] = high - (shift << 20);
  const f = float64[0] - 1;
  const s = f / (2 + f);
  const z = s * s;
  let series = atanhSeries[0];
  for (let i = 1; i < 11; i++) series = series * z + atanhSeries[i];
  const tail = s * z * series; // 2 atanh(s) - 2 s
  // 2 s = f - s f, and f is exact: this form loses no bits near 1.
  return k * ln2High + (f - (s * f - tail - k * ln2Low));
}

/** 1/13!, 1/12!, ... 1/0!: the series of exp from the highest. */
const exponentialSeries = (() => {
  const terms = new Float64Array(15);
  let factorial = 1;
  for (let n = 0; n < 15; n++) {
    terms[14 - n] = 1 / factorial;
    factorial *= n + 1;
  }
  return terms;
})();

/**
 * e to the power of x.
 *
 *   x = k log 2 + r with |r| <= log(2) / 2,  exp x = 2^k (1 + r + r^2/2! + ...)
 */
export function exponential(x: number): number {
  if (Number.isNaN(x)) return x;
  if (x > 709.782712893384) return Number.POSITIVE_INFINITY;
  if (x < -745.1332191019412) return 0;
  const k = Math.round(x * Math.LOG2E);
  const r = x - k * ln2High - k * ln2Low;
  let series = exponentialSeries[0];
  for (let i = 1; i < 15; i++) series = series * r + exponentialSeries[i];
  // Two steps, so that neither factor leaves the range of normal numbers.
  const half = k >> 1;
  return series * powerOfTwo(half) * powerOfTwo(k - half);
}

function powerOfTwo(exponent: number): number {
  words[0] = 0;
  words[1] = (exponent + 1023) << 20;
  return float64[0];
}

/** Hyperbolic tangent by {@link exponential}. */
export function hyperbolicTangent(x: number): number {
  const size = Math.abs(x);
  if (size > 22) return Math.sign(x);
  if (size < 0.1) {
    // tanh = x - x^3/3 + 2x^5/15 - 17x^7/315 + ...: 1 - exp would cancel here.
    const z = x * x;
    return (
      x +
      x *
        z *
        (-1 / 3 +
          z * (2 / 15 + z * (-17 / 315 + z * (62 / 2835 + z * (-1382 / 155925 + z * (21844 / 6081075))))))
    );
  }
  const t = 1 - 2 / (exponential(2 * size) + 1);
  return x < 0 ? -t : t;
}

/** log(1 + exp(x)) without overflow: softplus. */
export function logOnePlusExponential(x: number): number {
  const e = exponential(-Math.abs(x));
  // log(1 + e) = log(u) e / (u - 1) with u = 1 + e rounded undoes the rounding of u.
  const u = 1 + e;
  const log1p = u === 1 ? e : (logarithm(u) * e) / (u - 1);
  return Math.max(x, 0) + log1p;
}
