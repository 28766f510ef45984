/** MaxPool, AveragePool and GlobalMaxPool. */
import { gaussianRule } from '../../initializers/gaussian-quadrature.ts';
import { flagAttribute, intsAttribute } from '../../onnx/attributes.ts';
import type { GraphNode } from '../../onnx/graph.ts';
import { resolveWindow } from '../../onnx/window.ts';
import { elementCount } from '../../tensor/tensor.ts';
import type { Mapped, Propagation, PropagationRule } from '../propagation.ts';
import { average, type Signal, spatialCorrelationOf, spread, zip } from '../signal.ts';
import { type PlaceTable, placeTable } from './place-table.ts';

export const averagePool: PropagationRule = (propagation, node) => {
  const site = poolSite(propagation, node);
  if (site === undefined) return false;
  const { value, table, count, shape } = site;
  const signal = propagation.signal(value);
  const counted = flagAttribute(node, 'count_include_pad', false);
  const mean = (list: Float64Array): Float64Array => windowMeans(table, list, counted ? count : undefined);
  const spatial = mean(signal.spatial);
  const across = zip([mean(signal.product), mean(signal.square), spatial], ([p, s, t]) =>
    s > 0 ? (p * t) / s : 0,
  );
  const mix = (alone: Float64Array, shared: Float64Array): Float64Array =>
    zip([alone, shared], ([x, y]) => y + (x - y) / count);
  propagation.define(
    node.outputs[0],
    {
      ...signal,
      ...shape,
      square: mix(mean(signal.square), spatial),
      product: mix(mean(signal.product), across),
      spatial: shape.places === 1 ? mix(mean(signal.square), spatial) : spatial,
    },
    (gradient) =>
      propagation.send(value, { ...gradient, square: windowSums(table, gradient.square, 1 / count ** 2) }),
  );
  return true;
};

export const maxPool: PropagationRule = (propagation, node) => {
  const site = poolSite(propagation, node);
  if (site === undefined) return false;
  const { value, table, count, shape } = site;
  defineMaximum(propagation, node.outputs[0], value, { count, shape, table });
  return true;
};

export const globalMaxPool: PropagationRule = (propagation, node) => {
  const value = propagation.mapped(node.inputs[0]);
  if (value === undefined) return false;
  const dims = propagation.dims(node.inputs[0]);
  const count = elementCount(dims.slice(2));
  defineMaximum(propagation, node.outputs[0], value, { count, shape: { units: dims[1], places: 1 } });
  return true;
};

interface Maximum {
  readonly count: number;
  readonly shape: { readonly units: number; readonly places: number };
  readonly table?: PlaceTable;
}

function defineMaximum(
  propagation: Propagation,
  name: string,
  value: Mapped,
  { count, shape, table }: Maximum,
): void {
  const signal = propagation.signal(value);
  const ratio = maximumMoments(value, count);
  const at = (list: Float64Array): Float64Array =>
    table === undefined ? Float64Array.of(average(list)) : windowMeans(table, list);
  const common = signal.mean ** 2;
  const square = at(signal.square).map((x) => x * ratio.square);
  // What is not common shrinks as a whole.
  const alike = (list: Float64Array): Float64Array =>
    zip([at(list), at(signal.square), square], ([p, s, m]) => {
      const [own, now] = [s - common, Math.max(0, m - ratio.mean ** 2)];
      return own > 0 ? ratio.mean ** 2 + (now * (p - common)) / own : m;
    });
  const output: Signal = {
    ...signal,
    ...shape,
    square,
    product: alike(signal.product),
    spatial: shape.places === 1 ? square : alike(signal.spatial),
    mean: ratio.mean,
  };
  propagation.define(name, output, (gradient) => {
    // Only the largest of a window hears of it. `send` multiplies by the slope of all; the largest has its own.
    const factor = ratio.slope / count;
    const square =
      table === undefined
        ? gradient.square.map((g) => g * factor)
        : windowSums(table, gradient.square, factor);
    propagation.send(value, { ...gradient, square });
  });
}

