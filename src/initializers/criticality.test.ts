/**
 * Critical points against values computed elsewhere: the papers' pairs for tanh, the half-stable points of GELU and SiLU
 * from Roberts, Yaida, Hanin 2022 (section 5.3.4: GELU, SWISH), and a simulation of a wide network.
 */
import { describe, expect, test } from 'vitest';
import { threefry } from '../random/index.ts';
import { activationFunction } from './activation-functions.ts';
import { criticalPoint } from './criticality.ts';

describe('criticalPoint', () => {
  test.each([
    ['tanh', 2.01e-5, 1.05],
    ['tanh', 0.001, 1.18919],
    ['tanh', 0.05, 1.76095],
    ['tanh', 0.25, 2.40149],
    ['erf', 0.05, 1.37584],
    ['hard-tanh', 0.05, 1.16554],
    ['softsign', 0.05, 3.14125],
  ] as const)('%s with biases of variance %d', (activation, biasVariance, weightVariance) => {
    const point = criticalPoint(activation, biasVariance);
    expect(point.weightVariance).toBeCloseTo(weightVariance, 4);
    expect(point.biasVariance).toBeCloseTo(biasVariance, 10);
    expect(point.slope).toBeLessThan(1);
  });

  test('erf in closed form: E erf² and E erf′² are elementary', () => {
    // E erf(√q z)² = 2/π asin(2q / (1 + 2q)), E erf′(√q z)² = 4/π / √(1 + 4q).
    const { weightVariance, biasVariance, fixedPoint: q } = criticalPoint('erf', 0.05);
    expect((weightVariance * 4) / Math.PI / Math.sqrt(1 + 4 * q)).toBeCloseTo(1, 10);
    const square = (2 / Math.PI) * Math.asin((2 * q) / (1 + 2 * q));
    expect(weightVariance * square + biasVariance).toBeCloseTo(q, 10);
  });

  test('rectifiers: He, no biases, any variance stays', () => {
    expect(criticalPoint('relu')).toMatchObject({ biasVariance: 0, slope: expect.closeTo(1, 10) });
    expect(criticalPoint('relu').weightVariance).toBeCloseTo(2, 12);
    expect(criticalPoint('leaky-relu').weightVariance).toBeCloseTo(2 / 1.0001, 12);
    expect(criticalPoint('linear').weightVariance).toBeCloseTo(1, 12);
  });

  test('GELU and SiLU: the half-stable point, chi = slope = 1', () => {
    expect(criticalPoint('gelu')).toMatchObject({
      weightVariance: expect.closeTo(1.98305826, 7),
      biasVariance: expect.closeTo(0.17292239, 7),
      fixedPoint: expect.closeTo((3 + Math.sqrt(17)) / 2, 6),
      slope: expect.closeTo(1, 9),
    });
    expect(criticalPoint('silu')).toMatchObject({
      weightVariance: expect.closeTo(1.98800468, 7),
      biasVariance: expect.closeTo(0.55514317, 7),
    });
  });

  test('any function: one that is given is found as by its name', () => {
    expect(criticalPoint(activationFunction('tanh'), 0.05)).toEqual(criticalPoint('tanh', 0.05));
    const scaled = { value: (x: number) => 3 * x, derivative: () => 3, kinks: [] };
    expect(criticalPoint(scaled).weightVariance).toBeCloseTo(1 / 9, 12);
  });

  test.each([
    ['softplus', undefined],
    ['relu', 0.1],
    ['gelu', 5],
    ['tanh', 1e6],
  ] as const)('%s has no point with %s', (activation, biasVariance) => {
    expect(() => criticalPoint(activation, biasVariance)).toThrow(
      expect.objectContaining({ code: 'initializers.no_critical_point' }),
    );
  });

  test('a network of width 400 at the critical point of tanh keeps its signal for 15 layers', () => {
    const width = 400;
    const { weightVariance, biasVariance, fixedPoint } = criticalPoint('tanh', 0.05);
    const stream = threefry(5);
    let z = stream.normal(new Float64Array(width), 0, Math.sqrt(fixedPoint));
    const seen: number[] = [];
    for (let layer = 0; layer < 15; layer++) {
      const w = stream.normal(new Float64Array(width * width), 0, Math.sqrt(weightVariance / width));
      const next = stream.normal(new Float64Array(width), 0, Math.sqrt(biasVariance));
      const h = z.map(Math.tanh);
      for (let o = 0; o < width; o++) for (let i = 0; i < width; i++) next[o] += w[o * width + i] * h[i];
      z = next;
      seen.push(z.reduce((sum, value) => sum + value * value, 0) / width);
    }
    // The variance of a layer has a relative standard error of sqrt(2 / 400) = 7 %, times 1 / sqrt(1 - 0.52²) for what it
    // inherits: 8.3 %; the mean of 15 such, correlated at 0.52: 3.8 %. 5.5 of them.
    const mean = seen.reduce((a, b) => a + b) / seen.length;
    expect(Math.abs(mean / fixedPoint - 1)).toBeLessThan(0.21);
  });
});
