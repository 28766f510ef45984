/** One step of contrastive divergence as a graph: from a batch, the parameters and noise to differences of statistics. */
import { GraphBuilder } from '../../onnx/builder.ts';
import type { Graph } from '../../onnx/graph.ts';
import type { Rbm } from '../rbm.ts';
import { hasPrecision } from '../units/bind-units.ts';
import { Arithmetic } from './arithmetic.ts';
import { graphOfLayer } from './graph-of-layer.ts';
import type { LayerGraph } from './layer-graph.ts';

export interface StepGraphOptions {
  readonly rbm: Pick<Rbm, 'visible' | 'hidden' | 'weights'>;
  /** Examples of the batch. */
  readonly rows: number;
  /** Persistent chains, 0 for chains that start at the data. */
  readonly chains: number;
  /** Gibbs steps. */
  readonly steps: number;
}

/** A noise input: one draw of a layer. */
export interface NoiseShape {
  readonly name: string;
  readonly dims: readonly [number, number];
}

export interface StepGraph {
  /**
   * Inputs: the parameters by name, `data` [rows, visible], `row weights` [rows, 1] that add up to 1, `chains`
   * [chains, visible] where there are any, and the noise.
   *
   * Outputs: for each parameter `gradient of <name>`, the difference of the plain statistics, data minus model;
   * `hidden mean` [hidden] over the batch; `squared error` [1], the weighted mean of the squared distance between the
   * data and their reconstruction from one draw of the hidden units; `next chains`.
   */
  readonly graph: Graph;
  readonly noise: readonly NoiseShape[];
}

export function buildStepGraph({ rbm, rows, chains, steps }: StepGraphOptions): StepGraph {
  const builder = new GraphBuilder('contrastive divergence');
  const a = new Arithmetic(builder);
  const [m, n] = rbm.weights.dims;
  const weights = builder.input('weights', 'float32', [m, n]);
  const layer = (name: 'visible' | 'hidden', width: number): LayerGraph => {
    const bias = builder.input(`${name} bias`, 'float32', [width]);
    const logPrecision = hasPrecision(rbm[name])
      ? builder.input(`${name} logPrecision`, 'float32', [width])
      : null;
    return graphOfLayer(a, rbm[name], { bias, logPrecision });
  };
  const visible = layer('visible', m);
  const hidden = layer('hidden', n);
  const data = builder.input('data', 'float32', [rows, m]);
  const rowWeights = builder.input('row weights', 'float32', [rows, 1]);
  const persistent = chains > 0;
  const count = persistent ? chains : rows;

  const noise: NoiseShape[] = [];
  const draw = (of: LayerGraph, inputs: string) => {
    const dims = [builder.dims(inputs)[0], of.noiseWidth] as const;
    const name = builder.input(`noise ${noise.length}`, 'float32', dims);
    noise.push({ name, dims });
    return of.sample(inputs, name);
  };
  const up = (v: string) => a.product(v, weights);
  const down = (h: string) => a.product(h, weights, { b: true });

  const dataInputs = up(data);
  const dataHidden = draw(hidden, dataInputs);
  const reconstructed = down(dataHidden);
  let v = persistent ? builder.input('chains', 'float32', [chains, m]) : data;
  let inputs = persistent ? up(v) : dataInputs;
  for (let step = 0; step < steps; step++) {
    const fromData = step === 0 && !persistent;
    const h = fromData ? dataHidden : draw(hidden, inputs);
    v = draw(visible, fromData ? reconstructed : down(h));
    inputs = up(v);
  }

  const output = (name: string, value: string) =>
    builder.output(builder.op('Identity', [value], {}, { output: name }));
  const chainWeight = persistent ? 1 / count : rowWeights;
  const weightedData = a.mul(data, rowWeights);
  const weightedModel = a.mul(v, chainWeight);
  const means = [hidden.mean(dataInputs), hidden.mean(inputs)] as const;
  const positive = a.product(weightedData, means[0], { a: true });
  const negative = a.product(weightedModel, means[1], { a: true });
  output('gradient of weights', a.sub(positive, negative));
  output('gradient of visible bias', a.sub(a.columnSums(weightedData), a.columnSums(weightedModel)));
  const hiddenMean = a.columnSums(a.mul(means[0], rowWeights));
  output('gradient of hidden bias', a.sub(hiddenMean, a.columnSums(a.mul(means[1], chainWeight))));
  output('hidden mean', hiddenMean);
  const precision = (name: 'visible' | 'hidden', ofData: string, ofModel: string) => {
    const difference = a.sub(a.columnSums(ofData), a.columnSums(ofModel));
    const scale = a.mul(a.unary('Exp', `${name} logPrecision`), -0.5);
    output(`gradient of ${name} logPrecision`, a.mul(difference, scale));
  };
  if (hasPrecision(rbm.visible)) precision('visible', a.mul(weightedData, data), a.mul(weightedModel, v));
  if (hasPrecision(rbm.hidden)) {
    const square = (x: string, weight: string | number) => a.mul(hidden.meanSquare(x), weight);
    precision('hidden', square(dataInputs, rowWeights), square(inputs, chainWeight));
  }
  const error = a.square(a.sub(data, visible.mean(reconstructed)));
  output(
    'squared error',
    builder.op('ReduceSum', [a.mul(error, rowWeights), builder.ints([0, 1])], { keepdims: 0 }),
  );
  if (persistent) output('next chains', v);
  return { graph: builder.build(), noise };
}
