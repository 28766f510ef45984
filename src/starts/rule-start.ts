import type { Initializer, ParameterShape } from '../initializers/initializer.ts';
import { OutsetError } from '../messages/error.ts';
import type { Tensor } from '../tensor/tensor.ts';
import type { Start } from './start.ts';

/**
 * A start by rule: every parameter is drawn by itself, from `stream.child(parameter.name)`, so that with a keyed stream
 * its values depend on seed and name alone. What a bias, scale or shift gets is the rule's affair.
 *
 * @param name canonical text of the rule
 * @throws starts.not_finite if the rule gives NaN or infinity, e.g. a scale beyond float32
 */
export function ruleStart(name: string, initializer: Initializer): Start {
  return {
    name,
    needsData: false,
    async parameters(network, { stream }) {
      const values = new Map<string, Tensor<'float32'>>();
      for (const parameter of network.parameters) {
        values.set(
          parameter.name,
          draw(name, parameter, initializer(stream.child(parameter.name), parameter)),
        );
      }
      return values;
    },
  };
}

function draw(start: string, parameter: ParameterShape, value: Tensor<'float32'>): Tensor<'float32'> {
  for (let i = 0; i < value.data.length; i++) {
    if (!Number.isFinite(value.data[i])) {
      throw new OutsetError('starts.not_finite', { start, parameter: parameter.name });
    }
  }
  return value;
}
