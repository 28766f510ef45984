/** Gemm and MatMul with a weight: q' = inputs E[w²] q + E[b²], and what comes from a common mean of the inputs. */
import { intAttribute, numberAttribute } from '../../onnx/attributes.ts';
import type { GraphNode } from '../../onnx/graph.ts';
import type { Tensor } from '../../tensor/tensor.ts';
import { type Mapped, type Propagation, type PropagationRule, shareOf } from '../propagation.ts';
import { average, collapse, type Gradient, type Signal, scaled, spread, unitsAndPlaces } from '../signal.ts';
import { attentionProduct } from './attention.ts';
import { constantMoments, type WeightMoments, weightMoments } from './weight-moments.ts';

export const gemm: PropagationRule = (propagation, node) => {
  const [a, b, c] = node.inputs;
  const factor = numberAttribute(node, 'alpha', 1);
  const bias = c === undefined || c === '' ? undefined : propagation.constants.get(c);
  if (c !== undefined && c !== '' && bias === undefined) return false;
  return dense(propagation, node, {
    first: [a, intAttribute(node, 'transA', 0) !== 0],
    second: [b, intAttribute(node, 'transB', 0) !== 0],
    factor,
    bias,
    biasFactor: numberAttribute(node, 'beta', 1),
  });
};

export const matMul: PropagationRule = (propagation, node) => {
  const [a, b] = node.inputs;
  if (propagation.constants.has(a) || propagation.constants.has(b)) {
    return dense(propagation, node, { first: [a, false], second: [b, false], factor: 1, biasFactor: 0 });
  }
  return attentionProduct(propagation, node);
};

interface Product {
  /** Name, and whether it is read transposed. */
  readonly first: readonly [string, boolean];
  readonly second: readonly [string, boolean];
  readonly factor: number;
  readonly bias?: Tensor;
  readonly biasFactor: number;
}

function dense(propagation: Propagation, node: GraphNode, product: Product): boolean {
  const { first, second, factor, bias, biasFactor } = product;
  const weightSecond = propagation.constants.has(second[0]);
  const weight = propagation.constants.get(weightSecond ? second[0] : first[0]);
  const input = propagation.mapped(weightSecond ? first[0] : second[0]);
  if (weight === undefined || input === undefined || weight.dims.length < 2) return false;
  const transposed = weightSecond ? second[1] : first[1];
  const [rows, columns] = weight.dims.slice(-2);
  // x W sums over the rows of W, W x over its columns; transposed the other way round.
  const sumsRows = weightSecond !== transposed;
  const moments = weightMoments(weight, {
    groups: weight.data.length / (rows * columns),
    outputs: sumsRows ? columns : rows,
    inputs: sumsRows ? rows : columns,
    taps: 1,
    index: sumsRows ? (g, o, i) => (g * rows + i) * columns + o : (g, o, i) => (g * rows + o) * columns + i,
  });
  const name = node.outputs[0];
  const shape = unitsAndPlaces(propagation.dims(name));
  linear(propagation, name, { input, moments, factor, bias, biasFactor, ...shape });
  return true;
}

interface LinearLayer {
  readonly input: Mapped;
  readonly moments: WeightMoments;
  readonly factor: number;
  readonly bias?: Tensor;
  readonly biasFactor: number;
  readonly units: number;
  readonly places: number;
  /** For convolutions: moments of the inputs at each output place and tap, and back. */
  readonly gather?: (list: Float64Array, taps: Float64Array) => Float64Array;
  readonly scatter?: (list: Float64Array, taps: Float64Array) => Float64Array;
}

/** Defines x W + b with its way back. */
export function linear(propagation: Propagation, name: string, layer: LinearLayer): void {
  const { input, moments, factor, bias, biasFactor, units, places } = layer;
  const signal = propagation.signal(input);
  const gather =
    layer.gather ??
    ((list, taps) =>
      scaled(
        collapse(list),
        taps.reduce((sum, tap) => sum + tap, 0),
      ));
  const power = factor * factor;
  const own = bias === undefined ? { mean: 0, square: 0 } : constantMoments(bias);
  const added = own.square * biasFactor * biasFactor;
  const common = signal.mean * signal.mean;
  const taps = scaled(moments.square, power * moments.inputs);
  const random = gather(Float64Array.of(1), taps);
  const fromMean = meanPart(moments, gather, common * power);
  const through = (list: Float64Array): Float64Array => {
    const result = gather(list, taps);
    return result.map((value, p) => {
      const reached = random[random.length === 1 ? 0 : p];
      return Math.max(0, value - common * reached) + fromMean[fromMean.length === 1 ? 0 : p] + added;
    });
  };
  const square = through(signal.square);
  const sent = average(square) - added;
  const share = average(square) > 0 ? sent / average(square) : 0;
  const reached = average(
    gather(
      Float64Array.of(1),
      moments.square.map(() => 1 / moments.square.length),
    ),
  );
  const fresh: Signal = {
    units,
    places,
    square,
    product: through(signal.product),
    spatial: places === 1 ? square : through(signal.spatial),
    mean: signal.mean * moments.sum * factor * reached + own.mean * biasFactor,
    logVariance: 0,
    growth: Math.max(1, signal.growth * share),
  };
  const sample = 2 * shareOf(fresh, propagation.examples);
  const output = { ...fresh, logVariance: share * share * signal.logVariance + sample };
  const backTaps = scaled(moments.square, power * moments.outputs);
  const scatter =
    layer.scatter ??
    ((list, weights) =>
      scaled(
        collapse(list),
        weights.reduce((sum, tap) => sum + tap, 0),
      ));
  const base = propagation.define(name, output, (gradient: Gradient) =>
    propagation.send(input, {
      square: scatter(gradient.square, backTaps),
      logVariance:
        gradient.logVariance + sample * gradient.sensitivity ** 2 + 2 * shareOf(signal, propagation.examples),
      sensitivity: share * gradient.sensitivity,
    }),
  );
  const weightVariance = taps.reduce((sum, tap) => sum + tap, 0);
  base.source = { ...input, weightVariance, biasVariance: added };
}

/** What a mean that all inputs share contributes to the mean square of the outputs. */
function meanPart(
  moments: WeightMoments,
  gather: (list: Float64Array, taps: Float64Array) => Float64Array,
  common: number,
): Float64Array {
  if (common === 0) return Float64Array.of(0);
  const taps = moments.tapSumSquare.length;
  const alone = gather(Float64Array.of(1), moments.tapSumSquare);
  const separate = moments.tapSumSquare.reduce((sum, tap) => sum + tap, 0);
  // Taps whose sums agree in sign add up; at a border only those inside do.
  const together = moments.sumSquare - separate;
  const inside = gather(Float64Array.of(1), new Float64Array(taps).fill(1 / taps));
  return spread(alone, inside.length).map((value, p) =>
    Math.max(0, common * (value + together * inside[p] * inside[p])),
  );
}
