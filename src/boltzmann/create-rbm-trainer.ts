import type { CompileOptions, Runtime } from '../runtime/runtime.ts';
import { createExactTrainer } from './exact-trainer.ts';
import type { RbmTrainer, RbmTrainerOptions } from './rbm-trainer.ts';

/** What trainers of either kind may use. */
export interface TrainerResources {
  /** Runs dense units. */
  readonly runtime: Runtime;
  readonly compile?: CompileOptions;
  /** Threads of the kernels for discrete units; the numbers are the same for any count. Default 1. */
  readonly threads?: number;
}

/**
 * The trainer for a problem.
 * @throws what the trainer's own function throws
 */
export async function createRbmTrainer(
  options: RbmTrainerOptions,
  _resources: TrainerResources,
): Promise<RbmTrainer> {
  return createExactTrainer(options);
}
