/** He's idea for any activation. */
import type { ActivationFunctionName } from './activation-functions.ts';
import { backwardGain, forwardGain } from './gain.ts';
import type { Initializer } from './initializer.ts';
import { type Distribution, varianceScaling } from './variance-scaling.ts';

/** What {@link activationScaling} keeps: the signal, the gradient, or the geometric mean of the two factors. */
export const scalingDirections = ['forward', 'backward', 'both'] as const;
export type ScalingDirection = (typeof scalingDirections)[number];

export interface ActivationScalingOptions {
  /** The activation whose output feeds the weight; default `relu`. */
  readonly activation?: ActivationFunctionName;
  /** Default `forward`. */
  readonly direction?: ScalingDirection;
  /** Default `normal`. */
  readonly distribution?: Distribution;
}

/**
 * Variance scaling with the gain of an activation, computed by quadrature: {@link heNormal} where it is ReLU.
 *
 *   forward   Var(w) = 1 / (fanIn E[phi(z)²])              E over z ~ N(0, 1)
 *   backward  Var(w) = 1 / (fanOut E[phi'(z)²])
 *   both      their geometric mean
 *
 * Keeps pre-activations at variance 1 if they have it; whether a network stays there is a question of stability
 * ({@link criticalPoint}): with GELU, SiLU and Mish the point 1 repels.
 *
 * @throws initializers.unknown_activation, initializers.no_gain
 * @see He et al. 2015, eq. 10 and 14, with the rectifier's 1/2 replaced by the moments
 */
export function activationScaling(options: ActivationScalingOptions = {}): Initializer {
  const { activation = 'relu', direction = 'forward', distribution = 'normal' } = options;
  const forward = forwardGain(activation) ** 2;
  const backward = backwardGain(activation) ** 2;
  if (direction === 'forward') return varianceScaling({ scale: forward, mode: 'fanIn', distribution });
  if (direction === 'backward') return varianceScaling({ scale: backward, mode: 'fanOut', distribution });
  return varianceScaling({ scale: Math.sqrt(forward * backward), mode: 'fanGeometric', distribution });
}
