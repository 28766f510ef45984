import type { Runtime } from '../../runtime/runtime.ts';
import type { LossName, OptimizerSpec } from '../../training/spec.ts';
import type { SkippedQuantity } from '../measurement.ts';
import type { Subject } from '../subject.ts';
import type { ExaminationBatch } from './batch.ts';

export interface MeasureOptions {
  readonly runtime: Runtime;
  /** Whose first update is measured; default Adam. */
  readonly optimizer?: OptimizerSpec;
  /** Default 0.001. */
  readonly learningRate?: number;
  /** Default: cross-entropy where there are labels and at least two outputs. */
  readonly loss?: LossName;
  /** Engine threads; default 1. */
  readonly threads?: number;
  /**
   * `quick` (default): one pass. `full`: also singular values of weights and Jacobians, the tangent kernel on a few examples and the
   * sharpness of the loss, a few seconds for 50 layers of 128.
   */
  readonly depth?: 'quick' | 'full';
  /** Seconds after which no further part of a full measurement is begun; default 60. */
  readonly seconds?: number;
}

/** What the parts of a full measurement work on. */
export interface Examination {
  readonly subject: Subject;
  readonly batch: ExaminationBatch;
  /** Examples in the batch. */
  readonly size: number;
  readonly options: MeasureOptions;
  /** True when the time given is over. */
  readonly late: () => boolean;
}

/** A part of a full measurement that cannot be taken. */
export class Skipped extends Error {
  readonly because: SkippedQuantity['because'];

  constructor(because: SkippedQuantity['because']) {
    super(because);
    this.because = because;
  }
}
