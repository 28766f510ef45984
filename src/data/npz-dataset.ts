/** Datasets from numpy archives. */

import { readNpz } from '../formats/npz.ts';
import type { Language } from '../messages/define.ts';
import { OutsetError } from '../messages/error.ts';
import { dataLabels } from '../messages/labels/data.ts';
import type { Stream } from '../random/stream.ts';
import { elementCount, type Tensor } from '../tensor/tensor.ts';
import { type Dataset, makeDataset, type Split, type Task } from './dataset.ts';
import { numberedClasses, unitPixels } from './digit-images.ts';
import { splitIndices, takeExamples } from './split.ts';

/** Where the channels of images of four axes are. */
export type ImageLayout = 'channels-first' | 'channels-last';

export interface NpzDatasetOptions {
  /** The file's name, for error messages. */
  readonly where?: string;
  /** Name of the dataset; default the file's name. */
  readonly name?: string;
  /** Needed for arrays `[count, ., ., .]`, which do not say it themselves. */
  readonly layout?: ImageLayout;
  /** Part of the examples to judge by, when the archive has no test arrays; default 0.2. */
  readonly testFraction?: number;
  /** The most bytes that the archive may unpack to; default 4 GiB. */
  readonly maxBytes?: number;
  /** Language of the description; default English. */
  readonly language?: Language;
}

/**
 * Reads arrays `x_train`, `y_train`, `x_test`, `y_test` (as Keras' mnist.npz), or `x` and `y` with a seeded split.
 * Where the archive has no `y` arrays at all, the data set is unlabelled.
 *
 * - features: uint8 arrays are pixels and divided by 255, all others stay; `[count, n]` and `[count, channels, n]` as
 *   they are told apart below: two axes are plain features, three are images of one channel `[1, rows, columns]`, four
 *   are images with channels, turned channels-first.
 * - weights of the examples: `w_train` and `w_test`, or `w`, may be there, shape `[count]`, numbers above 0.
 * - labels: whole-number types, shape `[count]` or `[count, 1]`, are classes from 0; float types are quantities to be
 *   predicted, shape `[count]` or `[count, outputs]`.
 * @param stream draws the split
 * @throws data.npz_arrays, data.npz_shape, data.image_layout, data.count_mismatch, and the errors of readNpz
 */
export function npzDataset(bytes: Uint8Array, stream: Stream, options: NpzDatasetOptions = {}): Dataset {
  const where = options.where ?? 'npz';
  const name = options.name ?? where;
  const arrays = readNpz(bytes, { where, maxBytes: options.maxBytes });
  const labelled = ['y', 'y_train', 'y_test'].some((name) => arrays.has(name));
  const read = (x: string, y: string): Part | undefined => {
    const features = arrays.get(x);
    const answers = arrays.get(y);
    if (features === undefined || (answers === undefined && labelled)) return undefined;
    const part = partOf({ where, x, y, layout: options.layout }, features, answers);
    const name = x.replace('x', 'w');
    const weights = arrays.get(name);
    if (weights !== undefined && weights.dims.join() !== String(part.split.count)) {
      const [expected, got] = [`[${part.split.count}]`, [...weights.dims]];
      throw new OutsetError('data.npz_shape', { where, name, expected, got });
    }
    return weights === undefined
      ? part
      : {
          ...part,
          split: {
            ...part.split,
            weights: Float32Array.from({ length: part.split.count }, (_, i) => Number(weights.data[i])),
          },
        };
  };
  const whole = read('x', 'y');
  const given = [read('x_train', 'y_train'), read('x_test', 'y_test')];
  const [train, test] =
    given[0] && given[1] ? [given[0], given[1]] : splitOf(whole, stream, options.testFraction);
  if (train === undefined || test === undefined) {
    throw new OutsetError('data.npz_arrays', { where, got: [...arrays.keys()] });
  }
  if (train.dims.join() !== test.dims.join() || train.outputs !== test.outputs) {
    const expected = `[${['count', ...train.dims].join(', ')}]`;
    throw new OutsetError('data.npz_shape', {
      where,
      name: 'x_test',
      expected,
      got: [test.split.count, ...test.dims],
    });
  }
  const task: Task = !labelled
    ? { kind: 'unlabelled' }
    : train.outputs === 0
      ? { kind: 'classification', classes: numberedClasses(train.split.labels, test.split.labels) }
      : { kind: 'regression', outputs: train.outputs };
  const describe = dataLabels.file[options.language ?? 'en'];
  const counts = { train: train.split.count, test: test.split.count };
  const description = describe({ name, ...counts, dims: train.dims });
  return makeDataset({
    name,
    train: train.split,
    test: test.split,
    exampleDims: train.dims,
    task,
    description,
  });
}

