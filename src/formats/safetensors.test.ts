import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { OutsetError } from '../messages/error.ts';
import { float32, type Tensor, tensor } from '../tensor/tensor.ts';
import { readSafetensors, writeSafetensors } from './safetensors.ts';

const fixtures: Record<'all' | 'empty' | 'half', string> = JSON.parse(
  readFileSync(new URL('../../test/fixtures/format-files.json', import.meta.url), 'utf8'),
).safetensors;
const bytesOf = (base64: string) => new Uint8Array(Buffer.from(base64, 'base64'));

/** A file with this header text and `dataLength` zero bytes behind it. */
function file(header: string | Uint8Array, dataLength = 0): Uint8Array {
  const text = typeof header === 'string' ? new TextEncoder().encode(header) : header;
  const bytes = new Uint8Array(8 + text.length + dataLength);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(text.length), true);
  bytes.set(text, 8);
  return bytes;
}

function issueOf(bytes: Uint8Array): OutsetError {
  try {
    readSafetensors(bytes, 'w.safetensors');
  } catch (error) {
    if (error instanceof OutsetError) return error;
    throw error;
  }
  throw new Error('it was read');
}

const entry = (dtype: string, shape: string, begin: number, end: number) =>
  `{"dtype":"${dtype}","shape":${shape},"data_offsets":[${begin},${end}]}`;

describe('files of the reference implementation', () => {
  test('are read', () => {
    const { tensors, metadata } = readSafetensors(bytesOf(fixtures.all));
    expect(metadata).toEqual({ format: 'np' });
    expect(tensors.size).toBe(14);
    expect(tensors.get('b.weight')).toEqual(float32([2, 3], [0, 1, 2, 3, 4, 5]));
    expect(tensors.get('a')).toEqual(tensor('float64', [2], Float64Array.of(1.5, -2.5)));
    expect(tensors.get('z/é')).toEqual(tensor('int64', [3], BigInt64Array.of(1n, 2n, 3n)));
    expect(tensors.get('u64')?.data).toEqual(BigUint64Array.of(2n ** 63n));
    expect(tensors.get('u32')?.data).toEqual(Uint32Array.of(4000000000));
    expect(tensors.get('i16')?.data).toEqual(Int16Array.of(-5, 5));
    expect(tensors.get('flag')).toEqual(tensor('bool', [2], Uint8Array.of(1, 0)));
    expect(tensors.get('scalar')).toEqual(float32([], [3.25]));
    expect(tensors.get('none')?.dims).toEqual([0, 5]);
    expect([...readSafetensors(bytesOf(fixtures.empty)).tensors]).toEqual([]);
  });

  test('are written byte for byte, from any order of the tensors', () => {
    const { tensors, metadata } = readSafetensors(bytesOf(fixtures.all));
    const backwards = new Map([...tensors].reverse());
    expect(Buffer.from(writeSafetensors(backwards, metadata)).toString('base64')).toBe(fixtures.all);
    expect(Buffer.from(writeSafetensors({})).toString('base64')).toBe(fixtures.empty);
  });

  test('half precision is widened exactly', () => {
    const values = readSafetensors(bytesOf(fixtures.half)).tensors.get('h');
    expect(values).toEqual(float32([4], [1, -0.333251953125, 65504, 2 ** -24]));
    const bfloat = file(`{"b":${entry('BF16', '[2]', 0, 4)}}`, 4);
    bfloat.set([0x80, 0x3f, 0x40, 0xc0], bfloat.length - 4);
    expect(readSafetensors(bfloat).tensors.get('b')).toEqual(float32([2], [1, -3]));
  });
});

