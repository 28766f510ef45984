import type { Stream } from '../random/stream.ts';
import type { Rbm } from './rbm.ts';
import type { RbmTrainingSpec } from './rbm-training-spec.ts';
import type { StateRows } from './state-rows.ts';

/** What is known after an epoch (epoch 0: before the first step). Plain JSON. */
export interface RbmEpochRecord {
  readonly epoch: number;
  readonly step: number;
  readonly learningRate: number;
  /** Mean over examples of the summed squared difference between data and one-step reconstruction; null at epoch 0. */
  readonly reconstructionError: number | null;
  /** Mean free energy of held-out examples minus that of as many training examples; null without held-out examples. */
  readonly freeEnergyGap: number | null;
  /** Mean of the hidden units over the training examples of the epoch; null at epoch 0. */
  readonly hiddenActivity: number | null;
  /** Training time up to here, without evaluation. */
  readonly seconds: number;
}

export interface RbmProgress {
  readonly epoch: number;
  readonly epochs: number;
  readonly step: number;
  readonly stepsTotal: number;
  readonly reconstructionError: number;
  readonly examplesPerSecond: number;
  readonly secondsLeft: number;
}

export interface RbmTrainOptions {
  readonly untilEpoch?: number;
  readonly signal?: AbortSignal;
  /** Between two updates, at most about once in `reportEvery`; the trainer may be read then. */
  readonly onProgress?: (progress: RbmProgress) => void;
  /** Milliseconds, default 100. */
  readonly reportEvery?: number;
  /** After every epoch. */
  readonly onEpoch?: (record: RbmEpochRecord) => void | Promise<void>;
}

export type RbmTrainingEnd = 'complete' | 'aborted' | 'not-finite';

/** Everything that a training needs to go on with the same bits. */
export interface RbmSnapshot {
  readonly origin: Readonly<Record<string, unknown>>;
  readonly step: number;
  readonly epoch: number;
  readonly seconds: number;
  readonly history: readonly RbmEpochRecord[];
  /** Named arrays: parameters, momentum, offsets, chains, ... */
  readonly arrays: ReadonlyMap<string, Float32Array | Uint32Array | Uint16Array>;
}

/** One interface for the sparse kernels and for dense units. */
export interface RbmTrainer {
  readonly spec: RbmTrainingSpec;
  /** Updates done. */
  readonly step: number;
  /** Epochs completed. */
  readonly epoch: number;
  readonly stepsPerEpoch: number;
  readonly history: readonly RbmEpochRecord[];
  /** Set when a value was not finite: training is over and the state is the last good one. */
  readonly finding: { readonly step: number; readonly what: string } | null;
  /** A copy of the parameters as they stand. */
  rbm(): Rbm;
  train(options?: RbmTrainOptions): Promise<RbmTrainingEnd>;
  snapshot(): RbmSnapshot;
  /** @throws boltzmann.snapshot_mismatch */
  restore(snapshot: RbmSnapshot): void;
  /** Stops threads and frees memory. */
  dispose(): Promise<void>;
}

/** What every trainer needs; each adds what it alone takes (a runtime, threads). */
export interface RbmTrainerOptions {
  /** The start; its parameters are copied. */
  readonly rbm: Rbm;
  /** Training examples, one visible state a row. */
  readonly data: StateRows;
  /** Held-out examples for the free-energy gap. */
  readonly validation?: StateRows;
  /** One positive weight an example, default 1 each. */
  readonly weights?: Float32Array;
  readonly spec: RbmTrainingSpec;
  /** A stream that splits by name. Everything random is keyed by name and step, so a snapshot need not hold it. */
  readonly stream: Stream;
}
