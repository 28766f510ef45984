import type { GraphBuilder } from '../onnx/builder.ts';
import type { Tensor } from '../tensor/tensor.ts';
import { float32 } from '../tensor/tensor.ts';
import { adamCorrections, type OptimizerConstants } from './optimizer.ts';

/** Graph inputs that change with every update, all float32 scalars. */
export type OptimizerInputs = 'learningRate' | 'stepSize' | 'scale' | 'shrink';

/** One parameter and its update in the graph. */
export interface UpdatedParameter {
  /** Value that holds the parameter after the update. */
  readonly parameter: string;
  /** Values that hold the optimizer state after it; their inputs are `<name>.state0`, ... */
  readonly state: readonly string[];
}

/** Name of the graph input that holds a state vector of a parameter. */
export function stateInput(parameter: string, slot: number): string {
  return `${parameter}.state${slot}`;
}

/**
 * The update rule as ONNX nodes: the twin of the kernel in `optimizer.ts`, for engines that keep the parameters
 * themselves (WebGPU) and for training graphs that run anywhere. Adds the state inputs and the scalar inputs of
 * {@link optimizerFeeds}; the same formulas in the same order, but moments are not flushed to zero.
 *
 * @param gradients parameter name (a graph input) -> value of its gradient
 * @returns updated values by parameter name; none is a graph output yet
 */
export function appendOptimizer(
  builder: GraphBuilder,
  constants: OptimizerConstants,
  gradients: ReadonlyMap<string, string>,
): Map<string, UpdatedParameter> {
  for (const name of inputsOf(constants)) builder.input(name, 'float32', []);
  const result = new Map<string, UpdatedParameter>();
  for (const [parameter, gradient] of gradients) {
    const state = Array.from({ length: constants.slotCount }, (_, slot) =>
      builder.input(stateInput(parameter, slot), 'float32', builder.dims(parameter)),
    );
    result.set(parameter, appendUpdate(builder, constants, parameter, gradient, state));
  }
  return result;
}

/**
 * Values of the scalar inputs for update number `update` (from 1).
 */
export function optimizerFeeds(
  constants: OptimizerConstants,
  update: number,
  learningRate: number,
): Record<string, Tensor<'float32'>> {
  const values = { learningRate, ...adamCorrections(constants, update, learningRate) };
  return Object.fromEntries(inputsOf(constants).map((name) => [name, float32([], [values[name]])]));
}

function inputsOf({ name }: OptimizerConstants): OptimizerInputs[] {
  if (name === 'adam') return ['stepSize', 'scale'];
  if (name === 'adamw') return ['stepSize', 'scale', 'shrink'];
  return ['learningRate'];
}

function appendUpdate(
  builder: GraphBuilder,
  constants: OptimizerConstants,
  parameter: string,
  gradient: string,
  state: readonly string[],
): UpdatedParameter {
  const { name, weightDecay, momentum, decay, beta1, beta2, epsilon } = constants;
  const add = (a: string, b: string) => builder.op('Add', [a, b]);
  const sub = (a: string, b: string) => builder.op('Sub', [a, b]);
  const mul = (a: string, b: string) => builder.op('Mul', [a, b]);
  const div = (a: string, b: string) => builder.op('Div', [a, b]);
  const scaled = (factor: number, value: string) => mul(builder.scalar(factor), value);
  const l2 = name === 'adamw' ? 0 : weightDecay;
  const d = l2 === 0 ? gradient : add(gradient, scaled(l2, parameter));
  switch (name) {
    case 'sgd':
      return { parameter: sub(parameter, mul('learningRate', d)), state: [] };
    case 'momentum':
    case 'nesterov': {
      const velocity = add(scaled(momentum, state[0]), d);
      const direction = name === 'nesterov' ? add(d, scaled(momentum, velocity)) : velocity;
      return { parameter: sub(parameter, mul('learningRate', direction)), state: [velocity] };
    }
    case 'rmsprop': {
      const square = add(scaled(decay, state[0]), scaled(1 - decay, mul(d, d)));
      const size = add(builder.op('Sqrt', [square]), builder.scalar(epsilon));
      return { parameter: sub(parameter, mul('learningRate', div(d, size))), state: [square] };
    }
    case 'adam':
    case 'adamw': {
      const start = name === 'adamw' ? mul(parameter, 'shrink') : parameter;
      const first = add(state[0], scaled(1 - beta1, sub(d, state[0])));
      const second = add(scaled(beta2, state[1]), scaled(1 - beta2, mul(d, d)));
      const size = add(mul(builder.op('Sqrt', [second]), 'scale'), builder.scalar(epsilon));
      return { parameter: sub(start, div(mul('stepSize', first), size)), state: [first, second] };
    }
  }
}
