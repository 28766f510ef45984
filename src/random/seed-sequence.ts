import { OutsetError } from '../messages/error.ts';

/** What a seed may be: a whole number of any size, or a list of such numbers. */
export type Entropy = number | bigint | readonly (number | bigint)[];

const mask32 = 0xffffffffn;
const poolSize = 4;

/**
 * NumPy's `SeedSequence`: spreads a seed over as many words as a generator needs, so that near seeds start far apart.
 *
 * @example
 * new SeedSequence(12345).words(2); // [3732985429, 2241434490], as np.random.SeedSequence(12345).generate_state(2)
 * @see O'Neill 2015, "Developing a seed_seq Alternative"; numpy/random/bit_generator.pyx
 */
export class SeedSequence {
  readonly entropy: Entropy;
  readonly spawnKey: readonly number[];
  readonly #pool = new Uint32Array(poolSize);
  #spawned = 0;

  /**
   * @param entropy  whole number >= 0 (above 2^53 as a bigint), or a list of such
   * @param spawnKey  where in the tree of spawned sequences this one stands; numbers below 2^32
   * @throws random.bad_seed
   */
  constructor(entropy: Entropy, spawnKey: readonly number[] = []) {
    this.entropy = entropy;
    this.spawnKey = spawnKey;
    const words = entropyWords(entropy);
    if (spawnKey.length > 0) while (words.length < poolSize) words.push(0);
    this.#mix(words.concat(entropyWords(spawnKey)));
  }

  /** `generate_state(count)`: that many 32-bit words. */
  words(count: number): Uint32Array {
    const out = new Uint32Array(count);
    let constant = 0x8b51f9dd;
    for (let i = 0; i < count; i++) {
      let value = this.#pool[i % poolSize] ^ constant;
      constant = Math.imul(constant, 0x58f38ded);
      value = Math.imul(value, constant);
      out[i] = value ^ (value >>> 16);
    }
    return out;
  }

  /** The next `count` children, as `spawn(count)`: independent of each other and of this sequence. */
  spawn(count: number): SeedSequence[] {
    if (!Number.isInteger(count) || count < 0 || this.#spawned + count > 2 ** 32) {
      throw new OutsetError('random.bad_count', { name: 'spawn', got: String(count) });
    }
    const first = this.#spawned;
    this.#spawned += count;
    return Array.from(
      { length: count },
      (_, i) => new SeedSequence(this.entropy, [...this.spawnKey, first + i]),
    );
  }

  #mix(entropy: readonly number[]): void {
    const pool = this.#pool;
    let constant = 0x43b0d7e5;
    const hash = (word: number) => {
      let value = word ^ constant;
      constant = Math.imul(constant, 0x931e8875);
      value = Math.imul(value, constant);
      return value ^ (value >>> 16);
    };
    const blend = (to: number, word: number) => {
      const value = (Math.imul(0xca01f9dd, pool[to]) - Math.imul(0x4973f715, word)) | 0;
      pool[to] = value ^ (value >>> 16);
    };
    for (let i = 0; i < poolSize; i++) pool[i] = hash(entropy[i] ?? 0);
    for (let from = 0; from < poolSize; from++) {
      for (let to = 0; to < poolSize; to++) if (from !== to) blend(to, hash(pool[from]));
    }
    for (let i = poolSize; i < entropy.length; i++) {
      for (let to = 0; to < poolSize; to++) blend(to, hash(entropy[i]));
    }
  }
}

/** 32-bit words of the numbers, the lowest of each first; 0 is one word. */
function entropyWords(entropy: Entropy): number[] {
  if (typeof entropy === 'object') return entropy.flatMap((part) => entropyWords(part));
  const whole = typeof entropy === 'bigint' ? entropy >= 0n : Number.isSafeInteger(entropy) && entropy >= 0;
  if (!whole) throw new OutsetError('random.bad_seed', { seed: String(entropy), limit: '2^53 - 1' });
  const words: number[] = [];
  let rest = BigInt(entropy);
  do {
    words.push(Number(rest & mask32));
    rest >>= 32n;
  } while (rest > 0n);
  return words;
}
