/**
 * The Mersenne Twister MT19937, 32-bit words, with the two seedings of its authors.
 *
 * @see Matsumoto, Nishimura 1998, and mt19937ar.c of 2002: init_genrand(5489) starts 3499211612
 */
export class MersenneTwister {
  readonly #state = new Uint32Array(624);
  #position = 624;

  /** Seeds with one 32-bit word (`init_genrand`). */
  seedWord(seed: number): void {
    const state = this.#state;
    state[0] = seed;
    for (let i = 1; i < 624; i++) {
      const previous = state[i - 1] ^ (state[i - 1] >>> 30);
      state[i] = Math.imul(1812433253, previous) + i;
    }
    this.#position = 624;
  }

  /** Seeds with any number of 32-bit words, at least one (`init_by_array`). */
  seedWords(words: ArrayLike<number>): void {
    this.seedWord(19650218);
    const state = this.#state;
    let i = 1;
    let j = 0;
    for (let k = Math.max(624, words.length); k > 0; k--) {
      const previous = state[i - 1] ^ (state[i - 1] >>> 30);
      state[i] = (state[i] ^ Math.imul(1664525, previous)) + words[j] + j;
      if (++i >= 624) {
        state[0] = state[623];
        i = 1;
      }
      if (++j >= words.length) j = 0;
    }
    for (let k = 623; k > 0; k--) {
      const previous = state[i - 1] ^ (state[i - 1] >>> 30);
      state[i] = (state[i] ^ Math.imul(1566083941, previous)) - i;
      if (++i >= 624) {
        state[0] = state[623];
        i = 1;
      }
    }
    state[0] = 0x80000000;
  }

  /** The next word, a whole number below 2^32. */
  nextWord(): number {
    if (this.#position === 624) this.#generate();
    let y = this.#state[this.#position++];
    y ^= y >>> 11;
    y ^= (y << 7) & 0x9d2c5680;
    y ^= (y << 15) & 0xefc60000;
    return (y ^ (y >>> 18)) >>> 0;
  }

  /** The next double in [0, 1) with 53 random bits, from two words (`genrand_res53`). */
  nextDouble(): number {
    const high = this.nextWord() >>> 5;
    return (high * 67108864 + (this.nextWord() >>> 6)) / 9007199254740992;
  }

  /** A copy of the 624 words, and how many of them have been used. */
  getState(): { readonly words: Uint32Array; readonly position: number } {
    return { words: this.#state.slice(), position: this.#position };
  }

  setState(words: ArrayLike<number>, position: number): void {
    this.#state.set(words);
    this.#position = position;
  }

  #generate(): void {
    const state = this.#state;
    for (let i = 0; i < 624; i++) {
      const y = (state[i] & 0x80000000) | (state[i < 623 ? i + 1 : 0] & 0x7fffffff);
      state[i] = state[i < 227 ? i + 397 : i - 227] ^ (y >>> 1) ^ (y & 1 ? 0x9908b0df : 0);
    }
    this.#position = 0;
  }
}
