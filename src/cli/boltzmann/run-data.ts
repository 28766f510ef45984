import type { Dataset, Split, Task } from '../../data/dataset.ts';
import type { SparseDataset } from '../../data/sparse/sparse-dataset.ts';

/** What a Boltzmann machine learns from, in shared memory: dense numbers, or sparse ones that stay sparse. */
export type RunData =
  | { readonly form: 'dense'; readonly dataset: Dataset }
  | { readonly form: 'sparse'; readonly dataset: SparseDataset };

/** The facts of a data set, whatever its form. */
export interface DataFacts {
  readonly name: string;
  readonly description: string;
  readonly digest: string;
  readonly train: number;
  readonly test: number;
  /** Shape of one example. */
  readonly shape: readonly number[];
  readonly classes: readonly string[];
}

export function factsOf({ form, dataset }: RunData): DataFacts {
  const { name, description, digest, task } = dataset;
  const common = { name, description, digest, classes: classesOf(task) };
  if (form === 'sparse') {
    const { train, test, width } = dataset;
    return { ...common, train: train.matrix.rows, test: test.matrix.rows, shape: [width] };
  }
  return {
    ...common,
    train: dataset.train.count,
    test: dataset.test.count,
    shape: [...dataset.exampleDims],
  };
}

function classesOf(task: Task): readonly string[] {
  return task.kind === 'classification' ? task.classes : [];
}

/** Labels of a part; empty where there are none. */
export function labelsOf(data: RunData, part: 'train' | 'test'): Int32Array {
  return data.dataset[part].labels;
}

/** How much each training example counts; undefined where all count alike. */
export function weightsOf(data: RunData): Float32Array | undefined {
  return data.form === 'dense' ? (data.dataset.train as Split).weights : undefined;
}
