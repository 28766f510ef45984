import type { CompileOptions, Runtime } from '../runtime/runtime.ts';
import { createLabelRbmTrainer } from './dbn/label-rbm-trainer.ts';
import type { RbmProblem, RbmTrainerFactory } from './dbn/rbm-problem.ts';
import { createDenseTrainer } from './dense/dense-trainer.ts';
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
  { labels, ...options }: RbmProblem,
  { runtime, compile }: TrainerResources,
): Promise<RbmTrainer> {
  if (options.spec.negative.name === 'exact') return createExactTrainer(options);
  if (labels > 0) return createLabelRbmTrainer({ ...options, labels }, runtime, compile);
  return createDenseTrainer({ ...options, runtime, ...(compile && { compile }) });
}

/** {@link createRbmTrainer} with given resources, for whoever trains several problems. */
export function rbmTrainerFactory(resources: TrainerResources): RbmTrainerFactory {
  return (problem) => createRbmTrainer(problem, resources);
}
