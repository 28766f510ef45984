import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { exponential, hyperbolicTangent, logarithm, logOnePlusExponential } from './elementary.ts';
import { errorFunction, inverseErrorFunction } from './error-function.ts';
import { nameHash } from './name-hash.ts';

/** |got / expected - 1|, and 0 where both are equal (0, infinities). */
const relative = (got: number, expected: number) => (got === expected ? 0 : Math.abs(got / expected - 1));
const real = (min: number, max: number) => fc.double({ min, max, noNaN: true, noDefaultInfinity: true });

// The engine's own functions are good to a unit in the last place or so: enough to show that ours are, too.
describe('against Math', () => {
  test('logarithm, from subnormal numbers to the largest', () => {
    fc.assert(
      fc.property(
        real(Number.MIN_VALUE, Number.MAX_VALUE),
        (x) => relative(logarithm(x), Math.log(x)) < 5e-16,
      ),
      { numRuns: 5000 },
    );
    fc.assert(
      fc.property(real(0.5, 2), (x) => relative(logarithm(x), Math.log(x)) < 5e-16),
      { numRuns: 5000 },
    );
    expect([0, 1, Number.POSITIVE_INFINITY].map(logarithm)).toEqual([-Infinity, 0, Infinity]);
    expect(logarithm(-1)).toBeNaN();
    expect(logarithm(Number.NaN)).toBeNaN();
  });

  test('exponential', () => {
    fc.assert(
      fc.property(real(-708, 709), (x) => relative(exponential(x), Math.exp(x)) < 6e-16),
      {
        numRuns: 5000,
      },
    );
    expect([-800, 0, 800].map(exponential)).toEqual([0, 1, Infinity]);
    expect(exponential(Number.NaN)).toBeNaN();
  });

  test('hyperbolic tangent and softplus', () => {
    fc.assert(
      fc.property(real(-30, 30), (x) => relative(hyperbolicTangent(x), Math.tanh(x)) < 3e-15),
      {
        numRuns: 5000,
      },
    );
    fc.assert(
      fc.property(
        real(-700, 700),
        (x) =>
          relative(logOnePlusExponential(x), Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)))) < 1e-15,
      ),
      { numRuns: 5000 },
    );
  });
});

describe('error function', () => {
  // scipy.special.erf and erfinv, 1.17
  test.each([
    [1e-10, 1.1283791670955126e-10],
    [0.1, 0.1124629160182849],
    [0.5, 0.5204998778130465],
    [1, 0.8427007929497148],
    [2, 0.9953222650189527],
    [2.999, 0.9999777698314002],
    [3.5, 0.9999992569016276],
    [7, 1],
  ])('erf(%f)', (x, expected) => {
    expect(relative(errorFunction(x), expected)).toBeLessThan(1e-15);
    expect(errorFunction(-x)).toBe(-errorFunction(x));
  });

  test('the inverse undoes it, into the tails', () => {
    expect(relative(inverseErrorFunction(0.5), 0.4769362762044699)).toBeLessThan(1e-15);
    expect(relative(inverseErrorFunction(0.999), 2.326753765513524)).toBeLessThan(1e-15);
    expect(relative(inverseErrorFunction(2 ** -53 - 1), -5.863584748755167)).toBeLessThan(1e-15);
    fc.assert(
      fc.property(real(-2.5, 2.5), (y) => relative(inverseErrorFunction(errorFunction(y)), y) < 3e-13),
    );
    expect([0, 1, -1].map((x) => inverseErrorFunction(x))).toEqual([0, Infinity, -Infinity]);
    expect(inverseErrorFunction(1.5)).toBeNaN();
  });
});

test('the hash of a name is 64-bit FNV-1a', () => {
  // draft-eastlake-fnv, appendix: "", "a", "foobar".
  const hex = (name: string) =>
    nameHash(name)
      .map((word) => word.toString(16).padStart(8, '0'))
      .join('');
  expect(['', 'a', 'foobar'].map(hex)).toEqual(['cbf29ce484222325', 'af63dc4c8601ec8c', '85944171f73967e8']);
  expect(hex('가중치')).not.toBe(hex('편향'));
});
