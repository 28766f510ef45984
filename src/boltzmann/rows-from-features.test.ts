import { describe, expect, test } from 'vitest';
import { OutsetError } from '../messages/error.ts';
import { openStream } from '../random/index.ts';
import { checkRows } from './check-rows.ts';
import { denseRows } from './convert-rows.ts';
import type { GreyConvention } from './rbm-training-spec.ts';
import { rowsFromFeatures, rowsFromSparse } from './rows-from-features.ts';
import type { UnitSpec } from './units/unit-spec.ts';

const stream = openStream('threefry', 5);
const rows = (units: UnitSpec, grey: GreyConvention, width: number, ...features: number[]) =>
  rowsFromFeatures(
    units,
    grey,
    { count: features.length / width, width, features: Float32Array.from(features) },
    stream,
  );
const issueOf = (run: () => unknown): OutsetError => {
  try {
    run();
  } catch (error) {
    if (error instanceof OutsetError) return error;
    throw error;
  }
  throw new Error('nothing was thrown');
};
const bernoulli: UnitSpec = { kind: 'bernoulli', count: 3 };
const spin: UnitSpec = { kind: 'spin', count: 3 };

describe('rowsFromFeatures', () => {
  test('threshold: on from 0.5', () => {
    const found = rows(bernoulli, 'threshold', 3, 0, 0.5, 1, 0.49, 0, 0.51);
    expect([...denseRows(bernoulli, found).data]).toEqual([0, 1, 1, 0, 0, 1]);
    expect(found).not.toHaveProperty('values');
  });

  test('grey and resampled keep the levels, and leave them out where all are 0 or 1', () => {
    for (const grey of ['grey', 'resampled'] as const) {
      const found = rows(bernoulli, grey, 3, 0, 0.25, 1, 1, 0, 0.75);
      expect([...denseRows(bernoulli, found).data]).toEqual([0, 0.25, 1, 1, 0, 0.75]);
      checkRows(bernoulli, found, 'visible');
      expect(rows(bernoulli, grey, 3, 0, 1, 1)).not.toHaveProperty('values');
    }
  });

  test('sampled: on with the level as probability, the same again, each row on its own', () => {
    const count = 4000;
    const features = Float32Array.from({ length: 3 * count }, (_, i) => [0, 0.3, 1][i % 3]);
    const draw = (n: number) =>
      rowsFromFeatures(
        bernoulli,
        'sampled',
        { count: n, width: 3, features: features.subarray(0, 3 * n) },
        stream,
      );
    const dense = denseRows(bernoulli, draw(count)).data;
    const share = [0, 1, 2].map(
      (column) => dense.reduce((sum, value, i) => sum + (i % 3 === column ? value : 0), 0) / count,
    );
    expect([share[0], share[2]]).toEqual([0, 1]);
    // 4.5 standard errors: false alarm in 1 of 150,000 seeds.
    expect(Math.abs(share[1] - 0.3)).toBeLessThan(4.5 * Math.sqrt((0.3 * 0.7) / count));
    expect([...denseRows(bernoulli, draw(10)).data]).toEqual([...dense.subarray(0, 30)]);
  });

  test('spins: -1 ... 1 where a number is negative, else levels', () => {
    expect([...denseRows(spin, rows(spin, 'threshold', 3, -1, 1, 1, 1, -1, -1)).data]).toEqual([
      -1, 1, 1, 1, -1, -1,
    ]);
    expect([...denseRows(spin, rows(spin, 'threshold', 3, 0, 1, 0.2)).data]).toEqual([-1, 1, -1]);
    expect([...denseRows(spin, rows(spin, 'grey', 3, -1, 0, 0.5)).data]).toEqual([-1, 0, 0.5]);
  });

  test('potts: category numbers to one-hot lists', () => {
    const potts: UnitSpec = { kind: 'potts', count: 2, states: 3 };
    const found = rows(potts, 'threshold', 2, 2, 0, 1, 1);
    expect([...denseRows(potts, found).data]).toEqual([0, 0, 1, 1, 0, 0, 0, 1, 0, 0, 1, 0]);
    checkRows(potts, found, 'visible');
    expect(issueOf(() => rows(potts, 'threshold', 2, 0, 3)).details).toMatchObject({
      row: 0,
      column: 1,
      got: '3',
    });
    expect(issueOf(() => rows(potts, 'threshold', 2, 0.5, 0)).code).toBe('boltzmann.bad_state');
  });

  test('real numbers stay as they are', () => {
    const gaussian: UnitSpec = { kind: 'gaussian', count: 2 };
    expect(rows(gaussian, 'grey', 2, -3, 7)).toMatchObject({ form: 'dense', count: 1, width: 2 });
    expect(issueOf(() => rows({ kind: 'relu', count: 2 }, 'grey', 2, 1, -1)).code).toBe(
      'boltzmann.bad_state',
    );
  });

  test('numbers out of range and NaN say row and column', () => {
    expect(issueOf(() => rows(bernoulli, 'threshold', 3, 0, 1, 1, 0, 255, 1)).details).toEqual({
      layer: 'visible',
      row: 1,
      column: 1,
      expected: '0 ... 1',
      got: '255',
    });
    expect(issueOf(() => rows(bernoulli, 'grey', 3, 0, Number.NaN, 1)).code).toBe('boltzmann.bad_state');
    expect(issueOf(() => rows(spin, 'threshold', 3, -2, 0, 1)).code).toBe('boltzmann.bad_state');
    expect(issueOf(() => rows(bernoulli, 'grey', 2, 0, 1)).code).toBe('boltzmann.bad_rows');
  });
});

describe('rowsFromSparse', () => {
  const sparse = {
    rows: 3,
    columns: 100_000,
    offsets: Uint32Array.of(0, 2, 2, 3),
    indices: Uint32Array.of(7, 99_999, 70_000),
    values: Float32Array.of(1, 0.4, 0.6),
  };
  const wide: UnitSpec = { kind: 'bernoulli', count: 100_000 };

  test('the lists of the states, whatever the width', () => {
    const found = rowsFromSparse(wide, 'threshold', sparse, stream);
    expect([[...found.offsets], [...found.indices]]).toEqual([
      [0, 1, 1, 2],
      [7, 70_000],
    ]);
    const grey = rowsFromSparse(wide, 'grey', sparse, stream);
    expect([...(grey.values ?? [])]).toEqual([1, Math.fround(0.4), Math.fround(0.6)]);
    expect([...grey.offsets]).toEqual([0, 2, 2, 3]);
  });

  test('counts above 1 and other units are refused', () => {
    const counts = { ...sparse, values: Float32Array.of(1, 3, 1) };
    expect(issueOf(() => rowsFromSparse(wide, 'threshold', counts, stream)).details).toMatchObject({
      row: 0,
      column: 99_999,
      got: '3',
    });
    expect(
      issueOf(() => rowsFromSparse({ kind: 'gaussian', count: 100_000 }, 'grey', sparse, stream)).code,
    ).toBe('boltzmann.bad_units');
  });
});
