import { denseRows } from '../../boltzmann/convert-rows.ts';
import { chooseLabelled } from '../../boltzmann/dbn/label-subset.ts';
import type { StoredModel } from '../../boltzmann/model-file.ts';
import { rowsFromFeatures } from '../../boltzmann/rows-from-features.ts';
import { stateWidth } from '../../boltzmann/units/unit-spec.ts';
import { type Dataset, exampleSize, makeDataset, type Split } from '../../data/dataset.ts';
import { takeExamples } from '../../data/split.ts';
import { standardize } from '../../data/standardize.ts';
import { OutsetError } from '../../messages/index.ts';
import { openStream } from '../../random/open-stream.ts';

export interface ModelDatasetOptions {
  /** Training labels that are used, as many of each class; all when undefined. */
  readonly labels: number | undefined;
  /** Examples are their own targets. */
  readonly autoencoder: boolean;
  /** Decides which labels are used. */
  readonly seed: number;
}

/**
 * Data as the visible units of a stored model take them, with a subset of the labels or the examples as targets.
 * @param names what model and data are called in messages
 * @throws cli.model_does_not_fit_data, cli.labels_needed, boltzmann.bad_state, dbn.too_few_labelled
 */
export function datasetForModel(
  dataset: Dataset,
  model: StoredModel,
  names: { readonly data: string; readonly model: string },
  options: ModelDatasetOptions,
): Dataset {
  const { shape } = model.about.data;
  if (dataset.exampleDims.join() !== shape.join()) {
    const [expected, got] = [shape.join(', '), dataset.exampleDims.join(', ')];
    throw new OutsetError('cli.model_does_not_fit_data', { ...names, expected, got });
  }
  const { visible } = model.layers[0].rbm;
  const units =
    model.layers.length === 1 && model.labels > 0
      ? { ...visible, count: visible.count - model.labels }
      : visible;
  const stream = openStream('threefry', options.seed);
  const features = ({ count, features: numbers }: Split): Float32Array => {
    const { standardization } = model;
    const scaled = standardization === undefined ? numbers : standardize(numbers, standardization);
    const width = exampleSize(dataset.exampleDims);
    return denseRows(units, rowsFromFeatures(units, 'grey', { count, width, features: scaled }, stream)).data;
  };
  const width = stateWidth(units);
  const part = (split: Split): Split => {
    const numbers = features(split);
    if (!options.autoencoder) return { ...split, features: numbers };
    return { count: split.count, features: numbers, labels: new Int32Array(0), targets: numbers };
  };
  const { digest: _, task, ...rest } = dataset;
  const exampleDims = [width];
  if (options.autoencoder) {
    return makeDataset({
      ...rest,
      exampleDims,
      train: part(dataset.train),
      test: part(dataset.test),
      task: { kind: 'regression', outputs: width },
    });
  }
  if (task.kind !== 'classification') {
    throw new OutsetError('cli.labels_needed', { option: 'outset finetune', data: names.data });
  }
  const chosen =
    options.labels === undefined
      ? dataset.train
      : takeExamples(
          dataset.train,
          chooseLabelled(dataset.train.labels, {
            count: options.labels,
            classes: task.classes.length,
            stream: stream.child('labels'),
          }),
        );
  return makeDataset({ ...rest, exampleDims, train: part(chosen), test: part(dataset.test), task });
}
