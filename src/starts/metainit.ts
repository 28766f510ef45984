import { appendGradient } from '../autodiff/append-gradient.ts';
import { choice, number } from '../initializers/catalogue/entry.ts';
import { parseRule } from '../initializers/registry.ts';
import { OutsetError } from '../messages/error.ts';
import { featuresInput } from '../network/create-network.ts';
import type { GraphBuilder } from '../onnx/builder.ts';
import type { Stream } from '../random/stream.ts';
import { dot } from '../tensor/dot.ts';
import { elementCount, tensor } from '../tensor/tensor.ts';
import { answersInput, appendAnswerLoss, blankBatch } from './answer-loss.ts';
import { type DraftValues, draftOf, openProbe } from './batch-probe.ts';
import type { StartDefinition } from './definition.ts';
import { ruleStart } from './rule-start.ts';
import type { Start } from './start.ts';

export interface MetaInitOptions {
  /** Rule that the weights are drawn by before their norms are learned; default `he-normal`. */
  readonly base?: string;
  /** Steps, default 500 as in the paper. */
  readonly steps?: number;
  /** Learning rate of the norms, default 0.03: with momentum a norm moves by at most 0.3 a step. */
  readonly rate?: number;
  /** Default 0.9. */
  readonly momentum?: number;
  /** Random examples a step, default 128: the sign of a slope is noise on few. */
  readonly batch?: number;
}

/** Keeps the quotient finite where a gradient is 0. */
const epsilon = 1e-5;
/** Share of its first norm that a weight keeps: at 0 it would stay, because its slope is 0 there. */
const leastShare = 0.01;

/**
 * MetaInit: learns the norm of every weight so that the gradient changes little along itself, which is what makes steps of
 * gradient descent do what they promise. Needs no data: inputs are N(0, 1), classes uniform.
 *
 *   GQ = mean |(g - H g) / (g + epsilon sign g) - 1|,   g the gradient of the loss, H its Hessian
 *
 * minimized over the norms by sign descent with momentum. A step differentiates three times: g, the product H g as the
 * gradient of |g|² / 2, and the gradient of GQ.
 *
 * @throws starts.needs_data without an engine, starts.no_gradient where GQ is not finite
 * @see Dauphin, Schoenholz 2019, "MetaInit: initializing learning by learning to initialize", eq. 2 and appendix A
 */
export function metaInit(name: string, options: MetaInitOptions = {}): Start {
  const { base = 'he-normal', steps = 500, rate = 0.03, momentum = 0.9, batch = 128 } = options;
  return {
    name,
    needsData: true,
    async parameters(network, context) {
      const weights = network.layers.map(({ weight }) => weight);
      const values = await draftOf(ruleStart(parseRule(base)), network, context);
      const outputs = elementCount(network.outputDims);
      let quotient = { value: '', gradients: new Map<string, string>() };
      const probe = await openProbe(
        name,
        network,
        { ...context, batch: blankBatch(batch, network.spec.input) },
        {
          extend({ builder, logits }) {
            const loss = appendAnswerLoss(builder, logits, outputs < 2 ? 'squared-error' : 'cross-entropy');
            quotient = appendGradientQuotient(builder, loss, weights);
            const rows = tensor('float32', builder.dims(logits), new Float32Array(batch * outputs));
            return {
              values: [quotient.value, ...quotient.gradients.values()],
              feeds: { [answersInput]: rows },
            };
          },
        },
      );
      try {
        const speed = new Map(weights.map((weight) => [weight, 0]));
        const least = new Map(weights.map((weight) => [weight, leastShare * normOf(values, weight)]));
        for (let step = 0; step < steps; step++) {
          const feeds = randomExamples(
            context.stream.child('metainit').child(step),
            batch,
            network.spec.input,
            outputs,
          );
          const names = [quotient.value, ...quotient.gradients.values()];
          const measured = await probe.measure(values, names, feeds);
          if (!Number.isFinite(measured[quotient.value][0])) {
            throw new OutsetError('starts.no_gradient', {
              start: name,
              layer: network.layers[0].name,
              gradient: measured[quotient.value][0],
            });
          }
          for (const weight of weights) {
            const data = values.get(weight)?.data ?? new Float32Array(0);
            const slope = dot(data, measured[quotient.gradients.get(weight) as string]);
            const moved = momentum * (speed.get(weight) ?? 0) - rate * Math.sign(slope);
            speed.set(weight, moved);
            const norm = normOf(values, weight);
            const factor = Math.max(least.get(weight) ?? 0, norm + moved) / (norm + epsilon);
            for (let i = 0; i < data.length; i++) data[i] *= factor;
          }
        }
      } finally {
        await probe.dispose();
      }
      return values;
    },
  };
}

