import { checkTrainerOptions } from '../check-training.ts';
import type { RbmTrainer, RbmTrainerOptions } from '../rbm-trainer.ts';
import { LoopTrainer } from '../training-loop.ts';
import { SparseMachine, type ThreadOptions } from './sparse-machine.ts';
import { SparseStepper } from './sparse-stepper.ts';

export interface SparseTrainerOptions extends RbmTrainerOptions, ThreadOptions {
  /** The last `labels` visible units are one softmax unit that holds a class; default 0. */
  readonly labels?: number;
}

/**
 * The trainer for discrete units on both sides (Bernoulli, spin, Potts): contrastive divergence, persistent chains and
 * parallel tempering on WebAssembly kernels that add up the weights of the units that are on.
 *
 * The same bits for any number of threads, in Node and in browsers. A step blocks the calling thread.
 * @throws boltzmann.not_sparse, boltzmann.wrong_trainer, boltzmann.too_wide, boltzmann.no_memory, boltzmann.bad_threads,
 *   boltzmann.constant_data, and what {@link checkTrainerOptions} throws
 */
export async function createSparseTrainer(options: SparseTrainerOptions): Promise<RbmTrainer> {
  checkTrainerOptions(options);
  const machine = await SparseMachine.open(options);
  try {
    return new LoopTrainer('sparse', options, new SparseStepper(machine, options));
  } catch (error) {
    machine.dispose();
    throw error;
  }
}
