/** Small damages to files: what fast-check draws, applied to a valid one. */
import fc from 'fast-check';

/** One damage. `at` and `length` are fractions, so that the same damage fits files of any size. */
export type Mutation =
  | { readonly kind: 'bit'; readonly at: number; readonly bit: number }
  | { readonly kind: 'byte'; readonly at: number; readonly value: number }
  | { readonly kind: 'word'; readonly at: number; readonly width: 2 | 4 | 8; readonly value: number }
  | { readonly kind: 'cut' | 'repeat' | 'zero'; readonly at: number; readonly length: number }
  | { readonly kind: 'insert'; readonly at: number; readonly bytes: Uint8Array }
  | { readonly kind: 'truncate'; readonly at: number }
  | { readonly kind: 'digits'; readonly at: number; readonly text: string };

/** Without fast-check's preference for small numbers: every part of a file is damaged alike. */
const fraction = fc.noBias(fc.nat(2 ** 30 - 1)).map((value) => value / 2 ** 30);
/** Numbers where checks of lengths and addresses tend to fail. */
const edges = fc.constantFrom(
  0,
  1,
  2,
  7,
  8,
  0x7f,
  0x80,
  0xff,
  0x7fff,
  0xffff,
  2 ** 31 - 1,
  2 ** 31,
  2 ** 32 - 1,
  2 ** 53,
  -1,
  -2,
);

const tokens = fc.constantFrom(
  '-1',
  '0',
  '1e9',
  '1e400',
  '4294967296',
  '9007199254740993',
  '99999999999999999999',
  'null',
  '[]',
  '{}',
  '"x"',
  '1.5',
);

const mutation: fc.Arbitrary<Mutation> = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({ kind: fc.constant('bit' as const), at: fraction, bit: fc.noBias(fc.nat(7)) }),
  },
  {
    weight: 5,
    arbitrary: fc.record({ kind: fc.constant('byte' as const), at: fraction, value: fc.noBias(fc.nat(255)) }),
  },
  {
    weight: 5,
    arbitrary: fc.record({
      kind: fc.constant('word' as const),
      at: fraction,
      width: fc.constantFrom(2 as const, 4 as const, 8 as const),
      value: fc.oneof(edges, fc.noBias(fc.nat(20_000))),
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constant('digits' as const),
      at: fraction,
      text: fc.oneof(tokens, fc.noBias(fc.nat(40)).map(String)),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constantFrom('cut' as const, 'repeat' as const, 'zero' as const),
      at: fraction,
      length: fraction,
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('insert' as const),
      at: fraction,
      bytes: fc.uint8Array({ minLength: 1, maxLength: 8 }),
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('truncate' as const), at: fraction }) },
);

/** A few damages at once. */
export const mutations = fc.array(mutation, { minLength: 1, maxLength: 4 });

/** A damaged copy of a file. */
export function damaged(bytes: Uint8Array, list: readonly Mutation[]): Uint8Array {
  let result = Uint8Array.from(bytes);
  for (const one of list) result = apply(result, one);
  return result;
}

function apply(bytes: Uint8Array<ArrayBuffer>, one: Mutation): Uint8Array<ArrayBuffer> {
  const at = Math.floor(one.at * bytes.length);
  if (bytes.length === 0) return bytes;
  switch (one.kind) {
    case 'bit':
      bytes[at] ^= 1 << one.bit;
      return bytes;
    case 'byte':
      bytes[at] = one.value;
      return bytes;
    case 'word': {
      // Fields are aligned more often than not.
      const start = Math.min(at - (at % one.width), Math.max(0, bytes.length - one.width));
      const value = BigInt.asUintN(64, BigInt(one.value));
      for (let i = 0; i < one.width && start + i < bytes.length; i++) {
        bytes[start + i] = Number((value >> BigInt(8 * i)) & 0xffn);
      }
      return bytes;
    }
    case 'zero':
      return bytes.fill(0, at, at + 1 + Math.floor(one.length * 64));
    case 'cut':
      return joined(bytes.subarray(0, at), bytes.subarray(at + 1 + Math.floor(one.length * 64)));
    case 'repeat': {
      const end = Math.min(bytes.length, at + 1 + Math.floor(one.length * 256));
      return joined(bytes.subarray(0, end), bytes.subarray(at, end), bytes.subarray(end));
    }
    case 'insert':
      return joined(bytes.subarray(0, at), one.bytes, bytes.subarray(at));
    case 'truncate':
      return bytes.slice(0, at);
    case 'digits':
      return replacedNumber(bytes, at, one.text);
  }
}

/** Replaces the next number of a text by another token, for formats with a JSON or Python header. */
function replacedNumber(bytes: Uint8Array, from: number, text: string): Uint8Array<ArrayBuffer> {
  const isDigit = (at: number) => bytes[at] >= 0x30 && bytes[at] <= 0x39;
  let start = from;
  while (start < bytes.length && !isDigit(start)) start++;
  let end = start;
  while (end < bytes.length && isDigit(end)) end++;
  return joined(bytes.subarray(0, start), new TextEncoder().encode(text), bytes.subarray(end));
}

function joined(...parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const result = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    result.set(part, at);
    at += part.length;
  }
  return result;
}
