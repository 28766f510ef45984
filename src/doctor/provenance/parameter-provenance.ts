/**
 * Which initializer a weight looks like: the family from exact values and moments, the rules from the variance.
 *
 * Families of random numbers differ in kurtosis E x⁴ / (E x²)²: uniform 1.8, a normal cut at two standard deviations 2.366,
 * normal 3. A family is possible if the sample's kurtosis lies within 5 standard errors of its own and no value lies beyond
 * its support; of the possible ones the nearest is named. So a matrix of n weights is told apart from n of about 2,000 on.
 * From 320 numbers on the whole shape must fit too (chi-square).
 */
import type { ParameterShape } from '../../initializers/initializer.ts';
import type { Tensor } from '../../tensor/tensor.ts';
import type { ParameterProvenance } from '../measurement.ts';
import { candidateRules } from './candidate-rules.ts';
import { fewest, follows } from './goodness-of-fit.ts';
import { isIdentity, isOrthogonal } from './matrix-forms.ts';

interface Family {
  readonly name: 'uniform' | 'normal' | 'truncated-normal';
  readonly kurtosis: number;
  /** Var of (x - mean)⁴ / sigma⁸ for the standard error: E z⁸ and E z⁶ of the standardized number. */
  readonly sixth: number;
  readonly eighth: number;
  /** Largest |x| / sigma. */
  readonly support: number;
}

/** Moments of z ~ N(0, 1) given |z| < 2, standardized; by the recursion E z^k = (k - 1) E z^(k-2) - 2 · 2^(k-1) phi(2) / P. */
const cut = (() => {
  const edge = (2 * 0.05399096651318806) / 0.9544997361036416;
  const second = 1 - edge * 2;
  const fourth = 3 * second - edge * 8;
  const sixth = 5 * fourth - edge * 32;
  const eighth = 7 * sixth - edge * 128;
  return { second, fourth: fourth / second ** 2, sixth: sixth / second ** 3, eighth: eighth / second ** 4 };
})();

const families: readonly Family[] = [
  { name: 'uniform', kurtosis: 9 / 5, sixth: 27 / 7, eighth: 9, support: Math.sqrt(3) },
  {
    name: 'truncated-normal',
    kurtosis: cut.fourth,
    sixth: cut.sixth,
    eighth: cut.eighth,
    support: 2 / Math.sqrt(cut.second),
  },
  { name: 'normal', kurtosis: 3, sixth: 15, eighth: 105, support: Number.POSITIVE_INFINITY },
];

const sparseFrom = 0.05;

/**
 * @param value weights in the order of the file; not finite ones make the family `other`
 * @param rounded true where the file holds them in half precision, whose steps no fine test survives
 */
export function parameterProvenance(
  shape: ParameterShape,
  value: Tensor<'float32'>,
  rounded = false,
): ParameterProvenance {
  const { data } = value;
  const { zeros, mean, square, fourth, largest, equal, finite } = sums(data);
  const found = (
    distribution: ParameterProvenance['distribution'],
    rest: Partial<ParameterProvenance> = {},
  ) => ({
    parameter: shape.name,
    distribution,
    candidates: [],
    weightVariance: finite ? shape.fanIn * (square - mean * mean) : null,
    ...rest,
  });
  if (!finite || data.length === 0) return found('other');
  if (equal) return found(data[0] === 0 ? 'zeros' : 'constant');
  if (isIdentity(shape, data)) return found('identity');
  const zero = zeros / data.length;
  if (zero > sparseFrom) return found(zero < 0.995 && isNormal(data) ? 'sparse' : 'other');
  if (isOrthogonal(shape, data)) {
    return found('orthogonal', { candidates: [{ rule: 'orthogonal', logLikelihoodGap: 0 }] });
  }
  const near = nearestFamily(data.length, fourth / square ** 2, largest / Math.sqrt(square));
  const family = near !== undefined && (rounded || fits(near, data, square, largest)) ? near : undefined;
  if (family === undefined) {
    const ratio = largest / Math.sqrt(square);
    const possible = likelyLargest(data.length);
    return found('other', ratio > possible ? { outlier: { ratio, possible } } : {});
  }
  return found(family.name, { candidates: candidateRules(shape, data.length, square, family) });
}

/** The scale of a uniform law is its largest number, of the others the deviation that gives the mean square. */
function fits({ name, support }: Family, data: Float32Array, square: number, largest: number): boolean {
  if (data.length < fewest) return true;
  const scale = name === 'truncated-normal' ? (support / 2) * Math.sqrt(square) : Math.sqrt(square);
  return follows(name, data, name === 'uniform' ? largest : scale);
}

function nearestFamily(count: number, kurtosis: number, ratio: number): Family | undefined {
  const possible = families.flatMap((family) => {
    // Delta method for the kurtosis of a symmetric law of known mean: Var = (m8 - 4 m4 m6 + 4 m4³ - m4²) / n.
    const { kurtosis: k, sixth, eighth } = family;
    const error = Math.sqrt(Math.max(0, eighth - 4 * k * sixth + 4 * k ** 3 - k * k) / count);
    const distance = Math.abs(kurtosis - k) / error;
    // The sample's own deviation may be a little smaller than the law's.
    const support =
      family.support === Number.POSITIVE_INFINITY
        ? likelyLargest(count)
        : family.support * (1 + 5 * Math.sqrt((k - 1) / (4 * count)));
    return distance < 5 && ratio <= support ? [{ family, distance }] : [];
  });
  return possible.sort((a, b) => a.distance - b.distance)[0]?.family;
}

/** |x| / sigma that `count` normal numbers exceed once in a million times. */
function likelyLargest(count: number): number {
  return Math.sqrt(2 * Math.log(count * 1e6));
}

/** True if the values that are not 0 look normal: what sparse initialization draws. */
function isNormal(data: Float32Array): boolean {
  const rest = data.filter((value) => value !== 0);
  if (rest.length < 8) return false;
  const { square, fourth, largest } = sums(rest);
  return nearestFamily(rest.length, fourth / square ** 2, largest / Math.sqrt(square))?.name === 'normal';
}

function sums(data: Float32Array) {
  let zeros = 0;
  let sum = 0;
  let squares = 0;
  let fourths = 0;
  let largest = 0;
  let equal = true;
  let finite = true;
  for (let i = 0; i < data.length; i++) {
    const value = data[i];
    const square = value * value;
    if (value === 0) zeros += 1;
    if (value !== data[0]) equal = false;
    if (!Number.isFinite(value)) finite = false;
    sum += value;
    squares += square;
    fourths += square * square;
    if (Math.abs(value) > largest) largest = Math.abs(value);
  }
  const count = data.length;
  return {
    zeros,
    mean: sum / count,
    square: squares / count,
    fourth: fourths / count,
    largest,
    equal,
    finite,
  };
}
