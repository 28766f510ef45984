import { OutsetError } from '../messages/error.ts';
import { optimizerConstants, optimizerNames } from './optimizer.ts';
import { checkSchedule } from './schedule.ts';
import type { LossName, TrainingSpec } from './spec.ts';

/** Names of the losses. */
export const lossNames: readonly LossName[] = [
  'softmax-cross-entropy',
  'mean-squared-error',
  'binary-cross-entropy',
];

/** @throws training.unknown_name, training.bad_value */
export function checkTrainingSpec(spec: TrainingSpec): void {
  known('loss', spec.loss, lossNames);
  known('optimizer', spec.optimizer.name, optimizerNames);
  optimizerConstants(spec.optimizer);
  checkSchedule(spec.schedule);
  const { learningRate, labelSmoothing = 0, batchSize, epochs } = spec;
  check('labelSmoothing', labelSmoothing >= 0 && labelSmoothing < 1, '0 <= x < 1', labelSmoothing);
  if (labelSmoothing > 0 && spec.loss !== 'softmax-cross-entropy')
    check(
      'labelSmoothing',
      false,
      `0 for ${spec.loss}: only softmax-cross-entropy has classes`,
      labelSmoothing,
    );
  check('learningRate', learningRate >= 0 && learningRate < Number.POSITIVE_INFINITY, 'x >= 0', learningRate);
  check('batchSize', Number.isSafeInteger(batchSize) && batchSize > 0, 'whole number > 0', batchSize);
  check('epochs', Number.isSafeInteger(epochs) && epochs >= 0, 'whole number >= 0', epochs);
}

function known(field: string, got: string, names: readonly string[]): void {
  if (!names.includes(got))
    throw new OutsetError('training.unknown_name', { field, got: String(got), names });
}

function check(field: string, ok: boolean, expected: string, got: unknown): void {
  if (!ok) throw new OutsetError('training.bad_value', { field, expected, got });
}
