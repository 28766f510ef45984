/**
 * First weights exactly as a framework would have drawn them, layer by layer. (A random-number dialect makes the
 * framework's numbers; a weight dialect knows which of them go where.)
 */

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
