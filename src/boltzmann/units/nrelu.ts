/**
 * Stepped sigmoid units (Nair & Hinton 2010): infinitely many Bernoulli units that share bias and weights but for
 * offsets -0.5, -1.5, -2.5, ..., and only their number x of ones is kept. So
 *
 *   Γ(I) = Σ_{i>=1} log(1 + exp(bias + I - i + 0.5)),   E[x | I] = Σ_{i>=1} sigmoid(bias + I - i + 0.5)
 *
 * By Euler's product Π (1 + z qⁱ) = Σ zⁿ q^(n(n-1)/2) / ((1-q)(1-q²)...(1-qⁿ)) with q = 1/e, the energy of the count is
 *
 *   U(x) = x² / 2 + Σ_{k=1}^{x} log(1 - e^-k) - bias x
 *
 * which the sum Σ_{k>=1} [log(1 - e^-k) - log(1 - e^-(k+x))] continues to real x >= 0. Drawn as in the paper:
 * max(0, y + N(0, sigmoid(y))) with y = bias + I. That is close to the count for large y only (at y = 0 its mean is 0.28,
 * the count's 0.69), so chains of these units do not have exactly the model as their stationary law.
 */
import { exponential, logarithm, logOnePlusExponential } from '../../random/elementary.ts';
import { addRow } from './add-rows.ts';
import { logistic } from './logistic.ts';
import { firstNegative } from './relu.ts';
import type { UnitSpec } from './unit-spec.ts';
import type { LayerValues, Units } from './units.ts';

/** Terms of a sum over e^-k that still count in double precision. */
const terms = 40;

export function nreluUnits(spec: UnitSpec, values: LayerValues): Units {
  const { bias } = values;
  const width = spec.count;
  return {
    spec,
    values,
    width,
    states: null,
    off: null,
    range: 'a finite number >= 0',
    tail: { precision: new Float64Array(width).fill(1), nonNegative: true },
    noise: 'normal',
    noiseWidth: width,
    firstBad: (row, start) => firstNegative(row, start, width),
    putState: () => {},
    energy: (row, start) => {
      let sum = 0;
      for (let i = 0; i < width; i++) {
        const x = row[start + i];
        sum += (x * x) / 2 + logPochhammer(x) - bias[i] * x;
      }
      return sum;
    },
    cumulant: (inputs, start) => {
      let sum = 0;
      for (let i = 0; i < width; i++) sum += steppedCumulant(bias[i] + inputs[start + i]);
      return sum;
    },
    mean: (inputs, start, out, outStart) => {
      for (let i = 0; i < width; i++) out[outStart + i] = steppedMean(bias[i] + inputs[start + i]);
    },
    mode: (inputs, start, out, outStart) => {
      for (let i = 0; i < width; i++)
        out[outStart + i] = Math.max(0, Math.round(bias[i] + inputs[start + i]));
    },
    sample: (inputs, start, noise, noiseStart, out, outStart) => {
      for (let i = 0; i < width; i++) {
        const y = bias[i] + inputs[start + i];
        out[outStart + i] = Math.max(0, y + noise[noiseStart + i] * Math.sqrt(logistic(y)));
      }
    },
    addStateMoments: (row, start, weight, into) => addRow(row, start, weight, into.bias),
    addMoments: (inputs, start, weight, into) => {
      for (let i = 0; i < width; i++) into.bias[i] += weight * steppedMean(bias[i] + inputs[start + i]);
    },
    // E[x] is nearly log(1 + exp(bias)).
    fit: (mean, _, count) => ({
      bias: mean.map((m) => {
        const x = Math.max(m, 0.5 / count);
        return x > 30 ? x : logarithm(exponential(x) - 1);
      }),
    }),
  };
}

/** Σ_{k=1}^{x} log(1 - e^-k), continued to real x >= 0. */
function logPochhammer(x: number): number {
  let sum = 0;
  for (let k = 1; k <= terms; k++) {
    sum += logarithm((1 - exponential(-k)) / (1 - exponential(-k - x)));
  }
  return sum;
}

/** Steps that are certainly on (sigmoid = 1 in double precision) are summed in closed form. */
function certainSteps(y: number): number {
  return Math.max(0, Math.floor(y) - terms);
}

function steppedCumulant(y: number): number {
  const certain = certainSteps(y);
  let sum = certain * y - (certain * certain) / 2;
  const last = Math.max(certain, Math.ceil(y)) + terms;
  for (let i = certain + 1; i <= last; i++) sum += logOnePlusExponential(y - i + 0.5);
  return sum;
}

function steppedMean(y: number): number {
  const certain = certainSteps(y);
  let sum = certain;
  const last = Math.max(certain, Math.ceil(y)) + terms;
  for (let i = certain + 1; i <= last; i++) sum += logistic(y - i + 0.5);
  return sum;
}
