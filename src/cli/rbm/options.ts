import type { TrainingOptions } from '../boltzmann/training-options.ts';

/** Options of `outset rbm`, as commander hands them over. */
export interface RbmOptions extends TrainingOptions {
  /** The argument. */
  readonly data?: string;
  readonly hidden?: string;
  readonly visible?: string;
  readonly hiddenUnits: string;
  readonly weightStd: string;
  readonly likelihood: string;
  readonly seed: string;
  readonly threads?: string;
  readonly output?: string;
  readonly out?: string;
  readonly resume?: string;
  readonly json?: boolean;
}
