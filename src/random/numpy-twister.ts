/**
 * MT19937 with the normal numbers of NumPy's RandomState, in a WebAssembly kernel: see assembly/mt19937.ts.
 * Seeds like {@link MersenneTwister}.
 */

import { glibcLogarithm } from './glibc-logarithm.ts';
import base64 from './logarithm-table.generated.ts';
import binary from './mt19937.generated.ts';
import { MersenneTwister } from './mt19937.ts';
import { type Fill, SharedKernel } from './shared-kernel.ts';

const kernel = new SharedKernel<{
  readonly word32: () => number;
  readonly word64: () => bigint;
  readonly words32: Fill;
  readonly uniform64: Fill;
  readonly normal64: Fill;
}>({
  binary,
  imports: { mt19937: { logarithm: glibcLogarithm } },
  tables: { address: 2560, base64 },
});

/** What `RandomState.get_state()` returns. */
export interface RandomStateSnapshot {
  readonly words: Uint32Array;
  /** How many of the words have been used. */
  readonly position: number;
  /** The second number of a pair of normals that waits for the next draw. */
  readonly cachedNormal: number | undefined;
}

export class NumpyTwister {
  /** 624 words, the position, whether a normal number waits, and which (a double in two words). */
  readonly #state = { words: new Uint32Array(628) };

  constructor(seed: number | readonly number[]) {
    const twister = new MersenneTwister();
    if (typeof seed === 'number') twister.seedWord(seed);
    else twister.seedWords(seed);
    this.setState({ ...twister.getState(), cachedNormal: undefined });
  }

  getState(): RandomStateSnapshot {
    kernel.leave(this.#state);
    const { words } = this.#state;
    return {
      words: words.slice(0, 624),
      position: words[624],
      cachedNormal: words[625] === 0 ? undefined : new Float64Array(words.buffer, 626 * 4, 1)[0],
    };
  }

  setState({ words, position, cachedNormal }: RandomStateSnapshot): void {
    kernel.leave(this.#state);
    this.#state.words.set(words);
    this.#state.words[624] = position;
    this.#state.words[625] = cachedNormal === undefined ? 0 : 1;
    new Float64Array(this.#state.words.buffer, 626 * 4, 1)[0] = cachedNormal ?? 0;
  }

  word32(): number {
    return kernel.enter(this.#state).word32() >>> 0;
  }

  word64(): bigint {
    return BigInt.asUintN(64, kernel.enter(this.#state).word64());
  }

  words32(out: Uint32Array): Uint32Array {
    return kernel.fill(out, kernel.enter(this.#state).words32);
  }

  /** Doubles in [0, 1) with 53 bits. */
  uniform64(out: Float64Array): Float64Array {
    return kernel.fill(out, kernel.enter(this.#state).uniform64);
  }

  normal64(out: Float64Array): Float64Array {
    return kernel.fill(out, kernel.enter(this.#state).normal64);
  }
}
