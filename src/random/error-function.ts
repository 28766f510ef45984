/** The error function and its inverse, the same on every engine: see `elementary.ts`. */

import { exponential, logarithm } from './elementary.ts';

const twoOverSqrtPi = 1.1283791670955126;

/**
 * erf(x) = 2/sqrt(pi) times the integral of exp(-t^2) from 0 to x.
 *
 * Below 3 the series 2/sqrt(pi) exp(-x^2) sum 2^n x^(2n+1) / (2n+1)!!, whose terms all have one sign; above it
 * Laplace's continued fraction of erfc. Relative error below 1e-15 or so.
 */
export function errorFunction(x: number): number {
  if (Number.isNaN(x)) return x;
  const size = Math.abs(x);
  if (size > 6) return Math.sign(x);
  if (size >= 3) return Math.sign(x) * (1 - complement(size));
  const square = x * x;
  let term = x;
  let sum = x;
  for (let n = 1; Math.abs(term) > 1e-17 * Math.abs(sum); n++) {
    term *= (2 * square) / (2 * n + 1);
    sum += term;
  }
  return twoOverSqrtPi * exponential(-square) * sum;
}

/** erfc by Laplace's continued fraction, for x >= 2. */
function complement(x: number): number {
  let fraction = x;
  for (let n = 120; n >= 1; n--) fraction = x + n / 2 / fraction;
  return (exponential(-x * x) * (twoOverSqrtPi / 2)) / fraction;
}

// Coefficients from M. Giles, "Approximating the erfinv function", GPU Computing Gems 2 (2012): single precision.
const central = [
  2.81022636e-8, 3.43273939e-7, -3.5233877e-6, -4.39150654e-6, 0.00021858087, -0.00125372503, -0.00417768164,
  0.246640727, 1.50140941,
].map(Math.fround);
const outer = [
  -0.000200214257, 0.000100950558, 0.00134934322, -0.00367342844, 0.00573950773, -0.0076224613, 0.00943887047,
  1.00167406, 2.83297682,
].map(Math.fround);
/**
 * Inverse error function in double precision: Giles's single precision value, mended by Halley's
 * method on erf(y) = x, in terms of the complement in the tails so that no digits are lost there.
 *
 * @param x  in (-1, 1)
 * @param complementOfSize  1 - |x|, for callers that know it exactly
 */
export function inverseErrorFunction(x: number, complementOfSize = 1 - Math.abs(x)): number {
  const size = Math.abs(x);
  if (!(size < 1)) return size === 1 ? x * Number.POSITIVE_INFINITY : Number.NaN;
  let y = start(size, complementOfSize);
  for (let step = 0; step < 12; step++) {
    const error = size < 0.9 ? errorFunction(y) - size : complementOfSize - complementOf(y);
    const slope = twoOverSqrtPi * exponential(-y * y);
    const newton = error / slope;
    const change = newton / (1 + y * newton);
    y -= change;
    if (Math.abs(change) < 1e-9 * y) break; // cubic convergence: the next step would change nothing
  }
  return x < 0 ? -y : y;
}

/** The complementary error function for x >= 0 with full relative accuracy. */
function complementOf(y: number): number {
  return y >= 2 ? complement(y) : 1 - errorFunction(y);
}

function start(size: number, complementOfSize: number): number {
  const w = -logarithm(complementOfSize * (1 + size));
  const table = w < 5 ? central : outer;
  const v = w < 5 ? w - 2.5 : Math.sqrt(w) - 3;
  let p = table[0];
  for (let i = 1; i < 9; i++) p = p * v + table[i];
  return p * size;
}
