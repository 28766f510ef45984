/**
 * The dialects `jax` (partitionable Threefry, the default since JAX 0.5) and `jax-original` (before it, or with
 * `jax_threefry_partitionable=False`): a stream is a key of `jax.random`, and its first draw is what JAX draws from it.
 *
 *   child(number)   `jax.random.fold_in(key, number)`; what `nnx.Rngs` hands out
 *   child(text)     a scope of Flax's Linen; the names of nested scopes are folded in together, and so is a number after
 *                   a name: the kernel of Dense_0 in Block_1 is child('Block_1').child('Dense_0').child(1)
 *
 * JAX uses a key once. Here a stream goes on: draw number k > 0 is made from the key with ['draw', k] folded in.
 */

import { checkNormal, checkRange, truncation } from './arguments.ts';
import type { IntegerArray, IntegerType } from './bounded-integers.ts';
import {
  normalBounds,
  toNormalDoubles,
  toNormalSingles,
  toTruncatedDoubles,
  toTruncatedSingles,
  truncatedBounds,
  uniformDoubles,
  uniformSingles,
} from './jax-numbers.ts';
import {
  foldInNames,
  keyDoubleWords,
  keyPermutation,
  keyRandint,
  keySplit,
  keyWords,
  type ThreefryMode,
} from './jax-random.ts';
import type { RealArray, Stream, TruncatedNormalOptions } from './stream.ts';
import { foldIn, type Key, key } from './threefry.ts';

const fround = Math.fround;

export class JaxStream implements Stream {
  readonly dialect: 'jax' | 'jax-original';
  readonly precision = 'float32';
  readonly #root: Key;
  readonly #names: readonly (string | number)[];
  readonly #mode: ThreefryMode;
  #draws = 0;

  /**
   * @param seed  whole number below 2^64, as `jax.random.key(seed)` with 64-bit integers enabled (without them JAX drops
   *   the upper 32 bits), or a key
   * @throws random.bad_seed
   */
  constructor(
    seed: number | bigint | Key,
    mode: ThreefryMode = 'partitionable',
    names: readonly (string | number)[] = [],
  ) {
    this.#root = typeof seed === 'object' ? seed : key(seed);
    this.#mode = mode;
    this.#names = names;
    this.dialect = mode === 'partitionable' ? 'jax' : 'jax-original';
  }

  child(name: string | number): JaxStream {
    return typeof name === 'number' && this.#names.length === 0
      ? new JaxStream(foldIn(this.#root, name), this.#mode)
      : new JaxStream(this.#root, this.#mode, [...this.#names, name]);
  }

  /** `jax.random.split(key, count)`. */
  split(count = 2): JaxStream[] {
    return keySplit(this.key, count, this.#mode).map((k) => new JaxStream(k, this.#mode));
  }

  /** The key of the first draw, as `jax.random.key_data`. */
  get key(): Key {
    return foldInNames(this.#root, this.#names);
  }

  bits(out: Uint32Array): Uint32Array {
    return keyWords(this.#nextKey(), out, this.#mode);
  }

  /** `jax.random.uniform(key, n, dtype, low, high)`. Rounding may reach `high`, as in JAX. */
  uniform<Out extends RealArray>(out: Out, low = 0, high = 1): Out {
    checkRange(low, high);
    return this.#uniform(out, [fround(low), fround(high)], [low, high]);
  }

  /** `mean + std * jax.random.normal(key, n, dtype)`, each step rounded. */
  normal<Out extends RealArray>(out: Out, mean = 0, std = 1): Out {
    checkNormal(mean, std);
    this.#uniform(out, normalBounds.float32, normalBounds.float64);
    return (
      out instanceof Float32Array ? toNormalSingles(out, mean, std) : toNormalDoubles(out, mean, std)
    ) as Out;
  }

  /** `mean + std * jax.random.truncated_normal(key, lower, upper, n, dtype)`, each step rounded. */
  truncatedNormal<Out extends RealArray>(out: Out, options?: TruncatedNormalOptions): Out {
    const all = truncation(options);
    const bounds = truncatedBounds(all.lower, all.upper);
    this.#uniform(out, bounds.float32, bounds.float64);
    return (out instanceof Float32Array ? toTruncatedSingles(out, all) : toTruncatedDoubles(out, all)) as Out;
  }

  permutation(n: number): Uint32Array {
    return keyPermutation(this.#nextKey(), n, this.#mode);
  }

  /** `jax.random.randint(key, count, low, high, dtype)`. @throws random.bad_integer_range, random.bad_count */
  randint<Type extends Exclude<IntegerType, 'bool'>>(
    low: number | bigint,
    high: number | bigint,
    count: number,
    type: Type,
  ): IntegerArray<Type> {
    return keyRandint(this.#nextKey(), low, high, count, type, this.#mode);
  }

  #uniform<Out extends RealArray>(
    out: Out,
    singles: readonly [number, number],
    doubles: readonly [number, number],
  ): Out {
    const k = this.#nextKey();
    if (out instanceof Float32Array) {
      uniformSingles(keyWords(k, new Uint32Array(out.length), this.#mode), out, ...singles);
    } else uniformDoubles(...keyDoubleWords(k, out.length, this.#mode), out, ...doubles);
    return out;
  }

  #nextKey(): Key {
    const draw = this.#draws++;
    return draw === 0 ? this.key : foldInNames(this.key, ['draw', draw]);
  }
}