interface Part {
  readonly split: Split;
  readonly dims: readonly number[];
  /** 0 unless the task is regression. */
  readonly outputs: number;
}

interface Source {
  readonly where: string;
  readonly x: string;
  readonly y: string;
  readonly layout: ImageLayout | undefined;
}

function splitOf(whole: Part | undefined, stream: Stream, testFraction = 0.2): (Part | undefined)[] {
  if (whole === undefined) return [undefined, undefined];
  const { train, test } = splitIndices(stream, whole.split.count, testFraction);
  return [train, test].map((indices) => ({ ...whole, split: takeExamples(whole.split, indices) }));
}

function partOf(source: Source, x: Tensor, y: Tensor | undefined): Part {
  const { where } = source;
  const { features, dims } = featuresOf(source, x);
  const count = x.dims[0];
  if (y === undefined) return { split: { count, features, labels: new Int32Array(0) }, dims, outputs: 0 };
  const outputs = y.dims.length === 1 ? 1 : y.dims[1];
  const isQuantity = y.dtype === 'float32' || y.dtype === 'float64';
  if (y.dims.length < 1 || y.dims.length > 2 || (!isQuantity && outputs !== 1)) {
    const expected = isQuantity ? '[count] or [count, outputs]' : '[count] or [count, 1]';
    throw new OutsetError('data.npz_shape', { where, name: source.y, expected, got: [...y.dims] });
  }
  if (y.dims[0] !== count) {
    throw new OutsetError('data.count_mismatch', { where, features: count, labels: y.dims[0] });
  }
  if (isQuantity) {
    const targets = Float32Array.from(y.data as Float32Array);
    return { split: { count, features, labels: new Int32Array(0), targets }, dims, outputs };
  }
  return { split: { count, features, labels: classNumbers(source, y) }, dims, outputs: 0 };
}

/** Labels above this are surely not class numbers. */
const mostClasses = 1_000_000;

function classNumbers({ where, y: name }: Source, { data }: Tensor): Int32Array {
  const labels = new Int32Array(data.length);
  for (let i = 0; i < data.length; i++) {
    const label = Number(data[i]);
    if (label < 0 || label >= mostClasses) {
      const details = {
        where: `${where}: ${name}`,
        split: 'train',
        example: i,
        classes: mostClasses,
        got: label,
      } as const;
      throw new OutsetError('data.label_range', details);
    }
    labels[i] = label;
  }
  return labels;
}

function featuresOf(source: Source, x: Tensor): { features: Float32Array; dims: number[] } {
  const { where, layout } = source;
  const [count, ...shape] = x.dims;
  if (shape.length < 1 || shape.length > 3 || elementCount(x.dims) === 0) {
    const expected = '[count, features], [count, rows, columns] or, for images with channels, 4 axes';
    throw new OutsetError('data.npz_shape', { where, name: source.x, expected, got: [...x.dims] });
  }
  const features = asFloats(x);
  if (shape.length === 1) return { features, dims: shape };
  if (shape.length === 2) return { features, dims: [1, ...shape] };
  if (layout === undefined) throw new OutsetError('data.image_layout', { where, dims: [...x.dims] });
  if (layout === 'channels-first') return { features, dims: shape };
  const [rows, columns, channels] = shape;
  return {
    features: channelsFirst(features, count, rows * columns, channels),
    dims: [channels, rows, columns],
  };
}

function asFloats({ dtype, data }: Tensor): Float32Array {
  if (dtype === 'uint8') return unitPixels(data as Uint8Array);
  const out = new Float32Array(data.length);
  for (let i = 0; i < data.length; i++) out[i] = Number(data[i]);
  return out;
}

function channelsFirst(source: Float32Array, count: number, pixels: number, channels: number): Float32Array {
  const out = new Float32Array(source.length);
  let from = 0;
  for (let image = 0; image < count; image++) {
    for (let pixel = 0; pixel < pixels; pixel++) {
      for (let channel = 0; channel < channels; channel++) {
        out[(image * channels + channel) * pixels + pixel] = source[from++];
      }
    }
  }
  return out;
}
