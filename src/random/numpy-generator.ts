/**
 * The dialect `numpy`: the numbers of NumPy's `Generator`, what `np.random.default_rng(seed)` gives.
 *
 * One sequence, used up in the order of the calls. Into a Float32Array go the doubles of the library, rounded once, since
 * its `uniform` and `normal` know no other; the singles of `random(dtype=float32)` and `standard_normal(dtype=float32)`
 * are another sequence and have methods of their own.
 */

import { checkCount, checkNormal, checkRange } from './arguments.ts';
import { boundedIntegers, type IntegerArray, type IntegerType, shuffle } from './bounded-integers.ts';
import { Pcg64, type Pcg64State } from './pcg64.ts';
import { scaledDraws } from './scaled-draws.ts';
import { type Entropy, SeedSequence } from './seed-sequence.ts';
import { SequentialStream } from './sequential-stream.ts';
import type { RealArray } from './stream.ts';

/**
 * A stream with the numbers of `np.random.default_rng(seed)`.
 *
 * @param seed  whole number >= 0 of any size (above 2^53 as a bigint), a list of such, or a SeedSequence
 * @throws random.bad_seed
 * @example
 * new NumpyGenerator(0).normal(new Float64Array(1))[0]; // 0.12573022192567837
 */
export class NumpyGenerator extends SequentialStream {
  readonly dialect = 'numpy';
  readonly precision = 'float64';
  readonly #seed: SeedSequence;
  readonly #generator: Pcg64;

  constructor(seed: Entropy | SeedSequence) {
    super();
    this.#seed = seed instanceof SeedSequence ? seed : new SeedSequence(seed);
    this.#generator = new Pcg64(this.#seed);
  }

  /** `Generator.spawn(count)`: generators that are independent of this one and of each other. */
  spawn(count: number): NumpyGenerator[] {
    return this.#seed.spawn(count).map((seed) => new NumpyGenerator(seed));
  }

  /** `integers(0, 2**32, n, dtype=np.uint32)`. */
  bits(out: Uint32Array): Uint32Array {
    return this.#generator.words32(out);
  }

  /** `uniform(low, high, n)`; with the default bounds also `random(n)`. */
  uniform<Out extends RealArray>(out: Out, low = 0, high = 1): Out {
    checkRange(low, high);
    return scaledDraws(out, low, high - low, (part) => this.#generator.uniform64(part));
  }

  /** `normal(mean, std, n)`; with the default arguments also `standard_normal(n)`. */
  normal<Out extends RealArray>(out: Out, mean = 0, std = 1): Out {
    checkNormal(mean, std);
    return scaledDraws(out, mean, std, (part) => this.#generator.normal64(part));
  }

  /** `random(n, dtype=np.float32)`. */
  randomSingle(out: Float32Array): Float32Array {
    return this.#generator.uniform32(out);
  }

  /** `standard_normal(n, dtype=np.float32)`. */
  standardNormalSingle(out: Float32Array): Float32Array {
    return this.#generator.normal32(out);
  }

  /**
   * `integers(low, high, n, dtype)`: whole numbers from low to high - 1 in an array of that type (64-bit ones as bigints,
   * `bool` as 0 and 1).
   * @throws random.bad_integer_range, random.bad_count
   */
  integers<Type extends IntegerType>(
    low: number | bigint,
    high: number | bigint,
    count: number,
    type: Type,
  ): IntegerArray<Type> {
    return boundedIntegers(this.#generator, 'lemire', type, low, high, count);
  }

  /** `permutation(n)`. */
  permutation(n: number): Uint32Array {
    checkCount('permutation', n);
    return this.shuffle(Uint32Array.from({ length: n }, (_, i) => i));
  }

  /** `shuffle(items)`: in place, along the only axis. */
  shuffle<Items extends { [index: number]: unknown; readonly length: number }>(items: Items): Items {
    return shuffle(this.#generator, items);
  }

  /** The state of `bit_generator.state`, to go on from later with {@link setState}. */
  getState(): Pcg64State {
    return this.#generator.getState();
  }

  /** @throws random.bad_pcg64_state */
  setState(state: Pcg64State): void {
    this.#generator.setState(state);
  }
}
