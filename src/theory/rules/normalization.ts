/** Normalizations that are one node: the signal leaves with the mean square of scale and shift. */
import { flagAttribute, intAttribute, numberAttribute } from '../../onnx/attributes.ts';
import type { GraphNode } from '../../onnx/graph.ts';
import type { Tensor } from '../../tensor/tensor.ts';
import type { Averaged, Propagation, PropagationRule } from '../propagation.ts';
import { average, type Signal, scaled, zip } from '../signal.ts';
import { centeredSignal } from './average.ts';
import { constantMoments } from './weight-moments.ts';

export const layerNormalization: PropagationRule = (propagation, node) => {
  const rank = propagation.dims(node.inputs[0]).length;
  const axis = intAttribute(node, 'axis', -1);
  const first = axis < 0 ? axis + rank : axis;
  const over = { batch: false, units: true, places: rank > 2 && first === 1 };
  return normalize(propagation, node, { over, scale: node.inputs[1], shift: node.inputs[2] });
};

export const rootMeanSquareNormalization: PropagationRule = (propagation, node) =>
  normalize(propagation, node, { scale: node.inputs[1] });

export const groupNormalization: PropagationRule = (propagation, node) =>
  normalize(propagation, node, {
    over: { batch: false, units: true, places: true },
    scale: node.inputs[1],
    shift: node.inputs[2],
  });

export const instanceNormalization: PropagationRule = (propagation, node) =>
  normalize(propagation, node, {
    over: { batch: false, units: false, places: true },
    scale: node.inputs[1],
    shift: node.inputs[2],
  });

export const batchNormalization: PropagationRule = (propagation, node) => {
  const [, scale, shift, mean, variance] = node.inputs;
  if (flagAttribute(node, 'training_mode', false)) {
    return normalize(propagation, node, { over: { batch: true, units: false, places: true }, scale, shift });
  }
  const value = propagation.mapped(node.inputs[0]);
  const known = [scale, shift, mean, variance].map((name) => propagation.constants.get(name));
  if (value === undefined || known.some((tensor) => tensor === undefined)) return false;
  const epsilon = numberAttribute(node, 'epsilon', 1e-5);
  const [scales, shifts, means, variances] = (known as Tensor[]).map(({ data }) => Array.from(data, Number));
  const signal = propagation.signal(value);
  const factors = scales.map((s, i) => s / Math.sqrt(variances[i] + epsilon));
  const offsets = factors.map((f, i) => f * (signal.mean - means[i]) + shifts[i]);
  const mean2 = (numbers: number[]): number =>
    numbers.reduce((sum, x) => sum + x * x, 0) / (numbers.length || 1);
  const [power, added] = [mean2(factors), mean2(offsets)];
  const through = (list: Float64Array): Float64Array =>
    list.map((x) => power * (x - signal.mean ** 2) + added);
  propagation.define(
    node.outputs[0],
    {
      ...signal,
      square: through(signal.square).map((q) => Math.max(0, q)),
      product: through(signal.product),
      spatial: through(signal.spatial),
      mean: offsets.reduce((sum, x) => sum + x, 0) / (offsets.length || 1),
    },
    (gradient) => propagation.send(value, { ...gradient, square: scaled(gradient.square, power) }),
  );
  return true;
};

interface Normalization {
  /** What mean and variance are taken over; absent where nothing is subtracted. */
  readonly over?: Averaged['over'];
  readonly scale?: string;
  readonly shift?: string;
}

function normalize(
  propagation: Propagation,
  node: GraphNode,
  { over, scale, shift }: Normalization,
): boolean {
  const value = propagation.mapped(node.inputs[0]);
  if (value === undefined) return false;
  const moments = (name: string | undefined, fallback: number) => {
    if (name === undefined || name === '') return { mean: fallback, square: fallback };
    const constant = propagation.constants.get(name);
    return constant === undefined ? undefined : constantMoments(constant);
  };
  const [scales, shifts] = [moments(scale, 1), moments(shift, 0)];
  if (scales === undefined || shifts === undefined) return false;
  const signal = propagation.signal(value);
  const core = over === undefined ? signal : centeredSignal(propagation, signal, over);
  const variance = average(core.square) + numberAttribute(node, 'epsilon', 1e-5);
  const power = scales.square / variance;
  const through = (list: Float64Array): Float64Array => zip([list], ([x]) => power * x + shifts.square);
  const output: Signal = {
    ...core,
    square: through(core.square),
    product: through(core.product),
    spatial: through(core.spatial),
    mean: (core.mean * scales.mean) / Math.sqrt(variance) + shifts.mean,
    logVariance: 0,
    growth: 1,
  };
  propagation.define(node.outputs[0], output, (gradient) =>
    propagation.send(value, {
      square: scaled(gradient.square, power),
      logVariance: gradient.logVariance,
      sensitivity: -1,
    }),
  );
  return true;
}
