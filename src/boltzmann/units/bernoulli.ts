/** Units that are 0 or 1: U(x) = -bias x, Γ(I) = log(1 + exp(bias + I)). */
import { logarithm, logOnePlusExponential } from '../../random/elementary.ts';
import { addRow } from './add-rows.ts';
import { logistic } from './logistic.ts';
import type { UnitSpec } from './unit-spec.ts';
import type { LayerValues, Units } from './units.ts';

export function bernoulliUnits(spec: UnitSpec, values: LayerValues): Units {
  const { bias } = values;
  const width = spec.count;
  return {
    spec,
    values,
    width,
    states: 2,
    off: 0,
    range: '0 ... 1',
    tail: null,
    noise: 'uniform',
    noiseWidth: width,
    firstBad: (row, start) => firstOutside(row, start, width, 0, 1),
    putState: (unit, state, row) => {
      row[unit] = state;
    },
    energy: (row, start) => {
      let sum = 0;
      for (let i = 0; i < width; i++) sum -= bias[i] * row[start + i];
      return sum;
    },
    cumulant: (inputs, start) => {
      let sum = 0;
      for (let i = 0; i < width; i++) sum += logOnePlusExponential(bias[i] + inputs[start + i]);
      return sum;
    },
    mean: (inputs, start, out, outStart) => {
      for (let i = 0; i < width; i++) out[outStart + i] = logistic(bias[i] + inputs[start + i]);
    },
    mode: (inputs, start, out, outStart) => {
      for (let i = 0; i < width; i++) out[outStart + i] = bias[i] + inputs[start + i] > 0 ? 1 : 0;
    },
    sample: (inputs, start, noise, noiseStart, out, outStart) => {
      for (let i = 0; i < width; i++) {
        out[outStart + i] = noise[noiseStart + i] < logistic(bias[i] + inputs[start + i]) ? 1 : 0;
      }
    },
    addStateMoments: (row, start, weight, into) => addRow(row, start, weight, into.bias),
    addMoments: (inputs, start, weight, into) => {
      for (let i = 0; i < width; i++) into.bias[i] += weight * logistic(bias[i] + inputs[start + i]);
    },
    fit: (mean, _, count) => ({
      // Hinton 2010, section 8: log(p / (1 - p)); a column that never changed counts as seen half a time.
      bias: mean.map((m) => {
        const p = Math.min(Math.max(m, 0.5 / count), 1 - 0.5 / count);
        return logarithm(p / (1 - p));
      }),
    }),
  };
}

/** First of `width` columns that is not a number from `low` to `high`, or -1. */
export function firstOutside(
  row: ArrayLike<number>,
  start: number,
  width: number,
  low: number,
  high: number,
): number {
  for (let i = 0; i < width; i++) if (!(row[start + i] >= low && row[start + i] <= high)) return i;
  return -1;
}
