import { appendGradient } from '../autodiff/append-gradient.ts';
import { choice, number } from '../initializers/catalogue/entry.ts';
import { parseRule } from '../initializers/registry.ts';
import { OutsetError } from '../messages/error.ts';
import { featuresInput } from '../network/create-network.ts';
import type { Network } from '../network/network.ts';
import { dot } from '../tensor/dot.ts';
import { elementCount, type Tensor, tensor } from '../tensor/tensor.ts';
import { answerRows, answersInput, appendAnswerLoss, blankBatch, pick } from './answer-loss.ts';
import { type BatchProbe, type DraftValues, draftOf, openProbe } from './batch-probe.ts';
import type { StartDefinition } from './definition.ts';
import { ruleStart } from './rule-start.ts';
import type { Start, StartContext } from './start.ts';

export interface GradInitOptions {
  /** Rule that the weights are drawn by before their scales are learned; default `he-normal`. */
  readonly base?: string;
  /** Steps, default 300. */
  readonly steps?: number;
  /** Learning rate (Adam) of the scales, default 0.01. */
  readonly rate?: number;
  /** eta: length of the step of gradient descent that is looked ahead, default 0.1. */
  readonly eta?: number;
  /** gamma: largest norm of the gradient, default 1. */
  readonly gamma?: number;
  /** Examples a step, default 64; at most two thirds of the batch. */
  readonly batch?: number;
}

/** No scale falls below this, as in the authors' code. */
const leastScale = 0.01;

/**
 * GradInit: learns a scale for every weight so that one step of gradient descent lowers the loss as far as possible, while
 * the gradient stays bounded.
 *
 *   min over m_l > 0.01 of  L(theta - eta g / |g|) on another batch,  subject to |g| <= gamma,  theta_l = m_l W_l
 *
 * The two batches share half of their examples. Where |g| is too large, a step of Adam on the scales lowers |g|; elsewhere
 * one lowers the loss after the step, differentiated through g (a Hessian-vector product). The form for plain gradient
 * descent; that for Adam, which replaces g / |g| by sign g, is not offered.
 *
 * @throws starts.needs_answers without the right answers of the batch, starts.answers, starts.needs_data,
 *   starts.no_gradient
 * @see Zhu, Ni, Xu, Kong, Huang, Goldstein 2021, "GradInit", eq. 1 and algorithm 1
 */
export function gradInit(name: string, options: GradInitOptions = {}): Start {
  const { base = 'he-normal', steps = 300, rate = 0.01, eta = 0.1, gamma = 1, batch = 64 } = options;
  return {
    name,
    needsData: true,
    async parameters(network, context) {
      const draft = await draftOf(ruleStart(parseRule(base)), network, context);
      const task = await openTask(name, network, context, batch);
      try {
        const scales = network.layers.map(() => 1);
        const adam = network.layers.map(() => ({ mean: 0, square: 0 }));
        for (let step = 0; step < steps; step++) {
          const values = scaled(network, draft, scales);
          const slopes = await task.slopes(values, step, eta, gamma);
          for (const [l, slope] of slopes.entries()) {
            const { mean, square } = adam[l];
            const gradient = slope / scales[l];
            adam[l] = { mean: 0.9 * mean + 0.1 * gradient, square: 0.999 * square + 0.001 * gradient ** 2 };
            const first = adam[l].mean / (1 - 0.9 ** (step + 1));
            const second = adam[l].square / (1 - 0.999 ** (step + 1));
            scales[l] = Math.max(leastScale, scales[l] - (rate * first) / (Math.sqrt(second) + 1e-8));
          }
        }
        return scaled(network, draft, scales);
      } finally {
        await task.dispose();
      }
    },
  };
}

/** What GradInit asks of a network and its data. */
export interface GradInitTask {
  /** d/d log m_l of |g| where it is above gamma, else of the loss after the step. */
  slopes(values: DraftValues, step: number, eta: number, gamma: number): Promise<number[]>;
  /** |g| on the first batch of a step, and the loss after the step on its second. */
  objective(values: DraftValues, step: number, eta: number): Promise<{ norm: number; after: number }>;
  dispose(): Promise<void>;
}

