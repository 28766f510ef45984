import { describe, expect, test } from 'vitest';
import { distribution } from './distribution.ts';

describe('distribution', () => {
  test('no values', () => {
    expect(distribution(new Float32Array(0))).toEqual({
      count: 0,
      mean: null,
      std: null,
      min: null,
      max: null,
      norm: null,
      zero: 0,
      saturated: null,
      notFinite: 0,
      histogram: { edges: [0], counts: [] },
    });
  });

  test('equal values make one bin', () => {
    expect(distribution(Float32Array.of(2, 2, 2, 2))).toMatchObject({
      mean: 2,
      std: 0,
      norm: 4,
      histogram: { edges: [2, 2], counts: [4] },
    });
  });

  test('closed form of 0 ... n - 1: mean (n-1)/2, variance (n²-1)/12, equal bins', () => {
    const n = 400;
    const result = distribution(Float64Array.from({ length: n }, (_, i) => i));
    expect(result.mean).toBe((n - 1) / 2);
    expect(result.std).toBeCloseTo(Math.sqrt((n * n - 1) / 12), 10);
    expect(result.norm).toBeCloseTo(Math.sqrt(((n - 1) * n * (2 * n - 1)) / 6), 8);
    expect(result.zero).toBe(1 / n);
    expect(result.histogram.counts).toEqual(new Array(40).fill(10));
    expect(result.histogram.edges).toHaveLength(41);
    expect([result.histogram.edges[0], result.histogram.edges[40]]).toEqual([0, n - 1]);
  });

  test('a large mean does not swallow the deviation', () => {
    const result = distribution(Float64Array.from({ length: 100 }, (_, i) => 1e9 + (i % 2)));
    expect(result.std).toBe(0.5);
  });

  test('values that are not finite are counted and left out', () => {
    const result = distribution(Float32Array.of(Number.NaN, 1, Number.POSITIVE_INFINITY, 3));
    expect(result).toMatchObject({ count: 4, notFinite: 2, mean: 2, std: 1, min: 1, max: 3 });
    expect(distribution(Float32Array.of(Number.NaN))).toMatchObject({ mean: null, std: null, notFinite: 1 });
  });

  test('saturation counts values at or beyond the bounds', () => {
    expect(distribution(Float32Array.of(-1, -0.5, 0, 0.5, 1), [-0.97, 0.97]).saturated).toBe(0.4);
    expect(distribution(Float32Array.of(-1, 0), [-0.97, Number.POSITIVE_INFINITY]).saturated).toBe(0.5);
  });

  test('a range of subnormal numbers stays in one piece', () => {
    const result = distribution(Float64Array.of(0, 5e-324));
    expect(result.histogram.counts.reduce((a, b) => a + b, 0)).toBe(2);
  });
});
