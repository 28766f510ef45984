import { logarithm } from '../../random/elementary.ts';
import { checkRows } from '../check-rows.ts';
import { columnMoments } from '../create-rbm.ts';
import type { LayerParameters, Rbm } from '../rbm.ts';
import type { StateRows } from '../state-rows.ts';
import { bindUnits, neutralUnits, unitsWith } from '../units/bind-units.ts';
import type { LayerValues, Units } from '../units/units.ts';
import type { AisPath } from './ais-engine.ts';

/**
 * The base-rate model of Salakhutdinov & Murray 2008, section 4.1: visible units without weights that have the means
 * (and variances) of the data. Annealing from it needs far fewer temperatures than from uniform units.
 *
 * No probability is smaller than 1 in 400, so that a pixel that is never on in the data can still come on.
 * Without data the model's own visible biases are used.
 */
export function baseRate(rbm: Rbm, data?: StateRows): LayerParameters {
  if (data === undefined) return rbm.visibleParameters;
  checkRows(rbm.visible, data, 'visible');
  const { mean, variance } = columnMoments(rbm.visible, data);
  const { bias, precision } = neutralUnits(rbm.visible).fit(mean, variance, Math.min(data.count, smoothing));
  const rounded = Float32Array.from(bias);
  return precision === undefined
    ? { bias: rounded }
    : { bias: rounded, logPrecision: Float32Array.from(precision, logarithm) };
}

/** `fit` keeps probabilities half a case away from 0 and 1; of this many cases. */
const smoothing = 200;

/** Both layers of the model at an inverse temperature. */
export interface TemperedUnits {
  readonly visible: Units;
  readonly hidden: Units;
}

/** Makes the layers at any β, see `ais-engine.ts`. */
export function temperedUnits({ rbm, base }: AisPath): (beta: number) => TemperedUnits {
  const atZero = { visible: valuesOf(rbm.visible, base), hidden: withoutBias(rbm) };
  const atOne = {
    visible: valuesOf(rbm.visible, rbm.visibleParameters),
    hidden: valuesOf(rbm.hidden, rbm.hiddenParameters),
  };
  return (beta) => ({
    visible: unitsWith(rbm.visible, between(atZero.visible, atOne.visible, beta)),
    hidden: unitsWith(rbm.hidden, between(atZero.hidden, atOne.hidden, beta)),
  });
}

/** log Z of the base: the layers are independent. */
export function baseLogPartition(path: AisPath): number {
  const { visible, hidden } = temperedUnits(path)(0);
  return (
    visible.cumulant(new Float64Array(visible.width), 0) + hidden.cumulant(new Float64Array(hidden.width), 0)
  );
}

function withoutBias({ hidden, hiddenParameters }: Rbm): LayerValues {
  const values = valuesOf(hidden, hiddenParameters);
  return { ...values, bias: new Float64Array(values.bias.length) };
}

function valuesOf(spec: Rbm['visible'], parameters: LayerParameters): LayerValues {
  return bindUnits(spec, parameters).values;
}

function between(from: LayerValues, to: LayerValues, beta: number): LayerValues {
  const mix = (a: Float64Array, b: Float64Array) => a.map((x, i) => (1 - beta) * x + beta * b[i]);
  return to.precision === undefined || from.precision === undefined
    ? { bias: mix(from.bias, to.bias) }
    : { bias: mix(from.bias, to.bias), precision: mix(from.precision, to.precision) };
}
