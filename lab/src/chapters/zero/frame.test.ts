import { describe, expect, test } from 'vitest';
import { nodeRuntime } from '../../../../src/runtime/node.ts';
import { initialState } from '../../state/address.ts';
import { type LayerNumbers, zeroFrame, zeroFrameOn } from './frame.ts';
import { learningFigure } from './learning.ts';
import { zeroSchema } from './state.ts';

const initial = initialState(zeroSchema);
const state = (changes: Partial<typeof initial>) => ({ ...initial, ...changes });
const numbersOf = (layers: readonly LayerNumbers[]) =>
  layers.flatMap(({ outputs, gradients }) => [
    ...outputs,
    ...gradients.weights.flat(),
    ...gradients.biases,
    ...gradients.outputs,
  ]);

describe('f = w x + b', () => {
  test('the derivatives are those of the closed form', async () => {
    const { line } = await zeroFrame(state({ w: -0.7, x: 1.2, b: 0.4 }));
    expect(line.values.f).toBeCloseTo(-0.7 * 1.2 + 0.4, 6);
    expect(line.derivatives.w).toBeCloseTo(1.2, 6);
    expect(line.derivatives.x).toBeCloseTo(-0.7, 6);
    expect([line.derivatives.b, line.derivatives.wx, line.derivatives.f]).toEqual([1, 1, 1]);
  });

  test('at w = 0, x receives exactly nothing', async () => {
    expect((await zeroFrame(initial)).line.derivatives.x).toBe(0);
  });
});

describe('the small network', () => {
  test('zeros with ReLU and tanh: only the last bias', async () => {
    for (const activation of ['relu', 'tanh'] as const) {
      for (const layers of ['2', '3'] as const) {
        const { network } = await zeroFrame(state({ activation, layers }));
        expect(network.finding).toMatchObject({
          kind: 'only-last-bias-moves',
          moving: [`dense${layers}.bias`],
        });
      }
    }
  });

  test('zeros with sigmoid: the last weights too, and units stay equal after any number of updates', async () => {
    const { network } = await zeroFrame(state({ activation: 'sigmoid' }));
    expect(network.finding?.moving).toEqual(['dense2.weight', 'dense2.bias']);
    const later = (await zeroFrame(state({ activation: 'sigmoid', updates: 30 }))).network;
    expect(later.finding?.kind).toBe('units-stay-equal');
    expect(new Set(later.layers[0].outputs).size).toBe(1);
    expect(later.cost).toBeLessThan(network.cost);
  });

  test('random: units differ', async () => {
    const { network } = await zeroFrame(state({ start: 'random', activation: 'tanh' }));
    expect(network.finding).toBeNull();
    expect(new Set(network.layers[0].outputs).size).toBe(3);
  });

  test.each(['relu', 'tanh', 'sigmoid'] as const)('%s: the engine says the same', async (activation) => {
    const wanted = state({ start: 'random', activation, layers: '3', updates: 4, seed: 3 });
    const [here, there] = [await zeroFrame(wanted), await zeroFrameOn(await nodeRuntime(), wanted)];
    const [a, b] = [numbersOf(here.network.layers), numbersOf(there.network.layers)];
    expect(b).toHaveLength(a.length);
    // Values are of order 1: float32 rounding over three layers.
    for (const [i, value] of a.entries()) expect(Math.abs(value - b[i])).toBeLessThan(2e-6);
  });
});

test('XOR: zeros stay at ln 2, equal weights do not solve it, random ones do', async () => {
  const { curves } = await learningFigure({ activation: 'relu', seed: 0 });
  const last = Object.fromEntries(
    curves.map(({ start, points }) => [start, points.at(-1)?.middle ?? Number.NaN]),
  );
  expect(last.zeros).toBeCloseTo(Math.LN2, 3);
  expect(last['constant(value=0.5)']).toBeGreaterThan(0.4);
  expect(last['glorot-normal']).toBeLessThan(0.05);
});
