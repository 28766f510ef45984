/**
 * Gains: by what to multiply the standard deviation of a weight because of the activation.
 *
 * With z ~ N(0, 1) before the activation phi and weights of variance gain^2 / fanIn behind it, the next
 * pre-activation again has second moment 1 for the forward gain; the gradient keeps its second moment for the
 * backward gain (with fanOut):
 *
 *   forward gain = 1 / sqrt(E phi(z)^2)        backward gain = 1 / sqrt(E phi'(z)^2)
 *
 * For rectifiers both are the same; for all others no single gain does both (see a mean-field analysis).
 *
 * @see Poole et al. 2016; Schoenholz et al. 2017 (the maps); He et al. 2015 (rectifiers)
 */

import { OutsetError } from '../messages/error.ts';
import { type ActivationName, type ActivationParameters, activationFunction } from './activation-functions.ts';
import { normalExpectation } from './quadrature.ts';

export type GainDirection = 'forward' | 'backward';

/**
 * The gain of a named activation, by closed form where there is one and by quadrature otherwise.
 *
 * @param options.direction  default `forward`
 * @param options.slope  of leakyRelu, prelu, elu, celu
 * @throws initializers.unknown_activation, initializers.no_gain
 * @example
 * activationGain('relu'); // 1.4142135623730951
 */
export function activationGain(
  name: ActivationName,
  { direction = 'forward', slope }: ActivationParameters & { direction?: GainDirection } = {},
): number {
  const { value, derivative, secondMoment, derivativeSecondMoment } = activationFunction(name, { slope });
  return direction === 'forward'
    ? gainOfMoment(secondMoment ?? secondMomentOf(value), name, direction)
    : gainOfMoment(derivativeSecondMoment ?? secondMomentOf(derivative), name, direction);
}

/**
 * The forward gain of any function: 1 / sqrt(E phi(z)^2).
 * @throws initializers.no_gain when phi vanishes almost everywhere, or its square has no finite mean
 */
export function forwardGain(phi: (z: number) => number): number {
  return gainOfMoment(secondMomentOf(phi), 'function', 'forward');
}

/**
 * The backward gain of any function, given its derivative: 1 / sqrt(E phi'(z)^2).
 * @throws initializers.no_gain
 */
export function backwardGain(derivative: (z: number) => number): number {
  return gainOfMoment(secondMomentOf(derivative), 'function', 'backward');
}

/**
 * The gains of `torch.nn.init.calculate_gain`, for compatibility: linear, convolution and sigmoid 1, tanh 5/3,
 * ReLU sqrt(2), leaky ReLU sqrt(2 / (1 + slope²)), SELU 3/4. Those of tanh and SELU are conventions, not second
 * moments.
 *
 * @throws initializers.no_gain for an activation that is not in PyTorch's table
 */
export function torchGain(name: ActivationName, { slope = 0.01 }: ActivationParameters = {}): number {
  activationFunction(name, { slope });
  if (name === 'linear' || name === 'sigmoid') return 1;
  if (name === 'tanh') return 5 / 3;
  if (name === 'relu') return Math.SQRT2;
  if (name === 'leakyRelu') return Math.sqrt(2 / (1 + slope * slope));
  if (name === 'selu') return 3 / 4;
  throw new OutsetError('initializers.no_gain', { activation: name, direction: 'torch', moment: Number.NaN });
}

function secondMomentOf(f: (z: number) => number): number {
  return normalExpectation((z) => f(z) ** 2);
}

function gainOfMoment(moment: number, activation: string, direction: GainDirection): number {
  if (!(moment > 0) || !Number.isFinite(moment)) {
    throw new OutsetError('initializers.no_gain', { activation, direction, moment });
  }
  return 1 / Math.sqrt(moment);
}
