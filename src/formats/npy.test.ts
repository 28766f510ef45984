import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { OutsetError } from '../messages/error.ts';
import { float32, type Tensor, tensor } from '../tensor/tensor.ts';
import { readNpy, writeNpy } from './npy.ts';
import { readNpz, writeNpz } from './npz.ts';

interface Fixtures {
  npy: { name: string; shape: number[]; values: string[]; bytes: string }[];
  npyRefused: { name: string; bytes: string }[];
  npz: Record<string, string>;
}
const fixtures: Fixtures = JSON.parse(
  readFileSync(new URL('../../test/fixtures/format-files.json', import.meta.url), 'utf8'),
);
const bytesOf = (base64: string) => new Uint8Array(Buffer.from(base64, 'base64'));
const codeOf = (run: () => unknown): string | undefined => {
  try {
    run();
    return undefined;
  } catch (error) {
    if (error instanceof OutsetError) return error.code;
    throw error;
  }
};
const fromPython: Record<string, number> = { nan: Number.NaN, inf: Infinity, '-inf': -Infinity };

describe('npy files that numpy wrote', () => {
  test.each(fixtures.npy)('$name', ({ name, shape, values, bytes }) => {
    const array = readNpy(bytesOf(bytes));
    expect(array.dims).toEqual(shape);
    if (typeof array.data[0] === 'bigint') expect(Array.from(array.data, String)).toEqual(values);
    else expect(Array.from(array.data, Number)).toEqual(values.map((v) => fromPython[v] ?? Number(v)));
    // What we write is byte for byte what numpy writes, wherever numpy wrote little-endian, row-major, version 1.
    if (/^(c [<|](?!f2)|vector|empty)/.test(name)) expect(writeNpy(array)).toEqual(bytesOf(bytes));
  });

  test.each(fixtures.npyRefused)('$name is refused', ({ bytes }) => {
    expect(codeOf(() => readNpy(bytesOf(bytes)))).toBe('formats.npy_dtype');
  });

  test('every truncation says what is missing', () => {
    const whole = bytesOf(fixtures.npy.find(({ name }) => name === 'c <f4')!.bytes);
    for (let length = 0; length < whole.length; length++) {
      const expected = length < 6 ? 'formats.wrong_magic' : 'formats.truncated';
      expect(codeOf(() => readNpy(whole.subarray(0, length)))).toBe(expected);
    }
    const longer = new Uint8Array(whole.length + 1);
    longer.set(whole);
    expect(codeOf(() => readNpy(longer))).toBe('formats.trailing_bytes');
  });

  test('wrong versions and headers', () => {
    const patched = (header: string): Uint8Array => {
      const bytes = new Uint8Array(128).fill(0x20);
      bytes.set([0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59, 1, 0, 118, 0]);
      bytes.set(new TextEncoder().encode(header), 10);
      return bytes;
    };
    const header = (shape: string) => `{'descr': '<f4', 'fortran_order': False, 'shape': ${shape}, }`;
    expect(readNpy(patched(header('(0,)'))).dims).toEqual([0]);
    // Any order of the keys is allowed.
    expect(readNpy(patched("{'shape': (0, 2), 'fortran_order': True, 'descr': '<f8'}")).dims).toEqual([0, 2]);
    for (const shape of ['(3', '(1 2)', '(,)', '(-1,)', '[3]', '(99999999999999999999,)', '(1,,2)']) {
      expect(
        codeOf(() => readNpy(patched(header(shape)))),
        shape,
      ).toBe('formats.npy_header');
    }
    expect(codeOf(() => readNpy(patched('{}')))).toBe('formats.npy_header');
    expect(codeOf(() => readNpy(patched(header('(0,), "x": 1'))))).toBe('formats.npy_header');
    const version9 = patched(header('(0,)'));
    version9[6] = 9;
    expect(codeOf(() => readNpy(version9))).toBe('formats.npy_version');
    // A header that promises more than there is must not take the memory for it.
    expect(codeOf(() => readNpy(patched(header('(900000000000,)'))))).toBe('formats.truncated');
  });
});

describe('npz', () => {
  test('numpy.savez and savez_compressed', () => {
    for (const name of ['keras', 'keras compressed']) {
      const arrays = readNpz(bytesOf(fixtures.npz[name]));
      expect([...arrays.keys()]).toEqual(['x_train', 'y_train', 'x_test', 'y_test']);
      expect(arrays.get('x_train')?.dims).toEqual([6, 4, 3]);
      expect(Array.from(arrays.get('x_train')!.data as Uint8Array)).toEqual(
        Array.from({ length: 72 }, (_, i) => i),
      );
    }
  });

  test('round trip, packed and not, and the same bytes each time', () => {
    const arrays = new Map<string, Tensor>([
      [
        'w',
        float32(
          [100, 10],
          Float32Array.from({ length: 1000 }, (_, i) => i % 7),
        ),
      ],
      ['n', tensor('int64', [2], BigInt64Array.from([1n, -5n]))],
      ['none', float32([0, 4], [])],
    ]);
    for (const compress of [false, true]) {
      const bytes = writeNpz(arrays, { compress });
      expect(readNpz(bytes)).toEqual(arrays);
      expect(writeNpz(arrays, { compress })).toEqual(bytes);
    }
    expect(writeNpz(arrays, { compress: true }).length).toBeLessThan(writeNpz(arrays).length / 3);
  });

  test('a bomb is refused before it is unpacked', () => {
    const bytes = writeNpz({ zeros: float32([1_000_000], new Float32Array(1_000_000)) }, { compress: true });
    expect(bytes.length).toBeLessThan(10_000);
    expect(codeOf(() => readNpz(bytes, { maxBytes: 1_000_000 }))).toBe('formats.unpacked_too_large');
    expect(readNpz(bytes).get('zeros')?.dims).toEqual([1_000_000]);
  });

  test('a flipped bit in the data is found by the checksum', () => {
    const bytes = writeNpz({ w: float32([8], new Float32Array(8)) });
    bytes[bytes.indexOf(0x0a, 100) + 5] ^= 1;
    expect(codeOf(() => readNpz(bytes))).toBe('formats.checksum');
  });

  test('no archive at all', () => {
    expect(codeOf(() => readNpz(new TextEncoder().encode('x,y\n1,2\n3,4\n5,6\n7,8\n')))).toBe(
      'formats.wrong_magic',
    );
    expect(codeOf(() => readNpz(new Uint8Array()))).toBe('formats.truncated');
  });

  test('every truncation and thousands of damaged files give an issue, never a crash', () => {
    const whole = bytesOf(fixtures.npz['keras compressed']);
    for (let length = 0; length < whole.length; length++) {
      expect(codeOf(() => readNpz(whole.subarray(0, length)))).toMatch(/^formats\./);
    }
    const damage = fc.array(fc.tuple(fc.nat(whole.length - 1), fc.nat(255)), { minLength: 1, maxLength: 4 });
    fc.assert(
      fc.property(fc.constantFrom('keras', 'keras compressed'), damage, (name, changes) => {
        const bytes = bytesOf(fixtures.npz[name]);
        for (const [at, value] of changes) bytes[at] = value;
        expect(codeOf(() => readNpz(bytes)) ?? 'formats.').toMatch(/^formats\./);
      }),
      { numRuns: 3000, seed: 1 },
    );
  });
});
