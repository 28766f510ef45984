/**
 * What was measured while a network trained: plain data in columns, never NaN or Infinity (JSON has neither):
 * a value that is not finite is null and the finding says where it came from.
 */
export interface History {
  /** Loss of every training batch before its update; index 0 is step 0, the untouched start. */
  readonly stepLosses: (number | null)[];
  readonly epochs: EpochRecord[];
}

/** State after an epoch; epoch 0 is the start itself. */
export interface EpochRecord {
  readonly epoch: number;
  /** Updates done so far. */
  readonly step: number;
  /** Mean loss of the epoch's batches weighted by their size, as the lecture prints its cost; null at epoch 0. */
  readonly trainLoss: number | null;
  readonly testLoss: number | null;
  /** Fraction of test examples whose largest logit is the label; null for regression. */
  readonly testAccuracy: number | null;
  readonly learningRate: number;
  /** Seconds of training since the start of the run, without evaluation. */
  readonly seconds: number;
}

/** Why training stopped before its end. */
export interface TrainingFinding {
  readonly kind: 'not-finite';
  /** Update that was about to be made. */
  readonly step: number;
  /** First place where a value is NaN or infinite, in the order of the forward pass, then backward. */
  readonly layer: string;
  readonly where: 'weights' | 'pre-activations' | 'activations' | 'loss' | 'gradient';
}
