import { errorFunction, exponential } from '../random/index.ts';
import { elementCount, tensor } from '../tensor/tensor.ts';
import { checkNotNegative, checkNumber } from './check.ts';
import type { Initializer } from './initializer.ts';

/**
 * The standard deviation of a standard normal cut at -2 and 2: sqrt(1 - 4 exp(-2) / (sqrt(2 pi) erf(sqrt 2))).
 * Dividing by it gives cut numbers the variance that was asked for.
 */
export const truncatedNormalStd = 0.8796256610342398;

/** The standard deviation of a standard normal cut at -bound and bound; {@link truncatedNormalStd} at 2. */
export function cutNormalStd(bound: number): number {
  if (bound === 2) return truncatedNormalStd;
  const density = exponential((-bound * bound) / 2) / Math.sqrt(2 * Math.PI);
  return Math.sqrt(1 - (2 * bound * density) / errorFunction(bound * Math.SQRT1_2));
}

export interface TruncatedNormalInitializerOptions {
  readonly mean?: number;
  /** Standard deviation of the normal before the cut, or of the result if `correct`; default 0.05. */
  readonly std?: number;
  /** The cut, in standard deviations of the normal on either side of the mean; default 2. */
  readonly bound?: number;
  /** Whether to widen the normal so that the result has variance std² after the cut; default false, as in Keras. */
  readonly correct?: boolean;
}

/**
 * Normal numbers without those beyond `bound` standard deviations.
 *
 * The bounds are in units of std, as in TensorFlow and JAX (`torch.nn.init.trunc_normal_` takes absolute ones).
 *
 * @throws initializers.bad_parameter
 */
export function truncatedNormal(options: TruncatedNormalInitializerOptions = {}): Initializer {
  const { mean = 0, std = 0.05, bound = 2, correct = false } = options;
  checkNumber('truncated-normal', 'mean', mean, 'finite');
  checkNotNegative('truncated-normal', 'std', std);
  checkNumber('truncated-normal', 'bound', bound, '0.1 ... 8', bound >= 0.1 && bound <= 8);
  const before = correct ? std / cutNormalStd(bound) : std;
  return (stream, { dims }) =>
    tensor(
      'float32',
      dims,
      stream.truncatedNormal(new Float32Array(elementCount(dims)), {
        mean,
        std: before,
        lower: -bound,
        upper: bound,
      }),
    );
}

export interface AbsoluteTruncatedNormalOptions {
  /** Default 0. */
  readonly mean?: number;
  /** Standard deviation of the normal before the cut; default 1. */
  readonly std?: number;
  /** Where the normal is cut, as numbers, whatever std is; default -2. */
  readonly lower?: number;
  /** Default 2; above `lower`. */
  readonly upper?: number;
}

/**
 * Normal numbers without those outside [lower, upper], bounds in absolute numbers as in PyTorch, timm and Flux.
 *
 * With the bounds -2 and 2 and a std of 0.02 the cut lies at 100 standard deviations: it cuts nothing.
 *
 * @throws initializers.bad_parameter, also where the interval holds no number that a normal gives (8 std away)
 * @see PyTorch `trunc_normal_`, Flux `truncated_normal`
 */
export function absoluteTruncatedNormal(options: AbsoluteTruncatedNormalOptions = {}): Initializer {
  const { mean = 0, std = 1, lower = -2, upper = 2 } = options;
  const rule = 'torch-trunc-normal';
  checkNumber(rule, 'mean', mean, 'finite');
  checkNumber(rule, 'std', std, '> 0', std > 0);
  checkNumber(rule, 'lower', lower, '<= mean + 8 std', lower <= mean + 8 * std);
  checkNumber(rule, 'upper', upper, '> lower, >= mean - 8 std', upper > lower && upper >= mean - 8 * std);
  const cut = { mean, std, lower: (lower - mean) / std, upper: (upper - mean) / std };
  return (stream, { dims }) =>
    tensor('float32', dims, stream.truncatedNormal(new Float32Array(elementCount(dims)), cut));
}
