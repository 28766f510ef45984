import type { Stream } from '../../random/stream.ts';
import { instantiateKernel } from '../../training/kernels/kernel.ts';
import uniformBinary from '../dbn/uniform.generated.ts';
import type { NoiseShape } from './step-graph.ts';

interface UniformExports {
  uniform(k0: number, k1: number, out: number, count: number): void;
}

/** Uniform noise for the draws of a step, in memory that the engine reads. */
export interface NoiseSource {
  /** By name, as large as the largest draw of that name. */
  readonly arrays: ReadonlyMap<string, Float32Array>;
  /** Fills all arrays; array k of a step depends on the stream, the step and k only. */
  fill(stream: Stream, step: number): void;
}

/** Bytes after each array that the kernel may overwrite: it writes 16 numbers at a time. */
const spareBytes = 64;

export async function createNoiseSource(shapes: readonly NoiseShape[]): Promise<NoiseSource> {
  const sizes = shapes.map(({ dims }) => dims[0] * dims[1]);
  const bytes = sizes.reduce((sum, size) => sum + 4 * size + spareBytes, 0);
  const pages = Math.ceil(bytes / 65_536) + 1;
  const memory = new WebAssembly.Memory({ initial: pages, maximum: pages });
  const kernel = await instantiateKernel<UniformExports>(uniformBinary, memory);
  const arrays = new Map<string, Float32Array>();
  let offset = 0;
  for (const [k, { name }] of shapes.entries()) {
    arrays.set(name, new Float32Array(memory.buffer, offset, sizes[k]));
    offset += Math.ceil((4 * sizes[k]) / spareBytes) * spareBytes + spareBytes;
  }
  const key = new Uint32Array(2);
  return {
    arrays,
    fill: (stream, step) => {
      const draws = stream.child(step);
      let k = 0;
      for (const values of arrays.values()) {
        draws.child(k++).bits(key);
        kernel.uniform(key[0], key[1], values.byteOffset, values.length);
      }
    },
  };
}
