import type { Arithmetic } from './arithmetic.ts';

/**
 * Uniform numbers in (0, 1) with as many bits as single precision holds, from noise [rows, 2 width] of 16 bits each: the
 * left half of the columns and, 65,536 times finer, the right half. Real units need them: with 16 bits no normal number
 * would lie beyond 4.3.
 */
export function fineUniform(a: Arithmetic, noise: string): string {
  const [coarse, fine] = halves(a, noise);
  return a.min(a.add(coarse, a.mul(a.sub(fine, 0.5), 2 ** -16)), 1 - 2 ** -24);
}

function halves(a: Arithmetic, noise: string): [string, string] {
  const { builder } = a;
  const width = builder.dims(noise)[1] / 2;
  const slice = (from: number) =>
    builder.op('Slice', [noise, builder.ints([from]), builder.ints([from + width]), builder.ints([1])]);
  return [slice(0), slice(width)];
}

// Giles 2012, single precision, lowest power first.
const central = [
  1.50140941, 0.246640727, -0.00417768164, -0.00125372503, 0.00021858087, -4.39150654e-6, -3.5233877e-6,
  3.43273939e-7, 2.81022636e-8,
];
const outer = [
  2.83297682, 1.00167406, 0.00943887047, -0.0076224613, 0.00573950773, -0.00367342844, 0.00134934322,
  0.000100950558, -0.000200214257,
];

/** Standard normal numbers from noise [rows, 2 width], by the inverse distribution function: sqrt(2) erf⁻¹(2 u - 1). */
export function normalNoise(a: Arithmetic, noise: string): string {
  const u = fineUniform(a, noise);
  const x = a.sub(a.mul(u, 2), 1);
  // 1 - x² = 4 u (1 - u) without cancellation
  const w = a.unary('Neg', a.unary('Log', a.mul(a.mul(u, 4), a.sub(1, u))));
  const near = a.polynomial(a.sub(a.min(w, 5), 2.5), central);
  const far = a.polynomial(a.sub(a.unary('Sqrt', a.max(w, 5)), 3), outer);
  return a.mul(a.mul(x, a.where(a.less(w, 5), near, far)), Math.SQRT2);
}
