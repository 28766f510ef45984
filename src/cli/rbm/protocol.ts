import type { RbmEpochRecord, RbmProgress } from '../../boltzmann/rbm-trainer.ts';
import type { LayerReport } from '../../report/boltzmann/rbm-report-data.ts';
import type { RunData } from '../boltzmann/run-data.ts';
import type { RbmPlan } from './plan.ts';

/** What the thread of `outset rbm` gets; data lie in shared memory. */
export interface RbmTask {
  readonly plan: RbmPlan;
  readonly data: RunData;
  readonly threads: number;
  readonly checkpointFile: string;
  readonly modelFile: string;
  readonly command: string;
  readonly outsetVersion: string;
}

/** What it says while it works. */
export type RbmNews =
  | { readonly type: 'constant-columns'; readonly columns: number; readonly of: number }
  | { readonly type: 'progress'; readonly progress: RbmProgress }
  | { readonly type: 'epoch'; readonly record: RbmEpochRecord }
  | { readonly type: 'judging'; readonly done: number; readonly of: number };

/** How it ended. */
export type RbmOutcome =
  | { readonly status: 'stopped' }
  | { readonly status: 'diverged'; readonly step: number; readonly what: string }
  | { readonly status: 'finished'; readonly layer: LayerReport; readonly samples: readonly Float32Array[] };
