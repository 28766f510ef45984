/**
 * Hinton & Salakhutdinov 2006, "Reducing the dimensionality of data with neural networks", the classifier of the
 * supporting material: 784-500-500-2000-10, pre-trained and fine-tuned on all of MNIST without knowledge of geometry.
 */
import { type Dbn, dbnClassifier, finetune } from '../../src/boltzmann/index.ts';
import { createNetwork } from '../../src/network/create-network.ts';
import { threefry } from '../../src/random/index.ts';
import { nodeRuntime } from '../../src/runtime/node.ts';
import type { Runtime } from '../../src/runtime/runtime.ts';
import type { TrainingSpec } from '../../src/training/spec.ts';
import { meanWithInterval } from './classifier-table.ts';
import { type Digits, labelled, loadDigits } from './digits.ts';
import { binaryLayer, cd1, pretrainDigits } from './pretraining.ts';
import { median, type PartContext, type PartResults, percent, type Study, timeOf, timeRow } from './study.ts';

export const classes = 10;
export const widths = [500, 500, 2000];
export const seedParts = ['seed-0', 'seed-1', 'seed-2'];

export const pretrainEpochs = [30, 30, 30];
export const plain = { learningRate: 1e-3, epochs: 25, batchSize: 100 };
const dropout = { learningRate: 1e-3, epochs: 100, batchSize: 100, input: 0.2, hidden: 0.4 };
/** Chosen with 50,000 training examples on the 10,000 others: 1.27 % without, 1.03 % with it at the same rate. */
export const labelSmoothing = 0.1;

/** Adam with a cosine to 0, and smoothed labels. */
export function adam(learningRate: number, epochs: number, batchSize: number): TrainingSpec {
  return {
    loss: 'softmax-cross-entropy',
    labelSmoothing,
    optimizer: { name: 'adam' },
    learningRate,
    schedule: { name: 'cosine' },
    batchSize,
    epochs,
  };
}

/** W ~ N(0, 0.1²), as in the authors' code. */
export function pretrainedDigits(
  digits: Digits,
  seed: number,
  runtime: Runtime,
  { threads, say }: PartContext,
): Promise<Dbn> {
  const layers = widths.map((width, i) => binaryLayer(width, { ...cd1, epochs: pretrainEpochs[i] }, 0.1));
  return pretrainDigits(digits, { layers, seed, runtime, threads, say });
}

/** Test error after the last epoch. */
async function runSeed(part: string, withDropout: boolean, context: PartContext): Promise<number> {
  const seed = Number(part.slice('seed-'.length));
  const digits = await loadDigits();
  const runtime = await nodeRuntime();
  const dbn = await pretrainedDigits(digits, seed, runtime, context);
  const { learningRate, epochs, batchSize } = withDropout ? dropout : plain;
  const masks = withDropout ? { inputDropout: dropout.input, hiddenDropout: dropout.hidden } : {};
  const { spec, values } = dbnClassifier(dbn, { classes, ...masks });
  const { test } = await finetune({
    network: createNetwork(spec),
    values,
    train: labelled(digits.train),
    test: labelled(digits.test),
    spec: { ...adam(learningRate, epochs, batchSize), labelSmoothing: withDropout ? 0 : labelSmoothing },
    stream: threefry(seed),
    runtime,
    compile: { threads: context.threads, flushSubnormals: true },
    onEpoch: ({ epoch, trainLoss, testAccuracy, seconds }) =>
      context.say(
        `epoch ${epoch}: loss ${trainLoss?.toPrecision(3)}, test error ${percent(1 - (testAccuracy ?? 0))}, ${seconds.toFixed(0)} s`,
      ),
  });
  return 1 - (test.accuracy ?? 0);
}

export const recipe = `Pre-training: CD-1, W ~ N(0, 0.1²), batch 100, rate 0.1, momentum 0.5, from the sixth epoch 0.9, weight decay 2e-4, ${pretrainEpochs.join(', ')} epochs; the next layer learns one sampled state of the one below for every image. Pixels are grey levels / 255. Nothing was selected on the test set: an error is that after the last epoch.`;

function seedTable(parts: PartResults): string {
  const rows = [...parts].map(
    ([part, result]) => `| ${part} | ${percent(result.data as number)} | ${timeOf(result)} |`,
  );
  return `| seed | test error | time, pre-training included |\n|---|---|---|\n${rows.join('\n')}`;
}

const errorsOf = (parts: PartResults): number[] => [...parts.values()].map(({ data }) => data as number);

/** The pre-trained classifier, with plain fine-tuning. */
export const classifierStudy: Study = {
  name: 'classifier',
  title: '784-500-500-2000-10, pre-trained and fine-tuned',
  source: 'Hinton & Salakhutdinov 2006, supporting material, and the authors’ code (mnistclassify.m)',
  stages: [seedParts],
  runPart: (part, context) => runSeed(part, false, context),
  conclude: (parts) => {
    const error = median(errorsOf(parts));
    const what = `test error, median of ${parts.size} seed${parts.size === 1 ? '' : 's'}`;
    return {
      rows: [
        { what, published: '1.2 %', bar: '<= 1.15 %', measured: percent(error), holds: error <= 0.01155 },
        timeRow('processor minutes a seed', 15, [...parts.values()]),
        { what: 'mean', published: '', bar: null, measured: meanWithInterval(errorsOf(parts)), holds: null },
      ],
      notes: [
        recipe,
        `Fine-tuning: Adam, rate ${plain.learningRate} with a cosine to 0, ${plain.epochs} epochs, batch ${plain.batchSize}, label smoothing ${labelSmoothing}.`,
        seedTable(parts),
      ],
    };
  },
};

/** The pre-trained classifier, fine-tuned with dropout. */
export const dropoutStudy: Study = {
  name: 'classifier-dropout',
  title: '784-500-500-2000-10, pre-trained, fine-tuned with dropout',
  source: 'Srivastava et al. 2014 (a deep belief net with dropout: 0.92 %); github.com/melisgl/mgl (1.04 %)',
  stages: [seedParts],
  runPart: (part, context) => runSeed(part, true, context),
  conclude: (parts) => {
    const error = median(errorsOf(parts));
    const what = `test error, median of ${parts.size} seed${parts.size === 1 ? '' : 's'}`;
    const { learningRate, epochs, batchSize, input, hidden } = dropout;
    return {
      rows: [
        {
          what,
          published: '0.92 to 1.04 %',
          bar: '<= 0.95 %',
          measured: percent(error),
          holds: error <= 0.00955,
        },
        { what: 'mean', published: '', bar: null, measured: meanWithInterval(errorsOf(parts)), holds: null },
      ],
      notes: [
        recipe,
        `Fine-tuning: dropout ${input} on the pixels and ${hidden} on hidden units, Adam, rate ${learningRate} with a cosine to 0, ${epochs} epochs, batch ${batchSize}.`,
        seedTable(parts),
      ],
    };
  },
};
