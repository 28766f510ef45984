import type { Stream } from '../../random/stream.ts';
import type { RbmTrainer } from '../rbm-trainer.ts';
import type { RbmTrainingSpec } from '../rbm-training-spec.ts';
import type { StateRows } from '../state-rows.ts';
import type { UnitSpec } from '../units/unit-spec.ts';

/** One RBM to be trained: what a stack of RBMs asks of a trainer. */
export interface RbmProblem {
  readonly visible: UnitSpec;
  readonly hidden: UnitSpec;
  /** Rows of `stateWidth(visible)` columns. Means of the layer below come as grey levels. */
  readonly data: StateRows;
  /** Held-out rows for the free-energy gap. */
  readonly validation?: StateRows;
  /**
   * The last `labels` of the visible units are one softmax unit that holds the class (only at the top of a stack);
   * 0 otherwise.
   */
  readonly labels: number;
  readonly spec: RbmTrainingSpec;
  /** A stream that splits by name. */
  readonly stream: Stream;
}

/** Makes the trainer of a problem; a stack is trained by whatever this gives. */
export type RbmTrainerFactory = (problem: RbmProblem) => Promise<RbmTrainer>;
