/** What training really does with a case: the truth that a verdict is held against. */
import { type Dataset, makeDataset, type Split } from '../../../src/data/dataset.ts';
import { loadFashionMnist, loadMnist } from '../../../src/data/node/index.ts';
import { preprocess } from '../../../src/data/standardize.ts';
import { createNetwork, parseNetwork } from '../../../src/network/index.ts';
import type { Network, ParameterValues } from '../../../src/network/network.ts';
import { threefry } from '../../../src/random/index.ts';
import type { Runtime } from '../../../src/runtime/runtime.ts';
import { parseStart } from '../../../src/starts/index.ts';
import { tensor } from '../../../src/tensor/tensor.ts';
import type { Examples } from '../../../src/training/examples.ts';
import { createTrainer } from '../../../src/training/index.ts';
import type { Case } from './cases.ts';

export const planSteps = 3000;
/** Test accuracy at which a network counts as having learned. */
export const bars = { mnist: 0.9, 'fashion-mnist': 0.8 } as const;
/** Test accuracy half way from chance to what a good start reaches: below it a network has not learned. */
export const halfWay = 0.5;
/** Updates after which the whole test set is looked at. */
export const checkpoints = [250, 500, 750, 1000, 1500, 2000, 2500, 3000];

/** How one training went. */
export interface SeedTruth {
  /** Checkpoint at which the bar was reached first, or null. */
  readonly reachedAt: number | null;
  readonly bestAccuracy: number;
  /** Update at which a value was not finite, or null. */
  readonly brokeAt: number | null;
}

export class CaseData {
  readonly #loaded = new Map<string, Promise<Dataset>>();

  load({ data, preprocessing, side }: Case): Promise<Dataset> {
    const key = `${data} ${preprocessing} ${side}`;
    const found = this.#loaded.get(key);
    if (found !== undefined) return found;
    const read = data === 'mnist' ? loadMnist() : loadFashionMnist();
    const dataset = read.then((one) => preprocess(side === 28 ? one : halved(one), preprocessing));
    this.#loaded.set(key, dataset);
    return dataset;
  }
}

/** Means of 2 x 2 pixels. */
function halved(dataset: Dataset): Dataset {
  const shrink = (part: Split): Split => {
    const features = new Float32Array(part.count * 196);
    for (let i = 0; i < features.length; i++) {
      const image = Math.floor(i / 196) * 784;
      const row = Math.floor((i % 196) / 14);
      const corner = image + 56 * row + 2 * (i % 14);
      const { features: pixels } = part;
      features[i] = (pixels[corner] + pixels[corner + 1] + pixels[corner + 28] + pixels[corner + 29]) / 4;
    }
    return { ...part, features };
  };
  return makeDataset({
    ...dataset,
    exampleDims: [1, 14, 14],
    train: shrink(dataset.train),
    test: shrink(dataset.test),
  });
}

export function networkOf({ network, side }: Case): Network {
  const input = network.includes('x') ? [1, side, side] : [side ** 2];
  return createNetwork(parseNetwork(network, { input, outputs: 10 }));
}

/** A batch of training examples that belongs to a seed: what the doctor and data-driven starts see. */
export function batchOf(network: Network, { train }: Dataset, seed: number, count: number, name: string) {
  const rows = threefry(seed).child(name).permutation(train.count).subarray(0, count);
  const width = train.features.length / train.count;
  const features = new Float32Array(count * width);
  for (const [i, row] of rows.entries())
    features.set(train.features.subarray(row * width, (row + 1) * width), i * width);
  return {
    features: tensor('float32', [count, ...network.spec.input], features),
    labels: tensor(
      'int32',
      [count],
      Int32Array.from(rows, (row) => train.labels[row]),
    ),
  };
}

/** First weights of a case for one of its seeds. */
export function startOf(
  one: Case,
  network: Network,
  dataset: Dataset,
  seed: number,
  runtime: Runtime,
): Promise<ParameterValues> {
  const batch = batchOf(network, dataset, seed, 1000, 'start-batch').features;
  return parseStart(one.start).parameters(network, {
    stream: threefry(seed).child('weights'),
    batch,
    runtime,
  });
}

/**
 * Trains one seed for the 3,000 updates of the plan, but no further than the checkpoint at which the bar is reached or the
 * update at which a value is not finite: neither can change the answer afterwards.
 */
export async function trainSeed(
  one: Case,
  network: Network,
  parameters: ParameterValues,
  dataset: Dataset,
  seed: number,
  runtime: Runtime,
): Promise<SeedTruth> {
  const examples = (part: Dataset['train']): Examples => ({
    features: tensor('float32', [part.count, ...network.spec.input], part.features),
    answers: tensor('int32', [part.count], part.labels),
  });
  const trainer = await createTrainer({
    network,
    parameters,
    train: examples(dataset.train),
    test: examples(dataset.test),
    spec: {
      loss: 'softmax-cross-entropy',
      optimizer: one.optimizer,
      learningRate: one.learningRate,
      schedule: { name: 'constant' },
      batchSize: one.batchSize,
      epochs: Math.ceil((planSteps * one.batchSize) / dataset.train.count),
    },
    stream: threefry(seed),
    runtime,
    compile: { threads: 1, flushSubnormals: true },
  });
  let bestAccuracy = 0;
  try {
    for (const checkpoint of checkpoints) {
      while (trainer.step < checkpoint) {
        await trainer.trainStep();
        if (trainer.finding !== null) return { reachedAt: null, bestAccuracy, brokeAt: trainer.step };
      }
      const accuracy = (await trainer.evaluate()).accuracy ?? 0;
      bestAccuracy = Math.max(bestAccuracy, accuracy);
      if (accuracy >= bars[one.data]) return { reachedAt: checkpoint, bestAccuracy, brokeAt: null };
    }
    return { reachedAt: null, bestAccuracy, brokeAt: null };
  } finally {
    await trainer.dispose();
  }
}

/** Two seeds that agree decide what the majority of three says, so the third is trained only where they do not. */
export async function truthOf(
  one: Case,
  dataset: Dataset,
  runtime: Runtime,
  most = 3,
): Promise<SeedTruth[] | { readonly failed: string }> {
  const network = networkOf(one);
  const truths: SeedTruth[] = [];
  for (const seed of one.seeds.slice(0, most)) {
    let parameters: ParameterValues;
    try {
      parameters = await startOf(one, network, dataset, seed, runtime);
    } catch (error) {
      return { failed: String(error) };
    }
    truths.push(await trainSeed(one, network, parameters, dataset, seed, runtime));
    if (truths.length === 2 && outcomeOf(truths[0]) === outcomeOf(truths[1])) break;
  }
  return truths;
}

/** What training made of a network. */
export type Outcome = 'learns' | 'learns-slowly' | 'will-not-learn';

function outcomeOf({ reachedAt, bestAccuracy }: SeedTruth): Outcome {
  return reachedAt !== null ? 'learns' : bestAccuracy >= halfWay ? 'learns-slowly' : 'will-not-learn';
}

/** What most of the seeds did; the middle one where all three differ. */
export function majority(truths: readonly SeedTruth[]): Outcome {
  const outcomes = truths.map(outcomeOf);
  const most = (wanted: readonly Outcome[]) =>
    outcomes.filter((one) => wanted.includes(one)).length > outcomes.length / 2;
  if (most(['learns'])) return 'learns';
  return most(['learns', 'learns-slowly']) ? 'learns-slowly' : 'will-not-learn';
}
