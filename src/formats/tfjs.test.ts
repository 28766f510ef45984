import { describe, expect, test } from 'vitest';
import { planTfjsModel, readTfjsModel } from './tfjs.ts';

const weight = (name: string, shape: number[], more: object = {}) => ({
  name,
  shape,
  dtype: 'float32',
  ...more,
});
const model = (weights: object[], paths: unknown = ['a.bin']) =>
  JSON.stringify({ modelTopology: { x: 1 }, weightsManifest: [{ paths, weights }] });

test('weights lie one after the other, quantized ones shorter', () => {
  const { weights, groups } = readTfjsModel(
    model([
      weight('a', [2, 3]),
      weight('b', [4], { quantization: { dtype: 'uint8', min: 0, scale: 1 } }),
      weight('c', [], { dtype: 'int32' }),
    ]),
  );
  expect(weights.map(({ name, start, length }) => [name, start, length])).toEqual([
    ['a', 0, 24],
    ['b', 24, 4],
    ['c', 28, 4],
  ]);
  expect(groups).toEqual([{ paths: ['a.bin'], length: 32 }]);
});

test('a large model is cut into shards of 4 MiB; replaced weights lose their quantization', () => {
  const quantization = { dtype: 'uint16', min: 0, scale: 1 };
  const read = readTfjsModel(
    model([
      weight('a', [1024, 2048]),
      weight('b', [8], { quantization }),
      weight('c', [8], { quantization }),
    ]),
  );
  const plan = planTfjsModel(read, new Set(['a', 'b']));
  expect(plan.shards).toEqual([
    { path: 'group1-shard1of3.bin', length: 4 * 2 ** 20 },
    { path: 'group1-shard2of3.bin', length: 4 * 2 ** 20 },
    { path: 'group1-shard3of3.bin', length: 48 },
  ]);
  const again = readTfjsModel(plan.text);
  expect(again.weights.map(({ quantized }) => quantized)).toEqual([false, false, true]);
  expect(again.groups[0].length).toBe(8 * 2 ** 20 + 48);
  expect(again.json.modelTopology).toEqual({ x: 1 });
});

describe('refused', () => {
  test.each([
    ['no JSON', '{', 'json'],
    ['a list', '[]', 'json'],
    ['no manifest', '{}', 'manifest'],
    ['a path up', model([], ['../a.bin']), 'path'],
    ['a path from the root', model([], ['/etc/passwd']), 'path'],
    ['an address', model([], ['https://example.org/a.bin']), 'path'],
    ['a path of another system', model([], ['..\\a.bin']), 'path'],
    ['a shard twice', model([], ['a.bin', 'a.bin']), 'duplicate'],
    ['a weight twice', model([weight('a', [1]), weight('a', [1])]), 'duplicate'],
    ['a key twice', '{"weightsManifest": [], "weightsManifest": []}', 'duplicate'],
    ['a negative length', model([weight('a', [-1])]), 'shape'],
    ['more than can be counted', model([weight('a', [2 ** 30, 2 ** 30])]), 'shape'],
    ['text', model([weight('a', [1], { dtype: 'string' })]), 'dtype'],
    ['a prototype', model([weight('a', [1], { dtype: 'toString' })]), 'dtype'],
  ])('%s', (_, text, problem) => {
    expect(() => readTfjsModel(text)).toThrow(
      expect.objectContaining({ code: 'formats.tfjs', details: expect.objectContaining({ problem }) }),
    );
  });
});
