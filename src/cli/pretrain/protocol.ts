import type { RbmEpochRecord, RbmProgress } from '../../boltzmann/rbm-trainer.ts';
import type { LayerReport, PictureRows } from '../../report/boltzmann/rbm-report-data.ts';
import type { RunData } from '../boltzmann/run-data.ts';
import type { PretrainPlan } from './plan.ts';

/** What the thread of `outset pretrain` gets; data lie in shared memory. */
export interface PretrainTask {
  readonly plan: PretrainPlan;
  readonly data: RunData;
  readonly threads: number;
  readonly checkpointFile: string;
  readonly modelFile: string;
  readonly command: string;
  readonly outsetVersion: string;
}

/** What it says while it works; layers count from 0, up-down learning comes after the last. */
export type PretrainNews =
  | { readonly type: 'constant-columns'; readonly columns: number; readonly of: number }
  | { readonly type: 'resumed'; readonly layer: number; readonly epoch: number }
  | { readonly type: 'progress'; readonly layer: number; readonly progress: RbmProgress }
  | { readonly type: 'epoch'; readonly layer: number; readonly record: RbmEpochRecord }
  | { readonly type: 'drawing' };

/** How it ended. */
export type PretrainOutcome =
  | { readonly status: 'stopped' }
  | { readonly status: 'diverged'; readonly step: number; readonly what: string; readonly layer: number }
  | {
      readonly status: 'finished';
      readonly layers: readonly LayerReport[];
      readonly dreams: PictureRows | null;
      /** Test error by the generative read-out, before and after up-down learning; null without labels. */
      readonly readOut: { readonly greedy: number; readonly final: number } | null;
    };
