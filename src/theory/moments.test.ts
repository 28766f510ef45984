import { describe, expect, test } from 'vitest';
import { activationFunction } from '../initializers/activation-functions.ts';
import { correlationMap, varianceMap } from './maps.ts';
import { MomentTable, MomentTables } from './moments.ts';
import { compose, identityFunction, join, joinNumber, line, type ScalarFunction } from './scalar-function.ts';

const named = (name: Parameters<typeof activationFunction>[0]): ScalarFunction => ({
  key: name,
  ...activationFunction(name),
});

describe('moments', () => {
  test.each([1e-9, 0.3, 1, 70, 1e30])('rectifier of variance %d: closed forms', (q) => {
    const relu = new MomentTable(named('relu')).at(q);
    const tilt = Math.sqrt(2 / Math.PI);
    expect(relu.mean / Math.sqrt(q / 2 / Math.PI)).toBeCloseTo(1, 6);
    expect(relu.square / q).toBeCloseTo(1 / 2, 6);
    expect(relu.slope).toBeCloseTo(1 / 2, 6);
    expect(relu.kurtosis).toBeCloseTo(6, 5);
    expect(relu.slopeKurtosis).toBeCloseTo(2, 6);
    expect(relu.squareChange).toBeCloseTo(1, 6);
    expect(relu.slopeChange).toBeCloseTo(0, 6);
    expect(relu.squareTilt).toBeCloseTo(2 * tilt, 6);
    expect(relu.slopeTilt).toBeCloseTo(tilt, 6);
  });

  test.each(['tanh', 'gelu', 'selu', 'softplus', 'sigmoid'] as const)('%s: agrees with the maps', (name) => {
    const table = new MomentTable(named(name));
    const layer = { activation: name, weightVariance: 1 };
    for (const q of [0.02, 0.77, 5]) {
      expect(table.at(q).square / varianceMap(layer, q)).toBeCloseTo(1, 4);
      for (const c of [0.1, 0.5, 0.9]) {
        const exact = correlationMap(layer, q, c) * varianceMap(layer, q);
        expect(table.product(q, c) / exact).toBeCloseTo(1, 3);
        const step = 1e-3;
        const slope = (table.product(q, c + step) - table.product(q, c - step)) / (2 * step);
        expect(table.productSlope(q, c) / slope).toBeCloseTo(1, 3);
      }
    }
  });

  test.each(['tanh', 'gelu', 'softplus'] as const)('%s: changes are derivatives', (name) => {
    const tables = new MomentTables();
    const f = named(name);
    const [q, center, step] = [0.8, 0.3, 1e-3];
    const { squareChange, slopeChange, squareTilt, slopeTilt } = tables.around(f, center).at(q);
    const change = (key: 'square' | 'slope', byVariance: boolean): number => {
      const at = (sign: number) => {
        const moved = byVariance ? center : center + sign * step * Math.sqrt(q);
        const table = new MomentTable(compose(f, line(1, moved)));
        return Math.log(table.at(byVariance ? q * Math.exp(sign * step) : q)[key]);
      };
      return (at(1) - at(-1)) / (2 * step);
    };
    expect(squareChange).toBeCloseTo(change('square', true), 3);
    expect(slopeChange).toBeCloseTo(change('slope', true), 3);
    expect(squareTilt).toBeCloseTo(change('square', false), 3);
    expect(slopeTilt).toBeCloseTo(change('slope', false), 3);
  });

  test('lines exactly, zero variance and a dead function without NaN', () => {
    const table = new MomentTable(line(-2, 3));
    expect(table.at(0.5)).toMatchObject({ mean: 3, square: 11, slope: 4, squareChange: 2 / 11 });
    expect(table.at(0.5).squareTilt).toBeCloseTo((-2 * 2 * Math.SQRT1_2 * 3) / 11, 12);
    expect(table.product(0.5, 0.25)).toBe(9.5);
    const tanh = new MomentTable(named('tanh'));
    expect(tanh.at(0).square).toBeGreaterThanOrEqual(0);
    for (const number of [...Object.values(tanh.at(0)), ...Object.values(tanh.at(1e80))])
      if (typeof number === 'number') expect(number).not.toBeNaN();
    expect(new MomentTable(line(0, 0)).at(1)).toMatchObject({ square: 0, kurtosis: 1, squareTilt: 0 });
  });
});

describe('functions of one number', () => {
  test('lines join to lines; equal functions have equal keys', () => {
    expect(compose(line(2, 1), line(3, 4)).line).toEqual({ scale: 6, offset: 9 });
    expect(join('Sub', line(2, 1), line(3, 4)).line).toEqual({ scale: -1, offset: -3 });
    expect(compose(named('tanh'), identityFunction).key).toBe('tanh');
    expect(joinNumber('Sub', identityFunction, 2, true).line).toEqual({ scale: -1, offset: 2 });
  });

  test('kinks are found behind lines and behind curves', () => {
    expect(compose(named('relu'), line(2, -3)).kinks).toEqual([1.5]);
    const behind = joinNumber('Min', named('softplus'), 1, false).kinks;
    expect(behind).toHaveLength(1);
    expect(behind[0]).toBeCloseTo(Math.log(Math.E - 1), 2);
  });

  test('derivatives of what was composed are finite differences', () => {
    const swish = join('Mul', identityFunction, named('sigmoid'));
    const odd = joinNumber('Div', join('Add', swish, line(0, 2)), 3, true);
    for (const x of [-2, -0.3, 0.9]) {
      const step = 1e-5;
      const slope = (odd.value(x + step) - odd.value(x - step)) / (2 * step);
      expect(odd.derivative(x)).toBeCloseTo(slope, 7);
    }
  });
});
