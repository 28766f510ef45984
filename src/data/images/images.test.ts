import { readFileSync } from 'node:fs';
import { encode } from 'fast-png';
import { zlibSync } from 'fflate';
import { describe, expect, test } from 'vitest';
import { crc32 } from '../../formats/crc.ts';
import { OutsetError } from '../../messages/error.ts';
import { openStream } from '../../random/index.ts';
import { decodeImage } from './decode-image.ts';
import { type ImageFile, imageFilesDataset } from './image-dataset.ts';

interface Entry {
  readonly file: string;
  readonly rgb: readonly number[];
}
// Written by test/peers/data_files.py (Pillow 9.4).
const fixtures: { png: Record<string, Entry>; jpeg: Record<string, Entry> } = JSON.parse(
  readFileSync(new URL('../../../test/fixtures/data-files.json', import.meta.url), 'utf8'),
);
const bytesOf = (text: string) => new Uint8Array(Buffer.from(text, 'base64'));
const issueOf = (run: () => unknown): OutsetError => {
  try {
    run();
  } catch (error) {
    if (error instanceof OutsetError) return error;
    throw error;
  }
  throw new Error('nothing was thrown');
};
const greatestDifference = (a: ArrayLike<number>, b: ArrayLike<number>, scale = 1): number => {
  let greatest = 0;
  for (let i = 0; i < b.length; i++) greatest = Math.max(greatest, Math.abs(a[i] - b[i] / scale));
  return greatest;
};

describe('decodeImage', () => {
  test.each(Object.keys(fixtures.png))('PNG, %s: the pixels of Pillow', (name) => {
    const { file, rgb } = fixtures.png[name];
    const image = decodeImage(bytesOf(file), 'rgb');
    expect([image.width, image.height, image.features.length]).toEqual([7, 5, 105]);
    expect(greatestDifference(image.features, rgb)).toBeLessThan(1e-7);
  });

  test.each(Object.keys(fixtures.jpeg))('JPEG, %s: within rounding of two decoders', (name) => {
    const { file, rgb } = fixtures.jpeg[name];
    const image = decodeImage(bytesOf(file), 'rgb');
    // The inverse cosine transform and the change of colour space may each round differently.
    expect(greatestDifference(image.features, rgb, 255)).toBeLessThan(5 / 255);
  });

  test('grey is Rec. 601 luma', () => {
    const { file, rgb } = fixtures.png.rgb;
    const grey = decodeImage(bytesOf(file), 'grey').features;
    const luma = Array.from(grey, (_, i) => 0.299 * rgb[i] + 0.587 * rgb[35 + i] + 0.114 * rgb[70 + i]);
    expect(greatestDifference(grey, luma)).toBeLessThan(1e-6);
    const plain = fixtures.png.grey;
    expect(
      greatestDifference(decodeImage(bytesOf(plain.file), 'grey').features, plain.rgb.slice(0, 35)),
    ).toBeLessThan(1e-7);
  });

  test('other files and cut files are refused, whatever is cut', () => {
    expect(issueOf(() => decodeImage(new Uint8Array(0), 'grey')).code).toBe('data.image_format');
    expect(issueOf(() => decodeImage(new TextEncoder().encode('GIF89a....'), 'grey')).code).toBe(
      'data.image_format',
    );
    for (const { file } of [fixtures.png.rgb, fixtures.png.palette, fixtures.jpeg.baseline]) {
      const bytes = bytesOf(file);
      for (let length = 2; length < bytes.length - 12; length += 7) {
        expect(issueOf(() => decodeImage(bytes.subarray(0, length), 'grey')).kind).toBe('input');
      }
    }
  });

  test('a flipped bit in a PNG is found by its checksum', () => {
    const bytes = bytesOf(fixtures.png.grey.file);
    bytes[45] ^= 4;
    expect(issueOf(() => decodeImage(bytes, 'grey')).code).toBe('data.image_damaged');
  });

  test('bombs: a size that no one has memory for, and pixels that unpack to more than the size says', () => {
    const huge = pngOf(60_000, 60_000, new Uint8Array(10));
    expect(issueOf(() => decodeImage(huge, 'grey')).code).toBe('data.image_too_large');
    const packed = pngOf(4, 4, new Uint8Array(200_000_000));
    expect(packed.length).toBeLessThan(250_000);
    const before = performance.now();
    const issue = issueOf(() => decodeImage(packed, 'grey'));
    expect(issue.code).toBe('data.image_damaged');
    expect(issue.message).toContain('more than its header describes');
    expect(performance.now() - before).toBeLessThan(2000);
  });
});

