import { describe, expect, test } from 'vitest';
import { varianceFixedPoints } from './fixed-points.ts';
import { gradientFactor } from './maps.ts';
import { phasePlane } from './phase-plane.ts';

describe('phasePlane', () => {
  test.each(['tanh', 'erf', 'sigmoid', 'gelu', 'selu'] as const)(
    '%s: chi at the exact fixed points',
    (activation) => {
      const [weights, biases] = [
        [0.5, 1.1, 1.7, 3.3],
        [0.02, 0.6],
      ];
      const plane = phasePlane(activation, weights, biases);
      for (const [i, biasVariance] of biases.entries()) {
        for (const [j, weightVariance] of weights.entries()) {
          const layer = { activation, weightVariance, biasVariance };
          const rest = varianceFixedPoints(layer).findLast(({ stable, value }) => stable && value < 1e8);
          if (rest === undefined) continue;
          expect(plane[i][j] / gradientFactor(layer, rest.value)).toBeCloseTo(1, 2.4);
        }
      }
    },
  );

  test('a rectifier halves the weight variance whatever the biases, dead or exploding', () => {
    for (const row of phasePlane('relu', [0.5, 2, 3.5], [0, 0.4])) {
      for (const [j, chi] of row.entries()) expect(chi).toBeCloseTo([0.25, 1, 1.75][j], 9);
    }
  });

  test('tanh without biases: below 1 the signal dies, and chi is the weight variance', () => {
    expect(phasePlane('tanh', [0.3, 0.9], [0])[0]).toEqual([expect.closeTo(0.3, 6), expect.closeTo(0.9, 6)]);
  });
});
