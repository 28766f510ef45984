/**
 * The dialect `numpy-legacy`: the numbers of NumPy's `RandomState` and of `np.random.seed(...)`, `np.random.randn`
 * and the rest, which NumPy has promised not to change (NEP 19).
 *
 * One sequence, used up in the order of the calls; `child` returns the stream itself. Every draw is made in double
 * precision and rounded once if it goes into a Float32Array.
 */

import { OutsetError } from '../messages/error.ts';
import { accurateLogarithm } from './accurate-logarithm.ts';
import { checkCount, checkNormal, checkRange } from './arguments.ts';
import { MersenneTwister } from './mt19937.ts';
import { SequentialStream } from './sequential-stream.ts';
import type { RealArray } from './stream.ts';

/** What `RandomState.get_state()` returns. */
export interface RandomStateSnapshot {
  readonly words: Uint32Array;
  readonly position: number;
  /** The second number of a pair of normals that waits for the next draw. */
  readonly cachedNormal: number | undefined;
}

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
  readonly #twister = new MersenneTwister();
  #cachedNormal: number | undefined;

  constructor(seed: number | readonly number[]) {
    super();
    for (const word of typeof seed === 'number' ? [seed] : seed) {
      if (!Number.isInteger(word) || word < 0 || word > 0xffffffff) badSeed(String(word));
    }
    if (typeof seed === 'number') this.#twister.seedWord(seed);
    else if (seed.length > 0) this.#twister.seedWords(seed);
    else badSeed('[]');
  }

  bits(out: Uint32Array): Uint32Array {
    for (let i = 0; i < out.length; i++) out[i] = this.#twister.nextWord();
    return out;
  }

  /** `RandomState.uniform(low, high, n)`; with the default bounds also `random_sample` and `rand`. */
  uniform<Out extends RealArray>(out: Out, low = 0, high = 1): Out {
    checkRange(low, high);
    const span = high - low;
    for (let i = 0; i < out.length; i++) out[i] = low + span * this.#twister.nextDouble();
    return out;
  }

  /** `RandomState.normal(mean, std, n)`; with the default arguments also `standard_normal` and `randn`. */
  normal<Out extends RealArray>(out: Out, mean = 0, std = 1): Out {
    checkNormal(mean, std);
    for (let i = 0; i < out.length; i++) out[i] = mean + std * this.#nextNormal();
    return out;
  }

  /** `RandomState.permutation(n)`. */
  permutation(n: number): Uint32Array {
    checkCount('permutation', n);
    return this.shuffle(Uint32Array.from({ length: n }, (_, i) => i));
  }

  /** `RandomState.shuffle(items)`: in place, along the only axis. */
  shuffle<Items extends { [index: number]: unknown; readonly length: number }>(items: Items): Items {
    for (let i = items.length - 1; i > 0; i--) {
      const j = this.#bounded(i);
      const held = items[i];
      items[i] = items[j];
      items[j] = held;
    }
    return items;
  }

  /** `RandomState.randint(low, high, n)`: whole numbers from low to high - 1, at most 2^32 different ones. */
  randint(low: number, high: number, n: number): Float64Array {
    checkCount('randint', n);
    if (!Number.isSafeInteger(low) || !Number.isSafeInteger(high) || low >= high || high - low > 2 ** 32) {
      throw new OutsetError('random.bad_integer_range', { low, high });
    }
    const most = high - 1 - low;
    return Float64Array.from({ length: n }, () => low + (most === 0 ? 0 : this.#bounded(most)));
  }

  /** The state, to go on from later with {@link setState}. */
  getState(): RandomStateSnapshot {
    return { ...this.#twister.getState(), cachedNormal: this.#cachedNormal };
  }

  /** @throws random.bad_state */
  setState(snapshot: RandomStateSnapshot): void {
    const { words, position, cachedNormal } = snapshot;
    if (words.length !== 624) badState(`${words.length} words`);
    if (!Number.isInteger(position) || position < 0 || position > 624) badState(`position ${position}`);
    if (cachedNormal !== undefined && !Number.isFinite(cachedNormal)) badState(`normal ${cachedNormal}`);
    this.#twister.setState(words, position);
    this.#cachedNormal = cachedNormal;
  }

  /** Marsaglia's polar method as NumPy has it: the second coordinate comes out first, the first one waits. */
  #nextNormal(): number {
    if (this.#cachedNormal !== undefined) {
      const cached = this.#cachedNormal;
      this.#cachedNormal = undefined;
      return cached;
    }
    let x1: number;
    let x2: number;
    let r2: number;
    do {
      x1 = 2 * this.#twister.nextDouble() - 1;
      x2 = 2 * this.#twister.nextDouble() - 1;
      r2 = x1 * x1 + x2 * x2;
    } while (r2 >= 1 || r2 === 0);
    const f = Math.sqrt((-2 * accurateLogarithm(r2)) / r2);
    this.#cachedNormal = f * x1;
    return f * x2;
  }

  /** A whole number from 0 to most < 2^32: words cut to as many bits as needed, those above `most` thrown away. */
  #bounded(most: number): number {
    const mask = most === 0xffffffff ? 0xffffffff : 2 ** (32 - Math.clz32(most)) - 1;
    let value = (this.#twister.nextWord() & mask) >>> 0;
    while (value > most) value = (this.#twister.nextWord() & mask) >>> 0;
    return value;
  }
}

function badSeed(seed: string): never {
  throw new OutsetError('random.bad_seed', { seed, limit: '2^32 - 1' });
}

function badState(reason: string): never {
  throw new OutsetError('random.bad_state', { reason });
}
