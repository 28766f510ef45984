/**
 * A start for whole layers: which initializer goes with which kind of parameter.
 *
 * Scales (of normalization layers) start at 1 and shifts at 0 under every rule.
 */

import type { Stream } from '../random/stream.ts';
import type { Tensor } from '../tensor/tensor.ts';
import { ones, zeros } from './constant.ts';
import type { Initializer, ParameterShape } from './initializer.ts';
import { type ModelRule, type ParameterScale, unscaled } from './model-rule.ts';

export interface InitializerRule {
  /** Name with its parameters where they differ from the defaults, e.g. `he-normal(slope=0.2)`; parses back to the rule. */
  readonly name: string;
  /** For a weight by itself. */
  readonly weight: Initializer;
  readonly bias: Initializer;
  /** For rules that look at all parameters together: `initialize` asks it instead of `weight` and `bias`. */
  readonly model?: ModelRule;
}

/** The initializer that a rule gives to a parameter by itself, by its role. */
export function initializerFor(rule: InitializerRule, parameter: ParameterShape): Initializer {
  if (parameter.role === 'weight') return rule.weight;
  if (parameter.role === 'bias') return rule.bias;
  return parameter.role === 'scale' ? ones() : zeros();
}

/**
 * First values of parameters by a rule. Each parameter has a stream of its own, named after it, so that with a keyed
 * dialect its values depend only on the seed and its name; with a sequential one, on the order of the list.
 */
export function initialize(
  rule: InitializerRule,
  stream: Stream,
  parameters: readonly ParameterShape[],
): Map<string, Tensor<'float32'>> {
  if (rule.model !== undefined) return rule.model.draw(stream, parameters);
  return new Map(
    parameters.map((parameter) => [
      parameter.name,
      initializerFor(rule, parameter)(stream.child(parameter.name), parameter),
    ]),
  );
}

/**
 * Factors on learning rates and products that belong to a rule, by parameter: those of muP, the spectral condition and
 * the NTK parametrization. 1 everywhere for rules without.
 */
export function parameterScales(
  rule: InitializerRule,
  parameters: readonly ParameterShape[],
): Map<string, ParameterScale> {
  return rule.model?.scales?.(parameters) ?? new Map(parameters.map(({ name }) => [name, unscaled]));
}
