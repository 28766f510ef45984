import { openDataset, openSparseDataset } from '../../data/node/open.ts';
import type { SparseDataset, SparseSplit } from '../../data/sparse/sparse-dataset.ts';
import type { Language } from '../../messages/index.ts';
import { sharedDataset } from '../race/shared-dataset.ts';
import type { RunData } from './run-data.ts';

/** Opens a data set as the command line names it. */
export async function openRunData(spec: string, language: Language): Promise<RunData> {
  const sparse = await openSparseDataset(spec, { language });
  if (sparse !== undefined) return { form: 'sparse', dataset: sharedSparse(sparse) };
  return { form: 'dense', dataset: sharedDataset(await openDataset(spec, { language })) };
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
