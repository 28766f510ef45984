/**
 * PyTorch's normal numbers of single precision on a processor with AVX2 (or AVX-512: the same code), for arrays of 16
 * and more: Box-Muller on blocks of 16, with the polynomials of Cephes for logarithm, sine and cosine.
 *
 * Bits depend on which sums the compiler fused with a product; what stands here is what GCC made of PyTorch 1.13 and
 * 2.13. In double precision a product of two singles is exact, so `fround(a * b + c)` is the fused operation; for every
 * one of the 2^24 possible numbers u1 and u2 that has been compared with the real one.
 *
 * @see Moshier, "Cephes Mathematical Library", logf.c, sinf.c; PyTorch, aten/src/ATen/native/cpu/avx_mathfun.h
 */

import { fusedMultiplyAddSingle } from '../fused-multiply-add.ts';

const fround = Math.fround;

const [p0, p1, p2, p3, p4, p5, p6, p7, p8] = [
  7.0376836292e-2, -1.151461031e-1, 1.167699874e-1, -1.2420140846e-1, 1.4249322787e-1, -1.6668057665e-1,
  2.0000714765e-1, -2.4999993993e-1, 3.3333331174e-1,
].map(fround);
const ln2Low = fround(-2.1219444e-4);
const ln2High = 0.693359375;
const sqrtHalf = fround(Math.SQRT1_2);

const [c0, c1, c2] = [2.443315711809948e-5, -1.388731625493765e-3, 4.166664568298827e-2].map(fround);
const [s0, s1, s2] = [-1.9515295891e-4, 8.3321608736e-3, -1.6666654611e-1].map(fround);
const fourOverPi = fround(4 / Math.PI);
const twoPi = fround(2 * Math.PI);
// -pi/4 in three parts, the first two of few bits.
const part1 = -0.78515625;
const part2 = -2.4187564849853516e-4;
const part3 = fround(-3.774894977445941e-8);

/**
 * Two normal numbers from two words into out[at] and out[at + 8].
 * @param first  word of u1 = 1 - w 2^-24; only its lower 24 bits count
 * @param second  word of u2 = w 2^-24
 */
export function normalPairAvx2(
  first: number,
  second: number,
  out: Float32Array,
  at: number,
  mean: number,
  std: number,
): void {
  const radius = fround(Math.sqrt(-2 * logarithm(0x1000000 - (first & 0xffffff))));
  const theta = fround(twoPi * ((second & 0xffffff) * 5.9604644775390625e-8));
  // theta = j pi/4 + x with j even and |x| <= pi/4
  const octant = (fround(theta * fourOverPi) + 1) & ~1;
  let x = fround(theta + octant * part1);
  x = fround(x + octant * part2);
  x = fround(x + octant * part3);
  const z = fround(x * x);
  let c = fround(c0 * z + c1);
  c = fround(c * z + c2);
  c = fround(c * z);
  c = fround(fround(c * z - fround(z * 0.5)) + 1);
  let s = fround(s0 * z + s1);
  s = fround(s * z + s2);
  s = fround(fround(s * z) * x + x);
  const swapped = (octant & 2) !== 0;
  const sine = swapped ? c : s;
  const cosine = swapped ? s : c;
  const n1 = fround(radius * ((octant + 2) & 4 ? -cosine : cosine));
  const n2 = fround(radius * (octant & 4 ? -sine : sine));
  if (mean === 0) {
    out[at] = n1 * std + 0;
    out[at + 8] = n2 * std + 0;
  } else {
    out[at] = fusedMultiplyAddSingle(n1, std, mean);
    out[at + 8] = fusedMultiplyAddSingle(n2, std, mean);
  }
}

/** log(count 2^-24) for a whole number from 1 to 2^24. */
function logarithm(count: number): number {
  const bits = 32 - Math.clz32(count);
  const m = count / (1 << bits); // in [1/2, 1)
  let e = bits - 24;
  let x = m - 1;
  if (m < sqrtHalf) {
    x += m;
    e -= 1;
  }
  const z = fround(x * x);
  let y = fround(p0 * x + p1);
  y = fround(y * x + p2);
  y = fround(y * x + p3);
  y = fround(y * x + p4);
  y = fround(y * x + p5);
  y = fround(y * x + p6);
  y = fround(y * x + p7);
  y = fround(y * x + p8);
  y = fround(y * x);
  y = fround(y * z + fround(e * ln2Low));
  y = fround(y - z * 0.5);
  return fround(fround(x + y) + e * ln2High);
}
