import { OutsetError } from '../messages/error.ts';
import { logarithm } from '../random/elementary.ts';
import type { Stream } from '../random/stream.ts';
import { tensor } from '../tensor/tensor.ts';
import { checkRbm } from './check-rbm.ts';
import { checkRows } from './check-rows.ts';
import { checkUnits } from './check-units.ts';
import { forEachRow } from './convert-rows.ts';
import type { LayerParameters, Rbm } from './rbm.ts';
import type { SparseRows, StateRows } from './state-rows.ts';
import { bindUnits, neutralUnits } from './units/bind-units.ts';
import { stateWidth, type UnitSpec } from './units/unit-spec.ts';
import type { LayerValues } from './units/units.ts';

export interface CreateRbmOptions {
  /** Draws the weights, from its child `weights`. */
  readonly stream: Stream;
  /** Standard deviation of the weights, default 0.01 (Hinton 2010, section 8). */
  readonly weightStd?: number;
  /**
   * Visible biases are set so that the visible units alone have the mean of these rows, log(p / (1 - p)) for
   * Bernoulli units, and the variance where they have a precision. Without, biases are 0 and precisions 1.
   */
  readonly data?: StateRows;
  /** Bias of every hidden unit, default 0; about -4 makes them sparse. */
  readonly hiddenBias?: number;
  /**
   * Instead of `hiddenBias`, for Bernoulli hidden units: the probability that one is on when all others are off, the
   * visible units summed out. Real visible units need it: there large weights alone make a hidden unit likely, by
   * |w|² / (2 γ) in its log odds, and training ends in a model that ignores them.
   */
  readonly hiddenPrior?: number;
}

/**
 * A new model as Hinton's guide has it: small normal weights, visible biases from the data, hidden biases 0.
 *
 * A column that is constant in `data` gets the bias of a unit that was seen the other way half a time; of real
 * numbers, variances are taken to be at least a hundredth of their mean.
 * @throws boltzmann.bad_units, boltzmann.bad_rows, boltzmann.bad_state, boltzmann.bad_rbm, boltzmann.no_rows,
 *   boltzmann.bad_training for a prior that is no probability or has no Bernoulli hidden units
 */
export function createRbm(visible: UnitSpec, hidden: UnitSpec, options: CreateRbmOptions): Rbm {
  checkUnits(visible, 'visible');
  checkUnits(hidden, 'hidden');
  const { stream, weightStd = 0.01, data, hiddenBias = 0 } = options;
  const dims = [stateWidth(visible), stateWidth(hidden)];
  const weights = stream.child('weights').normal(new Float32Array(dims[0] * dims[1]), 0, weightStd);
  const hiddenValues = neutralUnits(hidden).values;
  hiddenValues.bias.fill(hiddenBias);
  const rbm: Rbm = {
    visible,
    hidden,
    weights: tensor('float32', dims, weights),
    visibleParameters: parametersOf(
      data === undefined ? neutralUnits(visible).values : fitted(visible, data),
    ),
    hiddenParameters: parametersOf(hiddenValues),
  };
  checkRbm(rbm);
  if (options.hiddenPrior !== undefined) setHiddenPrior(rbm, options.hiddenPrior);
  return rbm;
}

/** c_j = log(p / (1 - p)) - (Γ_visible(w_j) - Γ_visible(0)), Γ of all visible units together. */
function setHiddenPrior(
  { visible, hidden, visibleParameters, weights, hiddenParameters }: Rbm,
  prior: number,
): void {
  if (!(prior > 0 && prior < 1) || hidden.kind !== 'bernoulli') {
    throw new OutsetError('boltzmann.bad_training', {
      field: 'hiddenPrior',
      expected: '0 < x < 1, for bernoulli hidden units',
      got: `${prior} (${hidden.kind})`,
    });
  }
  const units = bindUnits(visible, visibleParameters);
  const column = new Float64Array(units.width);
  const alone = units.cumulant(column, 0);
  for (let j = 0; j < hidden.count; j++) {
    for (let i = 0; i < column.length; i++) column[i] = weights.data[i * hidden.count + j];
    hiddenParameters.bias[j] = logarithm(prior / (1 - prior)) - (units.cumulant(column, 0) - alone);
  }
}

function fitted(spec: UnitSpec, data: StateRows): LayerValues {
  checkRows(spec, data, 'visible');
  if (data.count === 0) throw new OutsetError('boltzmann.no_rows', {});
  const { mean, variance } = columnMoments(spec, data);
  return neutralUnits(spec).fit(mean, variance, data.count);
}

/**
 * Mean and variance of every column, of rows weighted by `weights` (default 1 each).
 * Two passes in double precision: the variance of a large mean does not cancel.
 */
export function columnMoments(
  spec: UnitSpec,
  rows: StateRows,
  weights?: Float32Array,
): { mean: Float64Array; variance: Float64Array } {
  const units = neutralUnits(spec);
  if (rows.form === 'sparse' && rows.values === undefined) return listMoments(units.off!, rows, weights);
  const mean = new Float64Array(rows.width);
  const variance = new Float64Array(rows.width);
  let total = 0;
  forEachRow(units, rows, (row, index) => {
    const weight = weights === undefined ? 1 : weights[index];
    total += weight;
    for (let i = 0; i < row.length; i++) mean[i] += weight * row[i];
  });
  for (let i = 0; i < mean.length; i++) mean[i] /= total;
  forEachRow(units, rows, (row, index) => {
    const weight = weights === undefined ? 1 : weights[index];
    for (let i = 0; i < row.length; i++) variance[i] += weight * (row[i] - mean[i]) ** 2;
  });
  for (let i = 0; i < variance.length; i++) variance[i] /= total;
  return { mean, variance };
}

/** The same for index lists: counts decide, as there are only two values. */
function listMoments(
  off: number,
  { count, width, offsets, indices }: SparseRows,
  weights: Float32Array | undefined,
): { mean: Float64Array; variance: Float64Array } {
  const on = new Float64Array(width);
  let total = 0;
  for (let row = 0; row < count; row++) {
    const weight = weights === undefined ? 1 : weights[row];
    total += weight;
    for (let at = offsets[row]; at < offsets[row + 1]; at++) on[indices[at]] += weight;
  }
  return {
    mean: on.map((sum) => off + (1 - off) * (sum / total)),
    variance: on.map((sum) => (1 - off) ** 2 * (sum / total) * (1 - sum / total)),
  };
}

function parametersOf({ bias, precision }: LayerValues): LayerParameters {
  const rounded = Float32Array.from(bias);
  return precision === undefined
    ? { bias: rounded }
    : { bias: rounded, logPrecision: Float32Array.from(precision, logarithm) };
}
