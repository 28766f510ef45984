import { GraphBuilder } from '../../onnx/builder.ts';
import type { Graph } from '../../onnx/graph.ts';
import { tensor } from '../../tensor/tensor.ts';
import type { NamedShape } from '../../training/parameter-store.ts';
import { lowerNames, topNames, type UpDownSizes, upDownShapes } from './up-down-parameters.ts';

/** Graph inputs of a batch. */
export const visibleInput = 'visible';
export const labelsInput = 'labels';
/** Graph inputs of a centred top RBM. */
export const visibleOffset = 'offset.visible';
export const hiddenOffset = 'offset.hidden';

/** What one update of up-down learning computes. */
export interface UpDownGraph {
  readonly graph: Graph;
  /** Uniform numbers to feed, in order. */
  readonly noise: readonly NamedShape[];
  /** Parameter -> output that holds minus its learning signal, so that an optimizer goes downhill. */
  readonly gradients: ReadonlyMap<string, string>;
  /** Output []: squared error of the prediction of the visible units, summed over units, mean over the batch. */
  readonly error: string;
  /** Outputs: mean over the batch of the visible and the hidden units of the top RBM under the data. */
  readonly topMeans: { readonly visible: string; readonly hidden: string };
}

/**
 * One update of up-down learning (Hinton, Osindero & Teh 2006, section 5 and appendix B) on a batch:
 *
 *   up     states of every layer from the recognition weights; the generative weights learn to give each layer back
 *          from the one above (delta rule)
 *   top    `steps` Gibbs steps of the top RBM with its label unit: contrastive divergence
 *   down   states of every layer from the generative weights, visible units as probabilities; the recognition weights
 *          learn to give each layer back from the one below
 *
 * Units are binary, the label unit is softmax and sampled. Hidden units of the top enter the statistics as
 * probabilities, everything else as states. With a single layer this is CD-k of an RBM (with a label unit).
 */
export function buildUpDownGraph(
  sizes: UpDownSizes,
  batch: number,
  steps: number,
  options: { readonly l2: number; readonly centered: boolean },
): UpDownGraph {
  const step = new UpDownStep(sizes, batch, options);
  const up = step.up();
  const top = step.gibbs(up.visible, steps);
  step.learnTop(up.visible, top);
  step.learnGenerative(up.states);
  step.down(top.pen);
  return step.finish(up, top);
}

interface UpPass {
  /** States of each layer, data first, without labels. */
  readonly states: readonly string[];
  /** Visible layer of the top RBM, labels included. */
  readonly visible: string;
}

interface TopChain {
  /** Hidden probabilities under the data and at the end of the chain. */
  readonly positive: string;
  readonly negative: string;
  /** Visible states at the end, with and without labels, and visible probabilities after the first step. */
  readonly visible: string;
  readonly pen: string;
  readonly firstProbabilities: string;
}

class UpDownStep {
  readonly #builder = new GraphBuilder('up-down');
  readonly #sizes: UpDownSizes;
  readonly #batch: number;
  readonly #options: { readonly l2: number; readonly centered: boolean };
  readonly #noise: NamedShape[] = [];
  readonly #gradients = new Map<string, string>();
  /** Predictions of the visible units by the generative weights, where there are layers below the top. */
  #prediction: string | undefined;

  constructor(
    sizes: UpDownSizes,
    batch: number,
    options: { readonly l2: number; readonly centered: boolean },
  ) {
    this.#sizes = sizes;
    this.#batch = batch;
    this.#options = options;
    const builder = this.#builder;
    builder.input(visibleInput, 'float32', [batch, sizes.widths[0]]);
    if (sizes.labels > 0) builder.input(labelsInput, 'float32', [batch, sizes.labels]);
    for (const { name, dims } of upDownShapes(sizes)) builder.input(name, 'float32', dims);
    if (options.centered) {
      builder.input(visibleOffset, 'float32', [sizes.widths[sizes.widths.length - 1] + sizes.labels]);
      builder.input(hiddenOffset, 'float32', [sizes.top]);
    }
  }

