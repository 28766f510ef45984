import type { CompileOptions, Runtime } from '../runtime/runtime.ts';
import type { ThreadHost } from '../runtime/threads.ts';
import { createLabelRbmTrainer } from './dbn/label-rbm-trainer.ts';
import type { RbmProblem, RbmTrainerFactory } from './dbn/rbm-problem.ts';
import { createDenseTrainer } from './dense/dense-trainer.ts';
import { createExactTrainer } from './exact-trainer.ts';
import { kernelsSupported } from './kernels/sparse-machine.ts';
import { createSparseTrainer } from './kernels/sparse-trainer.ts';
import type { RbmTrainer } from './rbm-trainer.ts';

/** What trainers of any kind may use. */
export interface TrainerResources {
  /** Runs dense units. */
  readonly runtime: Runtime;
  readonly compile?: CompileOptions;
  /** Threads of the kernels for discrete units; the numbers are the same for any count. Default 1. */
  readonly threads?: number;
  /** Starts them: `nodeThreads` or `webThreads`. Without, there is one thread. */
  readonly host?: ThreadHost;
}

const discrete: readonly string[] = ['bernoulli', 'spin', 'potts'];

/**
 * The trainer for a problem: enumeration where the exact gradient is asked for, the sparse kernels for discrete units on
 * both sides, else the engine. Where WebAssembly has no SIMD the engine takes the discrete units too, with other draws.
 * @throws what the trainer's own function throws
 */
export async function createRbmTrainer(
  { labels, ...options }: RbmProblem,
  { runtime, compile, threads = 1, host }: TrainerResources,
): Promise<RbmTrainer> {
  if (options.spec.negative.name === 'exact') return createExactTrainer(options);
  const { visible, hidden } = options.rbm;
  if (discrete.includes(visible.kind) && discrete.includes(hidden.kind) && kernelsSupported()) {
    return createSparseTrainer({ ...options, labels, ...(host && { host, threads }) });
  }
  if (labels > 0) return createLabelRbmTrainer({ ...options, labels }, runtime, compile);
  return createDenseTrainer({ ...options, runtime, ...(compile && { compile }) });
}

/** {@link createRbmTrainer} with given resources, for whoever trains several problems. */
export function rbmTrainerFactory(resources: TrainerResources): RbmTrainerFactory {
  return (problem) => createRbmTrainer(problem, resources);
}
