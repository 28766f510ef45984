import { OutsetError } from '../../messages/error.ts';
import type { CompileOptions, Runtime } from '../../runtime/runtime.ts';
import { checkTrainerOptions } from '../check-training.ts';
import type { RbmTrainer, RbmTrainerOptions } from '../rbm-trainer.ts';
import { LoopTrainer } from '../training-loop.ts';
import { DenseStepper } from './dense-stepper.ts';

export interface DenseTrainerOptions extends RbmTrainerOptions {
  readonly runtime: Runtime;
  /** Threads of the engine, default 1: the result is the same bits for any number. */
  readonly compile?: CompileOptions;
}

/**
 * The trainer for any valid pair of units: CD-k and PCD-k, a step as one graph on an engine.
 *
 * Means of the hidden units are in both statistics; their draws drive the reconstruction, the negative phase has draws of
 * the visible units. How parameters follow is in `learner.ts`: with real units the gradient is standardised and kept from
 * running away, and the precisions are learned. Noise is keyed by step, so a snapshot needs no generator.
 *
 * Bits depend on the engine (its exp and its order of sums), not on its threads.
 * @throws boltzmann.wrong_trainer for parallel tempering and exact gradients, boltzmann.constant_data, and what
 *   {@link checkTrainerOptions} throws
 */
export async function createDenseTrainer(options: DenseTrainerOptions): Promise<RbmTrainer> {
  checkTrainerOptions(options);
  const { name } = options.spec.negative;
  if (name !== 'cd' && name !== 'pcd') {
    throw new OutsetError('boltzmann.wrong_trainer', {
      trainer: 'dense',
      expected: "negative 'cd' or 'pcd'",
      got: `'${name}'`,
    });
  }
  const { runtime, compile = {}, ...rest } = options;
  const stepper = new DenseStepper(rest, runtime, compile);
  await stepper.prepare();
  return new LoopTrainer('dense', rest, stepper);
}
