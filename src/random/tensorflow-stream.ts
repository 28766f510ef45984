/**
 * The dialects `tensorflow` and `keras` (on TensorFlow): the numbers of `tf.random.stateless_uniform`,
 * `stateless_normal` and `stateless_truncated_normal`, which Keras 3 draws from too.
 *
 * These functions take a seed of two numbers. Draw number k of a stream has the seed [seed, k]: that is what
 * `keras.random.SeedGenerator(seed)` counts off, and what an initializer with an integer seed draws is [seed, 0].
 */

import { OutsetError } from '../messages/error.ts';
import { checkCount, checkNormal, checkRange, truncation } from './arguments.ts';
import { type PhiloxState, philoxBlock } from './philox.ts';
import { SequentialStream } from './sequential-stream.ts';
import type { RealArray, TruncatedNormalOptions } from './stream.ts';
import { philoxNormal, philoxTruncatedNormal, philoxUniform, philoxWords } from './tensorflow-numbers.ts';

/** What all ways of drawing with Philox in TensorFlow share. */
abstract class PhiloxStream extends SequentialStream {
  readonly precision = 'float32';

  /** Counter and key of a draw of `count` numbers. */
  protected abstract next(count: number): PhiloxState;

  bits(out: Uint32Array): Uint32Array {
    return philoxWords(this.next(out.length), out);
  }

  uniform<Out extends RealArray>(out: Out, low = 0, high = 1): Out {
    checkRange(low, high);
    philoxUniform(this.next(out.length), out);
    return low === 0 && high === 1 ? out : scale(out, low, high, true);
  }

  normal<Out extends RealArray>(out: Out, mean = 0, std = 1): Out {
    checkNormal(mean, std);
    return scale(philoxNormal(this.next(out.length), out), mean, std);
  }

  /** TensorFlow cuts at -2 and 2; other bounds are our own: normal numbers, those beyond the bounds drawn again. */
  override truncatedNormal<Out extends RealArray>(out: Out, options?: TruncatedNormalOptions): Out {
    const { mean, std, lower, upper } = truncation(options);
    if (lower !== -2 || upper !== 2) return super.truncatedNormal(out, options);
    return scale(philoxTruncatedNormal(this.next(out.length), out), mean, std);
  }

  /** `keras.random.shuffle` of 0 ... n-1: sorted by uniform numbers, equal ones in their order. */
  permutation(n: number): Uint32Array {
    checkCount('permutation', n);
    const keys = philoxUniform(this.next(n), new Float32Array(n));
    return Uint32Array.from({ length: n }, (_, i) => i).sort((a, b) => keys[a] - keys[b] || a - b);
  }
}

/**
 * A stream with the numbers of `tf.random.stateless_*(..., seed=[seed, 0])`, then of `seed=[seed, 1]` and so on.
 *
 * @param seed  whole number from -2^63 to 2^63 - 1 (beyond 2^53 as a bigint), or a pair of such: the seed of the first draw
 * @throws random.bad_seed
 * @example
 * new TensorflowStream([1, 2]).uniform(new Float32Array(1))[0]; // 0.8440604209899902
 */
export class TensorflowStream extends PhiloxStream {
  readonly dialect: string = 'tensorflow';
  readonly #first: bigint;
  #second: bigint;

  constructor(seed: number | bigint | readonly [number | bigint, number | bigint]) {
    super();
    const [first, second] = (typeof seed === 'object' ? seed : [seed, 0]).map(signed64);
    this.#first = first;
    this.#second = second;
  }

  protected override next(): PhiloxState {
    return stateOfSeed(this.#first, this.#second++);
  }
}

/**
 * The numbers that Keras 3 draws on TensorFlow with `keras.random.SeedGenerator(seed)`; the first draw is that of an
 * initializer with `seed=seed`. Keras takes the seed modulo 2^31 - 2.
 *
 * @param seed  whole number from 0 to 2^63 - 1
 * @throws random.bad_seed
 */
export class KerasStream extends PhiloxStream {
  readonly dialect = 'keras';
  readonly #seed: bigint;
  #draws = 0n;

  constructor(seed: number | bigint) {
    super();
    this.#seed = signed64(seed);
    if (this.#seed < 0n) badSeed(seed);
  }

  protected override next(): PhiloxState {
    const largest = 2147483646n;
    return stateOfSeed(this.#seed % largest, this.#draws++ % largest);
  }
}

/**
 * The numbers of `tf.random.Generator.from_seed(seed, alg='philox')`.
 *
 * @param seed  whole number from 0 to 2^64 - 1
 * @throws random.bad_seed
 */
export class TensorflowGenerator extends PhiloxStream {
  readonly dialect = 'tensorflow-generator';
  #position: bigint;

  constructor(seed: number | bigint) {
    super();
    if (typeof seed === 'number' ? !Number.isSafeInteger(seed) || seed < 0 : seed < 0n || seed >= 1n << 64n)
      badSeed(seed);
    this.#position = BigInt(seed);
  }

  /** A draw of n numbers moves the counter on by 256 n; the key is 0. */
  protected override next(count: number): PhiloxState {
    const counter = Uint32Array.from([0n, 32n, 64n, 96n], (shift) =>
      Number((this.#position >> shift) & 0xffffffffn),
    );
    this.#position = (this.#position + 256n * BigInt(count)) & ((1n << 128n) - 1n);
    return { counter, key: new Uint32Array(2) };
  }
}

/** Key and counter of a pair of seeds: one block under a fixed key mixes them. */
function stateOfSeed(first: bigint, second: bigint): PhiloxState {
  const word = (value: bigint, shift: bigint) => Number((value >> shift) & 0xffffffffn);
  const mixed = new Uint32Array(4);
  philoxBlock(
    {
      counter: Uint32Array.of(word(first, 0n), word(first, 32n), word(second, 0n), word(second, 32n)),
      key: Uint32Array.of(0x3ec8f720, 0x02461e29),
    },
    mixed,
  );
  return { key: mixed.slice(0, 2), counter: Uint32Array.of(0, 0, mixed[2], mixed[3]) };
}

/** shift + scale * number, each step rounded; or from low to high. */
function scale<Out extends RealArray>(out: Out, shift: number, by: number, isRange = false): Out {
  const round = out instanceof Float32Array ? Math.fround : (x: number) => x;
  const start = round(shift);
  const factor = isRange ? round(round(by) - start) : round(by);
  for (let i = 0; i < out.length; i++) out[i] = round(out[i] * factor) + start;
  return out;
}

function signed64(seed: number | bigint): bigint {
  const fits = typeof seed === 'bigint' ? BigInt.asIntN(64, seed) === seed : Number.isSafeInteger(seed);
  if (!fits) badSeed(seed);
  return BigInt(seed);
}

function badSeed(seed: number | bigint): never {
  throw new OutsetError('random.bad_seed', { seed: String(seed), limit: '2^63 - 1' });
}
