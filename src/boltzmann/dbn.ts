/**
 * A deep belief net as plain data: a stack of RBMs, where the hidden units of one are the visible units of the next
 * (Hinton, Osindero & Teh 2006). With `labels`, the visible layer of the top RBM is the hidden layer below followed by
 * one softmax unit of `labels` states.
 */
import type { Tensor } from '../tensor/tensor.ts';
import type { Rbm } from './rbm.ts';

export interface Dbn {
  /** Bottom first. */
  readonly layers: readonly DbnLayer[];
  /** Classes of the label unit beside the visible units of the top RBM; 0 without. */
  readonly labels: number;
}

/** One RBM of the stack. After up-down learning the recognition weights of all but the top differ from the generative. */
export interface DbnLayer {
  readonly rbm: Rbm;
  /** Untied recognition weights and hidden biases (shapes as in the RBM); absent while they are the RBM's own. */
  readonly recognition?: { readonly weights: Tensor<'float32'>; readonly hiddenBias: Float32Array };
}
