import { OutsetError } from '../../messages/error.ts';
import { checkSchedule } from '../../training/schedule.ts';
import type { ScheduleSpec } from '../../training/spec.ts';
import type { RbmOptimizerSpec } from '../rbm-training-spec.ts';
import { checkRange, checkWhole } from './check-dbn.ts';

/** How a deep belief net is refined by up-down learning, as plain JSON. */
export interface UpDownSpec {
  /**
   * Gibbs steps of the top RBM between the upward and the downward pass, by epoch: the last entry whose `fromEpoch` has
   * come counts. Hinton, Osindero & Teh 2006 use 3, then 6, then 10.
   */
  readonly gibbs: readonly { readonly fromEpoch: number; readonly steps: number }[];
  readonly optimizer: RbmOptimizerSpec;
  readonly learningRate: number;
  readonly schedule: ScheduleSpec;
  readonly batchSize: number;
  readonly epochs: number;
  /** Subtracted from the learning signal of all weights, times the weight; not from biases. */
  readonly l2: number;
  /** Centred gradient for the top RBM: offsets are moving means of its units under the data. */
  readonly centered: boolean;
  /** Weight of the newest batch in the moving offsets; usual 0.01. */
  readonly offsetRate: number;
}

/** Gibbs steps in an epoch (from 0). */
export function gibbsStepsAt({ gibbs }: UpDownSpec, epoch: number): number {
  let steps = gibbs[0].steps;
  for (const entry of gibbs) if (entry.fromEpoch <= epoch) steps = entry.steps;
  return steps;
}

/** @throws dbn.bad_value, training.unknown_name, training.bad_value */
export function checkUpDownSpec(spec: UpDownSpec): void {
  const { gibbs } = spec;
  if (gibbs.length === 0) {
    throw new OutsetError('dbn.bad_value', { field: 'gibbs', expected: 'at least one entry', got: 'none' });
  }
  for (const [i, { fromEpoch, steps }] of gibbs.entries()) {
    checkWhole(`gibbs[${i}].steps`, steps, 1);
    checkWhole(`gibbs[${i}].fromEpoch`, fromEpoch, i === 0 ? 0 : gibbs[i - 1].fromEpoch + 1);
  }
  checkWhole('batch size', spec.batchSize, 1);
  checkWhole('epochs', spec.epochs, 0);
  checkRange('learning rate', spec.learningRate, 0);
  checkRange('l2', spec.l2, 0);
  checkRange('offset rate', spec.offsetRate, 0, 1 + 1e-12);
  checkSchedule(spec.schedule);
  if (spec.optimizer.name === 'momentum') {
    checkRange('momentum.initial', spec.optimizer.initial, 0, 1);
    checkRange('momentum.final', spec.optimizer.final, 0, 1);
    checkWhole('momentum.switchEpoch', spec.optimizer.switchEpoch, 0);
  }
}
