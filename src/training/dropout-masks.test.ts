import { describe, expect, test } from 'vitest';
import { fillBlocks } from '../random/threefry.ts';
import { threefry } from '../random/threefry-stream.ts';
import { createDropoutMasks } from './dropout-masks.ts';
import { ParameterStore } from './parameter-store.ts';

async function prepare(count: number, keep: number) {
  const store = new ParameterStore([], 0, [{ name: 'mask', dims: [count] }]);
  const masks = [{ name: 'mask', dims: [count], keep }];
  const fill = await createDropoutMasks(masks, threefry(5), store.memory, store.scratch);
  return { fill, values: store.scratch.get('mask')!.data };
}

describe('dropout masks', () => {
  test.each([1, 7, 16, 51, 1000])('%i values have the bits of the TypeScript generator', async (count) => {
    const { fill, values } = await prepare(count, 0.7);
    fill(12);
    const key = threefry(5).child('mask').child(12).bits(new Uint32Array(2));
    const words = new Uint32Array(count + (count % 2));
    fillBlocks([key[0], key[1]], 0, 0, words);
    const wanted = Array.from(words.subarray(0, count), (word) =>
      word < 0.7 * 2 ** 32 ? Math.fround(1 / 0.7) : 0,
    );
    expect([...values]).toEqual(wanted);
  });

  test('the kept fraction is that asked for', async () => {
    const count = 100_000;
    const { fill, values } = await prepare(count, 0.3);
    fill(0);
    const kept = values.filter((value) => value !== 0).length;
    // Binomial; 5 standard deviations: a false alarm once in 1.7 million seeds, and this seed is fixed.
    expect(Math.abs(kept - 0.3 * count)).toBeLessThan(5 * Math.sqrt(count * 0.3 * 0.7));
  });

  test('steps differ, and a step can be drawn again', async () => {
    const { fill, values } = await prepare(64, 0.5);
    fill(1);
    const first = [...values];
    fill(2);
    expect([...values]).not.toEqual(first);
    fill(1);
    expect([...values]).toEqual(first);
  });
});
