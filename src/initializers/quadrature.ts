/**
 * Expectations under the standard normal distribution, for any function.
 *
 *   E f(z) = integral of f(z) exp(-z^2 / 2) / sqrt(2 pi) from -12 to 12
 *
 * Adaptive Gauss-Kronrod (7, 15): whole numbers are borders from the start, which is where activations have their
 * kinks, and an interval is halved until the two rules agree. Same bits on every engine if `f` has them.
 */

import { exponential } from '../random/elementary.ts';

const kronrodNodes = [
  0.9914553711208126, 0.9491079123427585, 0.8648644233597691, 0.7415311855993944, 0.5860872354676911,
  0.4058451513773972, 0.20778495500789847, 0,
];
const kronrodWeights = [
  0.022935322010529224, 0.06309209262997855, 0.10479001032225018, 0.14065325971552592, 0.1690047266392679,
  0.19035057806478542, 0.20443294007529889, 0.20948214108472782,
];
/** Of the Gauss rule, on every second node. */
const gaussWeights = [0.1294849661688697, 0.27970539148927664, 0.3818300505051189, 0.4179591836734694];

const inverseSqrtTwoPi = 0.3989422804014327;
const tolerance = 1e-13;
const deepest = 40;

/** E f(z) for z ~ N(0, 1); NaN or an infinity if `f` gives one. Absolute error about 1e-11 for tame functions. */
export function normalExpectation(f: (z: number) => number): number {
  const integrand = (z: number) => f(z) * exponential(-0.5 * z * z) * inverseSqrtTwoPi;
  let total = 0;
  for (let low = -12; low < 12; low++) total += integrate(integrand, low, low + 1, 0);
  return total;
}

function integrate(f: (z: number) => number, low: number, high: number, depth: number): number {
  const centre = (low + high) / 2;
  const half = (high - low) / 2;
  let gauss = gaussWeights[3] * f(centre);
  let kronrod = kronrodWeights[7] * f(centre);
  for (let i = 0; i < 7; i++) {
    const pair = f(centre - half * kronrodNodes[i]) + f(centre + half * kronrodNodes[i]);
    kronrod += kronrodWeights[i] * pair;
    if (i % 2 === 1) gauss += gaussWeights[(i - 1) / 2] * pair;
  }
  const error = Math.abs(kronrod - gauss) * half;
  // `!(error > tolerance)` ends the halving for NaN, too.
  if (!(error > tolerance) || depth === deepest) return kronrod * half;
  return integrate(f, low, centre, depth + 1) + integrate(f, centre, high, depth + 1);
}
