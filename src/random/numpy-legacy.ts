/**
 * The dialect `numpy-legacy`: the numbers of NumPy's `RandomState` and of `np.random.seed(...)`, `np.random.randn`
 * and the rest, which NumPy has promised not to change (NEP 19).
 *
 * One sequence, used up in the order of the calls; `child` returns the stream itself. Every draw is made in double
 * precision and rounded once if it goes into a Float32Array.
 */

import { OutsetError } from '../messages/error.ts';
import { checkCount, checkNormal, checkRange } from './arguments.ts';
import { boundedIntegers, type IntegerArray, type IntegerType, shuffle } from './bounded-integers.ts';
import { NumpyTwister, type RandomStateSnapshot } from './numpy-twister.ts';
import { scaledDraws } from './scaled-draws.ts';
import { SequentialStream } from './sequential-stream.ts';
import type { RealArray } from './stream.ts';

/**
 * A stream with the numbers of `np.random.RandomState(seed)`.
 * @param seed  whole number below 2^32, or an array of such numbers
 * @throws random.bad_seed
 * @example
 * new NumpyRandomState(0).normal(new Float64Array(1))[0]; // 1.764052345967664
 */
export class NumpyRandomState extends SequentialStream {
  readonly dialect = 'numpy-legacy';
  readonly precision = 'float64';
  readonly #twister: NumpyTwister;

  constructor(seed: number | readonly number[]) {
    super();
    for (const word of typeof seed === 'number' ? [seed] : seed) {
      if (!Number.isInteger(word) || word < 0 || word > 0xffffffff) badSeed(String(word));
    }
    if (typeof seed === 'object' && seed.length === 0) badSeed('[]');
    this.#twister = new NumpyTwister(seed);
  }

  bits(out: Uint32Array): Uint32Array {
    return this.#twister.words32(out);
  }

  /** `RandomState.uniform(low, high, n)`; with the default bounds also `random_sample` and `rand`. */
  uniform<Out extends RealArray>(out: Out, low = 0, high = 1): Out {
    checkRange(low, high);
    return scaledDraws(out, low, high - low, (part) => this.#twister.uniform64(part));
  }

  /**
   * `RandomState.normal(mean, std, n)`; with the default arguments also `standard_normal` and `randn`. Marsaglia's polar
   * method makes them in pairs; the second of a pair waits for the next draw, whatever is drawn in between.
   */
  normal<Out extends RealArray>(out: Out, mean = 0, std = 1): Out {
    checkNormal(mean, std);
    return scaledDraws(out, mean, std, (part) => this.#twister.normal64(part));
  }

  /** `RandomState.permutation(n)`. */
  permutation(n: number): Uint32Array {
    checkCount('permutation', n);
    return this.shuffle(Uint32Array.from({ length: n }, (_, i) => i));
  }

  /** `RandomState.shuffle(items)`: in place, along the only axis. */
  shuffle<Items extends { [index: number]: unknown; readonly length: number }>(items: Items): Items {
    return shuffle(this.#twister, items);
  }

  /**
   * `RandomState.randint(low, high, n, dtype)`: whole numbers from low to high - 1 in an array of that type (64-bit ones
   * as bigints, `bool` as 0 and 1). NumPy's own default on Linux is `int64`.
   * @throws random.bad_integer_range, random.bad_count
   */
  randint<Type extends IntegerType>(
    low: number | bigint,
    high: number | bigint,
    count: number,
    type: Type,
  ): IntegerArray<Type> {
    return boundedIntegers(this.#twister, 'masked', type, low, high, count);
  }

  /** The state, to go on from later with {@link setState}. */
  getState(): RandomStateSnapshot {
    return this.#twister.getState();
  }

  /** @throws random.bad_state */
  setState(snapshot: RandomStateSnapshot): void {
    const { words, position, cachedNormal } = snapshot;
    if (words.length !== 624) badState(`${words.length} words`);
    if (!Number.isInteger(position) || position < 0 || position > 624) badState(`position ${position}`);
    if (cachedNormal !== undefined && !Number.isFinite(cachedNormal)) badState(`normal ${cachedNormal}`);
    this.#twister.setState(snapshot);
  }
}

function badSeed(seed: string): never {
  throw new OutsetError('random.bad_seed', { seed, limit: '2^32 - 1' });
}

function badState(reason: string): never {
  throw new OutsetError('random.bad_state', { reason });
}
