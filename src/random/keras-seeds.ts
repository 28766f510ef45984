import { OutsetError } from '../messages/error.ts';
import { MersenneTwister } from './mt19937.ts';

/**
 * The seeds that Keras 3 gives to initializers, dropout layers and whatever else is made without a seed of its own, after
 * `keras.utils.set_random_seed(seed)`: Python's `random.randint(1, 10**9)`, one for each in the order of their making.
 * A Dense layer with the default initializers takes one, for its kernel.
 *
 * @param seed  whole number below 2^32
 * @returns a function that gives the next seed
 * @throws random.bad_seed
 * @example
 * const next = kerasSeeds(1);
 * next(); // 144272510: the first Dense layer's kernel is GlorotUniform(seed=144272510)
 */
export function kerasSeeds(seed: number): () => number {
  if (!Number.isInteger(seed) || seed < 0 || seed >= 2 ** 32) {
    throw new OutsetError('random.bad_seed', { seed: String(seed), limit: '2^32 - 1' });
  }
  const twister = new MersenneTwister();
  twister.seedWords([seed]);
  return () => {
    let value = twister.nextWord() >>> 2;
    while (value >= 1e9) value = twister.nextWord() >>> 2;
    return value + 1;
  };
}
