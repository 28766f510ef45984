import type { RbmTrainer, RbmTrainerOptions } from '../rbm-trainer.ts';

/** One RBM of a stack, to be trained. Means of the layer below come as grey levels. */
export interface RbmProblem extends RbmTrainerOptions {
  /**
   * The last `labels` of the (Bernoulli) visible units are one softmax unit that holds the class: only at the top of a
   * stack; 0 otherwise.
   */
  readonly labels: number;
}

/** Makes the trainer of a problem; a stack is trained by whatever this gives. */
export type RbmTrainerFactory = (problem: RbmProblem) => Promise<RbmTrainer>;
