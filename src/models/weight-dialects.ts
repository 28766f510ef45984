/** The registry of weight dialects. */

import { OutsetError } from '../messages/error.ts';
import { nearestNames } from '../messages/nearest.ts';
import type { WeightDialect } from './weight-dialect.ts';

/** The dialects by name, each loaded when it is asked for. */
const dialects: Readonly<Record<string, () => Promise<WeightDialect>>> = {
  torch: async () => (await import('./dialects/torch.ts')).torchWeights('torch', 'torch-avx2'),
  'torch-scalar': async () =>
    (await import('./dialects/torch.ts')).torchWeights('torch-scalar', 'torch-scalar'),
  keras: async () => (await import('./dialects/keras.ts')).kerasOnTensorflow(),
  'keras-jax': async () => (await import('./dialects/keras.ts')).kerasOnJax(),
  jax: async () => (await import('./dialects/flax.ts')).flaxWeights('jax', 'partitionable'),
  'jax-original': async () => (await import('./dialects/flax.ts')).flaxWeights('jax-original', 'original'),
};

/** Names of the weight dialects. */
export const weightDialects: readonly string[] = Object.keys(dialects);

/** A dialect by its name. @throws models.no_dialect */
export async function weightDialect(name: string): Promise<WeightDialect> {
  if (!Object.hasOwn(dialects, name)) {
    throw new OutsetError('models.no_dialect', {
      name,
      near: nearestNames(name, weightDialects),
      known: weightDialects,
    });
  }
  return dialects[name]();
}
