/**
 * Mean and variance of a signal as it passes a network, by quadrature: what a layer of each type does to them.
 *
 * The values of a layer are taken as independent draws of one distribution, Gaussian in front of an activation. What is
 * exact: activations of a Gaussian, max pooling of such (a monotonic activation passes the maximum on), dropout,
 * normalization. What is approximate: pixels are not independent, so pooled images vary more than is said here.
 *
 * @see Bingham, Miikkulainen 2023, "AutoInit", section 3 and appendix A (estimators by type of layer)
 */
import { activationFunction } from '../initializers/activation-functions.ts';
import { gaussianExpectation } from '../initializers/gaussian-quadrature.ts';
import type { ActivationName } from '../network/spec.ts';
import { errorFunction } from '../random/index.ts';

/** Moments of the values of one layer. */
export interface SignalMoments {
  readonly mean: number;
  readonly variance: number;
  /** If the values are a function of one Gaussian each: its moments, and the function. */
  readonly source?: {
    readonly mean: number;
    readonly variance: number;
    readonly activation: ActivationName;
  };
}

/** A Gaussian signal. */
export function gaussian(mean: number, variance: number): SignalMoments {
  return { mean, variance, source: { mean, variance, activation: 'linear' } };
}

/** Behind an activation. The signal in front is taken as Gaussian. */
export function activated(signal: SignalMoments, activation: ActivationName): SignalMoments {
  if (activation === 'linear') return signal;
  const { mean, variance } = signal;
  const [first, second] = momentsOf(mean, variance, activation);
  return {
    mean: first,
    variance: Math.max(0, second - first * first),
    source: { mean, variance, activation },
  };
}

/** Behind max pooling of `count` values. */
export function maxPooled(signal: SignalMoments, count: number): SignalMoments {
  const { mean, variance, activation } = signal.source ?? { ...signal, activation: 'linear' as const };
  // The density of the largest of n standard normals: n Φ(z)^(n - 1) φ(z).
  const weight = (z: number) => count * (0.5 * (1 + errorFunction(z * Math.SQRT1_2))) ** (count - 1);
  const [first, second] = momentsOf(mean, variance, activation, weight);
  return { mean: first, variance: Math.max(0, second - first * first) };
}

/** Behind an average of `count` values. */
export function averaged({ mean, variance }: SignalMoments, count: number): SignalMoments {
  return { mean, variance: variance / count };
}

/** Behind dropout in training: kept values are divided by the probability that they are kept. */
export function droppedOut({ mean, variance }: SignalMoments, rate: number): SignalMoments {
  return { mean, variance: (variance + mean * mean) / (1 - rate) - mean * mean };
}

/** A sum of a shortcut and a scaled branch. */
export function added(shortcut: SignalMoments, branch: SignalMoments, scale: number): SignalMoments {
  return {
    mean: shortcut.mean + scale * branch.mean,
    variance: shortcut.variance + scale * scale * branch.variance,
  };
}

/** E[phi(mean + std z) w(z)] and the same of its square. */
function momentsOf(
  mean: number,
  variance: number,
  activation: ActivationName,
  weight: (z: number) => number = () => 1,
): [number, number] {
  const { value, kinks } = activationFunction(activation);
  const std = Math.sqrt(variance);
  const where = 'autoinit';
  if (std === 0) return [value(mean), value(mean) ** 2];
  const options = { where, kinks: kinks.map((kink) => (kink - mean) / std), tolerance: 1e-10 };
  const at = (z: number) => value(mean + std * z);
  return [
    gaussianExpectation((z) => at(z) * weight(z), options),
    gaussianExpectation((z) => at(z) ** 2 * weight(z), options),
  ];
}
