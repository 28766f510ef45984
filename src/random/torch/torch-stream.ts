/**
 * The dialects `torch-avx2` and `torch-scalar`: the numbers that PyTorch draws on a CPU after `torch.manual_seed(seed)`.
 *
 * One sequence of MT19937 words, used up in the order of the calls. PyTorch compiles its kernels once for AVX2 and once
 * without; the two differ in the last bits of uniform numbers with bounds and of normal numbers, and in nothing else.
 * `torch.backends.cpu.get_cpu_capability()` tells which one a machine uses (AVX512 draws the numbers of AVX2).
 *
 * How many numbers are asked for at once matters: fewer than 16 normal numbers are made one by one in double precision,
 * 16 and more in blocks of 16, and where the count is no multiple of 16, the last 16 numbers are drawn again.
 *
 * @see PyTorch, aten/src/ATen/native/cpu/DistributionTemplates.h and ATen/core/DistributionsHelper.h
 */

import { OutsetError } from '../../messages/error.ts';
import { checkCount, checkNormal, checkRange, truncation } from '../arguments.ts';
import { fusedMultiplyAdd, fusedMultiplyAddSingle } from '../fused-multiply-add.ts';
import { glibcLog1p } from '../glibc-log1p.ts';
import { glibcLogarithm } from '../glibc-logarithm.ts';
import { cosine, sine } from '../glibc-sine.ts';
import { MersenneTwister } from '../mt19937.ts';
import { SequentialStream } from '../sequential-stream.ts';
import type { RealArray, TruncatedNormalOptions } from '../stream.ts';
import { normalPairAvx2 } from './normal-avx2.ts';
import { normalPairScalar } from './normal-scalar.ts';
import type { TorchRelease } from './release.ts';
import { many, manyNormalsAvx2, manyNormalsScalar, manyWords } from './torch-kernel.ts';
import { truncatedNormal } from './truncated-normal.ts';
import { uniformSingle } from './uniform-single.ts';

/** Name of a dialect of PyTorch. */
export type TorchDialect = 'torch-avx2' | 'torch-scalar';

export interface TorchStreamOptions {
  /** Which of PyTorch's compilations to follow; default `torch-avx2`. */
  readonly dialect?: TorchDialect;
  /** Which release to follow; default `2.13`. */
  readonly release?: TorchRelease;
}

const fround = Math.fround;
/** Words that are drawn at a time, a multiple of 32. */
const chunk = 4096;

/**
 * A stream with the numbers of `torch.manual_seed(seed)`.
 *
 * @param seed  whole number from -2^63 to 2^64 - 1 (above 2^53 as a bigint); as in PyTorch only its lower 32 bits count
 * @throws random.bad_seed
 * @example
 * new TorchStream(0).normal(new Float32Array(16))[0]; // -1.1258398294448853, as torch.randn(16)[0]
 */
export class TorchStream extends SequentialStream {
  readonly dialect: TorchDialect;
  readonly release: TorchRelease;
  readonly precision = 'float32';
  readonly #twister = new MersenneTwister();
  readonly #avx2: boolean;
  readonly #newer: boolean;
  /** The second number of a pair in double precision, which waits for the next one that is made one by one. */
  #waiting: number | undefined;

  constructor(seed: number | bigint, options: TorchStreamOptions = {}) {
    super();
    this.dialect = options.dialect ?? 'torch-avx2';
    this.release = options.release ?? '2.13';
    this.#avx2 = this.dialect === 'torch-avx2';
    this.#newer = this.release === '2.13';
    this.#twister.seedWord(seedWord(seed));
  }

