import type { Dataset } from '../../../src/data/dataset.ts';
import { loadMnist } from '../../../src/data/node/mnist.ts';
import { packImages, unpackImages } from '../../../src/data/packed-images.ts';
import { OutsetError } from '../../../src/messages/error.ts';

/** The digits that pages fetch, when the lab is built; null where MNIST is not installed. Runs in Node. */
export async function buildDigits(): Promise<Dataset | null> {
  try {
    return unpackImages(packImages(await loadMnist(), { train: 10_000, test: 2_000 }), 'mnist');
  } catch (error) {
    if (error instanceof OutsetError && error.code === 'data.mnist_absent') return null;
    throw error;
  }
}
