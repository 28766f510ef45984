import type { CompileOptions, Runtime } from '../runtime/runtime.ts';
import { createLabelRbmTrainer } from './dbn/label-rbm-trainer.ts';
import type { RbmProblem, RbmTrainerFactory } from './dbn/rbm-problem.ts';
import { createExactTrainer } from './exact-trainer.ts';
import type { RbmTrainer } from './rbm-trainer.ts';

/** What trainers of any kind may use. */
export interface TrainerResources {
  /** Runs dense units. */
  readonly runtime: Runtime;
  readonly compile?: CompileOptions;
  /** Threads of the kernels for discrete units; the numbers are the same for any count. Default 1. */
  readonly threads?: number;
}

/**
 * The trainer for a problem: enumeration where the exact gradient is asked for, else the engine.
 * @throws what the trainer's own function throws
 */
export async function createRbmTrainer(
  problem: RbmProblem,
  resources: TrainerResources,
): Promise<RbmTrainer> {
  if (problem.spec.negative.name === 'exact') return createExactTrainer(problem);
  return createLabelRbmTrainer(problem, resources.runtime, resources.compile);
}

/** {@link createRbmTrainer} with given resources, for whoever trains several problems. */
export function rbmTrainerFactory(resources: TrainerResources): RbmTrainerFactory {
  return (problem) => createRbmTrainer(problem, resources);
}