  /** The words of the generator. */
  bits(out: Uint32Array): Uint32Array {
    if (out.length >= many) return manyWords(this.#twister, out);
    for (let i = 0; i < out.length; i++) out[i] = this.#twister.nextWord();
    return out;
  }

  /** `tensor.uniform_(low, high)`; with the default bounds also `torch.rand`. */
  uniform<Out extends RealArray>(out: Out, low = 0, high = 1): Out {
    checkRange(low, high);
    const single = out instanceof Float32Array;
    const from = single ? fround(low) : low;
    const to = single ? fround(high) : high;
    checkRange(from, to);
    checkRange(0, single ? fround(to - from) : to - from);
    if (single) uniformSingle(this.#twister, out, from, to, this.#avx2);
    else this.#uniformDouble(out as Float64Array, from, to);
    // Rounding can reach the upper bound, which newer releases replace by the lower one. With bounds 0 and b or -b and b
    // it does not.
    if (this.#newer && from !== 0 && from !== -to) {
      for (let i = 0; i < out.length; i++) if (out[i] === to) out[i] = from;
    }
    return out;
  }

  #uniformDouble(out: Float64Array, low: number, high: number): void {
    const span = high - low;
    this.#unitDoubles(out);
    if (!this.#avx2) for (let i = 0; i < out.length; i++) out[i] = out[i] * span + low;
    else if (low === 0) for (let i = 0; i < out.length; i++) out[i] *= span;
    else if (low === -high) for (let i = 0; i < out.length; i++) out[i] = (2 * out[i] - 1) * high;
    else for (let i = 0; i < out.length; i++) out[i] = this.#scaled(out[i], span, low, true);
  }

  /** `tensor.normal_(mean, std)`; with the default arguments also `torch.randn`. */
  normal<Out extends RealArray>(out: Out, mean = 0, std = 1): Out {
    checkNormal(mean, std);
    if (out instanceof Float32Array) checkNormal(fround(mean), fround(std));
    if (out.length < 16) {
      for (let i = 0; i < out.length; i++) out[i] = this.#scaled(this.#nextNormal(), std, mean, this.#avx2);
    } else if (out instanceof Float32Array) {
      this.#singles(out, fround(mean), fround(std));
    } else {
      this.#doubles(out as Float64Array, mean, std);
    }
    return out;
  }

  /** `torch.nn.init.trunc_normal_`, with the bounds in standard deviations around the mean. */
  override truncatedNormal<Out extends RealArray>(out: Out, options?: TruncatedNormalOptions): Out {
    const { mean, std, lower, upper } = truncation(options);
    if (std === 0) return out.fill(mean) as Out;
    truncatedNormal(this, out, mean, std, mean + lower * std, mean + upper * std);
    return out;
  }

  /**
   * `tensor.bernoulli_(p)`, the mask of dropout: 1 with probability p, else 0.
   * @throws random.bad_probability
   */
  bernoulli<Out extends RealArray | Uint8Array>(out: Out, p: number): Out {
    if (!(p >= 0 && p <= 1)) throw new OutsetError('random.bad_probability', { p });
    for (let i = 0; i < out.length; i++) out[i] = this.#nextDouble() < p ? 1 : 0;
    return out;
  }

  /**
   * `torch.randint(low, high, (n,))`: whole numbers from low to high - 1.
   * @throws random.bad_integer_range unless low < high are whole and lie at most 2^53 - 1 apart
   */
  randint(low: number, high: number, n: number): Float64Array {
    checkCount('randint', n);
    const range = high - low;
    if (
      !Number.isSafeInteger(low) ||
      !Number.isSafeInteger(high) ||
      low >= high ||
      !Number.isSafeInteger(range)
    ) {
      throw new OutsetError('random.bad_integer_range', {
        low: String(low),
        high: String(high),
        type: 'int53',
      });
    }
    const wide = range >= (this.#newer ? 2 ** 28 : 2 ** 32);
    return Float64Array.from({ length: n }, () => low + this.#below(range, wide));
  }

  /** `torch.randperm(n)`. */
  permutation(n: number): Uint32Array {
    checkCount('permutation', n);
    const order = new Uint32Array(n);
    for (let i = 0; i < n; i++) order[i] = i;
    const wide = n >= Math.floor(0xffffffff / 20);
    for (let i = 0; i < n - 1; i++) {
      const j = i + this.#below(n - i, wide);
      const held = order[i];
      order[i] = order[j];
      order[j] = held;
    }
    return order;
  }

  /** Blocks of 16 words; then, where the count is no multiple of 16, words for the rest, unused, and the last 16 again. */
  #singles(out: Float32Array, mean: number, std: number): void {
    const whole = out.length - (out.length % 16);
    if (whole >= many) {
      const fused = this.#avx2 || this.#newer;
      const draw = this.#avx2 ? manyNormalsAvx2 : manyNormalsScalar;
      draw(this.#twister, out.subarray(0, whole), fused && mean !== 0 ? 1 : std);
      if (mean !== 0) {
        for (let i = 0; i < whole; i++) {
          out[i] = fused ? fusedMultiplyAddSingle(out[i], std, mean) : out[i] + mean;
        }
      }
    } else {
      this.#singleBlocks(out, 0, whole, mean, std);
    }
    if (whole === out.length) return;
    this.bits(new Uint32Array(out.length - whole));
    this.#singleBlocks(out, out.length - 16, 16, mean, std);
  }

  #singleBlocks(out: Float32Array, first: number, count: number, mean: number, std: number): void {
    const words = new Uint32Array(Math.min(chunk, count));
    for (let done = 0; done < count; done += chunk) {
      const part = words.subarray(0, Math.min(chunk, count - done));
      this.bits(part);
      for (let i = 0; i < part.length; i += (i & 15) === 7 ? 9 : 1) {
        const at = first + done + i;
        if (this.#avx2) normalPairAvx2(part[i], part[i + 8], out, at, mean, std);
        else normalPairScalar(part[i], part[i + 8], out, at, mean, std, this.#newer);
      }
    }
  }

  /** The same blocks in double precision. */
  #doubles(out: Float64Array, mean: number, std: number): void {
    const whole = out.length - (out.length % 16);
    this.#doubleBlocks(out.subarray(0, whole), mean, std);
    if (whole === out.length) return;
    this.bits(new Uint32Array(2 * (out.length - whole)));
    this.#doubleBlocks(out.subarray(out.length - 16), mean, std);
  }

  #doubleBlocks(out: Float64Array, mean: number, std: number): void {
    const fused = this.#avx2 || this.#newer;
    this.#unitDoubles(out);
    for (let i = 0; i < out.length; i += (i & 15) === 7 ? 9 : 1) {
      const radius = Math.sqrt(-2 * glibcLogarithm(1 - out[i]));
      const theta = 2 * Math.PI * out[i + 8];
      out[i] = this.#scaled(radius * cosine(theta), std, mean, fused);
      out[i + 8] = this.#scaled(radius * sine(theta), std, mean, fused);
    }
  }

  /** Box-Muller in double precision: the cosine first, the sine waits. */
  #nextNormal(): number {
    const waiting = this.#waiting;
    this.#waiting = undefined;
    if (waiting !== undefined) return waiting;
    const theta = 2 * Math.PI * this.#nextDouble();
    const u = this.#nextDouble();
    const radius = Math.sqrt(-2 * (this.#newer ? glibcLog1p(-u) : glibcLogarithm(1 - u)));
    this.#waiting = radius * sine(theta);
    return radius * cosine(theta);
  }

  #scaled(z: number, scale: number, shift: number, fused: boolean): number {
    // The fused operation is emulated by numbers that must not overflow.
    const far = Math.abs(scale) > 2 ** 900 || Math.abs(shift) > 2 ** 900;
    return fused && !far ? fusedMultiplyAdd(z, scale, shift) : z * scale + shift;
  }

  /** Two words to 53 bits, the first one the upper. */
  #nextDouble(): number {
    return unitDouble(this.#twister.nextWord(), this.#twister.nextWord());
  }

  #unitDoubles(out: Float64Array): void {
    const words = new Uint32Array(Math.min(chunk, 2 * out.length));
    for (let done = 0; done < out.length; done += chunk / 2) {
      const count = Math.min(chunk / 2, out.length - done);
      this.bits(words.subarray(0, 2 * count));
      for (let i = 0; i < count; i++) out[done + i] = unitDouble(words[2 * i], words[2 * i + 1]);
    }
  }

  /** A whole number below `range`, by the remainder of one word or of two. */
  #below(range: number, wide: boolean): number {
    const word = this.#twister.nextWord();
    if (!wide) return word % range;
    return Number(((BigInt(word) << 32n) | BigInt(this.#twister.nextWord())) % BigInt(range));
  }
}

function unitDouble(high: number, low: number): number {
  return ((high & 0x1fffff) * 4294967296 + low) * 2 ** -53;
}

/** The lower 32 bits of a seed. @throws random.bad_seed */
function seedWord(seed: number | bigint): number {
  const whole = typeof seed === 'bigint' || Number.isSafeInteger(seed) ? BigInt(seed) : undefined;
  if (whole === undefined || whole < -(2n ** 63n) || whole >= 2n ** 64n) {
    throw new OutsetError('random.bad_torch_seed', { seed: String(seed) });
  }
  return Number(whole & 0xffffffffn);
}
