/**
 * Threefry-2x32 with 20 rounds: a keyed, counter-based generator, used the way JAX uses it.
 *
 * A key and a counter, two 32-bit words each, make two random words; nothing is remembered between calls, so any
 * value can be made without those before it. Keys, `split`, `foldIn` and the order of the words are those of
 * `jax.random` in its partitionable mode (the default since JAX 0.5), so that equal seeds give equal bits.
 *
 * @see Salmon, Moraes, Dror, Shaw 2011, "Parallel random numbers: as easy as 1, 2, 3" (Random123)
 */

import { OutsetError } from '../messages/error.ts';

/** A Threefry key: two unsigned 32-bit words. */
export type Key = readonly [number, number];

const parity = 0x1bd11bda;

/**
 * The key of a seed: its upper and lower 32 bits, as `jax.random.key(seed)` with 64-bit integers enabled.
 *
 * @param seed  whole number from 0 to 2^53, or a bigint from 0 to 2^64 - 1
 * @throws random.bad_seed
 */
export function key(seed: number | bigint): Key {
  const fits =
    typeof seed === 'bigint'
      ? seed >= 0n && seed < 1n << 64n
      : Number.isInteger(seed) && seed >= 0 && seed <= 2 ** 53;
  if (!fits) throw new OutsetError('random.bad_seed', { seed: String(seed), limit: '2^64 - 1' });
  if (typeof seed === 'bigint') return [Number(seed >> 32n), Number(seed & 0xffffffffn)];
  return [Math.floor(seed / 2 ** 32), seed >>> 0];
}

/**
 * The two words that Threefry-2x32 makes of a counter.
 * @param k  key
 * @param high  first counter word, a whole number below 2^32
 * @param low  second counter word, a whole number below 2^32
 */
export function threefryBlock(k: Key, high: number, low: number): Key {
  const pair = new Uint32Array(2);
  fillBlocks(k, high, low, pair);
  return [pair[0], pair[1]];
}

/** `count` independent keys, as `jax.random.split(key, count)`. */
export function split(k: Key, count = 2): Key[] {
  if (!Number.isInteger(count) || count < 0 || count > 2 ** 32) {
    throw new OutsetError('random.bad_count', { name: 'split', got: String(count) });
  }
  return Array.from({ length: count }, (_, index) => threefryBlock(k, 0, index));
}

/**
 * The key of a numbered thing under a key, as `jax.random.fold_in(key, data)`.
 * @param data  whole number below 2^32
 */
export function foldIn(k: Key, data: number): Key {
  if (!Number.isInteger(data) || data < 0 || data >= 2 ** 32) {
    throw new OutsetError('random.bad_child', { got: String(data) });
  }
  return threefryBlock(k, 0, data);
}

/**
 * Fills `out` with one word per counter (high, 0), (high, 1), ...: the exclusive or of the two words of a block.
 * With `high` 0 these are the bits of `jax.random.bits(key, shape)`.
 */
export function fillWords(k: Key, high: number, out: Uint32Array): void {
  const pair = new Uint32Array(2 * Math.min(out.length, chunk));
  for (let start = 0; start < out.length; start += chunk) {
    const count = Math.min(chunk, out.length - start);
    fillBlocks(k, high, start, count === chunk ? pair : pair.subarray(0, 2 * count));
    for (let i = 0; i < count; i++) out[start + i] = pair[2 * i] ^ pair[2 * i + 1];
  }
}

const chunk = 1024;

/** Fills `out` with the two words of each of the counters (high, low), (high, low + 1), ... */
export function fillBlocks(k: Key, high: number, low: number, out: Uint32Array): void {
  const k0 = k[0] | 0;
  const k1 = k[1] | 0;
  const k2 = k0 ^ k1 ^ parity;
  for (let i = 0; i + 1 < out.length; i += 2) {
    let x = (high + k0) | 0;
    let y = (low + (i >>> 1) + k1) | 0;
    // Five groups of four rounds; rotations alternate between two sets, and key words are added after each group.
    x = (x + y) | 0;
    y = ((y << 13) | (y >>> 19)) ^ x;
    x = (x + y) | 0;
    y = ((y << 15) | (y >>> 17)) ^ x;
    x = (x + y) | 0;
    y = ((y << 26) | (y >>> 6)) ^ x;
    x = (x + y) | 0;
    y = ((y << 6) | (y >>> 26)) ^ x;
    x = (x + k1) | 0;
    y = (y + k2 + 1) | 0;

    x = (x + y) | 0;
    y = ((y << 17) | (y >>> 15)) ^ x;
    x = (x + y) | 0;
    y = ((y << 29) | (y >>> 3)) ^ x;
    x = (x + y) | 0;
    y = ((y << 16) | (y >>> 16)) ^ x;
    x = (x + y) | 0;
    y = ((y << 24) | (y >>> 8)) ^ x;
    x = (x + k2) | 0;
    y = (y + k0 + 2) | 0;

    x = (x + y) | 0;
    y = ((y << 13) | (y >>> 19)) ^ x;
    x = (x + y) | 0;
    y = ((y << 15) | (y >>> 17)) ^ x;
    x = (x + y) | 0;
    y = ((y << 26) | (y >>> 6)) ^ x;
    x = (x + y) | 0;
    y = ((y << 6) | (y >>> 26)) ^ x;
    x = (x + k0) | 0;
    y = (y + k1 + 3) | 0;

    x = (x + y) | 0;
    y = ((y << 17) | (y >>> 15)) ^ x;
    x = (x + y) | 0;
    y = ((y << 29) | (y >>> 3)) ^ x;
    x = (x + y) | 0;
    y = ((y << 16) | (y >>> 16)) ^ x;
    x = (x + y) | 0;
    y = ((y << 24) | (y >>> 8)) ^ x;
    x = (x + k1) | 0;
    y = (y + k2 + 4) | 0;

    x = (x + y) | 0;
    y = ((y << 13) | (y >>> 19)) ^ x;
    x = (x + y) | 0;
    y = ((y << 15) | (y >>> 17)) ^ x;
    x = (x + y) | 0;
    y = ((y << 26) | (y >>> 6)) ^ x;
    x = (x + y) | 0;
    y = ((y << 6) | (y >>> 26)) ^ x;
    out[i] = x + k2;
    out[i + 1] = y + k0 + 5;
  }
}
