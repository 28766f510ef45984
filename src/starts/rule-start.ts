import { type InitializerRule, initialize } from '../initializers/initializer-rule.ts';
import { OutsetError } from '../messages/error.ts';
import type { Start } from './start.ts';

/**
 * A start by rule: every parameter is drawn by itself, from `stream.child(parameter.name)`, so that with a keyed stream
 * its values depend on seed and name alone. What a bias gets is the rule's affair; scales are 1, shifts 0.
 *
 * @throws starts.not_finite if the rule gives NaN or infinity, e.g. a scale beyond float32
 */
export function ruleStart(rule: InitializerRule): Start {
  return {
    name: rule.name,
    needsData: false,
    async parameters(network, { stream }) {
      const values = initialize(rule, stream, network.parameters);
      for (const [parameter, { data }] of values) {
        if (!data.every(Number.isFinite)) {
          throw new OutsetError('starts.not_finite', { start: rule.name, parameter });
        }
      }
      return values;
    },
  };
}
