/**
 * Hinton & Salakhutdinov 2006, "Reducing the dimensionality of data with neural networks": the deep autoencoder
 * 784-1000-500-250-30 on MNIST, beside the same network without pre-training and beside principal components.
 */
import { type DbnLayerPlan, finetune, unrollAutoencoder } from '../../src/boltzmann/index.ts';
import { createNetwork } from '../../src/network/create-network.ts';
import type { Network, ParameterValues } from '../../src/network/network.ts';
import { threefry } from '../../src/random/index.ts';
import { nodeRuntime } from '../../src/runtime/node.ts';
import type { Runtime } from '../../src/runtime/runtime.ts';
import { parseStart } from '../../src/starts/index.ts';
import { tensor } from '../../src/tensor/tensor.ts';
import type { TrainingSpec } from '../../src/training/spec.ts';
import { type Digits, loadDigits, pixels, reconstructed } from './digits.ts';
import { binaryLayer, cd1, pretrainDigits } from './pretraining.ts';
import { principalComponentError } from './principal-components.ts';
import { type PartContext, type Study, type StudyRow, timeOf, timeRow } from './study.ts';

/** The encoder: three layers of binary units and a linear code with Gaussian noise. */
const layers: readonly DbnLayerPlan[] = [
  ...[1000, 500, 250].map((count) => binaryLayer(count, cd1)),
  { hidden: { kind: 'gaussian', count: 30 }, spec: { ...cd1, learningRate: 1e-3 }, weightStd: 0.1 },
];

/** What the same network starts from without pre-training; gain 4 suits sigmoid units. */
const ruleStart = 'glorot-uniform(gain=4)';

const spec: TrainingSpec = {
  loss: 'binary-cross-entropy',
  optimizer: { name: 'adamw', weightDecay: 0.05 },
  learningRate: 1e-3,
  schedule: { name: 'cosine' },
  batchSize: 100,
  epochs: 50,
};

/** Squared error an image, summed over pixels, mean over images: the unit of the paper's figures. */
async function squaredError(
  network: Network,
  values: ParameterValues,
  digits: Digits,
  runtime: Runtime,
): Promise<number> {
  const batch = 1000;
  const { builder, features, logits } = network.build(batch, 'inference');
  const images = builder.op('Sigmoid', [logits]);
  const error = builder.op('Sub', [images, features]);
  const sum = builder.op('ReduceSum', [builder.op('Mul', [error, error]), builder.ints([0, 1])], {
    keepdims: 0,
  });
  builder.output(sum);
  const program = await runtime.compile(builder.build());
  let total = 0;
  for (let first = 0; first < digits.test.count; first += batch) {
    const data = digits.test.features.slice(first * pixels, (first + batch) * pixels);
    const results = await program.run({
      ...Object.fromEntries(values),
      [features]: tensor('float32', [batch, pixels], data),
    });
    total += (results[sum].data as Float32Array)[0];
  }
  await program.dispose();
  return total / digits.test.count;
}

async function trained(
  network: Network,
  values: ParameterValues,
  digits: Digits,
  runtime: Runtime,
  { threads, say }: PartContext,
): Promise<number> {
  const result = await finetune({
    network,
    values,
    train: reconstructed(digits.train),
    test: reconstructed({
      ...digits.test,
      count: 2000,
      features: digits.test.features.subarray(0, 2000 * pixels),
    }),
    spec,
    stream: threefry(0),
    runtime,
    compile: { threads, flushSubnormals: true },
    onEpoch: ({ epoch, trainLoss, testLoss, seconds }) =>
      say(
        `epoch ${epoch}: cross-entropy a pixel ${trainLoss?.toFixed(5)}, test ${testLoss?.toFixed(5)}, ${seconds.toFixed(0)} s`,
      ),
  });
  return squaredError(network, result.values, digits, runtime);
}

/** Squared errors of a part: before and after fine-tuning. */
interface Errors {
  readonly before: number;
  readonly after: number;
}

async function runPart(part: string, context: PartContext): Promise<number | Errors> {
  const digits = await loadDigits();
  if (part === 'components') return principalComponentError(digits, 30);
  const runtime = await nodeRuntime();
  const { threads, say } = context;
  const unrolled = unrollAutoencoder(
    await pretrainDigits(digits, {
      layers: part === 'pretrained' ? layers : untrained,
      seed: 0,
      runtime,
      threads,
      say,
    }),
  );
  const network = createNetwork(unrolled.spec);
  const values =
    part === 'pretrained'
      ? unrolled.values
      : await parseStart(ruleStart).parameters(network, { stream: threefry(0) });
  const before = await squaredError(network, values, digits, runtime);
  say(`before fine-tuning: ${before.toFixed(3)}`);
  const after = await trained(network, values, digits, runtime, context);
  say(`after: ${after.toFixed(3)}`);
  return { before, after };
}

/** The layers without a single step of pre-training: only their shapes are used. */
const untrained = layers.map((layer) => ({ ...layer, spec: { ...layer.spec, epochs: 0 } }));

export const autoencoderStudy: Study = {
  name: 'autoencoder',
  title: 'Deep autoencoder 784-1000-500-250-30',
  source: 'Hinton & Salakhutdinov 2006, figure 2 B and the authors’ code (mnistdeepauto.m)',
  stages: [['pretrained', 'plain', 'components']],
  runPart,
  conclude: (parts) => {
    const rows: StudyRow[] = [];
    const notes: string[] = [];
    const pretrained = parts.get('pretrained');
    const plain = parts.get('plain');
    const components = parts.get('components')?.data as number | undefined;
    if (pretrained !== undefined) {
      const { before, after } = pretrained.data as Errors;
      rows.push(
        {
          what: 'squared error an image, test set',
          published: '3.00',
          bar: '<= 2.6',
          measured: after.toFixed(3),
          holds: after <= 2.6,
        },
        timeRow('processor minutes, pre-training included', 15, [pretrained]),
        { what: 'before fine-tuning', published: '', bar: null, measured: before.toFixed(3), holds: null },
      );
      notes.push(`Pre-trained: ${timeOf(pretrained)}.`);
    }
    if (plain !== undefined) {
      const { after } = plain.data as Errors;
      rows.push({
        what: `without pre-training, from \`${ruleStart}\`, the same fine-tuning`,
        published: '',
        bar: null,
        measured: after.toFixed(3),
        holds: null,
      });
      notes.push(`Without: ${timeOf(plain)}.`);
    }
    if (components !== undefined) {
      rows.push({
        what: '30 principal components',
        published: '13.87',
        bar: '13.866 ± 0.001',
        measured: components.toFixed(3),
        holds: Math.abs(components - 13.866) <= 0.0015,
      });
    }
    const shapes = layers.map(
      ({ hidden, spec: { epochs, learningRate } }) =>
        `${hidden.count} ${hidden.kind} units, ${epochs} epochs, rate ${learningRate}`,
    );
    return {
      rows,
      notes: [
        `Squared error summed over the 784 pixels in [0, 1], mean over the 10,000 test images. Pre-training: ${shapes.join('; ')}; CD-1, batch 100, momentum 0.5, then 0.9. Fine-tuning: cross-entropy, AdamW ${spec.learningRate}, weight decay 0.05, with a cosine to 0, batch ${spec.batchSize}, ${spec.epochs} epochs; seed 0.`,
        ...notes,
      ],
    };
  },
};
