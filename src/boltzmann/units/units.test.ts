import { describe, expect, test } from 'vitest';
import { threefry } from '../../random/threefry-stream.ts';
import { bindUnits, hasPrecision } from './bind-units.ts';
import { stateWidth, type UnitSpec } from './unit-spec.ts';
import type { LayerMoments, Units } from './units.ts';

const specs: UnitSpec[] = [
  { kind: 'bernoulli', count: 1 },
  { kind: 'spin', count: 1 },
  { kind: 'potts', count: 1, states: 4 },
  { kind: 'gaussian', count: 1 },
  { kind: 'relu', count: 1 },
  { kind: 'nrelu', count: 1 },
];

function unitsOf(spec: UnitSpec, bias: number, logPrecision: number): Units {
  const parameters = {
    bias: new Float32Array(stateWidth(spec)).map((_, i) => bias + 0.25 * i),
    ...(hasPrecision(spec) && { logPrecision: Float32Array.of(logPrecision) }),
  };
  return bindUnits(spec, parameters);
}

/** States with their weight in ∫ dx or Σ. */
function quadrature(units: Units): { row: Float64Array; weight: number }[] {
  if (units.states !== null) {
    return Array.from({ length: units.states }, (_, state) => {
      const row = new Float64Array(units.width);
      units.putState(0, state, row);
      return { row, weight: 1 };
    });
  }
  if (units.spec.kind === 'nrelu') {
    return Array.from({ length: 200 }, (_, n) => ({ row: Float64Array.of(n), weight: 1 }));
  }
  // Simpson's rule.
  const [low, high, n] = [units.spec.kind === 'relu' ? 0 : -60, 60, 40_000];
  const step = (high - low) / n;
  return Array.from({ length: n + 1 }, (_, i) => ({
    row: Float64Array.of(low + i * step),
    weight: ((i === 0 || i === n ? 1 : i % 2 === 1 ? 4 : 2) * step) / 3,
  }));
}

