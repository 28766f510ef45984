/**
 * Real units: U(x) = γ x² / 2 - bias x with precision γ = exp(logPrecision). Given the input, x is normal with mean
 * (bias + I) / γ and variance 1 / γ; Γ(I) = (bias + I)² / (2 γ) + log(2 π / γ) / 2.
 */
import { logarithm } from '../../random/elementary.ts';
import { addRow } from './add-rows.ts';
import type { UnitSpec } from './unit-spec.ts';
import type { LayerValues, Units } from './units.ts';

export function gaussianUnits(spec: UnitSpec, values: LayerValues): Units {
  const { bias } = values;
  const precision = values.precision!;
  const width = spec.count;
  let constant = 0;
  for (let i = 0; i < width; i++) constant += logarithm((2 * Math.PI) / precision[i]) / 2;

  const mean: Units['mean'] = (inputs, start, out, outStart) => {
    for (let i = 0; i < width; i++) out[outStart + i] = (bias[i] + inputs[start + i]) / precision[i];
  };
  return {
    spec,
    values,
    width,
    states: null,
    off: null,
    range: 'a finite number',
    tail: { precision, nonNegative: false },
    noise: 'normal',
    noiseWidth: width,
    firstBad: (row, start) => {
      for (let i = 0; i < width; i++) if (!Number.isFinite(row[start + i])) return i;
      return -1;
    },
    putState: () => {},
    energy: (row, start) => quadraticEnergy(values, row, start),
    cumulant: (inputs, start) => {
      let sum = constant;
      for (let i = 0; i < width; i++) sum += (bias[i] + inputs[start + i]) ** 2 / (2 * precision[i]);
      return sum;
    },
    mean,
    mode: mean,
    sample: (inputs, start, noise, noiseStart, out, outStart) => {
      for (let i = 0; i < width; i++) {
        out[outStart + i] =
          (bias[i] + inputs[start + i]) / precision[i] + noise[noiseStart + i] / Math.sqrt(precision[i]);
      }
    },
    addStateMoments: (row, start, weight, into) => addQuadraticMoments(values, row, start, weight, into),
    addMoments: (inputs, start, weight, into) => {
      for (let i = 0; i < width; i++) {
        const m = (bias[i] + inputs[start + i]) / precision[i];
        into.bias[i] += weight * m;
        // E[x²] = m² + 1/γ
        if (into.logPrecision !== undefined) {
          into.logPrecision[i] -= (weight * (precision[i] * m * m + 1)) / 2;
        }
      }
    },
    fit: fitNormal,
  };
}

/** γ x² / 2 - bias x, summed over a row. */
export function quadraticEnergy(
  { bias, precision }: LayerValues,
  row: ArrayLike<number>,
  start: number,
): number {
  let sum = 0;
  for (let i = 0; i < bias.length; i++) {
    const x = row[start + i];
    sum += (precision![i] * x * x) / 2 - bias[i] * x;
  }
  return sum;
}

/** -∂U/∂bias = x and -∂U/∂logPrecision = -γ x² / 2. */
export function addQuadraticMoments(
  { precision }: LayerValues,
  row: ArrayLike<number>,
  start: number,
  weight: number,
  into: { readonly bias: Float64Array; readonly logPrecision?: Float64Array },
): void {
  addRow(row, start, weight, into.bias);
  if (into.logPrecision === undefined) return;
  for (let i = 0; i < into.bias.length; i++) {
    into.logPrecision[i] -= (weight * precision![i] * row[start + i] ** 2) / 2;
  }
}

/** The normals with these moments: γ = 1 / variance, bias = mean γ; see {@link flooredVariance}. */
export function fitNormal(mean: Float64Array, variance: Float64Array): LayerValues {
  const precision = flooredVariance(variance).map((v) => 1 / v);
  return { bias: mean.map((m, i) => m * precision[i]), precision };
}

/**
 * Variances of at least a hundredth of their mean, 1 where all are 0: columns that hardly ever change (the corners of
 * images) would otherwise get enormous precisions, and weights to match.
 */
export function flooredVariance(variance: Float64Array): Float64Array {
  const floor = variance.reduce((a, b) => a + b, 0) / variance.length / 100;
  return variance.map((v) => Math.max(v, floor) || 1);
}
