/**
 * Rules that look at a whole model: which weight is the first, which one ends a residual branch, how many blocks there
 * are. Some of them come with factors on learning rates, without which they are not what they are called.
 */
import type { Stream } from '../random/stream.ts';
import type { Tensor } from '../tensor/tensor.ts';
import type { ParameterShape } from './initializer.ts';

/** Factors that belong to the values of one parameter. */
export interface ParameterScale {
  /** Factor on the learning rate of SGD (with or without momentum). */
  readonly sgd: number;
  /** Factor on the learning rate of Adam and its kin, whose updates do not depend on the gradient's size. */
  readonly adam: number;
  /** Factor that the layer has to put on its product x W; 1 where the values contain it. */
  readonly forward: number;
}

/** A rule for all parameters of a model at once. */
export interface ModelRule {
  /**
   * First values by name, in the order of `parameters`. With a keyed stream a value depends on the seed, the names and
   * what the names say of the model, never on the order.
   */
  draw(stream: Stream, parameters: readonly ParameterShape[]): Map<string, Tensor<'float32'>>;
  /** Factors by name, for rules that have them. */
  scales?(parameters: readonly ParameterShape[]): Map<string, ParameterScale>;
}

/** No factor at all. */
export const unscaled: ParameterScale = { sgd: 1, adam: 1, forward: 1 };
