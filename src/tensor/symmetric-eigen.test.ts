import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { symmetricEigen } from './symmetric-eigen.ts';

function symmetric(n: number, entry: (i: number, j: number) => number): Float64Array {
  const out = new Float64Array(n * n);
  for (let i = 0; i < n; i++) for (let j = 0; j <= i; j++) out[i * n + j] = out[j * n + i] = entry(i, j);
  return out;
}

/** Largest entry of A v - value v and of Vᵀ V - I. */
function residual(matrix: Float64Array, n: number): { equation: number; frame: number } {
  const { values, vectors } = symmetricEigen(matrix, n);
  let equation = 0;
  let frame = 0;
  for (let k = 0; k < n; k++) {
    for (let i = 0; i < n; i++) {
      let product = 0;
      let dot = 0;
      for (let j = 0; j < n; j++) {
        product += matrix[i * n + j] * vectors[k * n + j];
        dot += vectors[k * n + j] * vectors[i * n + j];
      }
      equation = Math.max(equation, Math.abs(product - values[k] * vectors[k * n + i]));
      frame = Math.max(frame, Math.abs(dot - (i === k ? 1 : 0)));
    }
  }
  return { equation, frame };
}

describe('symmetricEigen', () => {
  test('empty and 1 x 1', () => {
    expect(symmetricEigen(new Float64Array(0), 0).values).toHaveLength(0);
    expect(symmetricEigen(Float64Array.of(-3), 1)).toEqual({
      values: Float64Array.of(-3),
      vectors: Float64Array.of(1),
    });
  });

  test('the second-difference matrix has eigenvalues 2 - 2 cos(k pi / (n + 1))', () => {
    const n = 50;
    const { values } = symmetricEigen(
      symmetric(n, (i, j) => (i === j ? 2 : i - j === 1 ? -1 : 0)),
      n,
    );
    for (let k = 1; k <= n; k++) {
      expect(values[n - k]).toBeCloseTo(2 - 2 * Math.cos((k * Math.PI) / (n + 1)), 12);
    }
  });

  test('multiple eigenvalues: identity plus a rank-one matrix', () => {
    const n = 12;
    const matrix = symmetric(n, (i, j) => (i === j ? 2 : 1));
    expect([...symmetricEigen(matrix, n).values].map((value) => Math.round(value * 1e9) / 1e9)).toEqual([
      13,
      ...Array(11).fill(1),
    ]);
    expect(residual(matrix, n).frame).toBeLessThan(1e-13);
  });

  test('A v = value v and orthonormal vectors, for any symmetric matrix', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 14 }).chain((n) =>
          fc.tuple(
            fc.constant(n),
            fc.array(fc.double({ min: -10, max: 10, noNaN: true }), {
              minLength: (n * (n + 1)) / 2,
              maxLength: (n * (n + 1)) / 2,
            }),
          ),
        ),
        ([n, entries]) => {
          const matrix = symmetric(n, (i, j) => entries[(i * (i + 1)) / 2 + j]);
          const { equation, frame } = residual(matrix, n);
          return equation < 1e-12 * n * 10 && frame < 1e-12;
        },
      ),
      { numRuns: 100, seed: 1 },
    );
  });

  test.each([
    [[1, 2, 3], 2],
    [[1, Number.NaN, 0, 1], 2],
  ])('%j is refused', (entries, n) => {
    expect(() => symmetricEigen(Float64Array.from(entries), n)).toThrow(
      expect.objectContaining({ code: 'tensor.bad_symmetric' }),
    );
  });
});
