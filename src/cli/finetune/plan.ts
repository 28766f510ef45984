import { dbnClassifier, type NetworkWithValues, unrollAutoencoder } from '../../boltzmann/dbn/to-network.ts';
import type { Dbn } from '../../boltzmann/dbn.ts';
import type { StoredModel } from '../../boltzmann/model-file.ts';
import type { Dataset } from '../../data/dataset.ts';
import { OutsetError } from '../../messages/index.ts';
import type { RaceSpec } from '../../race/result.ts';
import { parseStart } from '../../starts/registry.ts';
import type { TrainingSpec } from '../../training/spec.ts';
import {
  parseEarlyStopping,
  parseLabelSmoothing,
  parseOptimizer,
  parseSchedule,
  parseSeeds,
  realNumber,
  wholeNumber,
} from '../race/options.ts';
import type { FinetuneOptions } from './options.ts';

/** What the contestant with the pre-trained weights is called. */
export const pretrained = 'pretrained';

/** Starts of the same network that pre-training has to beat: random as frameworks do it, Xavier, He. */
const rivals: readonly string[] = ['pytorch-default', 'glorot-uniform', 'he-normal'];

const leastSteps = 3000;
const mostEpochs = 300;

/** The race of the pre-trained net against other starts of the same network, and its first weights. */
export function planFinetune(
  options: FinetuneOptions,
  model: StoredModel,
  dataset: Dataset,
): { spec: RaceSpec; start: NetworkWithValues } {
  const dbn: Dbn = { layers: model.layers, labels: model.labels };
  const start = options.autoencoder === true ? unrollAutoencoder(dbn) : classifierOf(options, dbn, dataset);
  const others = (options.start ?? rivals).map((text) => parseStart(text).name);
  return {
    start,
    spec: {
      data: options.data ?? '',
      preprocessing: 'none',
      network: start.spec,
      starts: [pretrained, ...new Set(others)],
      stream: 'threefry',
      training: trainingOf(options, model, dataset),
      ...parseEarlyStopping(options, dataset.train.count),
      seeds: parseSeeds(options.seed, options.seeds),
    },
  };
}

function classifierOf(options: FinetuneOptions, dbn: Dbn, { task }: Dataset): NetworkWithValues {
  const classes = task.kind === 'classification' ? task.classes.length : 0;
  return dbnClassifier(dbn, { classes, ...dropoutOf(options.dropout) });
}

/** `0.5` for hidden units (then 0.2 for inputs), or `inputs,hidden`. */
function dropoutOf(text: string | undefined): { inputDropout?: number; hiddenDropout?: number } {
  if (text === undefined) return {};
  const rates = text.split(',').map((part) => realNumber('--dropout', part, { from: 0 }));
  if (rates.length > 2 || rates.some((rate) => rate >= 1)) {
    const expected = '0 <= x < 1, or inputs,hidden: 0.2,0.5';
    throw new OutsetError('race.bad_option', { option: '--dropout', got: text, expected });
  }
  return rates.length === 1
    ? { inputDropout: rates[0] > 0 ? 0.2 : 0, hiddenDropout: rates[0] }
    : { inputDropout: rates[0], hiddenDropout: rates[1] };
}

function trainingOf(options: FinetuneOptions, model: StoredModel, dataset: Dataset): TrainingSpec {
  const examples = dataset.train.count;
  const batchSize = wholeNumber('--batch', options.batch, 1);
  if (batchSize > examples) {
    const details = { data: options.data ?? '', batch: batchSize, count: examples };
    throw new OutsetError('cli.batch_larger_than_data', details);
  }
  const dropout = options.dropout !== undefined;
  const usualEpochs = Math.max(dropout ? 60 : 30, Math.ceil(leastSteps / Math.ceil(examples / batchSize)));
  const usualRate = options.autoencoder === true || dropout ? 1e-3 : 5e-4;
  const { kind } = model.layers[0].rbm.visible;
  return {
    loss:
      options.autoencoder !== true
        ? 'softmax-cross-entropy'
        : kind === 'bernoulli'
          ? 'binary-cross-entropy'
          : 'mean-squared-error',
    ...parseLabelSmoothing(options.labelSmoothing),
    optimizer: parseOptimizer(options.optimizer, options.weightDecay),
    learningRate: options.lr === undefined ? usualRate : realNumber('--lr', options.lr, { above: 0 }),
    schedule: parseSchedule(options.schedule),
    batchSize,
    epochs:
      options.epochs === undefined
        ? Math.min(mostEpochs, usualEpochs)
        : wholeNumber('--epochs', options.epochs, 1),
  };
}
