import { describe, expect, test } from 'vitest';
import { depthFigures } from './depth.ts';
import { layerFigure } from './layer.ts';
import { weightsFrame } from './weights.ts';

const middle = (value: number | null | undefined) => value ?? Number.NaN;

describe('one layer', () => {
  test.each([
    [400, 100],
    [64, 64],
    [40, 300],
  ])('%i inputs, %i outputs: factors are fan times variance', async (fanIn, fanOut) => {
    const { rows } = await layerFigure({ fanIn, fanOut, seed: 2 });
    const variances = [1 / fanIn, 1 / fanOut, 2 / (fanIn + fanOut), 2 / fanIn];
    // A factor is a mean of 64 x fan squares that share 64 inputs and the weights: its relative standard error is below
    // sqrt(2 / (64 min(fans))) + sqrt(2 / (fanIn fanOut)). Five of those for each of 8 dots: false alarm below 1e-5.
    const error = 5 * (Math.sqrt(2 / (64 * Math.min(fanIn, fanOut))) + Math.sqrt(2 / (fanIn * fanOut)));
    for (const [i, { forward, backward }] of rows.entries()) {
      expect(Math.abs(middle(forward.middle) / (fanIn * variances[i]) - 1)).toBeLessThan(error);
      expect(Math.abs(middle(backward.middle) / (fanOut * variances[i]) - 1)).toBeLessThan(error);
    }
  });
});

describe('layer by layer', () => {
  test('with ReLU, He keeps what Xavier halves in every layer', async () => {
    const input = { fanIn: 200, fanOut: 200, activation: 'relu', depth: 8, seed: 1 } as const;
    const { forward, backward } = await depthFigures(input);
    const factor = (start: string) => {
      const curve = forward.curves.find((one) => one.start === start);
      return middle(curve?.points.at(-1)?.middle) / middle(curve?.points[0].middle);
    };
    expect(factor('He') / (factor('Xavier') * 2 ** 7)).toBeGreaterThan(0.99);
    expect(factor('He') / (factor('Xavier') * 2 ** 7)).toBeLessThan(1.01);
    expect(factor('He')).toBeGreaterThan(0.4);
    expect(factor('He')).toBeLessThan(2.5);
    for (const { points } of backward.curves) expect(points.at(-1)?.middle).toBe(1);
    expect(await depthFigures(input)).toEqual({ forward, backward });
  });
});

test('codes: every library has Xavier, six weights each, and their bits are those of the numbers', () => {
  const { codes, densities } = weightsFrame({ fanIn: 12, fanOut: 5, seed: 4 });
  expect(codes.filter(({ rule }) => rule === 'xavier')).toHaveLength(6);
  expect(codes.filter(({ rule }) => rule === 'he')).toHaveLength(5);
  for (const { first } of codes) {
    for (const { value, bits } of first) {
      expect(new Float32Array(new Uint32Array([Number(bits)]).buffer)[0]).toBe(value);
    }
  }
  expect(densities).toHaveLength(3);
});
