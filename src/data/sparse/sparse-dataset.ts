/** A dataset whose examples are kept sparse, for learners that gain from it, and the way back to a dense one. */

import type { Language } from '../../messages/define.ts';
import { OutsetError } from '../../messages/error.ts';
import { dataLabels } from '../../messages/labels/data.ts';
import type { Stream } from '../../random/stream.ts';
import { type Dataset, makeDataset, mostNumbers, type Split, type Task } from '../dataset.ts';
import { ContentDigest } from '../digest.ts';
import { splitIndices } from '../split.ts';
import { checkSparseMatrix, denseRows, type SparseMatrix, takeSparseRows } from './sparse-matrix.ts';

export interface SparseSplit {
  readonly matrix: SparseMatrix;
  /** As in {@link Split}. */
  readonly labels: Int32Array;
}

export interface SparseDataset {
  readonly name: string;
  readonly train: SparseSplit;
  readonly test: SparseSplit;
  readonly width: number;
  readonly task: Task;
  readonly description: string;
  readonly digest: string;
}

/** What a reader of a sparse file found. */
export interface SparseExamples {
  readonly matrix: SparseMatrix;
  /** Shape `[rows]`, class numbers; empty without labels. */
  readonly labels: Int32Array;
  /** Names of the classes; empty without labels. */
  readonly classes: readonly string[];
}

/**
 * Splits sparse examples into a part to learn from and a part to judge by.
 * @param stream draws the split
 * @throws data.sparse_matrix, data.count_mismatch, data.split_fraction
 */
export function sparseDataset(
  examples: SparseExamples,
  stream: Stream,
  options: { name: string; where: string; testFraction?: number; language?: Language },
): SparseDataset {
  const { matrix, labels, classes } = examples;
  const { name, where } = options;
  checkSparseMatrix(matrix, where);
  if (classes.length > 0 && labels.length !== matrix.rows) {
    throw new OutsetError('data.count_mismatch', { where, features: matrix.rows, labels: labels.length });
  }
  const indices = splitIndices(stream, matrix.rows, options.testFraction ?? 0.2);
  const part = (chosen: Uint32Array): SparseSplit => ({
    matrix: takeSparseRows(matrix, chosen),
    labels: classes.length === 0 ? new Int32Array(0) : Int32Array.from(chosen, (row) => labels[row]),
  });
  const [train, test] = [part(indices.train), part(indices.test)];
  const task: Task = classes.length < 2 ? { kind: 'unlabelled' } : { kind: 'classification', classes };
  const counts = { train: train.matrix.rows, test: test.matrix.rows };
  const describe = dataLabels.file[options.language ?? 'en'];
  return {
    name,
    train: task.kind === 'unlabelled' ? { ...train, labels: new Int32Array(0) } : train,
    test: task.kind === 'unlabelled' ? { ...test, labels: new Int32Array(0) } : test,
    width: matrix.columns,
    task,
    description: describe({ name, ...counts, dims: [matrix.columns] }),
    digest: digestOf([train, test], task),
  };
}

/**
 * The same data with the zeros written out.
 * @throws data.too_many_numbers
 */
export function denseDataset(sparse: SparseDataset): Dataset {
  const { name, task, width, description } = sparse;
  const part = ({ matrix, labels }: SparseSplit): Split => {
    if (matrix.rows * width > mostNumbers) {
      const { rows, columns } = matrix;
      const details = { where: name, rows, columns, limit: mostNumbers, sparse: true };
      throw new OutsetError('data.too_many_numbers', details);
    }
    return { count: matrix.rows, features: denseRows(matrix), labels };
  };
  const [train, test] = [part(sparse.train), part(sparse.test)];
  return makeDataset({ name, train, test, exampleDims: [width], task, description });
}

function digestOf(parts: readonly SparseSplit[], task: Task): string {
  const digest = new ContentDigest();
  digest.text(JSON.stringify(task));
  for (const { matrix, labels } of parts) {
    digest.text(String(matrix.columns));
    digest.words(matrix.offsets);
    digest.words(matrix.indices);
    digest.floats(matrix.values);
    digest.words(new Uint32Array(labels.buffer, labels.byteOffset, labels.length));
  }
  return digest.finish();
}
