import {
  type ActivationFunction,
  type ActivationFunctionName,
  activationFunction,
} from '../initializers/activation-functions.ts';
import { OutsetError } from '../messages/error.ts';

/** The layer that is stacked for ever: weights of variance weightVariance / fanIn, biases of variance biasVariance. */
export interface MeanFieldLayer {
  readonly activation: ActivationFunctionName | ActivationFunction;
  /** fanIn Var(w), at least 0. */
  readonly weightVariance: number;
  /** Var(b), at least 0; default 0. */
  readonly biasVariance?: number;
  /** Probability with which dropout keeps a unit, in (0, 1]; default 1. Kept units are divided by it. */
  readonly keep?: number;
}

/** A layer with its defaults filled in. */
export interface CheckedLayer {
  readonly phi: ActivationFunction;
  readonly weightVariance: number;
  readonly biasVariance: number;
  readonly keep: number;
}

/** @throws theory.bad_number, initializers.unknown_activation */
export function checkLayer(where: string, layer: MeanFieldLayer): CheckedLayer {
  const { activation, weightVariance, biasVariance = 0, keep = 1 } = layer;
  checkRange(where, 'weightVariance', weightVariance, weightVariance >= 0, '>= 0');
  checkRange(where, 'biasVariance', biasVariance, biasVariance >= 0, '>= 0');
  checkRange(where, 'keep', keep, keep > 0 && keep <= 1, '> 0, <= 1');
  const phi = typeof activation === 'string' ? activationFunction(activation) : activation;
  return { phi, weightVariance, biasVariance, keep };
}

/** @throws theory.bad_number unless the number is finite and `holds` */
export function checkRange(where: string, name: string, got: number, holds: boolean, expected: string): void {
  if (Number.isFinite(got) && holds) return;
  throw new OutsetError('theory.bad_number', { where, name, expected, got });
}
