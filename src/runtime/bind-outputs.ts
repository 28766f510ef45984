import type { Tensor } from '../tensor/tensor.ts';
import type { Program, Values } from './runtime.ts';

/**
 * `bind` of the program, or the same by `run` and a copy: every call runs it and leaves the outputs in `fetches`.
 *
 * onnxruntime-node 1.30 writes into these views, and makes a copy of its own besides. Letting it only make the copy, and
 * moving that over with set(), takes the same time within the noise (784-32-10: 93 and 92 us a run; 784-256-256-10: 624 and
 * 640); the views leave less garbage once a release stops copying.
 */
export function bindOutputs(
  program: Program,
  feeds: Values,
  fetches: Readonly<Record<string, Tensor<'float32'>>>,
): () => Promise<void> {
  if (program.bind !== undefined) return program.bind(feeds, fetches);
  const names = Object.keys(fetches);
  return async () => {
    const results = await program.run(feeds, names);
    for (const name of names) fetches[name].data.set(results[name].data as Float32Array);
  };
}
