/**
 * What the sequential dialects share: one sequence of numbers, used up in the order of the calls.
 *
 * A dialect gives its own `uniform`, `normal`, `bits` and `permutation`. Truncated normal numbers, which most of these
 * libraries do not have, are normal ones with those beyond the bounds drawn again; a dialect whose library has them
 * overrides that.
 */

import { OutsetError } from '../messages/error.ts';
import { truncation } from './arguments.ts';
import type { RealArray, Stream, TruncatedNormalOptions } from './stream.ts';

export abstract class SequentialStream implements Stream {
  abstract readonly dialect: string;
  abstract readonly precision: 'float32' | 'float64';
  abstract uniform<Out extends RealArray>(out: Out, low?: number, high?: number): Out;
  abstract normal<Out extends RealArray>(out: Out, mean?: number, std?: number): Out;
  abstract bits(out: Uint32Array): Uint32Array;
  abstract permutation(n: number): Uint32Array;

  /** The stream itself: the order of the draws decides, as in the library. */
  child(_name: string | number): Stream {
    return this;
  }

  /** @throws random.bad_truncation where the bounds hold so little that drawing again would hardly end */
  truncatedNormal<Out extends RealArray>(out: Out, options?: TruncatedNormalOptions): Out {
    const { mean, std, lower, upper } = truncation(options);
    if (lower > 3 || upper < -3 || upper - lower < 0.01) {
      throw new OutsetError('random.bad_truncation', { lower, upper });
    }
    const one = new Float64Array(1);
    for (let i = 0; i < out.length; i++) {
      let z = this.normal(one)[0];
      while (z < lower || z > upper) z = this.normal(one)[0];
      out[i] = mean + std * z;
    }
    return out;
  }
}
