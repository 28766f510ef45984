import { fusedMultiplyAddSingle } from '../fused-multiply-add.ts';
import type { MersenneTwister } from '../mt19937.ts';
import { many, manySymmetric, manyUniform } from './torch-kernel.ts';

const fround = Math.fround;
const unit = 2 ** -24;

/**
 * PyTorch's uniform numbers of single precision: the lower 24 bits of a word over 2^24, times (high - low), plus low.
 *
 * @param low, high  singles
 * @param fused  whether product and sum are rounded once, as in the compilation for AVX2
 */
export function uniformSingle(
  twister: MersenneTwister,
  out: Float32Array,
  low: number,
  high: number,
  fused: boolean,
): void {
  const span = fround(high - low);
  if (out.length >= many && (low === 0 || !fused)) {
    manyUniform(twister, out, span, low);
  } else if (out.length >= many && low === -high) {
    manySymmetric(twister, out, high);
  } else if (low === 0) {
    for (let i = 0; i < out.length; i++) out[i] = (twister.nextWord() & 0xffffff) * unit * span;
  } else if (!fused) {
    for (let i = 0; i < out.length; i++) {
      out[i] = fround((twister.nextWord() & 0xffffff) * unit * span) + low;
    }
  } else if (low === -high) {
    // x (2 high) - high = (2x - 1) high, exact in a double until the only rounding.
    for (let i = 0; i < out.length; i++) {
      out[i] = ((twister.nextWord() & 0xffffff) * (2 * unit) - 1) * high;
    }
  } else {
    for (let i = 0; i < out.length; i++) {
      out[i] = fusedMultiplyAddSingle((twister.nextWord() & 0xffffff) * unit, span, low);
    }
  }
}
