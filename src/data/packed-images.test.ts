import { describe, expect, test } from 'vitest';
import { threefry } from '../random/threefry-stream.ts';
import { makeDataset, type Split } from './dataset.ts';
import { packImages, unpackImages } from './packed-images.ts';

const part = (count: number, name: string): Split => ({
  count,
  features: threefry(1)
    .child(name)
    .uniform(new Float32Array(count * 6), 0, 256)
    .map((x) => Math.fround(Math.floor(x) / 255)),
  labels: Int32Array.from({ length: count }, (_, i) => i % 3),
});
const dataset = makeDataset({
  name: 'tiles',
  train: part(7, 'train'),
  test: part(4, 'test'),
  exampleDims: [1, 2, 3],
  task: { kind: 'classification', classes: ['a', 'b', 'ㄷ'] },
  description: 'made up',
});

describe('packed images', () => {
  test('all of them come back, with the digest', () => {
    expect(unpackImages(packImages(dataset, { train: 100, test: 100 }), 'x')).toEqual(dataset);
  });

  test('the first ones come back', () => {
    const { train, test } = unpackImages(packImages(dataset, { train: 3, test: 2 }), 'x');
    expect([train.count, test.count]).toEqual([3, 2]);
    expect(train.features).toEqual(dataset.train.features.slice(0, 18));
    expect(test.labels).toEqual(dataset.test.labels.slice(0, 2));
  });

  test('every cut and every changed byte of the beginning is refused or read, never worse', () => {
    const bytes = packImages(dataset, { train: 3, test: 2 });
    for (let length = 0; length < bytes.length; length++) {
      expect(() => unpackImages(bytes.subarray(0, length), 'x')).toThrow(
        expect.objectContaining({ code: 'lab.packed_images' }),
      );
    }
    for (let at = 0; at < 140; at++) {
      const changed = bytes.slice();
      changed[at] ^= 0x55;
      try {
        unpackImages(changed, 'x');
      } catch (error) {
        expect((error as { code?: string }).code).toMatch(/^(?:lab|data)\./);
      }
    }
  });
});
