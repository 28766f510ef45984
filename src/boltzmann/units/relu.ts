/**
 * Rectified units: real numbers x >= 0 with the energy of a Gaussian unit, U(x) = γ x² / 2 - bias x. Given the input, x
 * is normal with mean (bias + I) / γ and variance 1 / γ, cut off below 0. With t = (bias + I) / sqrt(γ) and Q the upper
 * tail of the normal,
 *
 *   Γ(I) = log(2 π / γ) / 2 + t² / 2 + log Q(-t)
 *
 * Sampled exactly by inversion of the tail, see `normal-tail.ts`.
 */
import { logarithm } from '../../random/elementary.ts';
import { addQuadraticMoments, fitNormal, quadraticEnergy } from './gaussian.ts';
import { excessAboveCut, excessMoments, logUpperTail, scaledComplement } from './normal-tail.ts';
import type { UnitSpec } from './unit-spec.ts';
import type { LayerValues, Units } from './units.ts';

export function reluUnits(spec: UnitSpec, values: LayerValues): Units {
  const { bias } = values;
  const precision = values.precision!;
  const width = spec.count;
  const std = precision.map((p) => 1 / Math.sqrt(p));
  let constant = 0;
  for (let i = 0; i < width; i++) constant += logarithm(2 * Math.PI * std[i] * std[i]) / 2;
  return {
    spec,
    values,
    width,
    states: null,
    off: null,
    range: 'a finite number >= 0',
    tail: { precision, nonNegative: true },
    noise: 'uniform',
    noiseWidth: width,
    firstBad: (row, start) => firstNegative(row, start, width),
    putState: () => {},
    energy: (row, start) => quadraticEnergy(values, row, start),
    cumulant: (inputs, start) => {
      let sum = constant;
      for (let i = 0; i < width; i++) sum += logTruncatedIntegral((bias[i] + inputs[start + i]) * std[i]);
      return sum;
    },
    mean: (inputs, start, out, outStart) => {
      for (let i = 0; i < width; i++) {
        out[outStart + i] = std[i] * excessMoments(-(bias[i] + inputs[start + i]) * std[i]).mean;
      }
    },
    mode: (inputs, start, out, outStart) => {
      for (let i = 0; i < width; i++) {
        out[outStart + i] = Math.max(0, (bias[i] + inputs[start + i]) / precision[i]);
      }
    },
    sample: (inputs, start, noise, noiseStart, out, outStart) => {
      for (let i = 0; i < width; i++) {
        const cut = -(bias[i] + inputs[start + i]) * std[i];
        out[outStart + i] = std[i] * excessAboveCut(noise[noiseStart + i], cut);
      }
    },
    addStateMoments: (row, start, weight, into) => addQuadraticMoments(values, row, start, weight, into),
    addMoments: (inputs, start, weight, into) => {
      for (let i = 0; i < width; i++) {
        const { mean, meanSquare } = excessMoments(-(bias[i] + inputs[start + i]) * std[i]);
        into.bias[i] += weight * std[i] * mean;
        if (into.logPrecision !== undefined) into.logPrecision[i] -= (weight * meanSquare) / 2;
      }
    },
    fit: fitNormal,
  };
}

/** log of ∫_0^∞ exp(t x - x² / 2) dx / sqrt(2 π) = t² / 2 + log Q(-t). */
function logTruncatedIntegral(t: number): number {
  return t > 0 ? (t * t) / 2 + logUpperTail(-t) : logarithm(scaledComplement(-t * Math.SQRT1_2) / 2);
}

/** First of `width` columns that is no finite number >= 0, or -1. */
export function firstNegative(row: ArrayLike<number>, start: number, width: number): number {
  for (let i = 0; i < width; i++) if (!(row[start + i] >= 0 && row[start + i] < Infinity)) return i;
  return -1;
}