  up(): UpPass {
    const states: string[] = [visibleInput];
    for (let layer = 0; layer + 1 < this.#sizes.widths.length; layer++) {
      const names = lowerNames(layer);
      const probabilities = this.#probabilities(
        states[layer],
        names.recognition,
        names.recognitionBias,
        false,
      );
      states.push(this.#sample(probabilities, `up${layer + 1}`));
    }
    return { states, visible: this.#withLabels(states[states.length - 1], labelsInput) };
  }

  gibbs(start: string, steps: number): TopChain {
    const builder = this.#builder;
    const { widths, labels } = this.#sizes;
    const penWidth = widths[widths.length - 1];
    const positive = this.#probabilities(start, topNames.weights, topNames.hiddenBias, false);
    let probabilities = positive;
    let visible = start;
    let pen = start;
    let firstProbabilities = '';
    for (let i = 0; i < steps; i++) {
      const hidden = this.#sample(probabilities, `gibbs${i}.hidden`);
      const input = builder.op('Gemm', [hidden, topNames.weights, topNames.visibleBias], { transB: 1 });
      const [penInput, labelInput] = labels === 0 ? [input, ''] : this.#split(input, penWidth, labels);
      const penProbabilities = builder.op('Sigmoid', [penInput]);
      if (i === 0) firstProbabilities = penProbabilities;
      pen = this.#sample(penProbabilities, `gibbs${i}.visible`);
      visible = labels === 0 ? pen : this.#withLabels(pen, this.#sampleLabel(labelInput, `gibbs${i}.label`));
      probabilities = this.#probabilities(visible, topNames.weights, topNames.hiddenBias, false);
    }
    return { positive, negative: probabilities, visible, pen, firstProbabilities };
  }

  /** Contrastive divergence, centred or not; see rbm-training-spec.ts for the centred gradient. */
  learnTop(data: string, { positive, negative, visible }: TopChain): void {
    const builder = this.#builder;
    const rate = 1 / this.#batch;
    const { l2, centered } = this.#options;
    const decay = builder.op('Gemm', [data, positive, topNames.weights], {
      transA: 1,
      alpha: -rate,
      beta: l2,
    });
    let weights = builder.op('Gemm', [visible, negative, decay], { transA: 1, alpha: rate });
    let visibleBias = this.#batchMean(builder.op('Sub', [visible, data]));
    let hiddenBias = this.#batchMean(builder.op('Sub', [negative, positive]));
    if (centered) {
      const column = (value: string) => builder.op('Unsqueeze', [value, builder.ints([1])]);
      const row = (value: string) => builder.op('Unsqueeze', [value, builder.ints([0])]);
      const [mu, lambda] = [column(visibleOffset), row(hiddenOffset)];
      weights = builder.op('Gemm', [mu, row(hiddenBias), weights], { alpha: -1 });
      weights = builder.op('Gemm', [column(visibleBias), lambda, weights], { alpha: -1 });
      // The decay of the weights is no part of the centred statistics: it comes back below.
      const statistics =
        l2 === 0 ? weights : builder.op('Sub', [weights, this.#scaled(topNames.weights, l2)]);
      const flat = (value: string, length: number) => builder.op('Reshape', [value, builder.ints([length])]);
      const [visibleWidth, hiddenWidth] = builder.dims(statistics);
      const shift = flat(builder.op('Gemm', [statistics, lambda], { transB: 1 }), visibleWidth);
      const lift = flat(builder.op('Gemm', [statistics, mu], { transA: 1 }), hiddenWidth);
      visibleBias = builder.op('Sub', [visibleBias, shift]);
      hiddenBias = builder.op('Sub', [hiddenBias, lift]);
    }
    this.#gradients.set(topNames.weights, weights);
    this.#gradients.set(topNames.visibleBias, visibleBias);
    this.#gradients.set(topNames.hiddenBias, hiddenBias);
  }

  learnGenerative(states: readonly string[]): void {
    const builder = this.#builder;
    for (let layer = 0; layer + 1 < states.length; layer++) {
      const names = lowerNames(layer);
      const prediction = this.#probabilities(states[layer + 1], names.generative, names.generativeBias, true);
      if (layer === 0) this.#prediction = prediction;
      const error = builder.op('Sub', [prediction, states[layer]]);
      this.#delta(names.generative, error, states[layer + 1]);
      this.#gradients.set(names.generativeBias, this.#batchMean(error));
    }
  }

  down(pen: string): void {
    const builder = this.#builder;
    let above = pen;
    for (let layer = this.#sizes.widths.length - 2; layer >= 0; layer--) {
      const names = lowerNames(layer);
      const probabilities = this.#probabilities(above, names.generative, names.generativeBias, true);
      const below = layer === 0 ? probabilities : this.#sample(probabilities, `down${layer}`);
      const prediction = this.#probabilities(below, names.recognition, names.recognitionBias, false);
      const error = builder.op('Sub', [prediction, above]);
      this.#delta(names.recognition, below, error);
      this.#gradients.set(names.recognitionBias, this.#batchMean(error));
      above = below;
    }
  }

  finish(up: UpPass, top: TopChain): UpDownGraph {
    const builder = this.#builder;
    const difference = builder.op('Sub', [this.#prediction ?? top.firstProbabilities, visibleInput]);
    const squares = builder.op(
      'ReduceSum',
      [builder.op('Mul', [difference, difference]), builder.ints([1])],
      {
        keepdims: 0,
      },
    );
    const error = builder.op('ReduceMean', [squares, builder.ints([0])], { keepdims: 0 });
    const topMeans = { visible: this.#batchMean(up.visible), hidden: this.#batchMean(top.positive) };
    for (const value of [error, topMeans.visible, topMeans.hidden, ...this.#gradients.values()])
      builder.output(value);
    return { graph: builder.build(), noise: this.#noise, gradients: this.#gradients, error, topMeans };
  }

  /** sigmoid(x W + b), or sigmoid(x Wᵀ + b) downward. */
  #probabilities(x: string, weights: string, bias: string, downward: boolean): string {
    const builder = this.#builder;
    return builder.op('Sigmoid', [builder.op('Gemm', [x, weights, bias], downward ? { transB: 1 } : {})]);
  }

  #uniform(name: string, dims: readonly number[]): string {
    this.#noise.push({ name, dims });
    return this.#builder.input(name, 'float32', dims);
  }

  /** 1 with the given probabilities, else 0. */
  #sample(probabilities: string, name: string): string {
    const uniform = this.#uniform(`noise.${name}`, this.#builder.dims(probabilities));
    return this.#builder.op('Cast', [this.#builder.op('Less', [uniform, probabilities])], { to: 1 });
  }

  /** One-hot state of a softmax unit: the largest of inputs plus Gumbel noise -log(-log u). */
  #sampleLabel(input: string, name: string): string {
    const builder = this.#builder;
    const { labels } = this.#sizes;
    const uniform = this.#uniform(`noise.${name}`, [this.#batch, labels]);
    const log = (value: string) => builder.op('Neg', [builder.op('Log', [value])]);
    const noisy = builder.op('Add', [input, log(log(uniform))]);
    const winner = builder.op('ArgMax', [noisy], { axis: 1, keepdims: 1 });
    const classes = BigInt64Array.from({ length: labels }, (_, i) => BigInt(i));
    const equal = builder.op('Equal', [winner, builder.constant(tensor('int64', [1, labels], classes))]);
    return builder.op('Cast', [equal], { to: 1 });
  }

  #split(input: string, penWidth: number, labels: number): [string, string] {
    const builder = this.#builder;
    const slice = (from: number, to: number) =>
      builder.op('Slice', [input, builder.ints([from]), builder.ints([to]), builder.ints([1])]);
    return [slice(0, penWidth), slice(penWidth, penWidth + labels)];
  }

  #withLabels(pen: string, labels: string): string {
    return this.#sizes.labels === 0 ? pen : this.#builder.op('Concat', [pen, labels], { axis: 1 });
  }

  /** Minus the delta rule's learning signal, lowerᵀ upper / batch, plus the decay of the weights. */
  #delta(weights: string, lower: string, upper: string): void {
    const rate = 1 / this.#batch;
    const gradient = this.#builder.op('Gemm', [lower, upper, weights], {
      transA: 1,
      alpha: rate,
      beta: this.#options.l2,
    });
    this.#gradients.set(weights, gradient);
  }

  #batchMean(value: string): string {
    return this.#builder.op('ReduceMean', [value, this.#builder.ints([0])], { keepdims: 0 });
  }

  #scaled(value: string, factor: number): string {
    return this.#builder.op('Mul', [value, this.#builder.scalar(factor)]);
  }
}
