import type { ActivationFunction } from './activation-functions.ts';
import { gaussianExpectation } from './gaussian-quadrature.ts';

/**
 * E[f(sqrt(q) z, z)], z ~ N(0, 1): a moment of an activation's input of variance q, by quadrature that splits where the
 * activation has kinks.
 * @param where  who asks, for the error
 * @throws initializers.not_finite
 */
export function activationMoment(
  phi: ActivationFunction,
  q: number,
  f: (x: number, z: number) => number,
  where: string,
): number {
  const root = Math.sqrt(q);
  const kinks = root === 0 ? [] : phi.kinks.map((kink) => kink / root);
  return gaussianExpectation((z) => f(root * z, z), { kinks, where, tolerance: 1e-11 });
}

/** d/dq E[phi(sqrt(q) z)²] for q > 0: d/dq E[f(sqrt(q) z)] = E[f'(sqrt(q) z) z] / (2 sqrt(q)), with f = phi². */
export function squareSlope(phi: ActivationFunction, q: number, where: string): number {
  return activationMoment(phi, q, (x, z) => phi.value(x) * phi.derivative(x) * z, where) / Math.sqrt(q);
}
