/**
 * First weights exactly as a framework would have drawn them, layer by layer. (A random-number dialect makes the
 * framework's numbers; a weight dialect knows which of them go where.)
 */

import { OutsetError } from '../messages/error.ts';
import { nearestNames } from '../messages/nearest.ts';
import type { Tensor } from '../tensor/tensor.ts';
import type { ModelLayer } from './model.ts';

/** The values of one parameter, its elements in the order of the file. */
export type DrawnParameter = readonly [name: string, values: Tensor<'float32'>];

export interface WeightDialect {
  readonly name: string;
  /** The framework and the versions whose weights it gives, and how close. */
  readonly versions: string;
  /**
   * True where the framework draws from one sequence, so that the order of the layers decides; false where a layer's
   * numbers depend on the seed and its own place only.
   */
  readonly sequential: boolean;
  /**
   * Draws every parameter of every layer, in the order of the framework. Statistics with a fixed start are left out.
   * @param seed whole number of at least 0
   * @throws models.dialect_layer for a layer whose start in the framework is not known
   */
  draw(layers: readonly ModelLayer[], seed: number | bigint): Iterable<DrawnParameter>;
}

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
