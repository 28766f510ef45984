import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { householderQR } from './householder-qr.ts';

/** Sum over i of a(i, j) b(i, k), for matrices by columns. */
function dot(a: Float64Array, j: number, b: Float64Array, k: number, m: number): number {
  let sum = 0;
  for (let i = 0; i < m; i++) sum += a[j * m + i] * b[k * m + i];
  return sum;
}

describe('householderQR', () => {
  test('nothing, one column, one number', () => {
    expect(householderQR(new Float64Array(0), 3, 0).q).toHaveLength(0);
    expect(householderQR(new Float64Array(0), 0, 0).q).toHaveLength(0);
    const { q, diagonal } = householderQR(Float64Array.of(3, 4), 2, 1);
    expect(q[0] * Math.sign(diagonal[0])).toBeCloseTo(0.6, 14);
    expect(q[1] * Math.sign(diagonal[0])).toBeCloseTo(0.8, 14);
    expect(Math.abs(diagonal[0])).toBeCloseTo(5, 14);
    expect(
      householderQR(Float64Array.of(-2), 1, 1).q[0] * householderQR(Float64Array.of(-2), 1, 1).diagonal[0],
    ).toBe(-2);
  });

  test('Q has orthonormal columns, R = QᵀA is upper triangular with the stated diagonal, and A = QR', () => {
    const sizes = fc.tuple(fc.integer({ min: 1, max: 12 }), fc.nat(8));
    const matrix = sizes.chain(([n, more]) =>
      fc
        .array(fc.double({ min: -10, max: 10, noNaN: true }), {
          minLength: n * (n + more),
          maxLength: n * (n + more),
        })
        .map((values) => ({ a: Float64Array.from(values), m: n + more, n })),
    );
    fc.assert(
      fc.property(matrix, ({ a, m, n }) => {
        const before = a.slice();
        const { q, diagonal } = householderQR(a, m, n);
        expect(a).toEqual(before);
        for (let j = 0; j < n; j++) {
          for (let k = 0; k < n; k++) {
            expect(Math.abs(dot(q, j, q, k, m) - (j === k ? 1 : 0))).toBeLessThan(1e-13);
            const r = dot(q, j, a, k, m);
            if (j > k) expect(Math.abs(r)).toBeLessThan(1e-12);
            if (j === k) expect(Math.abs(r - diagonal[j])).toBeLessThan(1e-12);
          }
          for (let i = 0; i < m; i++) {
            let product = 0;
            for (let k = 0; k <= j; k++) product += q[k * m + i] * dot(q, k, a, j, m);
            expect(Math.abs(product - a[j * m + i])).toBeLessThan(1e-12);
          }
        }
      }),
    );
  });

  test('columns of zeros still give orthonormal ones', () => {
    const { q, diagonal } = householderQR(new Float64Array(6), 3, 2);
    expect([...diagonal]).toEqual([0, 0]);
    expect([...q]).toEqual([1, 0, 0, 0, 1, 0]);
  });

  test.each([
    [new Float64Array(6), 2, 3],
    [new Float64Array(5), 3, 2],
    [new Float64Array(0), 1.5, 0],
  ])('numbers that do not fit are refused', (a, m, n) => {
    expect(() => householderQR(a, m, n)).toThrow(expect.objectContaining({ code: 'tensor.bad_matrix' }));
  });
});
