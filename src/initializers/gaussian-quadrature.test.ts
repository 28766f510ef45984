import { describe, expect, test } from 'vitest';
import { gaussianExpectation } from './gaussian-quadrature.ts';

const density = (z: number) => Math.exp((-z * z) / 2) / Math.sqrt(2 * Math.PI);
/** The normal distribution function at 1 and at 0.3 (Abramowitz & Stegun, table 26.1). */
const belowOne = 0.841344746068543;
const belowThirdTenth = 0.617911422188953;

describe('gaussianExpectation', () => {
  test('even moments are double factorials, odd ones 0', () => {
    let factorial = 1;
    for (let n = 0; n <= 16; n += 2) {
      if (n > 0) factorial *= n - 1;
      expect(Math.abs(gaussianExpectation((z) => z ** n) / factorial - 1)).toBeLessThan(1e-12);
      expect(Math.abs(gaussianExpectation((z) => z ** (n + 1)))).toBeLessThan(1e-10 * factorial * (n + 1));
    }
  });

  test('exponentials and waves have their closed forms', () => {
    for (const t of [0.1, 1, 3]) {
      expect(Math.abs(gaussianExpectation((z) => Math.exp(t * z)) / Math.exp((t * t) / 2) - 1)).toBeLessThan(
        1e-12,
      );
    }
    for (const t of [1, 4, 20]) {
      expect(Math.abs(gaussianExpectation((z) => Math.cos(t * z)) - Math.exp((-t * t) / 2))).toBeLessThan(
        1e-12,
      );
    }
  });

  test('jumps are met exactly where they are stated, and found where they are not', () => {
    const above = (edge: number) => (z: number) => (z > edge ? 1 : 0);
    expect(Math.abs(gaussianExpectation(above(1), { kinks: [1] }) - (1 - belowOne))).toBeLessThan(1e-14);
    expect(Math.abs(gaussianExpectation(above(0.3)) - (1 - belowThirdTenth))).toBeLessThan(1e-11);
    // E|z - 1| = 2 density(1) + 1 (2 Φ(1) - 1)
    const meanDistance = 2 * density(1) + 2 * belowOne - 1;
    expect(Math.abs(gaussianExpectation((z) => Math.abs(z - 1)) - meanDistance)).toBeLessThan(1e-11);
  });

  test('stating a kink saves evaluations', () => {
    const cost = (kinks: readonly number[]) => {
      let calls = 0;
      gaussianExpectation(
        (z) => {
          calls += 1;
          return z > 0.3 ? 1 : 0;
        },
        { kinks },
      );
      return calls;
    };
    expect(cost([0.3])).toBeLessThan(500);
    expect(cost([])).toBeGreaterThan(1000);
  });

  test('tiny functions are integrated as exactly as large ones', () => {
    for (const scale of [1e-150, 1e150]) {
      expect(Math.abs(gaussianExpectation((z) => scale * z * z) / scale - 1)).toBeLessThan(1e-12);
    }
    expect(gaussianExpectation(() => 0)).toBe(0);
  });

  test('what cannot be integrated is refused', () => {
    expect(() => gaussianExpectation((z) => 1 / Math.max(0, z))).toThrow(
      expect.objectContaining({ code: 'initializers.not_finite' }),
    );
    let state = 1;
    const noise = () => {
      state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
      return state / 2 ** 32;
    };
    expect(() => gaussianExpectation(noise, { where: 'noise' })).toThrow(
      expect.objectContaining({
        code: 'initializers.quadrature',
        details: expect.objectContaining({ where: 'noise', tolerance: 1e-12 }),
      }),
    );
  });
});
