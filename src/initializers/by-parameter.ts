/** Rules for whole models that choose an initializer for each parameter by itself. */
import { ones, zeros } from './constant.ts';
import type { Initializer, ParameterShape } from './initializer.ts';
import type { ModelRule, ParameterScale } from './model-rule.ts';

/** What a parameter gets. */
export interface ParameterPlan {
  readonly values: Initializer;
  readonly scale?: ParameterScale;
}

/**
 * A model rule from a plan of all parameters. Scales start at 1 and shifts at 0; biases at 0 unless the plan says
 * otherwise.
 */
export function byParameter(
  plan: (parameters: readonly ParameterShape[]) => (parameter: ParameterShape) => ParameterPlan | undefined,
  withScales = false,
): ModelRule {
  const rule: ModelRule = {
    draw(stream, parameters) {
      const choose = plan(parameters);
      return new Map(
        parameters.map((parameter) => {
          const initializer = choose(parameter)?.values ?? (parameter.role === 'scale' ? ones() : zeros());
          return [parameter.name, initializer(stream.child(parameter.name), parameter)];
        }),
      );
    },
  };
  if (!withScales) return rule;
  return {
    ...rule,
    scales(parameters) {
      const choose = plan(parameters);
      const usual = { sgd: 1, adam: 1, forward: 1 };
      return new Map(parameters.map((parameter) => [parameter.name, choose(parameter)?.scale ?? usual]));
    },
  };
}

/** Weights in the order of the model. */
export function weightsOf(parameters: readonly ParameterShape[]): ParameterShape[] {
  return parameters.filter(({ role }) => role === 'weight');
}
