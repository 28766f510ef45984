import type { MaskShape } from '../network/network.ts';
import type { Stream } from '../random/stream.ts';
import type { Tensor } from '../tensor/tensor.ts';
import { instantiateKernel } from './kernels/kernel.ts';
import maskBinary from './kernels/mask.generated.ts';

/** Fills the masks of a step. */
export type DropoutMasks = (step: number) => void;

interface MaskExports {
  mask(k0: number, k1: number, out: number, count: number, threshold: number, value: number): void;
}

/**
 * Draws dropout masks: 1 / keep with probability `keep`, else 0. A mask depends only on the stream, its name and the
 * step: two words of `stream.child(name).child(step)` are the Threefry key of the mask, and its value i is kept where
 * word i of the blocks (0, 0), (0, 1), ... under that key is below keep * 2^32.
 *
 * A SIMD kernel writes it straight into the memory that the engine reads: a 100 x 512 mask takes about 0.13 ms, the
 * words alone in TypeScript 0.29 ms.
 *
 * @param targets memory of each mask, by name; room up to the next multiple of 8 floats may be overwritten
 */
export async function createDropoutMasks(
  masks: readonly MaskShape[],
  stream: Stream,
  memory: WebAssembly.Memory,
  targets: ReadonlyMap<string, Tensor<'float32'>>,
): Promise<DropoutMasks> {
  if (masks.length === 0) return () => {};
  const kernel = await instantiateKernel<MaskExports>(maskBinary, memory);
  const prepared = masks.map(({ name, keep }) => ({
    stream: stream.child(name),
    threshold: Math.min(2 ** 32 - 1, Math.round(keep * 2 ** 32)),
    value: 1 / keep,
    data: targets.get(name)!.data,
  }));
  const key = new Uint32Array(2);
  return (step) => {
    for (const mask of prepared) {
      mask.stream.child(step).bits(key);
      kernel.mask(key[0], key[1], mask.data.byteOffset, mask.data.length, mask.threshold, mask.value);
    }
  };
}