/** @throws starts.needs_answers, starts.answers, starts.needs_data, starts.batch_shape */
export async function openTask(
  start: string,
  network: Network,
  context: StartContext,
  wanted: number,
): Promise<GradInitTask> {
  const { batch, answers } = context;
  if (batch === undefined) throw new OutsetError('starts.needs_data', { start });
  if (answers === undefined) throw new OutsetError('starts.needs_answers', { start });
  const outputs = elementCount(network.outputDims);
  const width = elementCount(network.spec.input);
  const { kind, rows } = answerRows(start, answers, outputs);
  const examples = Math.min(batch.dims[0] ?? 0, answers.dims[0] ?? 0);
  const size = Math.max(1, Math.min(wanted, Math.floor((2 * examples) / 3)));
  const weights = network.layers.map(({ weight }) => weight);
  const names = { loss: '', gradients: [] as string[], products: [] as string[] };
  const blank: Record<string, Tensor> = {};
  const probe = await openProbe(
    start,
    network,
    { ...context, batch: blankBatch(size, network.spec.input) },
    {
      extend({ builder, logits }) {
        names.loss = appendAnswerLoss(builder, logits, kind);
        const gradients = appendGradient(builder, names.loss, weights);
        names.gradients = weights.map((weight) => gradients.get(weight) as string);
        // H u as the gradient of <g, u>, for directions u that are fed.
        const parts = weights.map((weight, l) => {
          const dims = builder.dims(weight);
          const u = builder.input(directionOf(weight), 'float32', dims);
          blank[u] = tensor('float32', dims, new Float32Array(elementCount(dims)));
          return builder.op('ReduceSum', [builder.op('Mul', [names.gradients[l], u])], { keepdims: 0 });
        });
        const dot = parts.reduce((sum, part) => builder.op('Add', [sum, part]));
        const products = appendGradient(builder, dot, weights);
        names.products = weights.map((weight) => products.get(weight) as string);
        const zeros = tensor('float32', [size, outputs], new Float32Array(size * outputs));
        return {
          values: [names.loss, ...names.gradients, ...names.products],
          feeds: { ...blank, [answersInput]: zeros },
        };
      },
    },
  );

  /** Two batches of a step that share half of their examples. */
  function batches(step: number): Record<string, Tensor>[] {
    const order = context.stream.child('gradinit').child(step).permutation(examples);
    const half = Math.floor(size / 2);
    return [order.subarray(0, size), order.subarray(half, half + size)].map((some) => {
      // The end of a short batch is filled from its front.
      const full = Uint32Array.from({ length: size }, (_, i) => some[i % Math.max(1, some.length)]);
      return {
        [featuresInput]: tensor(
          'float32',
          [size, ...network.spec.input],
          pick(batch?.data ?? [], width, full),
        ),
        [answersInput]: tensor('float32', [size, outputs], pick(rows, outputs, full)),
      };
    });
  }

  const gradientsAt = async (values: DraftValues, feeds: Record<string, Tensor>) => {
    const out = await probe.measure(values, [names.loss, ...names.gradients], feeds);
    const gradients = names.gradients.map((name) => out[name]);
    const norm = Math.sqrt(gradients.reduce((sum, g) => sum + dot(g, g), 0));
    if (!(norm > 0 && Number.isFinite(norm))) {
      throw new OutsetError('starts.no_gradient', { start, layer: network.layers[0].name, gradient: norm });
    }
    return { loss: Number(out[names.loss][0]), gradients, norm };
  };

  return {
    async slopes(values, step, eta, gamma) {
      const [here, there] = batches(step);
      const { gradients, norm } = await gradientsAt(values, here);
      const along = (direction: readonly ArrayLike<number>[]) =>
        weights.map((weight, l) => dot(values.get(weight)?.data ?? [], direction[l]));
      const unit = gradients.map((g) => Float64Array.from(g, (value) => value / norm));
      if (norm > gamma) return along(await hessianTimes(probe, names.products, values, weights, here, unit));
      const after = await gradientsAt(stepped(values, weights, unit, eta), there);
      const share = after.gradients.reduce((sum, v, l) => sum + dot(v, unit[l]), 0);
      // d/d theta of -eta g / |g|, times v: -eta H (v - a <a, v>) / |g|.
      const inner = after.gradients.map((v, l) =>
        Float64Array.from(v, (value, i) => (-eta * (value - unit[l][i] * share)) / norm),
      );
      const bent = await hessianTimes(probe, names.products, values, weights, here, inner);
      return along(after.gradients.map((v, l) => Float64Array.from(v, (value, i) => value + bent[l][i])));
    },
    async objective(values, step, eta) {
      const [here, there] = batches(step);
      const { gradients, norm } = await gradientsAt(values, here);
      const unit = gradients.map((g) => Float64Array.from(g, (value) => value / norm));
      const out = await probe.measure(stepped(values, weights, unit, eta), [names.loss], there);
      return { norm, after: Number(out[names.loss][0]) };
    },
    dispose: () => probe.dispose(),
  };
}

