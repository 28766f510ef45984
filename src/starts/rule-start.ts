import { type InitializerRule, initialize, parameterScales } from '../initializers/initializer-rule.ts';
import { OutsetError } from '../messages/error.ts';
import type { Network } from '../network/network.ts';
import type { Start } from './start.ts';

/**
 * A start by rule: every parameter is drawn by itself, from `stream.child(parameter.name)`, so that with a keyed stream
 * its values depend on seed and name alone. What a bias gets is the rule's affair; scales are 1, shifts 0. Rules for whole
 * models see all parameters of the network.
 *
 * @throws starts.not_finite if the rule gives NaN or infinity, e.g. a scale beyond float32; starts.forward_factor if it
 *   wants the layers to multiply, which those of a network cannot
 */
export function ruleStart(rule: InitializerRule): Start {
  const start: Start = {
    name: rule.name,
    needsData: false,
    async parameters(network, { stream }) {
      checkFactors(rule, network);
      const values = initialize(rule, stream, network.parameters);
      for (const [parameter, { data }] of values) {
        if (!data.every(Number.isFinite)) {
          throw new OutsetError('starts.not_finite', { start: rule.name, parameter });
        }
      }
      return values;
    },
  };
  if (rule.model?.scales === undefined) return start;
  return { ...start, scales: (network) => parameterScales(rule, network.parameters) };
}

function checkFactors(rule: InitializerRule, network: Network): void {
  for (const [parameter, { forward }] of parameterScales(rule, network.parameters)) {
    if (forward !== 1) {
      throw new OutsetError('starts.forward_factor', { start: rule.name, parameter, factor: forward });
    }
  }
}
