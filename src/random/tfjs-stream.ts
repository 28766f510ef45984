/**
 * The dialect `tfjs`: the numbers of TensorFlow.js 4, `tf.randomUniform`, `tf.randomNormal` and `tf.truncatedNormal` with
 * a seed, and so of its initializers with a seed.
 *
 * Its habits are kept, because they decide what a run drew:
 *
 *   - every call starts anew from the seed, so that layers that are given the same seed begin with the same numbers;
 *   - the seed 0 counts as no seed for normal numbers: such a run cannot be repeated, and here is an error;
 *   - uniform numbers have 32 bits, normal ones come in pairs and the two are checked for truncation one by one.
 */

import { OutsetError } from '../messages/error.ts';
import { Alea } from './alea.ts';
import { checkCount, checkNormal, checkRange, truncation } from './arguments.ts';
import { logarithm } from './elementary.ts';
import { SequentialStream } from './sequential-stream.ts';
import type { RealArray, TruncatedNormalOptions } from './stream.ts';

/**
 * A stream whose every draw is that of TensorFlow.js with that seed.
 * @param seed  any finite number; whole numbers beyond 2^53 lose digits as in JavaScript
 * @throws random.bad_seed
 * @example
 * new TfjsStream(1).uniform(new Float32Array(1))[0]; // 0.5260471105575562, as tf.randomUniform([1], 0, 1, 'float32', 1)
 */
export class TfjsStream extends SequentialStream {
  readonly dialect = 'tfjs';
  readonly precision = 'float64';
  readonly #seed: string;

  constructor(seed: number | bigint) {
    super();
    if (!Number.isFinite(Number(seed))) {
      throw new OutsetError('random.bad_seed', { seed: String(seed), limit: '2^53 - 1' });
    }
    this.#seed = String(Number(seed));
  }

  /** Numbers of 32 bits; TensorFlow.js itself never gives them out. */
  bits(out: Uint32Array): Uint32Array {
    const alea = new Alea(this.#seed);
    for (let i = 0; i < out.length; i++) out[i] = alea.next() * 4294967296;
    return out;
  }

  /** `tf.randomUniform(shape, low, high, 'float32', seed)`. */
  uniform<Out extends RealArray>(out: Out, low = 0, high = 1): Out {
    checkRange(low, high);
    const alea = new Alea(this.#seed);
    const range = high - low;
    for (let i = 0; i < out.length; i++) out[i] = low + range * alea.next();
    return out;
  }

  /** `tf.randomNormal(shape, mean, std, 'float32', seed)`. @throws random.unseeded */
  normal<Out extends RealArray>(out: Out, mean = 0, std = 1): Out {
    checkNormal(mean, std);
    return this.#gauss(out, mean, std, Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY);
  }

  /** `tf.truncatedNormal(shape, mean, std, 'float32', seed)`, which cuts at -2 and 2. @throws random.unseeded */
  override truncatedNormal<Out extends RealArray>(out: Out, options?: TruncatedNormalOptions): Out {
    const { mean, std, lower, upper } = truncation(options);
    if (lower > 3 || upper < -3 || upper - lower < 0.01) {
      throw new OutsetError('random.bad_truncation', { lower, upper });
    }
    return this.#gauss(out, mean, std, mean + std * lower, mean + std * upper);
  }

  /** Fisher and Yates's shuffle as `tf.util.shuffle` has it; that one takes `Math.random`, so the numbers are our own. */
  permutation(n: number): Uint32Array {
    checkCount('permutation', n);
    const alea = new Alea(this.#seed);
    const order = Uint32Array.from({ length: n }, (_, i) => i);
    for (let left = n; left > 0; ) {
      const picked = Math.floor(alea.next() * left);
      left--;
      [order[left], order[picked]] = [order[picked], order[left]];
    }
    return order;
  }

  /** Marsaglia's polar method; the first of a pair must lie within the bounds, the second is dropped if it does not. */
  #gauss<Out extends RealArray>(out: Out, mean: number, std: number, lower: number, upper: number): Out {
    if (this.#seed === '0') throw new OutsetError('random.unseeded', { dialect: this.dialect, seed: '0' });
    const alea = new Alea(this.#seed);
    const within = (value: number) => value >= lower && value <= upper;
    for (let i = 0; i < out.length; ) {
      const v1 = 2 * alea.next() - 1;
      const v2 = 2 * alea.next() - 1;
      const s = v1 * v1 + v2 * v2;
      if (s >= 1 || s === 0) continue;
      const radius = Math.sqrt((-2 * logarithm(s)) / s);
      const first = mean + std * v1 * radius;
      if (!within(first)) continue;
      out[i++] = first;
      const second = mean + std * v2 * radius;
      if (within(second) && i < out.length) out[i++] = second;
    }
    return out;
  }
}
