import type { DenseRows } from '../../src/boltzmann/state-rows.ts';
import type { Split } from '../../src/data/dataset.ts';
import { loadMnist } from '../../src/data/node/index.ts';
import { tensor } from '../../src/tensor/tensor.ts';
import type { Examples } from '../../src/training/examples.ts';

export interface Digits {
  readonly train: Split;
  readonly test: Split;
}

export const pixels = 784;

/** MNIST with grey levels in [0, 1]. */
export async function loadDigits(): Promise<Digits> {
  const { train, test } = await loadMnist();
  return { train, test };
}

/** Images as states of a visible layer. */
export function rowsOf({ count, features }: Split): DenseRows {
  return { form: 'dense', count, width: pixels, data: features };
}

/** Images and classes. */
export function labelled({ count, features, labels }: Split): Examples {
  return {
    features: tensor('float32', [count, pixels], features),
    answers: tensor('int32', [count], labels),
  };
}

/** Images that are their own answer. */
export function reconstructed({ count, features }: Split): Examples {
  const images = tensor('float32', [count, pixels], features);
  return { features: images, answers: images };
}

/** Some of the examples, copied. */
export function chosen({ features, labels }: Split, rows: Uint32Array): Split {
  const picked = new Float32Array(rows.length * pixels);
  for (const [i, row] of rows.entries())
    picked.set(features.subarray(row * pixels, (row + 1) * pixels), i * pixels);
  return { count: rows.length, features: picked, labels: Int32Array.from(rows, (row) => labels[row]) };
}
