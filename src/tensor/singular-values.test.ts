import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { singularValues } from './singular-values.ts';

describe('singularValues', () => {
  test('nothing, zeros, one number, one row', () => {
    expect(singularValues([], 0, 3)).toHaveLength(0);
    expect([...singularValues([0, 0, 0, 0], 2, 2)]).toEqual([0, 0]);
    expect([...singularValues([-2], 1, 1)]).toEqual([2]);
    expect(singularValues([3, 0, -4], 1, 3)[0]).toBeCloseTo(5, 14);
  });

  test('a diagonal matrix has its sizes, in order', () => {
    const values = singularValues([0, 0, 3, 0, -7, 0, 1e-9, 0, 0], 3, 3);
    expectNear(values, [7, 3, 1e-9], 1e-15);
  });

  // Hilbert's matrix 1 / (i + j + 1): numpy.linalg.svd(scipy.linalg.hilbert(5), compute_uv=False), numpy 2.4.
  test('the ill-conditioned matrix of Hilbert', () => {
    const hilbert = Array.from({ length: 25 }, (_, i) => 1 / (Math.floor(i / 5) + (i % 5) + 1));
    const expected = [
      1.567050691098231, 0.20853421861101334, 0.01140749162341979, 0.0003058980401511817,
      3.287928772176189e-6,
    ];
    expectNear(singularValues(hilbert, 5, 5), expected, 2e-15);
  });

  test('rotations change nothing, transposes neither; squares add up to those of the entries; 2 x 2 as by hand', () => {
    const entry = fc.double({ min: -10, max: 10, noNaN: true });
    const shape = fc.tuple(fc.integer({ min: 1, max: 7 }), fc.integer({ min: 1, max: 7 }));
    const matrix = shape.chain(([rows, columns]) =>
      fc
        .array(entry, { minLength: rows * columns, maxLength: rows * columns })
        .map((a) => ({ a, rows, columns })),
    );
    fc.assert(
      fc.property(matrix, fc.double({ min: 0, max: 6, noNaN: true }), ({ a, rows, columns }, angle) => {
        const values = singularValues(a, rows, columns);
        const scale = 1 + Math.max(...values);
        const turned = a.slice();
        for (let j = 0; rows > 1 && j < columns; j++) {
          const [x, y] = [a[j], a[columns + j]];
          turned[j] = Math.cos(angle) * x - Math.sin(angle) * y;
          turned[columns + j] = Math.sin(angle) * x + Math.cos(angle) * y;
        }
        const transposed = Array.from(
          { length: a.length },
          (_, i) => a[(i % rows) * columns + Math.floor(i / rows)],
        );
        const others = [singularValues(turned, rows, columns), singularValues(transposed, columns, rows)];
        for (const other of others) expectNear(other, values, 1e-13 * scale);
        const squares = a.reduce((sum, one) => sum + one * one, 0);
        const sum = values.reduce((total, one) => total + one * one, 0);
        expect(Math.abs(sum - squares)).toBeLessThan(1e-12 * (1 + squares));
        if (rows === 2 && columns === 2) {
          expect(values[0] * values[1]).toBeCloseTo(Math.abs(a[0] * a[3] - a[1] * a[2]), 10);
        }
      }),
    );
  });

  test('huge and tiny numbers', () => {
    expect(singularValues([3e200, 4e200], 2, 1)[0] / 5e200).toBeCloseTo(1, 14);
    expect(singularValues([3e-200, 4e-200], 2, 1)[0] / 5e-200).toBeCloseTo(1, 14);
  });

  test.each([
    [[1, 2], 1, 1],
    [[1], 0.5, 2],
    [[Number.NaN], 1, 1],
    [[Number.POSITIVE_INFINITY], 1, 1],
  ])('refused: %j as %s x %s', (values, rows, columns) => {
    expect(() => singularValues(values, rows, columns)).toThrow(
      expect.objectContaining({ code: 'tensor.bad_values' }),
    );
  });
});

function expectNear(values: ArrayLike<number>, expected: ArrayLike<number>, tolerance: number): void {
  expect(values).toHaveLength(expected.length);
  for (let i = 0; i < expected.length; i++) {
    expect(Math.abs(values[i] - expected[i])).toBeLessThanOrEqual(tolerance);
  }
}