function directionOf(weight: string): string {
  return `${weight}.direction`;
}

async function hessianTimes(
  probe: BatchProbe,
  products: readonly string[],
  values: DraftValues,
  weights: readonly string[],
  feeds: Record<string, Tensor>,
  directions: readonly ArrayLike<number>[],
): Promise<ArrayLike<number>[]> {
  const given = Object.fromEntries(
    weights.map((weight, l) => {
      const dims = values.get(weight)?.dims ?? [];
      return [directionOf(weight), tensor('float32', dims, Float32Array.from(directions[l]))];
    }),
  );
  const out = await probe.measure(values, products, { ...feeds, ...given });
  return products.map((name) => out[name]);
}

function stepped(
  values: DraftValues,
  weights: readonly string[],
  directions: readonly Float64Array[],
  eta: number,
): DraftValues {
  const moved = new Map(values);
  for (const [l, weight] of weights.entries()) {
    const { dims, data } = values.get(weight) as Tensor<'float32'>;
    moved.set(
      weight,
      tensor(
        'float32',
        dims,
        data.map((value, i) => value - eta * directions[l][i]),
      ),
    );
  }
  return moved;
}

function scaled(network: Network, draft: DraftValues, scales: readonly number[]): DraftValues {
  const values = new Map(draft);
  for (const [l, { weight }] of network.layers.entries()) {
    const { dims, data } = draft.get(weight) as Tensor<'float32'>;
    values.set(
      weight,
      tensor(
        'float32',
        dims,
        data.map((value) => value * scales[l]),
      ),
    );
  }
  return values;
}

export const gradInitDefinition: StartDefinition = {
  name: 'gradinit',
  aliases: ['grad-init'],
  family: 'learned',
  needsData: true,
  parameters: {
    steps: number(300, { from: 1, whole: true }),
    rate: number(0.01, { above: 0 }),
    eta: number(0.1, { above: 0 }),
    gamma: number(1, { above: 0 }),
    batch: number(64, { from: 1, whole: true }),
    base: choice('he-normal', [
      'he-normal',
      'glorot-uniform',
      'lecun-normal',
      'orthogonal',
      'pytorch-default',
    ]),
  },
  formula: 'W_l = m_l W_l, min over m_l of L(θ - η g / |g|) subject to |g| ≤ γ',
  source: 'Zhu et al. 2021, eq. 1, algorithm 1',
  preserves: ['update'],
  build: (name, { steps, rate, eta, gamma, batch, base }) =>
    gradInit(name, {
      steps: Number(steps),
      rate: Number(rate),
      eta: Number(eta),
      gamma: Number(gamma),
      batch: Number(batch),
      base: String(base),
    }),
};
