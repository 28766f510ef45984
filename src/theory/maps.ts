/**
 * The maps of signal propagation in wide fully connected networks: what one layer does to the variance q of
 * pre-activations and to the correlation c between those of two inputs. z, z1, z2 ~ N(0, 1); rho the keep probability of
 * dropout.
 *
 *   q' = Cw / rho E[phi(sqrt(q) z)²] + Cb
 *   c' = (Cw E[phi(u1) phi(u2)] + Cb) / q'      u1, u2 normal with variance q and correlation c
 *   chi = Cw / rho E[phi'(sqrt(q) z)²]
 *
 * @see Poole et al. 2016, eq. 3 and 5; Schoenholz et al. 2017, eq. 3 to 5 and section 4 (dropout)
 */
import type { ActivationFunction } from '../initializers/activation-functions.ts';
import { activationMoment, squareSlope } from '../initializers/activation-moments.ts';
import { gaussianRule } from '../initializers/gaussian-quadrature.ts';
import { checkLayer, checkRange, type MeanFieldLayer } from './mean-field-layer.ts';

/**
 * Variance of the pre-activations behind one layer.
 * @param q variance in front of it, at least 0
 * @throws theory.bad_number
 */
export function varianceMap(layer: MeanFieldLayer, q: number): number {
  const { phi, weightVariance, biasVariance, keep } = checkLayer('varianceMap', layer);
  checkRange('varianceMap', 'q', q, q >= 0, '>= 0');
  return (weightVariance / keep) * expectation(phi, q, (x) => phi.value(x) ** 2) + biasVariance;
}

/** dq' / dq: below 1 the variance forgets where it began. */
export function varianceSlope(layer: MeanFieldLayer, q: number): number {
  const { phi, weightVariance, keep } = checkLayer('varianceSlope', layer);
  checkRange('varianceSlope', 'q', q, q > 0, '> 0');
  return (weightVariance / keep) * squareSlope(phi, q, 'theory');
}

/** Multiplier of the squared norm of gradients in one layer, and of small squared distances between signals (chi_1). */
export function gradientFactor(layer: MeanFieldLayer, q: number): number {
  const { phi, weightVariance, keep } = checkLayer('gradientFactor', layer);
  checkRange('gradientFactor', 'q', q, q >= 0, '>= 0');
  return (weightVariance / keep) * expectation(phi, q, (x) => phi.derivative(x) ** 2);
}

/**
 * Correlation behind one layer of two signals of variance q and correlation c. Dropout drops different units for each.
 * @param c in [-1, 1]
 */
export function correlationMap(layer: MeanFieldLayer, q: number, c: number): number {
  const { phi, weightVariance, biasVariance } = checkLayer('correlationMap', layer);
  checkRange('correlationMap', 'q', q, q > 0, '> 0');
  checkRange('correlationMap', 'c', c, Math.abs(c) <= 1, 'in [-1, 1]');
  const product = weightVariance * jointExpectation(phi, phi.value, q, c) + biasVariance;
  return product / varianceMap(layer, q);
}

/** dc' / dc. At c = 1, without dropout and at a fixed point of q, it is {@link gradientFactor}. */
export function correlationSlope(layer: MeanFieldLayer, q: number, c: number): number {
  const { phi, weightVariance } = checkLayer('correlationSlope', layer);
  checkRange('correlationSlope', 'q', q, q > 0, '> 0');
  checkRange('correlationSlope', 'c', c, Math.abs(c) <= 1, 'in [-1, 1]');
  return (weightVariance * q * jointExpectation(phi, phi.derivative, q, c)) / varianceMap(layer, q);
}

/** The angle in radians behind one layer between signals at `angle` of each other. */
export function angleMap(layer: MeanFieldLayer, q: number, angle: number): number {
  return Math.acos(Math.min(1, Math.max(-1, correlationMap(layer, q, Math.cos(angle)))));
}

/** Root mean square of the pre-activations behind one layer whose inputs have root mean square `length`. */
export function lengthMap(layer: MeanFieldLayer, length: number): number {
  return Math.sqrt(varianceMap(layer, length * length));
}

/** {@link activationMoment} on behalf of this file. */
function expectation(phi: ActivationFunction, q: number, f: (x: number) => number): number {
  return activationMoment(phi, q, f, 'theory');
}

/** E[f(u1) f(u2)]: over what the two share, sqrt(|c|) z, and what each has alone. */
function jointExpectation(phi: ActivationFunction, f: (x: number) => number, q: number, c: number): number {
  const shared = Math.sqrt(q * Math.abs(c));
  const alone = Math.sqrt(q * (1 - Math.abs(c)));
  const sign = c < 0 ? -1 : 1;
  if (alone < 1e-9 * Math.sqrt(q)) return expectation(phi, q, (x) => f(x) * f(sign * x));
  // Panels that end at the kinks move with the center; smooth functions share one rule.
  const fixed = phi.kinks.length === 0 ? gaussianRule() : undefined;
  const conditional = (center: number): number => {
    const { points, weights } = fixed ?? gaussianRule(phi.kinks.map((kink) => (kink - center) / alone));
    let sum = 0;
    for (let i = 0; i < points.length; i++) sum += weights[i] * f(center + alone * points[i]);
    return sum;
  };
  // Given what they share, the two are independent.
  const { points, weights } = gaussianRule(shared === 0 ? [] : phi.kinks.map((kink) => kink / shared));
  let sum = 0;
  for (let i = 0; i < points.length; i++) {
    const first = conditional(shared * points[i]);
    sum += weights[i] * first * (c < 0 ? conditional(-shared * points[i]) : first);
  }
  return sum;
}
