import { describe, expect, test } from 'vitest';
import { criticalPoint } from '../../../../src/initializers/criticality.ts';
import { phaseMap, placeOf } from './phase-map.ts';
import { signalFrame } from './signal.ts';

describe('the map', () => {
  test('tanh: the edge is the critical line of Schoenholz et al., within the grid', () => {
    const { edge } = phaseMap({ activation: 'tanh' });
    expect(edge.length).toBeGreaterThan(15);
    for (const { x, y } of edge.filter((point) => point.y > 0.02 && point.y < 0.5)) {
      expect(Math.abs(x - criticalPoint('tanh', y).weightVariance)).toBeLessThan(0.03);
    }
  });

  test('ReLU: the edge is at 2 whatever the biases', () => {
    const { edge, chi, weightVariances } = phaseMap({ activation: 'relu' });
    for (const { x } of edge) expect(x).toBeCloseTo(2, 3);
    for (const row of chi)
      for (const [j, one] of row.entries()) expect(one).toBeCloseTo(weightVariances[j] / 2, 6);
  });

  test('places', () => {
    expect(placeOf({ activation: 'tanh', weightVariance: 1, biasVariance: 0.05 })).toMatchObject({
      phase: 'ordered',
    });
    const { phase, criticalWeightVariance } = placeOf({
      activation: 'relu',
      weightVariance: 2,
      biasVariance: 0,
    });
    expect([phase, criticalWeightVariance]).toEqual(['critical', 2]);
    expect(
      placeOf({ activation: 'relu', weightVariance: 2, biasVariance: 0.3 }).criticalWeightVariance,
    ).toBeNull();
  });
});

test('theory and measurement tell the same story: the gradient over 20 layers within a factor of 3', async () => {
  // Over 19 layers of 128 units ln of the gradient's square scatters by about sqrt(19 · 5 / 128) = 0.9 from draw to
  // draw (Hanin 2018); the median of 3 draws by two thirds of that. A factor of 3 is ln 3 = 1.1, with a fixed seed.
  for (const [activation, weightVariance] of [
    ['tanh', 1],
    ['tanh', 2.5],
    ['relu', 1.5],
  ] as const) {
    const { gradient } = await signalFrame({
      activation,
      weightVariance,
      biasVariance: 0.05,
      depth: 20,
      seed: 0,
    });
    const [theory, measured] = gradient.curves.map(({ points }) => points[0].middle ?? Number.NaN);
    expect(Math.abs(Math.log(measured / theory))).toBeLessThan(Math.log(3));
  }
});
