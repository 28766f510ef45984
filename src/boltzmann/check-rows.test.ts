import { describe, expect, test } from 'vitest';
import { checkRows } from './check-rows.ts';
import { denseRows, selectRows, sparseRows } from './convert-rows.ts';
import type { DenseRows, SparseRows, StateRows } from './state-rows.ts';
import type { UnitSpec } from './units/unit-spec.ts';

const bernoulli: UnitSpec = { kind: 'bernoulli', count: 3 };
const spin: UnitSpec = { kind: 'spin', count: 3 };
const potts: UnitSpec = { kind: 'potts', count: 2, states: 3 };

function dense(width: number, ...values: number[]): DenseRows {
  return { form: 'dense', count: values.length / width, width, data: Float32Array.from(values) };
}

describe('rows that are no states', () => {
  const lists: SparseRows = {
    form: 'sparse',
    count: 2,
    width: 3,
    offsets: Uint32Array.of(0, 2, 3),
    indices: Uint16Array.of(0, 2, 1),
  };
  const cases: [string, UnitSpec, StateRows, string][] = [
    ['above 1', bernoulli, dense(3, 0, 1, 1.5), 'boltzmann.bad_state'],
    ['negative', bernoulli, dense(3, 0, -0.1, 1), 'boltzmann.bad_state'],
    ['NaN', bernoulli, dense(3, 0, NaN, 1), 'boltzmann.bad_state'],
    ['spin of 2', spin, dense(3, -1, 1, 2), 'boltzmann.bad_state'],
    ['two states at once', potts, dense(6, 1, 0, 0, 1, 1, 0), 'boltzmann.bad_state'],
    ['no state', potts, dense(6, 1, 0, 0, 0, 0, 0), 'boltzmann.bad_state'],
    ['infinite', { kind: 'gaussian', count: 2 }, dense(2, 0, Infinity), 'boltzmann.bad_state'],
    ['negative rectified', { kind: 'relu', count: 2 }, dense(2, 0, -1), 'boltzmann.bad_state'],
    ['wrong width', bernoulli, dense(2, 0, 1), 'boltzmann.bad_rows'],
    ['too little data', bernoulli, { ...dense(3, 0, 1, 1), count: 2 }, 'boltzmann.bad_rows'],
    ['lists of real units', { kind: 'gaussian', count: 3 }, lists, 'boltzmann.bad_rows'],
    ['column outside', bernoulli, { ...lists, indices: Uint16Array.of(0, 3, 1) }, 'boltzmann.bad_rows'],
    ['not ascending', bernoulli, { ...lists, indices: Uint16Array.of(2, 0, 1) }, 'boltzmann.bad_rows'],
    ['twice', bernoulli, { ...lists, indices: Uint16Array.of(1, 1, 1) }, 'boltzmann.bad_rows'],
    ['offsets backwards', bernoulli, { ...lists, offsets: Uint32Array.of(0, 3, 2) }, 'boltzmann.bad_rows'],
    ['offsets too far', bernoulli, { ...lists, offsets: Uint32Array.of(0, 2, 9) }, 'boltzmann.bad_rows'],
    ['values missing', bernoulli, { ...lists, values: Float32Array.of(1) }, 'boltzmann.bad_rows'],
    ['value above 1', bernoulli, { ...lists, values: Float32Array.of(1, 2, 1) }, 'boltzmann.bad_state'],
  ];
  test.each(cases)('%s', (_, spec, rows, code) => {
    expect(() => checkRows(spec, rows, 'visible')).toThrow(expect.objectContaining({ code }));
  });

  test('the message names the row and the column', () => {
    expect(() => checkRows(bernoulli, dense(3, 0, 0, 1, 0, 7, 1), 'visible')).toThrow(
      expect.objectContaining({
        details: { layer: 'visible', row: 1, column: 1, expected: '0 ... 1', got: '7' },
      }),
    );
  });
});

test.each([
  ['bernoulli', bernoulli, dense(3, 0, 1, 1, 0, 0, 0, 1, 0.25, 0)],
  ['spin', spin, dense(3, -1, 1, 1, -1, -1, -1, 1, -0.5, 1)],
  ['potts', potts, dense(6, 0, 1, 0, 0, 0, 1, 1, 0, 0, 0.5, 0.5, 0)],
] as const)('%s: dense to lists and back, and rows picked out', (_, spec, rows) => {
  const lists = sparseRows(spec, rows);
  checkRows(spec, lists, 'visible');
  expect(denseRows(spec, lists)).toEqual(rows);
  const order = [rows.count - 1, 0];
  expect(denseRows(spec, selectRows(lists, order))).toEqual(selectRows(rows, order));
});

test('rows without grey levels have no values', () => {
  expect(sparseRows(bernoulli, dense(3, 0, 1, 1))).not.toHaveProperty('values');
});
