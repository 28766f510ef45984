/**
 * Logarithm and error function of XLA on a CPU with fused multiply-add, bit for bit: what `jax.random` makes its normal
 * numbers with.
 *
 * Singles are computed as XLA's compiled code does, where each product that is added to something is one fused
 * multiply-add. A product of two singles is exact in a double, so rounding the sum once is that operation but for cases
 * too rare to meet.
 *
 * @see the LLVM code that XLA writes for log-plus-one, log and erf (`XLA_FLAGS=--xla_dump_to`), jaxlib 0.10: the
 * polynomials of Cephes (log, log1p) and a rational function (erf)
 */

import { fusedMultiplyAdd as fma } from './fused-multiply-add.ts';
import { glibcLogarithm } from './glibc-logarithm.ts';

const fround = Math.fround;
const single = new Float32Array(1);
const bits = new Int32Array(single.buffer);

const [p0, p1, p2, p3, p4, p5, p6, p7, p8] = [
  0.070376836, -0.1151461, 0.116769984, -0.12420141, 0.14249323, -0.16668057, 0.20000714, -0.24999994,
  0.3333333,
].map(fround);
const q1 = fround(-0.00021219444);
const q2 = fround(0.6933594);
const sqrtHalf = fround(0.70710677);

/** log x for a positive normal single x. */
function logarithmSingle(x: number): number {
  single[0] = x;
  let e = (bits[0] >>> 23) - 126;
  bits[0] = (bits[0] & 0x007fffff) | 0x3f000000;
  const m = single[0];
  let f = fround(m - 1);
  if (m < sqrtHalf) {
    e--;
    f = fround(f + m);
  }
  const f2 = fround(f * f);
  const f3 = fround(f2 * f);
  const first = fround(fround(f * p0 + p1) * f + p2);
  const second = fround(fround(f * p3 + p4) * f + p5);
  const third = fround(fround(f * p6 + p7) * f + p8);
  const series = fround(fround(first * f3 + second) * f3 + third);
  const tail = fround(series * f3 + fround(e * q1));
  return fround(e * q2 + fround(fround(f - 0.5 * f2) + tail));
}

const [n0, n1, n2, n3, n4, n5, n6] = [
  4.527e-5, 0.49854103, 6.5787325, 29.911919, 60.94967, 57.112965, 20.039553,
].map(fround);
const [d1, d2, d3, d4, d5, d6] = [15.062909, 83.04757, 221.7624, 309.09872, 216.42789, 60.11866].map(fround);
const smallSingle = fround(0.41421357);

/** log(1 + x) for a single x > -1. */
export function xlaLog1pSingle(x: number): number {
  if (Math.abs(x) >= smallSingle) return logarithmSingle(fround(x + 1));
  let above = fround(n0 * x + n1);
  above = fround(above * x + n2);
  above = fround(above * x + n3);
  above = fround(above * x + n4);
  above = fround(above * x + n5);
  above = fround(above * x + n6);
  let below = fround(x + d1);
  below = fround(below * x + d2);
  below = fround(below * x + d3);
  below = fround(below * x + d4);
  below = fround(below * x + d5);
  below = fround(below * x + d6);
  const x2 = fround(x * x);
  return fround(x + fround(fround(fround(x * x2) * fround(above / below)) - 0.5 * x2));
}

const aboveDouble = [
  4.52700008624452e-5, 0.49854102823193375, 6.578732594206104, 29.911919328553072, 60.94966798098779,
  57.11296359058554, 20.039553499201283,
];
const belowDouble = [
  1, 15.062909083469192, 83.04756596796722, 221.76239823732857, 309.09872225312057, 216.42788614495947,
  60.11866049760384,
];
const smallDouble = 0.41421356237309503;

/** log(1 + x) for -1 < x <= 0. */
export function xlaLog1p(x: number): number {
  if (-x >= smallDouble) return glibcLogarithm(x + 1);
  const x2 = x * x;
  const quotient = horner(aboveDouble, x) / horner(belowDouble, x);
  return x + fma(x2, -0.5, x * x2 * quotient);
}

/** A polynomial from its highest coefficient, each step one fused multiply-add. */
export function horner(coefficients: readonly number[], x: number): number {
  let sum = coefficients[0];
  for (let i = 1; i < coefficients.length; i++) sum = fma(sum, x, coefficients[i]);
  return sum;
}

const erfAbove = [0.00022905065, 0.003408291, 0.050955694, 0.18520832, 1.1283791].map(fround);
const erfBelow = [-1.1791603e-7, 2.3547966e-5, 0.0010179626, 0.01407047, 0.11098505, 0.49746925, 1.0].map(
  fround,
);

/** The error function of a single. */
export function xlaErrorFunctionSingle(x: number): number {
  if (Math.abs(x) >= fround(3.832507)) return Math.sign(x);
  const x2 = fround(x * x);
  let above = erfAbove[0];
  for (let i = 1; i < erfAbove.length; i++) above = fround(x2 * above + erfAbove[i]);
  let below = erfBelow[0];
  for (let i = 1; i < erfBelow.length; i++) below = fround(x2 * below + erfBelow[i]);
  return fround(fround(x * above) / below);
}
