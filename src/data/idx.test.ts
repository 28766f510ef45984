import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { gzipSync } from 'fflate';
import { describe, expect, test } from 'vitest';
import { OutsetError } from '../messages/error.ts';
import { tensor } from '../tensor/tensor.ts';
import { parseIdx } from './idx.ts';

/** 2 images of 2x3 with the pixels 0 ... 11, by hand from the format's page. */
const images = Uint8Array.of(
  0,
  0,
  8,
  3,
  0,
  0,
  0,
  2,
  0,
  0,
  0,
  2,
  0,
  0,
  0,
  3,
  0,
  1,
  2,
  3,
  4,
  5,
  6,
  7,
  8,
  9,
  10,
  11,
);
const packedByPython = new Uint8Array(
  Buffer.from(
    JSON.parse(readFileSync(new URL('../../test/fixtures/format-files.json', import.meta.url), 'utf8'))
      .idxGzip,
    'base64',
  ),
);

function issueOf(bytes: Uint8Array): OutsetError {
  try {
    parseIdx(bytes, 'a.idx');
  } catch (error) {
    if (error instanceof OutsetError) return error;
    throw error;
  }
  throw new Error('it was read');
}

describe('parseIdx', () => {
  const expected = tensor(
    'uint8',
    [2, 2, 3],
    Uint8Array.from({ length: 12 }, (_, i) => i),
  );

  test('plain, and packed by Python', () => {
    expect(parseIdx(images)).toEqual(expected);
    expect(parseIdx(packedByPython)).toEqual(expected);
  });

  test('an array without elements', () => {
    expect(parseIdx(Uint8Array.of(0, 0, 8, 1, 0, 0, 0, 0)).dims).toEqual([0]);
  });

  test('every element type, big-endian', () => {
    const of = (code: number, ...data: number[]) =>
      parseIdx(Uint8Array.of(0, 0, code, 1, 0, 0, 0, 1, ...data)).data;
    expect(of(0x09, 0xff)).toEqual(Int8Array.of(-1));
    expect(of(0x0b, 0xff, 0xfe)).toEqual(Int16Array.of(-2));
    expect(of(0x0c, 0x00, 0x01, 0x00, 0x00)).toEqual(Int32Array.of(65536));
    expect(of(0x0d, 0xc0, 0x20, 0x00, 0x00)).toEqual(Float32Array.of(-2.5));
    expect(of(0x0e, 0x3f, 0xf8, 0, 0, 0, 0, 0, 0)).toEqual(Float64Array.of(1.5));
  });

  test('what was read and what was expected', () => {
    expect(issueOf(images.subarray(0, 20))).toMatchObject({
      code: 'formats.truncated',
      details: { where: 'a.idx', part: 'data', expected: 28, got: 20 },
    });
    expect(issueOf(images.subarray(0, 9))).toMatchObject({
      details: { part: 'header', expected: 16, got: 9 },
    });
    expect(issueOf(Uint8Array.of(...images, 0))).toMatchObject({
      code: 'formats.trailing_bytes',
      details: { expected: 12, got: 13 },
    });
    expect(issueOf(new TextEncoder().encode('x,y\n'))).toMatchObject({
      code: 'data.idx_magic',
      details: { got: '78 2c 79 0a' },
    });
    expect(issueOf(Uint8Array.of(0, 0, 7, 1)).code).toBe('data.idx_magic');
    expect(issueOf(Uint8Array.of(0, 0, 8, 0)).code).toBe('data.idx_magic');
    const huge = Uint8Array.of(0, 0, 14, 3, ...new Array(12).fill(255));
    expect(issueOf(huge).code).toBe('data.idx_too_large');
  });

  test('cut at every byte, packed or not', () => {
    for (let length = 0; length < images.length; length++) {
      expect(issueOf(images.subarray(0, length)).code).toBe('formats.truncated');
    }
    for (let length = 0; length < packedByPython.length; length++) {
      expect(issueOf(packedByPython.subarray(0, length)).code).toMatch(/^(formats|data)\./);
    }
  });

  test('a small packed file cannot unpack to more than its header says', () => {
    const bomb = new Uint8Array(50_000_000);
    bomb.set(images);
    const packed = gzipSync(bomb);
    expect(packed.length).toBeLessThan(60_000);
    expect(issueOf(packed).code).toBe('formats.trailing_bytes');
  });

  test('a packed file with a changed checksum', () => {
    const bytes = packedByPython.slice();
    bytes[bytes.length - 8] ^= 1;
    expect(issueOf(bytes).code).toBe('formats.checksum');
  });

  test('thousands of damaged files give an issue or an array, never a crash', () => {
    const changes = fc.array(fc.tuple(fc.nat(40), fc.nat(255)), { minLength: 1, maxLength: 4 });
    fc.assert(
      fc.property(fc.constantFrom(images, packedByPython), changes, fc.nat(60), (source, edits, length) => {
        const bytes = source.slice(0, length);
        for (const [at, value] of edits) if (at < bytes.length) bytes[at] = value;
        try {
          const { dims, data } = parseIdx(bytes);
          expect(data.length).toBe(dims.reduce((a, b) => a * b, 1));
        } catch (error) {
          expect(error).toBeInstanceOf(OutsetError);
        }
      }),
      { numRuns: 5000, seed: 4 },
    );
  });
});
