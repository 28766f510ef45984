import type { Stream } from '../../random/stream.ts';
import { instantiateKernel } from '../../training/kernels/kernel.ts';
import uniformBinary from './uniform.generated.ts';

interface UniformExports {
  uniform(k0: number, k1: number, out: number, count: number): void;
}

/** Fills a stretch of memory with the uniform numbers of a step. */
export type Noise = (step: number) => void;

/**
 * Uniform numbers (n + 1/2) / 2^16 for sampling binary units: on where the number is below the probability, which is
 * met within 2^-17. Two words of `stream.child(step)` are the Threefry key of the whole stretch. A SIMD kernel writes
 * into the memory that the engine reads, about 1 ns a number.
 *
 * @param address in bytes, a multiple of 16; room up to the next multiple of 16 floats may be overwritten
 */
export async function createNoise(
  memory: WebAssembly.Memory,
  address: number,
  count: number,
  stream: Stream,
): Promise<Noise> {
  const kernel = await instantiateKernel<UniformExports>(uniformBinary, memory);
  const key = new Uint32Array(2);
  return (step) => {
    stream.child(step).bits(key);
    kernel.uniform(key[0], key[1], address, count);
  };
}
