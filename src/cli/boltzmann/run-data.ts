import type { Dataset, Split, Task } from '../../data/dataset.ts';
import { openDataset, openSparseDataset } from '../../data/node/open.ts';
import type { SparseDataset, SparseSplit } from '../../data/sparse/sparse-dataset.ts';
import type { Language } from '../../messages/index.ts';
import { sharedDataset } from '../race/shared-dataset.ts';

/** What a Boltzmann machine learns from, in shared memory: dense numbers, or sparse ones that stay sparse. */
export type RunData =
  | { readonly form: 'dense'; readonly dataset: Dataset }
  | { readonly form: 'sparse'; readonly dataset: SparseDataset };

/** Opens a data set as the command line names it. */
export async function openRunData(spec: string, language: Language): Promise<RunData> {
  const sparse = await openSparseDataset(spec, { language });
  if (sparse !== undefined) return { form: 'sparse', dataset: sharedSparse(sparse) };
  return { form: 'dense', dataset: sharedDataset(await openDataset(spec, { language })) };
}

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

function sharedSparse(dataset: SparseDataset): SparseDataset {
  return { ...dataset, train: sharedPart(dataset.train), test: sharedPart(dataset.test) };
}

function sharedPart({ matrix, labels }: SparseSplit): SparseSplit {
  const { offsets, indices, values } = matrix;
  return {
    matrix: { ...matrix, offsets: shared(offsets), indices: shared(indices), values: shared(values) },
    labels: shared(labels),
  };
}

/** The same numbers in memory that threads share. */
function shared<Data extends Uint32Array | Float32Array | Int32Array>(data: Data): Data {
  const copy = new (data.constructor as new (buffer: SharedArrayBuffer) => Data)(
    new SharedArrayBuffer(data.byteLength),
  );
  copy.set(data);
  return copy;
}
