import { loadMnist } from '../../../../src/data/node/mnist.ts';
import { packImages, unpackImages } from '../../../../src/data/packed-images.ts';
import { OutsetError } from '../../../../src/messages/error.ts';
import { nodeRuntime } from '../../../../src/runtime/node.ts';
import { initialState } from '../../state/address.ts';
import { type DoctorFrame, examine } from './examine.ts';
import type { DoctorOrder } from './order.ts';
import { doctorSchema } from './state.ts';

/**
 * The first patient, examined when the lab is built; null where MNIST is not installed there, and the page examines
 * when it opens.
 */
export async function firstFrame(): Promise<DoctorFrame | null> {
  const order: DoctorOrder = { ...initialState(doctorSchema), files: null, belongs: '' };
  try {
    const data = unpackImages(packImages(await loadMnist(), { train: 10_000, test: 2_000 }), 'mnist');
    return await examine(order, {
      runtime: await nodeRuntime(),
      threads: 1,
      signal: new AbortController().signal,
      report: () => {},
      openData: async () => data,
    });
  } catch (error) {
    if (error instanceof OutsetError && error.code === 'data.mnist_absent') return null;
    throw error;
  }
}
