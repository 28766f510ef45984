import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { createOptimizer, optimizerConstants, optimizerNames } from './optimizer.ts';
import { ParameterStore } from './parameter-store.ts';
import type { OptimizerSpec } from './spec.ts';

interface Fixture {
  torch: string;
  start: number[];
  gradients: number[][];
  learningRates: number[];
  cases: { name: string; spec: OptimizerSpec; first: number[]; last: number[] }[];
}

const fixture: Fixture = JSON.parse(
  readFileSync(new URL('../../test/fixtures/optimizers.json', import.meta.url), 'utf8'),
);

/** The parameters of the fixture in two arrays of odd length, so that padding and offsets matter. */
async function prepare(spec: OptimizerSpec) {
  const constants = optimizerConstants(spec);
  const shapes = [
    { name: 'a', dims: [5] },
    { name: 'b', dims: [2, 7] },
  ];
  const store = new ParameterStore(shapes, constants.slotCount);
  const optimizer = await createOptimizer(store, constants);
  const write = (views: ReadonlyMap<string, { data: Float32Array }>, values: readonly number[]) => {
    views.get('a')!.data.set(values.slice(0, 5));
    views.get('b')!.data.set(values.slice(5));
  };
  const read = () => [...store.parameters.get('a')!.data, ...store.parameters.get('b')!.data];
  return { store, optimizer, write, read };
}

/** Largest difference in units of the last place of the larger of the parameter and its start. */
function worstUlps(got: readonly number[], wanted: readonly number[]): number {
  const epsilon = 2 ** -23;
  return Math.max(
    ...got.map((value, i) => Math.abs(value - wanted[i]) / (epsilon * Math.max(Math.abs(wanted[i]), 0.25))),
  );
}

describe('update rules follow torch', () => {
  test('the fixture has every rule', () => {
    expect(new Set(fixture.cases.map(({ spec }) => spec.name))).toEqual(new Set(optimizerNames));
  });

  test.each(fixture.cases.map((c) => [c.name, c] as const))('%s', async (_, { spec, first, last }) => {
    const { store, optimizer, write, read } = await prepare(spec);
    write(store.parameters, fixture.start);
    for (const [i, gradient] of fixture.gradients.entries()) {
      write(store.gradients, gradient);
      expect(optimizer.gradientsAreFinite()).toBe(true);
      optimizer.update(i + 1, fixture.learningRates[i]);
      // One update is a handful of roundings; twenty may add up, each is at most about 1 unit.
      if (i === 0) expect(worstUlps(read(), first)).toBeLessThan(4);
    }
    expect(worstUlps(read(), last)).toBeLessThan(20);
  });
});

describe('the kernel', () => {
  test.each([Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY])(
    'sees a gradient of %s anywhere',
    async (bad) => {
      const { store, optimizer } = await prepare({ name: 'sgd' });
      for (const { data } of store.gradients.values()) {
        for (let i = 0; i < data.length; i++) {
          data[i] = bad;
          expect(optimizer.gradientsAreFinite()).toBe(false);
          data[i] = 3e38;
        }
      }
      expect(optimizer.gradientsAreFinite()).toBe(true);
    },
  );

  test('moments die out to exact zero instead of subnormal numbers', async () => {
    const { store, optimizer } = await prepare({ name: 'adam', beta1: 0.5, beta2: 0.5 });
    store.gradients.get('a')!.data.fill(1e-3);
    optimizer.update(1, 0.01);
    store.gradients.get('a')!.data.fill(0);
    for (let i = 2; i < 300; i++) optimizer.update(i, 0.01);
    expect([...store.slot(0).get('a')!.data]).toEqual([0, 0, 0, 0, 0]);
    expect([...store.slot(1).get('a')!.data]).toEqual([0, 0, 0, 0, 0]);
  });

  test('leaves the room between arrays at zero', async () => {
    const { store, optimizer, write } = await prepare({ name: 'adamw' });
    write(store.parameters, fixture.start);
    write(store.gradients, fixture.gradients[0]);
    optimizer.update(1, 0.01);
    const all = new Float32Array(store.memory.buffer, 0, store.blockLength);
    expect([...all.subarray(5, 16)].every((value) => value === 0)).toBe(true);
    expect(store.parameters.get('b')!.data.byteOffset).toBe(64);
  });
});

test('constants out of range are refused', () => {
  expect(() => optimizerConstants({ name: 'adam', beta2: 1 })).toThrow(
    expect.objectContaining({ code: 'training.bad_value' }),
  );
  expect(() => optimizerConstants({ name: 'sgd', weightDecay: Number.NaN })).toThrow(/weightDecay/);
});