describe.each(specs)('$kind', (spec) => {
  const cases = [
    { bias: 0.3, logPrecision: 0, input: 0 },
    { bias: -1.2, logPrecision: 0.7, input: 2.5 },
    { bias: 0.5, logPrecision: -0.4, input: -6 },
    { bias: 2, logPrecision: 0.2, input: 9 },
  ];

  test.each(cases)('cumulant, mean and moments are integrals of exp(-U + I x): $input', (c) => {
    const units = unitsOf(spec, c.bias, c.logPrecision);
    const inputs = new Float64Array(units.width).map((_, i) => c.input * (1 - 0.3 * i));
    let z = 0;
    const mean = new Float64Array(units.width);
    const moments = zero(units);
    for (const { row, weight } of quadrature(units)) {
      const bond = row.reduce((sum, x, i) => sum + x * inputs[i], 0);
      const p = weight * Math.exp(bond - units.energy(row, 0));
      z += p;
      row.forEach((x, i) => {
        mean[i] += p * x;
      });
      units.addStateMoments(row, 0, p, moments);
    }
    expect(units.cumulant(inputs, 0)).toBeCloseTo(Math.log(z), 9);
    const got = new Float64Array(units.width);
    units.mean(inputs, 0, got, 0);
    got.forEach((m, i) => {
      expect(m).toBeCloseTo(mean[i] / z, 9);
    });
    const gotMoments = zero(units);
    units.addMoments(inputs, 0, 1, gotMoments);
    gotMoments.bias.forEach((m, i) => {
      expect(m).toBeCloseTo(moments.bias[i] / z, 9);
    });
    if (moments.logPrecision !== undefined) {
      expect(gotMoments.logPrecision![0]).toBeCloseTo(moments.logPrecision[0] / z, 8);
    }
  });

  test('moments are derivatives of the cumulant', () => {
    const input = Float64Array.from({ length: stateWidth(spec) }, (_, i) => 0.4 - 0.2 * i);
    const at = (bias: number, logPrecision: number) => unitsOf(spec, bias, logPrecision).cumulant(input, 0);
    const moments = zero(unitsOf(spec, 0.5, 0.25));
    unitsOf(spec, 0.5, 0.25).addMoments(input, 0, 1, moments);
    // 2^-10 is exact in single precision; the error of the difference is of order 2^-20.
    const h = 2 ** -10;
    const biasSlope = (at(0.5 + h, 0.25) - at(0.5 - h, 0.25)) / (2 * h);
    expect(moments.bias.reduce((a, b) => a + b)).toBeCloseTo(biasSlope, 5);
    if (moments.logPrecision !== undefined) {
      const slope = (at(0.5, 0.25 + h) - at(0.5, 0.25 - h)) / (2 * h);
      expect(moments.logPrecision[0]).toBeCloseTo(slope, 5);
    }
  });

  test('draws have the mean within 4.5 standard errors', () => {
    const n = 10_000;
    const units = unitsOf(spec, 0.4, 0.5);
    const inputs = new Float64Array(units.width).map((_, i) => 0.8 - i);
    const noise = new Float64Array(n * units.noiseWidth);
    const stream = threefry(11).child(spec.kind);
    if (units.noise === 'normal') stream.normal(noise);
    else stream.uniform(noise, 2 ** -40, 1);
    const sum = new Float64Array(units.width);
    const squares = new Float64Array(units.width);
    const row = new Float64Array(units.width);
    for (let i = 0; i < n; i++) {
      units.sample(inputs, 0, noise, i * units.noiseWidth, row, 0);
      if (units.firstBad(row, 0) >= 0) throw new Error(`no state: ${row.join()}`);
      for (let k = 0; k < row.length; k++) {
        sum[k] += row[k];
        squares[k] += row[k] * row[k];
      }
    }
    const mean = new Float64Array(units.width);
    units.mean(inputs, 0, mean, 0);
    mean.forEach((m, k) => {
      const error = Math.sqrt((squares[k] / n - (sum[k] / n) ** 2) / n);
      const expected = spec.kind === 'nrelu' ? rectifiedNormalMean(1.2, 1 / (1 + Math.exp(-1.2))) : m;
      expect(Math.abs(sum[k] / n - expected)).toBeLessThan(4.5 * error);
    });
  });

  test('parameters fitted to moments reproduce the mean', () => {
    const units = unitsOf(spec, 0, 0);
    const mean = new Float64Array(units.width).fill(1 / units.width).map((m) => (m === 1 ? 0.7 : m));
    const values = units.fit(mean, new Float64Array(units.width).fill(0.01), 1000);
    const fitted = bindUnits(spec, {
      bias: Float32Array.from(values.bias),
      ...(values.precision && { logPrecision: Float32Array.from(values.precision, Math.log) }),
    });
    const got = new Float64Array(units.width);
    fitted.mean(new Float64Array(units.width), 0, got, 0);
    got.forEach((m, i) => {
      expect(Math.abs(m - mean[i])).toBeLessThan(spec.kind === 'nrelu' ? 0.02 : 1e-5);
    });
  });
});

/** E max(0, x) of a normal x, which is what stepped sigmoid units draw; density and tail by series. */
function rectifiedNormalMean(mean: number, variance: number): number {
  const std = Math.sqrt(variance);
  const density = (z: number) => Math.exp((-z * z) / 2) / Math.sqrt(2 * Math.PI);
  let below = 0;
  for (let i = 0; i < 100_000; i++) below += density(-8 + ((8 + mean / std) * (i + 0.5)) / 100_000);
  return (mean * below * (8 + mean / std)) / 100_000 + std * density(mean / std);
}

function zero({ values, width }: Units): LayerMoments {
  return values.precision === undefined
    ? { bias: new Float64Array(width) }
    : { bias: new Float64Array(width), logPrecision: new Float64Array(width) };
}
