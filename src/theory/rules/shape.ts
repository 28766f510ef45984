/** Nodes that move numbers without changing them: reshape, transpose, concatenate, split, pad, select. */
import { intAttribute } from '../../onnx/attributes.ts';
import type { GraphNode } from '../../onnx/graph.ts';
import { elementCount, type Tensor } from '../../tensor/tensor.ts';
import type { Propagation, PropagationRule } from '../propagation.ts';
import {
  average,
  collapse,
  type Gradient,
  reshaped,
  type Signal,
  scaled,
  unitsAndPlaces,
} from '../signal.ts';
import { constantMoments } from './weight-moments.ts';

/** The value itself. */
export const identity: PropagationRule = (propagation, node) => {
  const value = propagation.values.get(node.inputs[0]);
  if (value === undefined) return false;
  if (value.kind === 'mapped') propagation.map(node.outputs[0], value.base, value.f);
  else propagation.values.set(node.outputs[0], value);
  return true;
};

/** The same numbers, or some of them, or some of them more often, in another shape. */
export const moved: PropagationRule = (propagation, node) => {
  const [input] = node.inputs;
  const value = propagation.values.get(input);
  if (value === undefined) return false;
  if (value.kind === 'settled') {
    propagation.values.set(node.outputs[0], value);
    return true;
  }
  const mapped = propagation.mapped(input);
  if (mapped === undefined) return false;
  const signal = propagation.signal(mapped);
  const before = elementCount(propagation.dims(input));
  for (const name of node.outputs.filter((output) => output !== '')) {
    const dims = propagation.dims(name);
    // A part of the numbers hears of the gradient, or every number several times.
    const share = elementCount(dims) / Math.max(1, before);
    propagation.define(name, reshaped(signal, dims), (gradient) =>
      propagation.send(mapped, {
        ...gradient,
        square: scaled(fitting(gradient.square, signal), share),
      }),
    );
    const own = propagation.mapped(name);
    if (value.kind === 'averaged' && own !== undefined) {
      propagation.values.set(name, { ...value, mapped: own });
    }
  }
  return true;
};

/** Place by place only where the places are the same. */
function fitting(list: Float64Array, signal: Signal): Float64Array {
  return list.length === signal.places ? list : collapse(list);
}

export const concat: PropagationRule = (propagation, node) => {
  const [name] = node.outputs;
  const dims = propagation.dims(name);
  const axis = intAttribute(node, 'axis');
  const shape = unitsAndPlaces(dims);
  const parts: { signal: Signal; weight: number }[] = [];
  const readers: ((gradient: Gradient) => void)[] = [];
  for (const input of node.inputs) {
    const length = propagation.dims(input).at(axis) ?? 1;
    const constant = propagation.constants.get(input);
    const mapped = propagation.mapped(input);
    if (constant === undefined && mapped === undefined) return false;
    const signal =
      mapped === undefined ? constantSignal(constant as Tensor, shape) : propagation.signal(mapped);
    parts.push({ signal, weight: length });
    if (mapped !== undefined)
      readers.push((gradient) =>
        propagation.send(mapped, { ...gradient, square: fitting(gradient.square, signal) }),
      );
  }
  const total = parts.reduce((sum, { weight }) => sum + weight, 0) || 1;
  const even = parts.every(({ signal }) => signal.square.length === parts[0].signal.square.length);
  const mean = (pick: (signal: Signal) => Float64Array): Float64Array => {
    const lists = parts.map(({ signal }) => (even ? pick(signal) : collapse(pick(signal))));
    const length = Math.max(...lists.map((list) => list.length));
    return Float64Array.from({ length }, (_, p) =>
      parts.reduce(
        (sum, { weight }, k) => sum + (weight / total) * lists[k][lists[k].length === 1 ? 0 : p],
        0,
      ),
    );
  };
  const number = (pick: (signal: Signal) => number): number =>
    parts.reduce((sum, { signal, weight }) => sum + (weight / total) * pick(signal), 0);
  const joined: Signal = {
    ...shape,
    square: mean(({ square }) => square),
    product: mean(({ product }) => product),
    spatial: mean(({ spatial }) => spatial),
    mean: number((signal) => signal.mean),
    logVariance: number((signal) => Math.sqrt(signal.logVariance)) ** 2,
    growth: number((signal) => signal.growth),
  };
  propagation.define(name, reshaped(joined, dims), (gradient) => {
    for (const read of readers) read(gradient);
  });
  return true;
};

function constantSignal(constant: Tensor, shape: { units: number; places: number }): Signal {
  const { mean, square } = constantMoments(constant);
  const list = Float64Array.of(square);
  return { ...shape, square: list, product: list, spatial: list, mean, logVariance: 0, growth: 1 };
}

/** Zeros around: they thin the signal out. */
export const pad: PropagationRule = (propagation, node) => {
  const mapped = propagation.mapped(node.inputs[0]);
  if (mapped === undefined) return false;
  const [name] = node.outputs;
  const [before, after] = [propagation.dims(node.inputs[0]), propagation.dims(name)];
  const share = elementCount(before) / Math.max(1, elementCount(after));
  const signal = propagation.signal(mapped);
  const thin = (list: Float64Array): Float64Array => Float64Array.of(average(list) * share);
  propagation.define(
    name,
    {
      ...signal,
      ...unitsAndPlaces(after),
      square: thin(signal.square),
      product: thin(signal.product),
      spatial: thin(signal.spatial),
      mean: signal.mean * share,
    },
    (gradient) => propagation.send(mapped, { ...gradient, square: collapse(gradient.square) }),
  );
  return true;
};

/** Rows of an embedding, or parts of a signal. */
export const gather: PropagationRule = (propagation, node) => {
  const table = propagation.constants.get(node.inputs[0]);
  if (table === undefined) return moved(propagation, node);
  if (table.dims.length !== 2 || intAttribute(node, 'axis', 0) !== 0) return false;
  const [rows, units] = table.dims;
  const { mean, square } = constantMoments(table);
  let common = 0;
  for (let u = 0; u < units; u++) {
    let sum = 0;
    for (let r = 0; r < rows; r++) sum += Number(table.data[r * units + u]);
    common += (sum / rows) ** 2 / units;
  }
  const product = Float64Array.of(common);
  const shape = unitsAndPlaces(propagation.dims(node.outputs[0]));
  propagation.define(node.outputs[0], {
    ...shape,
    square: Float64Array.of(square),
    product,
    spatial: shape.places === 1 ? Float64Array.of(square) : product,
    mean,
    logVariance: 0,
    growth: 1,
  });
  return true;
};

/** Where a mask is given, the branch that is a signal. */
export const where: PropagationRule = (propagation, node) => chosen(propagation, node, node.inputs.slice(1));

function chosen(propagation: Propagation, node: GraphNode, branches: readonly string[]): boolean {
  const known = branches.filter((name) => propagation.values.has(name));
  if (known.length !== 1) return false;
  return identity(propagation, { ...node, inputs: known });
}
