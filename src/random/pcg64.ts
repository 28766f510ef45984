/**
 * PCG64, the generator behind `np.random.default_rng`, and the ziggurat that NumPy draws normal numbers with.
 * 128-bit arithmetic is what WebAssembly is good at and JavaScript is not: see assembly/pcg64.ts.
 */

import { OutsetError } from '../messages/error.ts';
import { exponential } from './elementary.ts';
import { glibcLog1p, glibcLog1pSingle } from './glibc-log1p.ts';
import binary from './pcg64.generated.ts';
import type { SeedSequence } from './seed-sequence.ts';
import { type Fill, SharedKernel } from './shared-kernel.ts';
import base64 from './ziggurat-tables.generated.ts';

const kernel = new SharedKernel<{
  readonly word32: () => number;
  readonly word64: () => bigint;
  readonly words32: Fill;
  readonly uniform32: Fill;
  readonly uniform64: Fill;
  readonly normal32: Fill;
  readonly normal64: Fill;
}>({
  binary,
  imports: { pcg64: { exponential, log1p: glibcLog1p, log1pSingle: glibcLog1pSingle } },
  tables: { address: 64, base64 },
});

const multiplier = (2549297995355413924n << 64n) | 4865540595714422341n;
const mask128 = (1n << 128n) - 1n;

/** State of a generator: 128 bits, the odd increment, and the half of a word that waits for the next 32-bit draw. */
export interface Pcg64State {
  readonly state: bigint;
  readonly increment: bigint;
  readonly waiting: number | undefined;
}

export class Pcg64 {
  /** State and increment, four words each, the lowest first; the waiting word, and 1 if there is one. */
  readonly #state = { words: new Uint32Array(10) };

  constructor(seed: SeedSequence) {
    const words = seed.words(8);
    const number = (at: number) => join([words[at + 2], words[at + 3], words[at], words[at + 1]]);
    const increment = ((number(4) << 1n) | 1n) & mask128;
    const start = (increment + number(0)) & mask128;
    this.setState({ state: (start * multiplier + increment) & mask128, increment, waiting: undefined });
  }

  getState(): Pcg64State {
    kernel.leave(this.#state);
    const { words } = this.#state;
    return {
      state: join(words.subarray(0, 4)),
      increment: join(words.subarray(4, 8)),
      waiting: words[9] === 0 ? undefined : words[8],
    };
  }

  /** @throws random.bad_pcg64_state */
  setState({ state, increment, waiting }: Pcg64State): void {
    if (state < 0n || state > mask128) badState(`state ${state}`);
    if (increment < 0n || increment > mask128 || (increment & 1n) === 0n) badState(`increment ${increment}`);
    if (waiting !== undefined && !(Number.isInteger(waiting) && waiting >= 0 && waiting < 2 ** 32)) {
      badState(`waiting word ${waiting}`);
    }
    kernel.leave(this.#state);
    this.#state.words.set([
      ...apart(state),
      ...apart(increment),
      waiting ?? 0,
      waiting === undefined ? 0 : 1,
    ]);
  }

  /** The next 32-bit word: the lower half of a 64-bit one, then its upper half. */
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

  /** Singles in [0, 1) with 24 bits, a 32-bit word each. */
  uniform32(out: Float32Array): Float32Array {
    return kernel.fill(out, kernel.enter(this.#state).uniform32);
  }

  normal64(out: Float64Array): Float64Array {
    return kernel.fill(out, kernel.enter(this.#state).normal64);
  }

  normal32(out: Float32Array): Float32Array {
    return kernel.fill(out, kernel.enter(this.#state).normal32);
  }
}

/** A number of 128 bits from its words, the lowest first. */
function join(words: ArrayLike<number>): bigint {
  let number = 0n;
  for (let i = 3; i >= 0; i--) number = (number << 32n) | BigInt(words[i]);
  return number;
}

function apart(number: bigint): number[] {
  return [0n, 32n, 64n, 96n].map((shift) => Number((number >> shift) & 0xffffffffn));
}

function badState(reason: string): never {
  throw new OutsetError('random.bad_pcg64_state', { reason });
}
