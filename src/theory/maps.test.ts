import { describe, expect, test } from 'vitest';
import { criticalPoint } from '../initializers/criticality.ts';
import { asymptotics, correlationFixedPoints, varianceFixedPoints } from './fixed-points.ts';
import {
  angleMap,
  correlationMap,
  correlationSlope,
  gradientFactor,
  lengthMap,
  varianceMap,
  varianceSlope,
} from './maps.ts';

const he = { activation: 'relu', weightVariance: 2 } as const;

describe('maps', () => {
  test.each([-1, -0.7, 0, 0.3, 0.9, 1])('rectifiers: the arc-cosine kernel at c = %d', (c) => {
    // Cho & Saul 2009, order 1.
    const angle = Math.acos(c);
    const expected = (Math.sqrt(1 - c * c) + c * (Math.PI - angle)) / Math.PI;
    expect(correlationMap(he, 1, c)).toBeCloseTo(expected, 9);
    if (Math.abs(c) < 1) expect(correlationSlope(he, 1, c)).toBeCloseTo((Math.PI - angle) / Math.PI, 9);
    expect(Math.cos(angleMap(he, 1, angle))).toBeCloseTo(expected, 9);
  });

  test.each([-0.8, 0, 0.5, 0.99])('erf: the arc-sine kernel at c = %d', (c) => {
    // Williams 1997: E[erf(u1) erf(u2)] = 2/pi asin(2 q c / (1 + 2 q)).
    const [q, weightVariance] = [0.7, 1.3];
    const kernel = (product: number) => (2 / Math.PI) * Math.asin((2 * product) / (1 + 2 * q));
    const layer = { activation: 'erf', weightVariance, biasVariance: 0.1 } as const;
    const expected = (weightVariance * kernel(q * c) + 0.1) / (weightVariance * kernel(q) + 0.1);
    expect(correlationMap(layer, q, c)).toBeCloseTo(expected, 9);
  });

  test('slopes are derivatives', () => {
    for (const activation of ['tanh', 'gelu', 'selu', 'relu'] as const) {
      const layer = { activation, weightVariance: 1.4, biasVariance: 0.1 };
      const step = 1e-4;
      const slope = (varianceMap(layer, 0.8 + step) - varianceMap(layer, 0.8 - step)) / (2 * step);
      expect(varianceSlope(layer, 0.8)).toBeCloseTo(slope, 6);
      const bend =
        (correlationMap(layer, 0.8, 0.4 + step) - correlationMap(layer, 0.8, 0.4 - step)) / (2 * step);
      expect(correlationSlope(layer, 0.8, 0.4)).toBeCloseTo(bend, 6);
    }
  });

  test('the slope of the correlation at 1 is the factor of gradients, at a fixed point', () => {
    const layer = { activation: 'tanh', weightVariance: 1.3, biasVariance: 0.05 } as const;
    const [{ value }] = varianceFixedPoints(layer);
    expect(correlationSlope(layer, value, 1)).toBeCloseTo(gradientFactor(layer, value), 9);
  });

  test('dropout divides by the keep probability and parts equal signals', () => {
    const layer = { ...he, keep: 0.8 };
    expect(varianceMap(layer, 1)).toBeCloseTo(1.25, 12);
    expect(gradientFactor(layer, 1)).toBeCloseTo(1.25, 12);
    expect(correlationMap(layer, 1, 1)).toBeCloseTo(0.8, 12);
    const rest = { activation: 'tanh', weightVariance: 1.5, biasVariance: 0.05, keep: 0.9 } as const;
    const [{ value: q }] = varianceFixedPoints(rest);
    const points = correlationFixedPoints(rest, q);
    expect(points).toHaveLength(1);
    expect(points[0].value).toBeLessThan(0.95);
    expect(points[0].stable).toBe(true);
  });

  test('lengths', () => expect(lengthMap(he, 3)).toBeCloseTo(3, 12));

  test.each([
    ['weightVariance', { activation: 'relu', weightVariance: -1 }],
    ['biasVariance', { activation: 'relu', weightVariance: 1, biasVariance: Number.NaN }],
    ['keep', { activation: 'relu', weightVariance: 1, keep: 0 }],
  ] as const)('refuses a bad %s', (name, layer) => {
    expect(() => varianceMap(layer, 1)).toThrow(expect.objectContaining({ code: 'theory.bad_number' }));
    expect(() => varianceMap(layer, 1)).toThrow(name);
  });

  test('refuses correlations beyond 1', () => {
    expect(() => correlationMap(he, 1, 1.1)).toThrow(expect.objectContaining({ code: 'theory.bad_number' }));
  });
});

describe('fixed points', () => {
  // Depth scales of tanh at biases of 0.05 as in figure 1 and 2 of Schoenholz et al. 2017, computed independently.
  test.each([
    [1, 3.63, 'ordered'],
    [1.3, 7.83, 'ordered'],
    [1.5, 15.8, 'ordered'],
    [1.7, 74.9, 'ordered'],
    [1.8, 125.8, 'chaotic'],
    [2, 25.2, 'chaotic'],
    [2.5, 11.8, 'chaotic'],
    [3, 9.05, 'chaotic'],
    [4, 6.98, 'chaotic'],
  ])('tanh, weights %d: correlations forget over %d layers', (weightVariance, scale, phase) => {
    const result = asymptotics({ activation: 'tanh', weightVariance, biasVariance: 0.05 });
    expect(result.phase).toBe(phase);
    expect(result.depthScales.correlation / scale).toBeCloseTo(1, 2);
    expect(result.depthScales.variance).toBeGreaterThan(0.8);
    expect(result.depthScales.variance).toBeLessThan(1.9);
  });

  test('critical points are where theory has chi = 1', () => {
    for (const activation of ['tanh', 'erf', 'hard-tanh', 'softsign'] as const) {
      const { weightVariance, biasVariance, fixedPoint } = criticalPoint(activation, 0.05);
      const result = asymptotics({ activation, weightVariance, biasVariance });
      expect(result.fixedPoint).toBeCloseTo(fixedPoint, 6);
      expect(result.chi).toBeCloseTo(1, 8);
      expect(result.phase).toBe('critical');
    }
  });

  test('GELU: half-stable at (3 + sqrt(17)) / 2', () => {
    const { fixedPoint, slope } = criticalPoint('gelu');
    expect(fixedPoint).toBeCloseTo((3 + Math.sqrt(17)) / 2, 6);
    expect(slope).toBeCloseTo(1, 8);
  });

  test('signals that die, explode, or stay as they are', () => {
    expect(asymptotics({ activation: 'relu', weightVariance: 1 }).phase).toBe('vanishing');
    expect(asymptotics({ activation: 'relu', weightVariance: 3 }).phase).toBe('exploding');
    expect(asymptotics(he).phase).toBe('critical');
    expect(asymptotics({ activation: 'relu', weightVariance: 1 / 3 }).depthScales.gradient).toBeCloseTo(
      1 / Math.log(6),
      9,
    );
    expect(asymptotics({ activation: 'selu', weightVariance: 1 })).toMatchObject({ phase: 'chaotic' });
  });

  test('the unstable point of GELU at its forward gain', () => {
    const points = varianceFixedPoints({ activation: 'gelu', weightVariance: 2.3517 });
    expect(points).toHaveLength(1);
    expect(points[0].stable).toBe(false);
    expect(points[0].slope).toBeCloseTo(1.144, 3);
  });
});