/**
 * Appends the gradient quotient of a loss and its gradient.
 * @returns the quotient, a scalar, and its gradient with respect to each weight
 */
export function appendGradientQuotient(
  builder: GraphBuilder,
  loss: string,
  weights: readonly string[],
): { value: string; gradients: Map<string, string> } {
  const total = (parts: readonly string[]) => parts.reduce((sum, part) => builder.op('Add', [sum, part]));
  const gradients = appendGradient(builder, loss, weights);
  const each = weights.map((weight) => gradients.get(weight) as string);
  const half = builder.op('Mul', [
    total(each.map((g) => builder.op('ReduceSum', [builder.op('Mul', [g, g])], { keepdims: 0 }))),
    builder.scalar(0.5),
  ]);
  const products = appendGradient(builder, half, weights);
  const count = weights.reduce((sum, weight) => sum + elementCount(builder.dims(weight)), 0);
  const quotients = weights.map((weight, i) => {
    const g = each[i];
    const positive = builder.op('GreaterOrEqual', [g, builder.scalar(0)]);
    const shift = builder.op('Where', [positive, builder.scalar(epsilon), builder.scalar(-epsilon)]);
    const changed = builder.op('Sub', [g, products.get(weight) as string]);
    const share = builder.op('Div', [changed, builder.op('Add', [g, shift])]);
    const off = builder.op('Abs', [builder.op('Sub', [share, builder.scalar(1)])]);
    return builder.op('ReduceSum', [off], { keepdims: 0 });
  });
  const value = builder.op('Mul', [total(quotients), builder.scalar(1 / count)]);
  return { value, gradients: appendGradient(builder, value, weights) };
}

function randomExamples(stream: Stream, batch: number, input: readonly number[], outputs: number) {
  const dims = [batch, ...input];
  const answers = new Float32Array(batch * outputs);
  if (outputs < 2) stream.child('answers').normal(answers);
  else {
    const draws = stream.child('answers').uniform(new Float32Array(batch));
    for (let i = 0; i < batch; i++) answers[i * outputs + Math.floor(draws[i] * outputs)] = 1;
  }
  const features = stream.child('inputs').normal(new Float32Array(elementCount(dims)));
  return {
    [featuresInput]: tensor('float32', dims, features),
    [answersInput]: tensor('float32', [batch, outputs], answers),
  };
}

function normOf(values: DraftValues, weight: string): number {
  const data = values.get(weight)?.data ?? [];
  return Math.sqrt(dot(data, data));
}

export const metaInitDefinition: StartDefinition = {
  name: 'metainit',
  aliases: ['meta-init'],
  family: 'learned',
  needsData: true,
  parameters: {
    steps: number(500, { from: 1, whole: true }),
    rate: number(0.03, { above: 0 }),
    momentum: number(0.9, { from: 0, to: 0.999 }),
    batch: number(128, { from: 1, whole: true }),
    base: choice('he-normal', [
      'he-normal',
      'glorot-uniform',
      'lecun-normal',
      'orthogonal',
      'pytorch-default',
    ]),
  },
  formula: 'min over |W_l| of mean |(g - H g) / (g + ε sign g) - 1|, inputs N(0, 1), classes uniform',
  source: 'Dauphin & Schoenholz 2019, eq. 2, appendix A',
  preserves: ['update'],
  build: (name, { steps, rate, momentum, batch, base }) =>
    metaInit(name, {
      steps: Number(steps),
      rate: Number(rate),
      momentum: Number(momentum),
      batch: Number(batch),
      base: String(base),
    }),
};
