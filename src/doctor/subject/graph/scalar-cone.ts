/**
 * Activations in a graph. Exporters write many of them as several nodes (x Φ(x) as Div, Erf, Add, Mul, Mul), so they are
 * recognized by what they compute: the nodes behind a value that calculate with it and with numbers alone are evaluated
 * on a grid and compared with the activations that have a name.
 */
import {
  type ActivationFunctionName,
  activationFunction,
  activationFunctionNames,
} from '../../../initializers/activation-functions.ts';
import { kernelOf } from '../../../runtime/reference/registry.ts';
import { type Tensor, tensor } from '../../../tensor/tensor.ts';
import type { GraphIndex } from './graph-index.ts';

/** A function of one number that is applied to a value. */
export interface AppliedFunction {
  /** Name of an activation; `linear` for a line, `custom` for any other function. */
  readonly activation: string;
  /** Value behind it. */
  readonly output: string;
}

const elementwise: ReadonlySet<string> = new Set([
  ...[
    'Relu',
    'LeakyRelu',
    'Elu',
    'Selu',
    'Celu',
    'Gelu',
    'Mish',
    'Sigmoid',
    'HardSigmoid',
    'Tanh',
    'Softplus',
  ],
  ...['Softsign', 'HardSwish', 'Erf', 'Sin', 'Cos', 'Clip', 'ThresholdedRelu', 'Shrink', 'Abs', 'Neg', 'Exp'],
  ...['Log', 'Sqrt', 'Pow', 'Add', 'Sub', 'Mul', 'Div', 'Max', 'Min', 'Reciprocal', 'Identity', 'PRelu'],
]);

/** An activation has at most so many nodes. */
const mostNodes = 24;

const grid = Float64Array.from({ length: 49 }, (_, i) => (i - 24) / 4 + 0.0123);

/**
 * The activation behind a value: the first point at which the signal has passed a function that has a name, or else all
 * nodes that calculate with the value alone.
 * @returns undefined where nothing is applied, or the value goes elsewhere as well
 */
export function functionBehind(index: GraphIndex, value: string): AppliedFunction | undefined {
  const cone = coneBehind(index, value);
  let last: AppliedFunction | undefined;
  for (const position of cone) {
    const node = index.node(position);
    if (node.operator === 'PRelu' && node.inputs[0] === value && index.onlyReader(value) !== undefined) {
      return { activation: 'prelu', output: node.outputs[0] };
    }
    if (!dominates(index, value, cone, position)) continue;
    const output = node.outputs[0];
    const values = evaluate(index, value, cone.slice(0, cone.indexOf(position) + 1), output);
    if (values === undefined) return last;
    last = { activation: nameOf(values), output };
    if (last.activation !== 'custom' && last.activation !== 'linear') return last;
  }
  return last;
}

/** Positions of the nodes that calculate with the value and numbers alone, in order. */
function coneBehind(index: GraphIndex, value: string): number[] {
  const inside = new Set([value]);
  const dims = index.dims(value).join();
  const cone: number[] = [];
  const waiting = index.readers(value).map(({ position }) => position);
  while (waiting.length > 0 && cone.length < mostNodes) {
    waiting.sort((a, b) => a - b);
    const position = waiting.shift() as number;
    if (cone.includes(position)) continue;
    const node = index.node(position);
    const known = node.inputs.every(
      (input, i) =>
        input === '' ||
        inside.has(input) ||
        index.scalar(input) !== undefined ||
        (node.operator === 'PRelu' && i === 1),
    );
    if (!elementwise.has(node.operator) || !known || node.domain !== '' || node.outputs.length !== 1)
      continue;
    if (index.dims(node.outputs[0]).join() !== dims) continue;
    cone.push(position);
    inside.add(node.outputs[0]);
    if (node.operator !== 'PRelu') {
      waiting.push(...index.readers(node.outputs[0]).map((reader) => reader.position));
    }
  }
  return cone;
}

/** True if everything that becomes of the value goes through the result of this node. */
function dominates(index: GraphIndex, value: string, cone: readonly number[], position: number): boolean {
  const before = new Set(cone.filter((one) => one <= position));
  const values = [
    value,
    ...[...before].filter((one) => one !== position).map((one) => index.node(one).outputs[0]),
  ];
  return values.every(
    (one) => !index.isOutput(one) && index.readers(one).every((reader) => before.has(reader.position)),
  );
}

function evaluate(
  index: GraphIndex,
  value: string,
  nodes: readonly number[],
  output: string,
): Float64Array | undefined {
  const values = new Map<string, Tensor>([[value, tensor('float64', [grid.length], grid)]]);
  for (const position of nodes) {
    const node = index.node(position);
    const inputs = node.inputs.map((name) => {
      const number = index.scalar(name);
      return (
        values.get(name) ??
        (number === undefined ? undefined : tensor('float64', [], Float64Array.of(number)))
      );
    });
    try {
      const [result] = kernelOf(node)?.({ node, inputs, runSubgraph: () => [] }) ?? [];
      if (result === undefined) return undefined;
      values.set(node.outputs[0], result);
    } catch {
      return undefined;
    }
  }
  const { data } = values.get(output) ?? {};
  return data instanceof Float64Array && data.length === grid.length ? data : undefined;
}

/** Constants in files are rounded to float32, some to fewer digits. */
const tolerance = 2e-5;

function nameOf(values: Float64Array): string {
  const agrees = (phi: (x: number) => number) =>
    values.every((value, i) => Math.abs(value - phi(grid[i])) <= tolerance * (1 + Math.abs(value)));
  const slope = (values[1] - values[0]) / (grid[1] - grid[0]);
  if (agrees((x) => values[0] + slope * (x - grid[0]))) return 'linear';
  for (const [name, phi] of functions()) if (agrees(phi)) return name;
  // Parameters other than the usual ones do not make it another function.
  const below = values[0] / grid[0];
  if (agrees((x) => (x > 0 ? x : below * x))) return 'leaky-relu';
  if (agrees((x) => Math.min(Math.max(x, 0), 6))) return 'relu';
  if (agrees((x) => Math.min(Math.max(0.2 * x + 0.5, 0), 1))) return 'hard-sigmoid';
  const alpha = values[23] / Math.expm1(grid[23]);
  if (agrees((x) => (x > 0 ? x : alpha * Math.expm1(x)))) return 'elu';
  return 'custom';
}

let known: readonly (readonly [string, (x: number) => number])[] | undefined;

function functions(): readonly (readonly [string, (x: number) => number])[] {
  const names = activationFunctionNames.filter((name) => name !== 'linear' && name !== 'prelu');
  known ??= names.map((name: ActivationFunctionName) => [name, activationFunction(name).value]);
  return known;
}
