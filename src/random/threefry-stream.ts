/**
 * The dialect `threefry`: our own stream, with the bits of JAX.
 *
 * How counters are shared out. A key makes one block per counter (high, low), 2^32 x 2^32 of them:
 *
 *   high = 0              first draw: element i takes counter (0, i), so `threefry(0).uniform(x)` equals
 *                         `jax.random.uniform(jax.random.key(0), n)`; child(number) takes the block (0, number) as
 *                         its key, as `jax.random.fold_in` does
 *   high = k < 2^31       draw number k: element i takes (k, i), so draws of a stream never meet
 *   high >= 2^31          child(text): the block at the 64-bit FNV-1a hash of the name, top bit set, is its key
 *
 * So a child depends only on the seed and the path of names. As in JAX, a stream with numbered children should not
 * also be drawn from: both use the counters (0, i).
 *
 * The numbers of the first draw are JAX's bit for bit, except that `uniform` never rounds up to its upper bound.
 */

import { checkCount, checkNormal, checkRange, truncation } from './arguments.ts';
import {
  nextSingle,
  normalBounds,
  sortByWords,
  sortRounds,
  toNormalDoubles,
  toNormalSingles,
  toTruncatedDoubles,
  toTruncatedSingles,
  truncatedBounds,
  uniformDoubles,
  uniformSingles,
} from './jax-numbers.ts';
import { nameHash } from './name-hash.ts';
import type { RealArray, Stream, TruncatedNormalOptions } from './stream.ts';
import { fillBlocks, fillWords, foldIn, type Key, key, threefryBlock } from './threefry.ts';

const chunk = 1024;
const fround = Math.fround;

/**
 * A keyed stream with the bits of JAX.
 * @param seed  whole number from 0 to 2^53, or a bigint below 2^64
 * @throws random.bad_seed
 * @example
 * threefry(0).uniform(new Float32Array(1))[0]; // 0.947667, as jax.random.uniform(jax.random.key(0))
 */
export function threefry(seed: number | bigint): Stream {
  return new ThreefryStream(key(seed));
}

/** The stream of a key that is already at hand, for example from {@link split}. */
export function threefryFromKey(k: Key): Stream {
  return new ThreefryStream(k);
}

class ThreefryStream implements Stream {
  readonly dialect = 'threefry';
  readonly precision = 'float32';
  readonly #key: Key;
  #draws = 0;

  constructor(k: Key) {
    this.#key = k;
  }

  child(name: string | number): Stream {
    if (typeof name === 'number') return new ThreefryStream(foldIn(this.#key, name));
    const [high, low] = nameHash(name);
    return new ThreefryStream(threefryBlock(this.#key, (high | 0x80000000) >>> 0, low));
  }

  bits(out: Uint32Array): Uint32Array {
    fillWords(this.#key, this.#draws++, out);
    return out;
  }

  uniform<Out extends RealArray>(out: Out, low = 0, high = 1): Out {
    checkRange(low, high);
    if (out instanceof Float32Array) return this.#uniform32(out, fround(low), fround(high)) as Out;
    return this.#uniform64(out, low, high) as Out;
  }

  normal<Out extends RealArray>(out: Out, mean = 0, std = 1): Out {
    checkNormal(mean, std);
    if (out instanceof Float32Array) {
      return toNormalSingles(this.#uniform32(out, ...normalBounds.float32), mean, std) as Out;
    }
    return toNormalDoubles(this.#uniform64(out, ...normalBounds.float64), mean, std) as Out;
  }

  truncatedNormal<Out extends RealArray>(out: Out, options?: TruncatedNormalOptions): Out {
    const all = truncation(options);
    const bounds = truncatedBounds(all.lower, all.upper);
    if (out instanceof Float32Array) {
      return toTruncatedSingles(this.#uniform32(out, ...bounds.float32), all) as Out;
    }
    return toTruncatedDoubles(this.#uniform64(out, ...bounds.float64), all) as Out;
  }

  /** `jax.random.permutation(key, n)`: sorted by random words, as often as makes ties harmless. */
  permutation(n: number): Uint32Array {
    checkCount('permutation', n);
    let order: Uint32Array = Uint32Array.from({ length: n }, (_, i) => i);
    const rounds = sortRounds(n);
    let high = this.#draws++;
    let current = this.#key;
    const words = new Uint32Array(n);
    for (let round = 0; round < rounds; round++) {
      fillWords(threefryBlock(current, high, 1), 0, words);
      current = threefryBlock(current, high, 0);
      high = 0;
      order = sortByWords(words, order);
    }
    return order;
  }

  /** Unlike in JAX, rounding never reaches the upper bound. */
  #uniform32(out: Float32Array, low: number, high: number): Float32Array {
    const draw = this.#draws++;
    const below = Math.max(nextSingle(high, -1), low);
    const pair = new Uint32Array(2 * Math.min(out.length, chunk));
    const words = new Uint32Array(Math.min(out.length, chunk));
    for (let start = 0; start < out.length; start += chunk) {
      const count = Math.min(chunk, out.length - start);
      fillBlocks(this.#key, draw, start, count === chunk ? pair : pair.subarray(0, 2 * count));
      for (let i = 0; i < count; i++) words[i] = pair[2 * i] ^ pair[2 * i + 1];
      const part = out.subarray(start, start + count);
      uniformSingles(words, part, low, high);
      for (let i = 0; i < count; i++) if (part[i] >= high) part[i] = below;
    }
    return out;
  }

  #uniform64(out: Float64Array, low: number, high: number): Float64Array {
    const draw = this.#draws++;
    const pair = new Uint32Array(2 * Math.min(out.length, chunk));
    const [upper, lower] = [new Uint32Array(chunk), new Uint32Array(chunk)];
    for (let start = 0; start < out.length; start += chunk) {
      const count = Math.min(chunk, out.length - start);
      fillBlocks(this.#key, draw, start, count === chunk ? pair : pair.subarray(0, 2 * count));
      for (let i = 0; i < count; i++) {
        upper[i] = pair[2 * i];
        lower[i] = pair[2 * i + 1];
      }
      const part = out.subarray(start, start + count);
      uniformDoubles(upper, lower, part, low, high);
      for (let i = 0; i < count; i++) if (part[i] >= high) part[i] = low;
    }
    return out;
  }
}
