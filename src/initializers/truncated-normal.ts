import { elementCount, tensor } from '../tensor/tensor.ts';
import { checkNotNegative, checkNumber } from './check.ts';
import type { Initializer } from './initializer.ts';

/**
 * The standard deviation of a standard normal cut at -2 and 2: sqrt(1 - 4 exp(-2) / (sqrt(2 pi) erf(sqrt 2))).
 * Dividing by it gives cut numbers the variance that was asked for.
 */
export const truncatedNormalStd = 0.8796256610342398;

export interface TruncatedNormalInitializerOptions {
  readonly mean?: number;
  /** Standard deviation of the normal before the cut, or of the result if `correct`; default 0.05. */
  readonly std?: number;
  /** The cut, in standard deviations of the normal on either side of the mean; default 2. */
  readonly bound?: number;
  /** Whether to widen the normal so that the result has variance std^2 after a cut at 2; default false, as in Keras. */
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
  checkNumber('truncated-normal', 'bound', bound, '2 (correct=true)', !correct || bound === 2);
  const before = correct ? std / truncatedNormalStd : std;
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
