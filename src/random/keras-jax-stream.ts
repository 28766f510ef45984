/**
 * The dialect `keras-jax`: the numbers that Keras 3 draws on JAX with `keras.random.SeedGenerator(seed)`; the first draw is
 * that of an initializer with `seed=seed`. Draw number k is made from the JAX key (seed, k).
 */

import { OutsetError } from '../messages/error.ts';
import { JaxStream } from './jax-stream.ts';
import { SequentialStream } from './sequential-stream.ts';
import type { RealArray, TruncatedNormalOptions } from './stream.ts';

/**
 * @param seed  whole number below 2^32
 * @throws random.bad_seed
 */
export class KerasJaxStream extends SequentialStream {
  readonly dialect = 'keras-jax';
  readonly precision = 'float32';
  readonly #seed: number;
  #draws = 0;

  constructor(seed: number | bigint) {
    super();
    this.#seed = Number(seed);
    if (!Number.isInteger(this.#seed) || this.#seed < 0 || this.#seed >= 2 ** 32) {
      throw new OutsetError('random.bad_seed', { seed: String(seed), limit: '2^32 - 1' });
    }
  }

  uniform<Out extends RealArray>(out: Out, low = 0, high = 1): Out {
    return this.#next().uniform(out, low, high);
  }

  normal<Out extends RealArray>(out: Out, mean = 0, std = 1): Out {
    return this.#next().normal(out, mean, std);
  }

  override truncatedNormal<Out extends RealArray>(out: Out, options?: TruncatedNormalOptions): Out {
    return this.#next().truncatedNormal(out, options);
  }

  bits(out: Uint32Array): Uint32Array {
    return this.#next().bits(out);
  }

  permutation(n: number): Uint32Array {
    return this.#next().permutation(n);
  }

  #next(): JaxStream {
    return new JaxStream([this.#seed, this.#draws++]);
  }
}
