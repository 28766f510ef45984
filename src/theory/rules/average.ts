/** Means over axes: pooling over places, and the first half of a normalization that is written out. */
import { flagAttribute, intsAttribute } from '../../onnx/attributes.ts';
import type { GraphNode } from '../../onnx/graph.ts';
import { elementCount } from '../../tensor/tensor.ts';
import type { Averaged, Mapped, Propagation, PropagationRule } from '../propagation.ts';
import { average, type Signal, scaled, unitsAndPlaces, zip } from '../signal.ts';

type Over = Averaged['over'];

/** ReduceMean and ReduceSum. */
export const reduceMean: PropagationRule = (propagation, node) => {
  const value = propagation.mapped(node.inputs[0]);
  if (value === undefined) return false;
  const dims = propagation.dims(node.inputs[0]);
  const axes = axesOf(propagation, node, dims.length);
  if (axes === undefined) return false;
  const count = axes.reduce((product, axis) => product * dims[axis], 1);
  const unitAxis = dims.length === 3 ? 2 : 1;
  const over: Over = {
    batch: axes.includes(0),
    units: axes.includes(unitAxis),
    places: axes.some((axis) => axis !== 0 && axis !== unitAxis),
  };
  const factor = node.operator === 'ReduceSum' ? count : 1;
  averageOver(propagation, node.outputs[0], value, over, factor);
  return true;
};

function axesOf(propagation: Propagation, node: GraphNode, rank: number): number[] | undefined {
  let axes = intsAttribute(node, 'axes', []);
  const input = node.inputs[1] ?? '';
  if (input !== '') {
    const constant = propagation.constants.get(input);
    if (constant === undefined) return undefined;
    axes = Array.from(constant.data, Number);
  }
  if (axes.length === 0) {
    if (flagAttribute(node, 'noop_with_empty_axes', false)) return undefined;
    axes = Array.from({ length: rank }, (_, axis) => axis);
  }
  return axes.map((axis) => (axis < 0 ? axis + rank : axis));
}

/** Defines `factor` times the mean of a value over some axes. */
export function averageOver(
  propagation: Propagation,
  name: string,
  value: Mapped,
  over: Over,
  factor = 1,
): void {
  const signal = propagation.signal(value);
  const shape = unitsAndPlaces(propagation.dims(name));
  const count = countOver(propagation, signal, over);
  const { square, product, spatial } = meanMoments(propagation, signal, over);
  const power = factor * factor;
  const averaged: Signal = {
    ...signal,
    ...shape,
    square: scaled(square, power),
    product: scaled(product, power),
    spatial: scaled(shape.places === 1 ? square : spatial, power),
    mean: signal.mean * factor,
  };
  const base = propagation.define(name, averaged, (gradient) =>
    propagation.send(value, { ...gradient, square: scaled(gradient.square, power / count ** 2) }),
  );
  const mapped = propagation.mapped(name) as Mapped;
  propagation.values.set(name, {
    kind: 'averaged',
    of: value,
    over,
    mapped: { ...mapped, base },
    number: signal.mean * factor,
  });
}

/** x - mean(x), if that is what a and b are. */
export function centered(propagation: Propagation, name: string, a: string, b: string): boolean {
  const value = propagation.mapped(a);
  const mean = propagation.values.get(b);
  if (value === undefined || mean?.kind !== 'averaged') return false;
  if (mean.of.base !== value.base || mean.of.f.key !== value.f.key) return false;
  center(propagation, name, value, mean.over);
  return true;
}

/** Defines x - mean(x). */
export function center(propagation: Propagation, name: string, value: Mapped, over: Over): void {
  const signal = propagation.signal(value);
  const count = countOver(propagation, signal, over);
  const kept = 1 - 1 / count;
  propagation.define(name, centeredSignal(propagation, signal, over), (gradient) =>
    propagation.send(value, { ...gradient, square: scaled(gradient.square, kept) }),
  );
}

export function centeredSignal(propagation: Propagation, signal: Signal, over: Over): Signal {
  const mean = meanMoments(propagation, signal, over);
  const less = (x: Float64Array, y: Float64Array): Float64Array => zip([x, y], ([p, q]) => p - q);
  return {
    ...signal,
    square: less(signal.square, mean.square).map((q) => Math.max(0, q)),
    product: less(signal.product, mean.product),
    spatial: less(signal.spatial, mean.spatial),
    mean: 0,
  };
}

function countOver(propagation: Propagation, signal: Signal, over: Over): number {
  return (
    (over.batch ? propagation.examples : 1) *
    (over.units ? signal.units : 1) *
    (over.places ? signal.places : 1)
  );
}

/** Second moments of the mean of a signal over axes. */
function meanMoments(
  propagation: Propagation,
  signal: Signal,
  over: Over,
): Pick<Signal, 'square' | 'product' | 'spatial'> {
  const lists = over.places
    ? [signal.square, signal.product, signal.spatial].map((list) => Float64Array.of(average(list)))
    : [signal.square, signal.product, signal.spatial];
  const [square, product, spatial] = lists;
  const common = signal.mean ** 2;
  // Another place of another example: as alike as both differences allow.
  const across = zip([square, product, spatial], ([s, p, t]) =>
    s > common ? common + (Math.max(0, p - common) * Math.max(0, t - common)) / (s - common) : common,
  );
  const flat = zip([square], () => common);
  const count = countOver(propagation, signal, over);
  const mix = (alone: Float64Array, shared: Float64Array, n: number): Float64Array =>
    zip([alone, shared], ([x, y]) => y + (x - y) / n);
  if (over.units) return { square: mix(square, flat, count), product: flat, spatial: flat };
  if (over.batch && over.places) {
    const all = mix(square, across, count);
    return { square: all, product: all, spatial: all };
  }
  if (over.batch) {
    const own = mix(square, product, count);
    return { square: own, product: own, spatial: mix(spatial, across, count) };
  }
  if (over.places) {
    const own = mix(square, spatial, count);
    return { square: own, product: mix(product, across, count), spatial: own };
  }
  return { square, product, spatial };
}

/** GlobalAveragePool. */
export const globalAveragePool: PropagationRule = (propagation, node) => {
  const value = propagation.mapped(node.inputs[0]);
  if (value === undefined) return false;
  if (elementCount(propagation.dims(node.inputs[0]).slice(2)) < 1) return false;
  averageOver(propagation, node.outputs[0], value, { batch: false, units: false, places: true });
  return true;
};
