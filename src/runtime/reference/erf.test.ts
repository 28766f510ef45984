import { expect, test } from 'vitest';
import { erf } from './erf.ts';

/** From CPython 3.11.7, `[(x, math.erf(x)) for x in …]`. */
const expected: readonly (readonly [number, number])[] = [
  [1e-300, 1.1283791670955126e-300],
  [1e-8, 1.1283791670955126e-8],
  [0.1, 0.1124629160182849],
  [0.5, 0.5204998778130465],
  [1.0, 0.8427007929497149],
  [1.9999, 0.9953201979070294],
  [2.0001, 0.9953243313041966],
  [1.9, 0.9927904292352575],
  [2.4999, 0.9995928300996666],
  [2.5, 0.999593047982555],
  [2.5001, 0.9995932657565293],
  [3.0, 0.9999779095030014],
  [4.5, 0.9999999998033839],
  [5.9, 0.9999999999999999],
];

test('erf agrees with the C library to 1e-15', () => {
  for (const [x, value] of expected) {
    expect(Math.abs(erf(x) - value)).toBeLessThanOrEqual(1e-15 * value);
    expect(erf(-x)).toBe(-erf(x));
  }
});

test('erf of zero, infinity and NaN', () => {
  expect(erf(0)).toBe(0);
  expect(erf(Infinity)).toBe(1);
  expect(erf(-Infinity)).toBe(-1);
  expect(erf(Number.NaN)).toBeNaN();
});
