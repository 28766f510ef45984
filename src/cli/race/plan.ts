import type { Dataset } from '../../data/dataset.ts';
import { OutsetError } from '../../messages/index.ts';
import { createNetwork } from '../../network/create-network.ts';
import { parseNetworkSpec } from '../../network/parse-spec.ts';
import { parseNetwork } from '../../network/shorthand.ts';
import type { NetworkSpec } from '../../network/spec.ts';
import type { RaceSpec } from '../../race/result.ts';
import { defaultStarts } from '../../starts/default-starts.ts';
import { parseStart } from '../../starts/registry.ts';
import { elementCount } from '../../tensor/tensor.ts';
import { readJsonFile } from '../read-json-file.ts';
import {
  oneOf,
  parseEarlyStopping,
  parseLabelSmoothing,
  parseLoss,
  parseOptimizer,
  parseSchedule,
  parseSeeds,
  type RaceOptions,
  realNumber,
  wholeNumber,
} from './options.ts';

/** Checks everything of the options that needs no data, so that a mistyped start fails before a long download or read. */
export function checkOptions(options: RaceOptions): void {
  startsOf(options);
  parseSeeds(options.seed, options.seeds);
  parseOptimizer(options.optimizer, options.weightDecay);
  parseSchedule(options.schedule);
  realNumber('--lr', options.lr, { above: 0 });
  wholeNumber('--batch', options.batch, 1);
  wholeNumber('--epochs', options.epochs, 1);
  if (options.threads !== undefined) wholeNumber('--threads', options.threads, 1);
}

/** The race that the options describe on this data: everything that decides its numbers. */
export function planRace(options: RaceOptions, dataset: Dataset): RaceSpec {
  for (const part of ['train', 'test'] as const) {
    if (dataset[part].count === 0) {
      throw new OutsetError('race.too_few_examples', { data: options.data, split: part, count: 0 });
    }
  }
  if (dataset.task.kind === 'unlabelled') throw new OutsetError('race.needs_answers', { data: options.data });
  const outputs = dataset.task.kind === 'classification' ? dataset.task.classes.length : dataset.task.outputs;
  const network = networkOf(options, dataset, outputs);
  checkFit(network, dataset, outputs);
  return {
    data: options.data,
    preprocessing: options.standardize === true ? 'standardize' : 'none',
    network,
    starts: startsOf(options),
    stream: oneOf('--stream', options.stream, ['threefry', 'numpy-legacy'] as const),
    training: {
      loss: parseLoss(options.loss, dataset.name, dataset.task.kind),
      ...parseLabelSmoothing(options.labelSmoothing),
      optimizer: parseOptimizer(options.optimizer, options.weightDecay),
      learningRate: realNumber('--lr', options.lr, { above: 0 }),
      schedule: parseSchedule(options.schedule),
      batchSize: wholeNumber('--batch', options.batch, 1),
      epochs: wholeNumber('--epochs', options.epochs, 1),
    },
    ...parseEarlyStopping(options, dataset.train.count),
    seeds: parseSeeds(options.seed, options.seeds),
  };
}

/** Canonical names of the wanted starts, each once. */
function startsOf(options: RaceOptions): string[] {
  const wanted = options.start ?? defaultStarts;
  return [...new Set(wanted.map((text) => parseStart(text).name))];
}

function networkOf(options: RaceOptions, dataset: Dataset, outputs: number): NetworkSpec {
  const inputs = elementCount(dataset.exampleDims);
  const text = options.network ?? defaultNetwork(inputs, outputs);
  if (text.endsWith('.json')) return parseNetworkSpec(readJsonFile(text));
  return parseNetwork(text, { input: [...dataset.exampleDims], outputs });
}

/** The lecture's net for images and other wide data, a small one for points in the plane. */
function defaultNetwork(inputs: number, outputs: number): string {
  return inputs >= 64 ? `${inputs}-256-256-${outputs}:relu` : `${inputs}-16-16-${outputs}:relu`;
}

function checkFit(spec: NetworkSpec, dataset: Dataset, outputs: number): void {
  const network = createNetwork(spec);
  const inputs = elementCount(dataset.exampleDims);
  const misfit = (what: 'input' | 'output', expected: number, got: number) =>
    new OutsetError('race.network_does_not_fit_data', {
      what,
      network: network.title,
      data: dataset.name,
      expected,
      got,
    });
  if (elementCount(spec.input) !== inputs) throw misfit('input', inputs, elementCount(spec.input));
  if (elementCount(network.outputDims) !== outputs)
    throw misfit('output', outputs, elementCount(network.outputDims));
}
