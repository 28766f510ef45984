/**
 * Whole numbers between bounds, as NumPy draws them for each integer type: 64-bit types take 32-bit words where the range
 * allows it, 8- and 16-bit types take several numbers out of one word.
 *
 * @see Lemire 2019, "Fast random integer generation in an interval"; numpy/random/src/distributions/distributions.c,
 * `random_bounded_*_fill`
 */

import { OutsetError } from '../messages/error.ts';
import { checkCount } from './arguments.ts';

/** A generator of words. */
export interface WordSource {
  word32(): number;
  word64(): bigint;
}

/** Array types of the integer types, `bool` as 0 and 1. */
const arrays = {
  bool: Uint8Array,
  int8: Int8Array,
  uint8: Uint8Array,
  int16: Int16Array,
  uint16: Uint16Array,
  int32: Int32Array,
  uint32: Uint32Array,
  int64: BigInt64Array,
  uint64: BigUint64Array,
} as const;

export type IntegerType = keyof typeof arrays;
export type IntegerArray<Type extends IntegerType> = InstanceType<(typeof arrays)[Type]>;

/** `lemire`: of `Generator.integers`. `masked`: of `RandomState.randint`. */
export type Method = 'lemire' | 'masked';

/**
 * `count` whole numbers from low to high - 1.
 * @throws random.bad_integer_range, random.bad_count
 */
export function boundedIntegers<Type extends IntegerType>(
  source: WordSource,
  method: Method,
  type: Type,
  low: number | bigint,
  high: number | bigint,
  count: number,
): IntegerArray<Type> {
  checkCount('integers', count);
  const bits = type === 'bool' ? 1 : Number(/\d+$/.exec(type)![0]);
  const least = type.startsWith('int') ? -(1n << BigInt(bits - 1)) : 0n;
  const whole = (value: number | bigint) => typeof value === 'bigint' || Number.isSafeInteger(value);
  const first = whole(low) ? BigInt(low) : 0n;
  const span = whole(low) && whole(high) ? BigInt(high) - 1n - first : -1n;
  if (span < 0n || first < least || first + span > least + (1n << BigInt(bits)) - 1n) {
    throw new OutsetError('random.bad_integer_range', { low: String(low), high: String(high), type });
  }
  const out = new arrays[type](count) as IntegerArray<Type>;
  if (bits === 64) fill64(source, method, out as BigInt64Array, first, span);
  else fillSmall(source, method, out as Int32Array, bits, Number(first), Number(span));
  return out;
}

function fill64(source: WordSource, method: Method, out: BigInt64Array, first: bigint, span: bigint): void {
  const draw =
    span <= 0xffffffffn
      ? widened(bounded(() => source.word32(), method, 32, Number(span)))
      : bounded64(source, method, span);
  for (let i = 0; i < out.length; i++) out[i] = first + draw();
}

function fillSmall(
  source: WordSource,
  method: Method,
  out: Int32Array,
  bits: number,
  first: number,
  span: number,
): void {
  const draw = bounded(pieces(source, bits), bits === 1 ? 'masked' : method, bits, span);
  for (let i = 0; i < out.length; i++) out[i] = first + draw();
}

function widened(draw: () => number): () => bigint {
  return () => BigInt(draw());
}

/** Pieces of 32-bit words, the lowest first. */
function pieces(source: WordSource, bits: number): () => number {
  if (bits === 32) return () => source.word32();
  const mask = 2 ** bits - 1;
  let word = 0;
  let left = 0;
  return () => {
    if (left === 0) {
      word = source.word32();
      left = 32 / bits;
    } else word >>>= bits;
    left--;
    return word & mask;
  };
}

/** A number from 0 to span out of pieces of `bits` bits. */
function bounded(next: () => number, method: Method, bits: number, span: number): () => number {
  const size = 2 ** bits;
  if (span === 0) return () => 0;
  if (span === size - 1) return next;
  if (method === 'masked') {
    const mask = 2 ** (32 - Math.clz32(span)) - 1;
    return () => {
      let value = (next() & mask) >>> 0;
      while (value > span) value = (next() & mask) >>> 0;
      return value;
    };
  }
  const choices = span + 1;
  const threshold = (size - 1 - span) % choices;
  return () => {
    for (;;) {
      // next() * choices in two halves: it has up to 64 bits.
      const word = next();
      const low = (word & 0xffff) * choices;
      const sum = (word >>> 16) * choices + Math.floor(low / 65536);
      const leftover = bits === 32 ? (sum % 65536) * 65536 + (low % 65536) : (word * choices) % size;
      if (leftover >= threshold)
        return bits === 32 ? Math.floor(sum / 65536) : Math.floor((word * choices) / size);
    }
  };
}

function bounded64(source: WordSource, method: Method, span: bigint): () => bigint {
  const all = (1n << 64n) - 1n;
  if (span === all) return () => source.word64();
  if (method === 'masked') {
    const mask = (1n << BigInt(span.toString(2).length)) - 1n;
    return () => {
      let value = source.word64() & mask;
      while (value > span) value = source.word64() & mask;
      return value;
    };
  }
  const choices = span + 1n;
  const threshold = (all - span) % choices;
  return () => {
    for (;;) {
      const product = source.word64() * choices;
      if ((product & all) >= threshold) return product >> 64n;
    }
  };
}

/** `random_interval(most)`: 0 to most, words cut to as many bits as needed, those above `most` thrown away. */
export function interval(source: WordSource, most: number): number {
  const mask = most === 0xffffffff ? 0xffffffff : 2 ** (32 - Math.clz32(most)) - 1;
  let value = (source.word32() & mask) >>> 0;
  while (value > most) value = (source.word32() & mask) >>> 0;
  return value;
}

/** `shuffle(items)` of RandomState and of Generator: in place, from the end. */
export function shuffle<Items extends { [index: number]: unknown; readonly length: number }>(
  source: WordSource,
  items: Items,
): Items {
  for (let i = items.length - 1; i > 0; i--) {
    const j = interval(source, i);
    const held = items[i];
    items[i] = items[j];
    items[j] = held;
  }
  return items;
}