/** A grey 8-bit PNG with these raw bytes as its pixels, whatever their number. */
function pngOf(width: number, height: number, raw: Uint8Array): Uint8Array {
  const header = new Uint8Array(13);
  new DataView(header.buffer).setUint32(0, width);
  new DataView(header.buffer).setUint32(4, height);
  header[8] = 8;
  const chunk = (type: string, data: Uint8Array) => {
    const bytes = new Uint8Array(12 + data.length);
    const view = new DataView(bytes.buffer);
    view.setUint32(0, data.length);
    bytes.set(new TextEncoder().encode(type), 4);
    bytes.set(data, 8);
    view.setUint32(8 + data.length, crc32(bytes.subarray(4, 8 + data.length)));
    return bytes;
  };
  const chunks = [chunk('IHDR', header), chunk('IDAT', zlibSync(raw)), chunk('IEND', new Uint8Array(0))];
  return new Uint8Array([
    0x89,
    0x50,
    0x4e,
    0x47,
    0x0d,
    0x0a,
    0x1a,
    0x0a,
    ...chunks.flatMap((one) => [...one]),
  ]);
}

describe('imageFilesDataset', () => {
  const file = (path: string, width: number, level: number, label?: string): ImageFile => {
    const data = new Uint8Array(width * 3).fill(level);
    const bytes = encode({ width, height: 3, data, channels: 1, depth: 8 });
    return { path, ...(label === undefined ? {} : { label }), read: async () => new Uint8Array(bytes) };
  };
  const stream = openStream('threefry', 0);

  test('classes sorted by name, levels from 0 to 1, channels first', async () => {
    const files = [0, 1, 2, 3, 4].map((i) => file(`${i}.png`, 2, 51 * i, i % 2 === 0 ? 'odd' : 'even'));
    const set = await imageFilesDataset(files, stream, { name: 'levels' });
    expect(set.exampleDims).toEqual([1, 3, 2]);
    expect(set.task).toEqual({ kind: 'classification', classes: ['even', 'odd'] });
    expect([set.train.count, set.test.count]).toEqual([4, 1]);
    for (const { count, features, labels } of [set.train, set.test]) {
      for (let i = 0; i < count; i++) {
        const level = Math.round(features[6 * i] * 5);
        expect(features[6 * i]).toBe(Math.fround((51 * level) / 255));
        expect(labels[i]).toBe(level % 2 === 0 ? 1 : 0);
      }
    }
  });

  test('without labels the set is unlabelled', async () => {
    const files = [1, 2].map((i) => file(`${i}.png`, 2, i));
    const { task, train } = await imageFilesDataset(files, stream, {
      name: 'x',
      testFraction: 0.5,
      color: 'rgb',
    });
    expect(task).toEqual({ kind: 'unlabelled' });
    expect([train.features.length, train.labels.length]).toEqual([18, 0]);
  });

  test('another size names both files', async () => {
    const files = [file('a.png', 2, 1), file('b.png', 3, 1)];
    const error = await imageFilesDataset(files, stream, { name: 'x' }).catch((reason: unknown) => reason);
    expect((error as OutsetError).code).toBe('data.image_size');
    expect((error as OutsetError).message).toMatch(/b\.png.*3x3.*a\.png.*2x3/);
  });
});
