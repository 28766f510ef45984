import type { RunOptions } from '../boltzmann/open-run.ts';
import type { TrainingOptions } from '../boltzmann/training-options.ts';

/** Options of `outset pretrain`, as commander hands them over. */
export interface PretrainOptions extends TrainingOptions, RunOptions {
  readonly layers?: string;
  readonly visible?: string;
  readonly upward: string;
  readonly labelsAtTop?: boolean;
  readonly upDown?: string;
  readonly weightStd: string;
  readonly seed: string;
  readonly threads?: string;
  readonly output?: string;
  readonly json?: boolean;
}
