/** Ising spins, -1 or +1: U(x) = -bias x, Γ(I) = log(2 cosh(bias + I)). */
import { hyperbolicTangent, logarithm, logOnePlusExponential } from '../../random/elementary.ts';
import { addRow } from './add-rows.ts';
import { firstOutside } from './bernoulli.ts';
import { logistic } from './logistic.ts';
import type { UnitSpec } from './unit-spec.ts';
import type { LayerValues, Units } from './units.ts';

export function spinUnits(spec: UnitSpec, values: LayerValues): Units {
  const { bias } = values;
  const width = spec.count;
  return {
    spec,
    values,
    width,
    states: 2,
    off: -1,
    range: '-1 ... 1',
    tail: null,
    noise: 'uniform',
    noiseWidth: width,
    firstBad: (row, start) => firstOutside(row, start, width, -1, 1),
    putState: (unit, state, row) => {
      row[unit] = 2 * state - 1;
    },
    energy: (row, start) => {
      let sum = 0;
      for (let i = 0; i < width; i++) sum -= bias[i] * row[start + i];
      return sum;
    },
    cumulant: (inputs, start) => {
      let sum = 0;
      for (let i = 0; i < width; i++) {
        const field = bias[i] + inputs[start + i];
        sum += logOnePlusExponential(2 * field) - field;
      }
      return sum;
    },
    mean: (inputs, start, out, outStart) => {
      for (let i = 0; i < width; i++) out[outStart + i] = hyperbolicTangent(bias[i] + inputs[start + i]);
    },
    mode: (inputs, start, out, outStart) => {
      for (let i = 0; i < width; i++) out[outStart + i] = bias[i] + inputs[start + i] > 0 ? 1 : -1;
    },
    sample: (inputs, start, noise, noiseStart, out, outStart) => {
      for (let i = 0; i < width; i++) {
        out[outStart + i] = noise[noiseStart + i] < logistic(2 * (bias[i] + inputs[start + i])) ? 1 : -1;
      }
    },
    addStateMoments: (row, start, weight, into) => addRow(row, start, weight, into.bias),
    addMoments: (inputs, start, weight, into) => {
      for (let i = 0; i < width; i++) into.bias[i] += weight * hyperbolicTangent(bias[i] + inputs[start + i]);
    },
    fit: (mean, _, count) => ({
      bias: mean.map((m) => {
        const p = Math.min(Math.max((1 + m) / 2, 0.5 / count), 1 - 0.5 / count);
        return logarithm(p / (1 - p)) / 2;
      }),
    }),
  };
}
