/** What a race leaves behind: `result.json`, the report, the charts and the lab all read this one shape. */
import type { NetworkSpec } from '../network/spec.ts';
import type { Dialect } from '../random/open-stream.ts';
import type { History, TrainingFinding } from '../training/history.ts';
import type { TrainingSpec } from '../training/spec.ts';
import type { SignalTrace } from '../training/trace.ts';
import type { EarlyStopping } from './early-stopping.ts';

/** Everything that decides the numbers of a race; running it again gives the same bits. */
export interface RaceSpec {
  /** As given: a data set's name with parameters, or a file. */
  readonly data: string;
  /** How features are rescaled first. */
  readonly preprocessing: 'none' | 'standardize';
  readonly network: NetworkSpec;
  /** Canonical names of the starts, in the order of the table. */
  readonly starts: readonly string[];
  /** Random-number dialect that the first weights are drawn from. Batches always come from threefry. */
  readonly stream: Dialect;
  readonly training: TrainingSpec;
  /** Ends a contestant early and keeps its best weights. Without it, the last ones are kept. */
  readonly earlyStopping?: EarlyStopping;
  readonly seeds: readonly number[];
}

/** What became of a contestant, in a few words; `messages/labels/race.ts` says them. */
export type Verdict =
  | 'learns' // ends near the best
  | 'learns-slowly' // better than chance, far behind the best
  | 'does-not-learn' // no better than chance at the end
  | 'frozen' // the loss never moved: no gradient reaches the hidden layers
  | 'diverged' // NaN or Inf; see the finding
  | 'unfinished'; // stopped by hand

export interface ContestantResult {
  readonly start: string;
  readonly seed: number;
  readonly status: 'finished' | 'diverged' | 'stopped' | 'failed';
  /** Up to the epoch whose weights are kept. */
  readonly history: History;
  /** With early stopping: epochs that were trained, and the result on held-out examples that decided. */
  readonly earlyStopping?: { readonly trainedEpochs: number; readonly measure: number };
  /** At step 0 and at the end (as far as it came). */
  readonly traces: readonly SignalTrace[];
  /**
   * Root-mean-square of dLoss/dz of the first layer over that of the last, at step 0: what reaches layer 1. Null when
   * the last is 0 or not finite.
   */
  readonly gradientRatio: number | null;
  readonly verdict: Verdict;
  readonly finding: TrainingFinding | null;
  /** The issue, as data, of a contestant that could not run at all. */
  readonly failure: { readonly code: string; readonly details: unknown; readonly message: string } | null;
  /** File of the final weights, relative to the result. */
  readonly weightsFile: string | null;
  readonly seconds: number;
}

export interface RaceResult {
  readonly format: 'outset-race';
  readonly version: 1;
  readonly outsetVersion: string;
  readonly createdAt: string;
  /** The command that repeats it. */
  readonly command: string;
  readonly machine: {
    readonly cpu: string;
    readonly cores: number;
    readonly platform: string;
    readonly node: string;
    readonly engine: string;
    readonly workers: number;
  };
  readonly dataset: {
    readonly name: string;
    readonly description: string;
    readonly digest: string;
    readonly train: number;
    readonly test: number;
    readonly classes: readonly string[] | null;
  };
  readonly networkTitle: string;
  readonly parameterCount: number;
  readonly spec: RaceSpec;
  readonly contestants: readonly ContestantResult[];
  readonly seconds: number;
}
