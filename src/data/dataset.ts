/**
 * What every reader of data returns: two parts, plain arrays, row-major, already in the numbers that a network eats.
 * A dataset is plain data, so it can be posted to a worker thread as it is.
 */

import { OutsetError } from '../messages/error.ts';
import type { SplitName } from '../messages/issues/data.ts';
import { ContentDigest, firstNonFinite } from './digest.ts';

/** What is to be learned. */
export type Task =
  | { readonly kind: 'classification'; readonly classes: readonly string[] }
  | { readonly kind: 'regression'; readonly outputs: number }
  /** Nothing but the examples themselves: for learning without labels. */
  | { readonly kind: 'unlabelled' };

/** One part of a dataset, `count` examples. */
export interface Split {
  readonly count: number;
  /** Shape `[count, ...exampleDims]`, row-major. */
  readonly features: Float32Array;
  /** Shape `[count]`, class numbers from 0; empty unless the task is classification. */
  readonly labels: Int32Array;
  /** Shape `[count, outputs]`; only for regression. */
  readonly targets?: Float32Array;
  /** Shape `[count]`: how much each example counts, above 0; 1 each when absent. */
  readonly weights?: Float32Array;
}

/** Examples to learn from and examples to judge by. */
export interface Dataset {
  readonly name: string;
  readonly train: Split;
  readonly test: Split;
  /** Shape of one example without the batch axis, e.g. `[1, 28, 28]` (channels first). */
  readonly exampleDims: readonly number[];
  readonly task: Task;
  /** Where features are category numbers: the names of each column's categories. */
  readonly categories?: readonly (readonly string[])[];
  /** One line for people. */
  readonly description: string;
  /** 16 hexadecimal digits that change with the content; for resuming and for the keys of runs. */
  readonly digest: string;
}

/** The most numbers that all features of one part may be (4 GiB as float32). */
export const mostNumbers = 2 ** 30;

/** Numbers in one example. */
export function exampleSize(exampleDims: readonly number[]): number {
  return exampleDims.reduce((product, length) => product * length, 1);
}

/**
 * Checks the parts and computes the digest. Nothing is copied.
 * @throws data.example_dims, data.classes, data.empty, data.length, data.not_finite, data.label_range, data.weight
 */
export function makeDataset(parts: Omit<Dataset, 'digest'>): Dataset {
  const { name: where, exampleDims, task } = parts;
  if (exampleDims.length === 0 || exampleDims.some((length) => !Number.isSafeInteger(length) || length < 1)) {
    throw new OutsetError('data.example_dims', { where, got: [...exampleDims] });
  }
  if (task.kind === 'classification' && task.classes.length < 2) {
    throw new OutsetError('data.classes', { where, got: task.classes.length });
  }
  const digest = new ContentDigest();
  digest.text(JSON.stringify([exampleDims, task]));
  for (const split of ['train', 'test'] as const) checkSplit(parts[split], split, parts, digest);
  return { ...parts, digest: digest.finish() };
}

function checkSplit(
  part: Split,
  split: SplitName,
  dataset: Omit<Dataset, 'digest'>,
  digest: ContentDigest,
): void {
  const { name: where, exampleDims, task } = dataset;
  const { count, features, labels, targets } = part;
  if (!Number.isSafeInteger(count) || count < 1) throw new OutsetError('data.empty', { where, split, count });
  const size = exampleSize(exampleDims);
  const needLength = (what: string, expected: number, got: number): void => {
    if (got !== expected) throw new OutsetError('data.length', { where, split, part: what, expected, got });
  };
  const needFinite = (what: string, values: Float32Array, perExample: number): void => {
    const at = firstNonFinite(values);
    if (at < 0) return;
    const example = Math.floor(at / perExample);
    throw new OutsetError('data.not_finite', {
      where,
      split,
      part: what,
      example,
      value: String(values[at]),
    });
  };
  needLength('features', count * size, features.length);
  if (digest.floats(features)) needFinite('features', features, size);
  if (part.weights !== undefined) {
    needLength('weights', count, part.weights.length);
    const example = part.weights.findIndex((weight) => !(weight > 0 && Number.isFinite(weight)));
    if (example >= 0) {
      const got = String(part.weights[example]);
      throw new OutsetError('data.weight', { where, split, example, got });
    }
    digest.floats(part.weights);
  }
  if (task.kind === 'regression') {
    needLength('labels', 0, labels.length);
    needLength('targets', count * task.outputs, targets?.length ?? 0);
    if (targets !== undefined && digest.floats(targets)) needFinite('targets', targets, task.outputs);
    return;
  }
  if (task.kind === 'unlabelled') {
    needLength('labels', 0, labels.length);
    return;
  }
  needLength('labels', count, labels.length);
  for (let example = 0; example < count; example++) {
    if (labels[example] < 0 || labels[example] >= task.classes.length) {
      const details = { where, split, example, classes: task.classes.length, got: labels[example] };
      throw new OutsetError('data.label_range', details);
    }
  }
  digest.words(new Uint32Array(labels.buffer, labels.byteOffset, labels.length));
}
