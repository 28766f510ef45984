import type { History } from './history.ts';
import type { TrainingSpec } from './spec.ts';

/** The part of a trainer that is reported. */
interface Reported {
  readonly step: number;
  readonly epoch: number;
  readonly stepsPerEpoch: number;
  readonly spec: TrainingSpec;
  readonly history: History;
}

/** Where a running training stands. */
export interface TrainingProgress {
  /** Updates done, and in total. */
  readonly step: number;
  readonly totalSteps: number;
  /** Epochs completed. */
  readonly epoch: number;
  /** Loss of the last batch; null before the first or when not finite. */
  readonly loss: number | null;
  /** Training examples per second since the last report, evaluation not counted. */
  readonly examplesPerSecond: number;
}

export interface TrainOptions {
  /** Stop when this many epochs are complete; default `spec.epochs`. */
  readonly untilEpoch?: number;
  /** Stops between two steps. */
  readonly signal?: AbortSignal;
  /** Called after every completed epoch and about every `progressMs` (default 100). */
  readonly onProgress?: (progress: TrainingProgress) => void;
  readonly progressMs?: number;
}

/** Reports progress now and then, as {@link TrainOptions} ask. */
export class ProgressReports {
  readonly #trainer: Reported;
  readonly #options: TrainOptions;
  readonly #seconds: () => number;
  #lastTime = performance.now();
  #lastStep: number;
  #lastSeconds: number;

  constructor(trainer: Reported, options: TrainOptions, seconds: () => number) {
    this.#trainer = trainer;
    this.#options = options;
    this.#seconds = seconds;
    this.#lastStep = trainer.step;
    this.#lastSeconds = seconds();
  }

  maybe(now: number, due: boolean): void {
    const { onProgress, progressMs = 100 } = this.#options;
    if (onProgress === undefined || !(due || now - this.#lastTime >= progressMs)) return;
    const { step, epoch, stepsPerEpoch, spec, history } = this.#trainer;
    const elapsed = this.#seconds() - this.#lastSeconds;
    const examples = (step - this.#lastStep) * spec.batchSize;
    onProgress({
      step,
      totalSteps: stepsPerEpoch * spec.epochs,
      epoch,
      loss: history.stepLosses.at(-1) ?? null,
      examplesPerSecond: elapsed > 0 ? examples / elapsed : 0,
    });
    this.#lastTime = now;
    this.#lastStep = step;
    this.#lastSeconds = this.#seconds();
  }
}
