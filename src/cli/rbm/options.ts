import type { RunOptions } from '../boltzmann/open-run.ts';
import type { TrainingOptions } from '../boltzmann/training-options.ts';

/** Options of `outset rbm`, as commander hands them over. */
export interface RbmOptions extends TrainingOptions, RunOptions {
  readonly hidden?: string;
  readonly visible?: string;
  readonly hiddenUnits: string;
  readonly weightStd: string;
  readonly likelihood: string;
  readonly seed: string;
  readonly threads?: string;
  readonly output?: string;
  readonly json?: boolean;
}
