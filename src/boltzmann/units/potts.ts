/**
 * Units in one of `states` states, one-hot: U(x) = -biasᵀ x, Γ(I) = log Σ_s exp(bias_s + I_s) for each unit.
 * Also known as softmax or categorical units.
 */
import { exponential, logarithm } from '../../random/elementary.ts';
import { addRow } from './add-rows.ts';
import type { UnitSpec } from './unit-spec.ts';
import type { LayerValues, Units } from './units.ts';

export function pottsUnits(spec: UnitSpec & { kind: 'potts' }, values: LayerValues): Units {
  const { bias } = values;
  const { count, states } = spec;
  const width = count * states;
  const weights = new Float64Array(states);

  /** exp(field - largest field) of a unit's states into `weights`; gives [largest, sum]. */
  function weigh(inputs: Float64Array, start: number, first: number): [number, number] {
    let largest = Number.NEGATIVE_INFINITY;
    for (let s = 0; s < states; s++) {
      weights[s] = bias[first + s] + inputs[start + first + s];
      if (weights[s] > largest) largest = weights[s];
    }
    let sum = 0;
    for (let s = 0; s < states; s++) {
      weights[s] = exponential(weights[s] - largest);
      sum += weights[s];
    }
    return [largest, sum];
  }

  /** Puts a single 1 into the columns of a unit. */
  function choose(out: Float64Array, first: number, state: number): void {
    out.fill(0, first, first + states);
    out[first + state] = 1;
  }

  return {
    spec,
    values,
    width,
    states,
    off: 0,
    range: '0 ... 1, sum 1',
    tail: null,
    noise: 'uniform',
    noiseWidth: count,
    firstBad: (row, start) => {
      for (let first = 0; first < width; first += states) {
        let sum = 0;
        for (let column = first; column < first + states; column++) {
          const x = row[start + column];
          if (!(x >= 0 && x <= 1)) return column;
          sum += x;
        }
        if (Math.abs(sum - 1) > 1e-3) return first;
      }
      return -1;
    },
    putState: (unit, state, row) => choose(row, unit * states, state),
    energy: (row, start) => {
      let sum = 0;
      for (let i = 0; i < width; i++) sum -= bias[i] * row[start + i];
      return sum;
    },
    cumulant: (inputs, start) => {
      let total = 0;
      for (let first = 0; first < width; first += states) {
        const [largest, sum] = weigh(inputs, start, first);
        total += largest + logarithm(sum);
      }
      return total;
    },
    mean: (inputs, start, out, outStart) => {
      for (let first = 0; first < width; first += states) {
        const [, sum] = weigh(inputs, start, first);
        for (let s = 0; s < states; s++) out[outStart + first + s] = weights[s] / sum;
      }
    },
    mode: (inputs, start, out, outStart) => {
      for (let first = 0; first < width; first += states) {
        weigh(inputs, start, first);
        choose(out, outStart + first, weights.indexOf(1));
      }
    },
    sample: (inputs, start, noise, noiseStart, out, outStart) => {
      for (let unit = 0; unit < count; unit++) {
        const [, sum] = weigh(inputs, start, unit * states);
        let rest = noise[noiseStart + unit] * sum;
        let state = 0;
        while (state < states - 1 && rest >= weights[state]) rest -= weights[state++];
        choose(out, outStart + unit * states, state);
      }
    },
    addStateMoments: (row, start, weight, into) => addRow(row, start, weight, into.bias),
    addMoments: (inputs, start, weight, into) => {
      for (let first = 0; first < width; first += states) {
        const [, sum] = weigh(inputs, start, first);
        for (let s = 0; s < states; s++) into.bias[first + s] += (weight * weights[s]) / sum;
      }
    },
    fit: (mean, _, seen) => ({ bias: mean.map((p) => logarithm(Math.max(p, 0.5 / seen))) }),
  };
}