describe('files that break the format', () => {
  const good = entry('F32', '[1]', 0, 4);
  test.each<[string, Uint8Array, string]>([
    ['nothing', new Uint8Array(), 'formats.truncated'],
    ['seven bytes', new Uint8Array(7), 'formats.truncated'],
    ['header longer than the file', file('{}').subarray(0, 9), 'formats.truncated'],
    [
      'header length of text',
      new TextEncoder().encode('x,y\n1,2\n3,4\n'),
      'formats.safetensors_header_too_large',
    ],
    ['no JSON', file('{"a":'), 'formats.safetensors_header_not_json'],
    ['an array', file('[]'), 'formats.safetensors_header_not_json'],
    ['space before the brace', file(' {}'), 'formats.safetensors_header_not_json'],
    ['a byte order mark', file('\ufeff{}'), 'formats.safetensors_header_not_json'],
    ['not UTF-8', file(Uint8Array.of(0x7b, 0xff, 0x7d)), 'formats.safetensors_header_not_json'],
    ['depth of a million', file(`{"a":${'['.repeat(1e6)}`), 'formats.safetensors_header_not_json'],
    ['one name twice', file(`{"a":${good},"a":${good}}`, 4), 'formats.safetensors_duplicate_key'],
    [
      'one name twice, escaped',
      file(`{"a":${good},"\\u0061":${good}}`, 4),
      'formats.safetensors_duplicate_key',
    ],
    [
      'a field twice',
      file(`{"a":{"dtype":"I8","dtype":"F32","shape":[1],"data_offsets":[0,4]}}`, 4),
      'formats.safetensors_duplicate_key',
    ],
    ['an entry that is null', file('{"a":null}'), 'formats.safetensors_entry'],
    [
      'a field too many',
      file('{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4],"x":1}}', 4),
      'formats.safetensors_entry',
    ],
    ['no dtype', file('{"a":{"shape":[1],"data_offsets":[0,4]}}', 4), 'formats.safetensors_entry'],
    ['a negative length', file(`{"a":${entry('F32', '[-1]', 0, 4)}}`, 4), 'formats.safetensors_entry'],
    ['a fraction', file(`{"a":${entry('F32', '[1.5]', 0, 4)}}`, 4), 'formats.safetensors_entry'],
    [
      'a shape that overflows',
      file(`{"a":${entry('F32', '[9007199254740991,9]', 0, 4)}}`, 4),
      'formats.safetensors_entry',
    ],
    ['offsets backwards', file(`{"a":${entry('F32', '[0]', 4, 0)}}`, 4), 'formats.safetensors_entry'],
    ['metadata with a number', file('{"__metadata__":{"a":1}}'), 'formats.safetensors_entry'],
    ['a hole', file(`{"a":${entry('F32', '[1]', 4, 8)}}`, 8), 'formats.safetensors_layout'],
    ['an overlap', file(`{"a":${good},"b":${entry('F32', '[1]', 2, 6)}}`, 6), 'formats.safetensors_layout'],
    ['data too short', file(`{"a":${good}}`, 3), 'formats.truncated'],
    ['data too long', file(`{"a":${good}}`, 5), 'formats.trailing_bytes'],
    ['offsets past the file', file(`{"a":${entry('F32', '[1000000000]', 0, 4e9)}}`, 4), 'formats.truncated'],
    [
      'shape and offsets differ',
      file(`{"a":${entry('F32', '[2]', 0, 4)}}`, 4),
      'formats.safetensors_tensor_length',
    ],
    ['unknown dtype', file(`{"a":${entry('F8_E4M3', '[4]', 0, 4)}}`, 4), 'formats.safetensors_dtype'],
  ])('%s', (_, bytes, code) => {
    const issue = issueOf(bytes);
    expect(issue.code).toBe(code);
    for (const language of ['en', 'ko'] as const) {
      expect(issue.text(language)).toContain('w.safetensors');
      expect(issue.text(language)).not.toMatch(/undefined|NaN|object Object/);
    }
  });

  test('a BOOL that is neither 0 nor 1', () => {
    const bytes = file(`{"a":${entry('BOOL', '[2]', 0, 2)}}`, 2);
    bytes[bytes.length - 1] = 2;
    expect(issueOf(bytes)).toMatchObject({ code: 'formats.safetensors_bool', details: { got: 2 } });
  });

  test('names like those of objects are only names', () => {
    const named = new Map<string, Tensor>([
      ['__proto__', float32([1], [1])],
      ['constructor', float32([1], [2])],
    ]);
    expect(readSafetensors(writeSafetensors(named)).tensors).toEqual(named);
    expect(() => writeSafetensors({ __metadata__: float32([1], [1]) })).toThrow(/reserved/);
  });
});

test('tensors of any name and shape come back', () => {
  const anyTensor = fc.array(fc.nat(4), { maxLength: 3 }).map((dims) =>
    float32(
      dims,
      Float32Array.from({ length: dims.reduce((a, b) => a * b, 1) }, (_, i) => i / 3),
    ),
  );
  const name = fc.string({ unit: 'grapheme' }).filter((text) => text !== '__metadata__');
  fc.assert(
    fc.property(
      fc.array(fc.tuple(name, anyTensor), { maxLength: 5 }),
      fc.dictionary(fc.string(), fc.string()),
      (entries, metadata) => {
        const bytes = writeSafetensors(new Map(entries), metadata);
        expect((new DataView(bytes.buffer).getUint32(0, true) + 8) % 8).toBe(0);
        const content = readSafetensors(bytes);
        expect(content.tensors).toEqual(new Map(entries));
        expect({ ...content.metadata }).toEqual({ ...metadata });
      },
    ),
    { numRuns: 1000, seed: 2 },
  );
});

test('thousands of damaged files give an issue, never a crash', () => {
  const whole = bytesOf(fixtures.all);
  for (let length = 0; length < whole.length; length++) {
    expect(issueOf(whole.subarray(0, length)).code).toBe('formats.truncated');
  }
  // Most of the damage goes into the header, where it matters.
  const place = fc.nat(1100);
  fc.assert(
    fc.property(fc.array(fc.tuple(place, fc.nat(255)), { minLength: 1, maxLength: 5 }), (changes) => {
      const bytes = whole.slice();
      for (const [at, value] of changes) if (at < bytes.length) bytes[at] = value;
      try {
        readSafetensors(bytes);
      } catch (error) {
        expect(error).toBeInstanceOf(OutsetError);
      }
    }),
    { numRuns: 5000, seed: 3 },
  );
});
