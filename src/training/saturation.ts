import type { ActivationName } from '../network/spec.ts';

/**
 * Where the flat part of an activation begins, told by its output: the bounds beyond which a value counts as
 * saturated, [at or below, at or above]. The slope there is under about 6 % of the largest for tanh, sigmoid, erf,
 * elu, selu and celu, and 0 for the hard ones.
 *
 * The flat half of ReLU is not listed: it is the fraction `zero` of a distribution. The others have no flat part on
 * either side, or only one that a value passes through (gelu, silu, mish, hard-swish, softplus).
 */
const flatBeyond: Partial<Record<ActivationName, readonly [low: number, high: number]>> = {
  tanh: [-0.97, 0.97],
  erf: [-0.97, 0.97],
  softsign: [-0.97, 0.97],
  'hard-tanh': [-1, 1],
  sigmoid: [0.02, 0.98],
  'hard-sigmoid': [0, 1],
  elu: [-0.97, Number.POSITIVE_INFINITY],
  celu: [-0.97, Number.POSITIVE_INFINITY],
  // The floor of SELU is -1.0507 * 1.67326 = -1.75810.
  selu: [-0.97 * 1.7580993408473766, Number.POSITIVE_INFINITY],
};

/**
 * The outputs of an activation that count as saturated; null for one without a flat part.
 * @returns bounds: saturated if value <= low or value >= high
 */
export function saturationBounds(activation: ActivationName): readonly [low: number, high: number] | null {
  return flatBeyond[activation] ?? null;
}
