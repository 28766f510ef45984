/** Products of two signals: attention scores and mixtures, and other matrix products without a weight. */
import type { GraphNode } from '../../onnx/graph.ts';
import type { Propagation, PropagationRule } from '../propagation.ts';
import { average, collapse, type Signal, scaled, unitsAndPlaces } from '../signal.ts';

/** A B: softmax rows mix the rows of B; else the sum over independent products. */
export function attentionProduct(propagation: Propagation, node: GraphNode): boolean {
  const [a, b] = node.inputs.map((name) => propagation.mapped(name));
  if (a === undefined || b === undefined) return false;
  const name = node.outputs[0];
  const [first, second] = [propagation.signal(a), propagation.signal(b)];
  const length = propagation.dims(node.inputs[0]).at(-1) ?? 1;
  const shape = unitsAndPlaces(propagation.dims(name));
  const softmax = a.f.key === 'x' ? a.base.softmax : undefined;
  if (softmax !== undefined) {
    // Weights that sum to 1: what the rows share stays, the rest is averaged away.
    const { rowSquare } = softmax;
    const mixed = (alone: number, shared: number): Float64Array =>
      Float64Array.of(shared + (alone - shared) * rowSquare);
    const [square, core] = [average(second.square), average(second.spatial)];
    const product = average(second.product);
    const across = square > 0 ? (core * product) / square : 0;
    const signal: Signal = {
      ...second,
      ...shape,
      square: mixed(square, core),
      product: mixed(product, across),
      spatial: Float64Array.of(core),
    };
    propagation.define(name, signal, (gradient) => {
      // Each row of B is read by `length` rows with weights of mean square rowSquare / length.
      propagation.send(b, { ...gradient, square: scaled(collapse(gradient.square), rowSquare) });
      const width = propagation.dims(name).at(-1) ?? 1;
      propagation.send(a, {
        ...gradient,
        square: Float64Array.of(average(gradient.square) * width * Math.max(0, square - core)),
      });
    });
    return true;
  }
  const [p, q] = [average(first.square), average(second.square)];
  const signal: Signal = {
    ...shape,
    square: Float64Array.of(length * p * q),
    product: Float64Array.of(length * average(first.product) * average(second.product)),
    spatial: Float64Array.of(length * average(first.spatial) * average(second.spatial)),
    mean: length * first.mean * second.mean,
    logVariance: first.logVariance + second.logVariance,
    growth: Math.max(first.growth, second.growth),
  };
  const [rows, columns] = propagation.dims(name).slice(-2);
  propagation.define(name, signal, (gradient) => {
    const g = average(gradient.square);
    propagation.send(a, { ...gradient, square: Float64Array.of(g * q * columns) });
    propagation.send(b, { ...gradient, square: Float64Array.of(g * p * rows) });
  });
  return true;
}

/** Scores of standard deviation s give rows with a sum of squares of about exp(s²) / length. */
export const softmax: PropagationRule = (propagation, node) => {
  const input = propagation.mapped(node.inputs[0]);
  if (input === undefined) return false;
  const scores = propagation.signal(input);
  const dims = propagation.dims(node.inputs[0]);
  const length = dims.at(-1) ?? 1;
  const spreadOfScores = Math.max(0, average(scores.square) - scores.mean ** 2);
  const rowSquare = Math.min(1, Math.exp(Math.min(50, spreadOfScores)) / length);
  const square = Float64Array.of(rowSquare / length);
  const name = node.outputs[0];
  const signal: Signal = {
    ...unitsAndPlaces(propagation.dims(name)),
    square,
    product: Float64Array.of(1 / length ** 2),
    spatial: Float64Array.of(1 / length ** 2),
    mean: 1 / length,
    logVariance: 0,
    growth: 1,
  };
  propagation.define(
    name,
    signal,
    (gradient) =>
      propagation.send(input, {
        ...gradient,
        square: Float64Array.of((average(gradient.square) * rowSquare) / length),
      }),
    { length, rowSquare },
  );
  return true;
};