/**
 * The largest of `count` values f(x), x normal and alike as the places of an image are, f ascending: its mean, and its
 * mean square and mean squared slope as multiples of those of one value.
 */
function maximumMoments({ base, f }: Mapped, count: number): { mean: number; square: number; slope: number } {
  const q = Math.max(average(base.signal.square) - base.signal.mean ** 2, 0);
  const { points, weights } = gaussianRule();
  const alike = Math.max(0, spatialCorrelationOf(base.signal));
  const shared = Math.sqrt(q * alike);
  const alone = Math.sqrt(q * (1 - alike));
  // Distribution of the largest of `count`: what it adds between neighbouring points.
  let below = 0;
  let before = 0;
  const largest: { z: number; probability: number }[] = [];
  for (let i = 0; i < points.length; i++) {
    below += weights[i];
    const reached = Math.min(1, below) ** count;
    if (reached - before > 1e-9) largest.push({ z: points[i], probability: reached - before });
    before = reached;
  }
  const single = { square: 0, slope: 0 };
  const maximum = { mean: 0, square: 0, slope: 0 };
  for (let i = 0; i < points.length; i += 3) {
    const w = weights[i] + (weights[i + 1] ?? 0) + (weights[i + 2] ?? 0);
    const u = base.signal.mean + shared * (points[i + 1] ?? points[i]);
    for (const { z, probability } of largest) {
      const value = f.value(u + alone * z);
      maximum.mean += w * probability * value;
      maximum.square += w * probability * value * value;
      maximum.slope += w * probability * f.derivative(u + alone * z) ** 2;
    }
  }
  for (let i = 0; i < points.length; i++) {
    const x = base.signal.mean + Math.sqrt(q) * points[i];
    single.square += weights[i] * f.value(x) ** 2;
    single.slope += weights[i] * f.derivative(x) ** 2;
  }
  return {
    mean: maximum.mean,
    square: single.square > 0 ? maximum.square / single.square : 1,
    slope: single.slope > 0 ? maximum.slope / single.slope : 1,
  };
}

function poolSite(propagation: Propagation, node: GraphNode) {
  const value = propagation.mapped(node.inputs[0]);
  if (value === undefined) return undefined;
  const input = propagation.dims(node.inputs[0]).slice(2);
  const kernel = intsAttribute(node, 'kernel_shape');
  const table = placeTable(resolveWindow(node, input, kernel), input);
  const dims = propagation.dims(node.outputs[0]);
  const shape = { units: dims[1], places: elementCount(dims.slice(2)) };
  return { value, table, count: elementCount(kernel), shape };
}

/** Mean over what lies inside each window, or its sum divided by `divisor`. */
function windowMeans(
  { outputs, inputs, pairs }: PlaceTable,
  list: Float64Array,
  divisor?: number,
): Float64Array {
  if (pairs === undefined || (list.length === 1 && divisor === undefined))
    return Float64Array.of(average(list));
  const source = spread(list, inputs);
  const sums = new Float64Array(outputs);
  const counts = new Float64Array(outputs);
  for (let k = 0; k < pairs.length; k += 3) {
    sums[pairs[k]] += source[pairs[k + 1]];
    counts[pairs[k]] += 1;
  }
  return sums.map((sum, i) => sum / (divisor ?? Math.max(1, counts[i])));
}

/** At each input place, `factor` times the sum over the windows that read it. */
function windowSums(
  { outputs, inputs, pairs, reached }: PlaceTable,
  list: Float64Array,
  factor: number,
): Float64Array {
  if (pairs === undefined) return Float64Array.of((factor * average(list) * reached * outputs) / inputs);
  const source = spread(list, outputs);
  const sums = new Float64Array(inputs);
  for (let k = 0; k < pairs.length; k += 3) sums[pairs[k + 1]] += factor * source[pairs[k]];
  return sums;
}
