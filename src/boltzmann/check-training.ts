import { OutsetError } from '../messages/error.ts';
import { checkSchedule } from '../training/schedule.ts';
import { checkRbm } from './check-rbm.ts';
import { checkRows } from './check-rows.ts';
import type { RbmTrainerOptions } from './rbm-trainer.ts';
import type { GreyConvention, RbmTrainingSpec } from './rbm-training-spec.ts';

const greyConventions: readonly GreyConvention[] = ['threshold', 'sampled', 'resampled', 'grey'];
const negativePhases = ['cd', 'pcd', 'parallel-tempering', 'exact'] as const;

/**
 * What every RBM trainer checks before it starts: model, data, weights of the examples, settings, stream.
 *
 * @throws boltzmann.bad_training, boltzmann.no_rows, boltzmann.few_rows, boltzmann.bad_weight, boltzmann.bad_weights,
 *   training.sequential_stream, training.bad_value, training.unknown_name, and what {@link checkRbm} and
 *   {@link checkRows} throw
 */
export function checkTrainerOptions(options: RbmTrainerOptions): void {
  const { rbm, data, validation, weights, spec, stream } = options;
  checkTrainingSettings(spec);
  if (stream.dialect !== 'threefry') {
    throw new OutsetError('training.sequential_stream', { dialect: stream.dialect });
  }
  checkRbm(rbm);
  checkRows(rbm.visible, data, 'visible');
  if (data.count === 0) throw new OutsetError('boltzmann.no_rows', {});
  if (data.count < spec.batchSize) {
    throw new OutsetError('boltzmann.few_rows', { rows: data.count, batchSize: spec.batchSize });
  }
  if (validation !== undefined) {
    checkRows(rbm.visible, validation, 'visible');
    if (validation.count === 0) throw new OutsetError('boltzmann.no_rows', {});
  }
  if (weights === undefined) return;
  if (weights.length !== data.count) {
    throw new OutsetError('boltzmann.bad_weights', { expected: data.count, got: weights.length });
  }
  const bad = weights.findIndex((w) => !(w > 0 && w < Number.POSITIVE_INFINITY));
  if (bad >= 0) throw new OutsetError('boltzmann.bad_weight', { row: bad, got: weights[bad] });
}

/** @throws boltzmann.bad_training, training.bad_value, training.unknown_name */
export function checkTrainingSettings(spec: RbmTrainingSpec): void {
  const { negative, optimizer, weightDecay, sparsity } = spec;
  oneOf('negative', negative.name, negativePhases);
  if (negative.name !== 'exact') whole('negative.steps', negative.steps, 1);
  if (negative.name === 'parallel-tempering') whole('negative.temperatures', negative.temperatures, 2);
  if ('chains' in negative && negative.chains !== undefined) whole('negative.chains', negative.chains, 1);
  oneOf('optimizer', optimizer.name, ['momentum', 'adam']);
  if (optimizer.name === 'momentum') {
    below('optimizer.initial', optimizer.initial, 1);
    below('optimizer.final', optimizer.final, 1);
    whole('optimizer.switchEpoch', optimizer.switchEpoch, 0);
  } else {
    below('optimizer.beta1', optimizer.beta1 ?? 0, 1);
    below('optimizer.beta2', optimizer.beta2 ?? 0, 1);
    finite('optimizer.epsilon', optimizer.epsilon ?? 0);
  }
  finite('learningRate', spec.learningRate);
  checkSchedule(spec.schedule);
  whole('batchSize', spec.batchSize, 1);
  whole('epochs', spec.epochs, 0);
  check('offsetRate', spec.offsetRate >= 0 && spec.offsetRate <= 1, '0 <= x <= 1', spec.offsetRate);
  finite('weightDecay.l1', weightDecay.l1);
  finite('weightDecay.l2', weightDecay.l2);
  if (sparsity !== undefined) {
    finite('sparsity.target', sparsity.target);
    finite('sparsity.cost', sparsity.cost);
    below('sparsity.decay', sparsity.decay, 1);
  }
  oneOf('grey', spec.grey, greyConventions);
}

function whole(field: string, got: number, least: number): void {
  check(field, Number.isSafeInteger(got) && got >= least, `whole number >= ${least}`, got);
}

function below(field: string, got: number, limit: number): void {
  check(field, got >= 0 && got < limit, `0 <= x < ${limit}`, got);
}

function finite(field: string, got: number): void {
  check(field, got >= 0 && got < Number.POSITIVE_INFINITY, 'finite number >= 0', got);
}

function oneOf(field: string, got: string, names: readonly string[]): void {
  check(field, names.includes(got), names.join(' | '), got);
}

function check(field: string, ok: boolean, expected: string, got: unknown): void {
  if (!ok) throw new OutsetError('boltzmann.bad_training', { field, expected, got: String(got) });
}
