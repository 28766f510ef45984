/**
 * `jax.random` as functions of a key, in both of its modes.
 *
 *   partitionable   the default since JAX 0.5 (`jax_threefry_partitionable=True`): element i comes from counter i alone
 *   original        before: the counters of a draw are cut in two halves, the first word of block i is element i, the
 *                   second one element i + n/2
 *
 * A key is used once, as in JAX: the same key gives the same numbers again.
 */

import { OutsetError } from '../messages/error.ts';
import { checkCount } from './arguments.ts';
import type { IntegerArray, IntegerType } from './bounded-integers.ts';
import { sortByWords, sortRounds } from './jax-numbers.ts';
import { sha1 } from './sha1.ts';
import {
  fillBlocks,
  fillWords,
  foldIn,
  type Key,
  split as partitionableSplit,
  threefryBlock,
} from './threefry.ts';

export type ThreefryMode = 'partitionable' | 'original';

/** `jax.random.bits(key, n, uint32)`, into `out`. */
export function keyWords(k: Key, out: Uint32Array, mode: ThreefryMode): Uint32Array {
  if (mode === 'partitionable') {
    fillWords(k, 0, out);
    return out;
  }
  const half = Math.ceil(out.length / 2);
  for (let i = 0; i < half; i++) {
    const second = half + i;
    const [x, y] = threefryBlock(k, i, second < out.length ? second : 0);
    out[i] = x;
    if (second < out.length) out[second] = y;
  }
  return out;
}

/** `jax.random.bits(key, n, uint64)`: upper and lower words. */
export function keyDoubleWords(
  k: Key,
  n: number,
  mode: ThreefryMode,
): [upper: Uint32Array, lower: Uint32Array] {
  if (mode === 'original') {
    const words = keyWords(k, new Uint32Array(2 * n), mode);
    return [words.subarray(0, n), words.subarray(n)];
  }
  const pairs = new Uint32Array(2 * n);
  fillBlocks(k, 0, 0, pairs);
  return [pairs.filter((_, i) => i % 2 === 0), pairs.filter((_, i) => i % 2 === 1)];
}

/** `jax.random.split(key, count)`. */
export function keySplit(k: Key, count: number, mode: ThreefryMode): Key[] {
  if (mode === 'partitionable') return partitionableSplit(k, count);
  checkCount('split', count);
  const words = keyWords(k, new Uint32Array(2 * count), mode);
  return Array.from({ length: count }, (_, i) => [words[2 * i], words[2 * i + 1]]);
}

/**
 * The key that Flax's Linen modules fold names and numbers into: SHA-1 over the UTF-8 bytes of the names and the
 * big-endian bytes of the numbers, its first 32 bits folded in. A parameter of the module `Dense_0` is drawn from
 * `foldInNames(key, ['Dense_0', 1])`; 1 for the first that the module draws (the kernel), 2 for the second (the bias).
 *
 * @see flax/core/scope.py, `_fold_in_static`
 */
export function foldInNames(k: Key, names: readonly (string | number)[]): Key {
  if (names.length === 0) return k;
  const bytes = names.flatMap((name) =>
    typeof name === 'string' ? [...new TextEncoder().encode(name)] : digits(name),
  );
  return foldIn(k, sha1(Uint8Array.from(bytes))[0]);
}

function digits(value: number): number[] {
  if (!Number.isInteger(value) || value < 0 || value >= 2 ** 32) {
    throw new OutsetError('random.bad_child', { got: String(value) });
  }
  const bytes: number[] = [];
  for (let rest = value; rest > 0; rest = Math.floor(rest / 256)) bytes.unshift(rest % 256);
  return bytes;
}

/** `jax.random.permutation(key, n)`: sorted by random words, round after round. */
export function keyPermutation(k: Key, n: number, mode: ThreefryMode): Uint32Array {
  checkCount('permutation', n);
  let order = Uint32Array.from({ length: n }, (_, i) => i);
  let current = k;
  const words = new Uint32Array(n);
  for (let round = sortRounds(n); round > 0; round--) {
    const [next, use] = keySplit(current, 2, mode);
    order = sortByWords(keyWords(use, words, mode), order) as typeof order;
    current = next;
  }
  return order;
}

const arrays = {
  int8: Int8Array,
  uint8: Uint8Array,
  int16: Int16Array,
  uint16: Uint16Array,
  int32: Int32Array,
  uint32: Uint32Array,
  int64: BigInt64Array,
  uint64: BigUint64Array,
} as const;

/**
 * `jax.random.randint(key, n, low, high, dtype)`: whole numbers from low to high - 1. As in JAX, those of a range that is
 * no power of 2 are not quite equally likely. 64-bit types are those of JAX with 64-bit numbers enabled.
 *
 * @throws random.bad_integer_range, random.bad_count
 */
export function keyRandint<Type extends Exclude<IntegerType, 'bool'>>(
  k: Key,
  low: number | bigint,
  high: number | bigint,
  count: number,
  type: Type,
  mode: ThreefryMode,
): IntegerArray<Type> {
  checkCount('randint', count);
  const width = Number(/\d+$/.exec(type)![0]);
  const least = type.startsWith('int') ? -(1n << BigInt(width - 1)) : 0n;
  // JAX cannot say a bound that is one too large for a 32- or 64-bit type.
  const most = least + (1n << BigInt(width)) - (width >= 32 ? 1n : 0n);
  const whole = (value: number | bigint) => typeof value === 'bigint' || Number.isSafeInteger(value);
  if (!whole(low) || !whole(high) || low >= high || BigInt(low) < least || BigInt(high) > most) {
    throw new OutsetError('random.bad_integer_range', { low: String(low), high: String(high), type });
  }
  // Narrow types are drawn as 32-bit numbers.
  const bits = Math.max(32, width);
  const first = BigInt(low);
  const span = BigInt(high) - first;
  // 2^bits mod span, from its root so that nothing overflows.
  const wrap = (value: bigint) => BigInt.asUintN(bits, value);
  const root = (1n << BigInt(bits / 2)) % span;
  const multiplier = wrap(root * root) % span;
  const [upperKey, lowerKey] = keySplit(k, 2, mode);
  const upper = keyIntegers(upperKey, count, bits, mode);
  const lower = keyIntegers(lowerKey, count, bits, mode);
  const out = new arrays[type](count);
  for (let i = 0; i < count; i++) {
    const offset = wrap(wrap((upper(i) % span) * multiplier) + (lower(i) % span)) % span;
    out[i] = (width === 64 ? first + offset : Number(first + offset)) as never;
  }
  return out as IntegerArray<Type>;
}

/** `jax.random.bits(key, n)` of 32 or 64 bits each. */
function keyIntegers(k: Key, n: number, bits: number, mode: ThreefryMode): (i: number) => bigint {
  if (bits === 64) {
    const [upper, lower] = keyDoubleWords(k, n, mode);
    return (i) => (BigInt(upper[i]) << 32n) | BigInt(lower[i]);
  }
  const words = keyWords(k, new Uint32Array(n), mode);
  return (i) => BigInt(words[i]);
}
