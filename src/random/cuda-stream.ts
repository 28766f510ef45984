/**
 * The dialect `torch-cuda`: the numbers that PyTorch draws on an NVIDIA GPU after `torch.cuda.manual_seed(seed)`.
 *
 * Thread i of a launch has its own Philox sequence, with the thread's number in the upper half of the counter. One thread
 * makes one number as long as there are at least as many threads as numbers. A GPU runs at most (multiprocessors x
 * threads of one) at once; beyond that a thread makes several, and the numbers depend on the GPU.
 *
 * Uniform numbers are exact. Normal numbers are approximate: the GPU's own logarithm, sine and cosine are off by some units
 * in the last place, ours are not.
 *
 * @see PyTorch, aten/src/ATen/native/cuda/DistributionTemplates.h; cuRAND, curand_kernel.h and curand_normal.h
 */

import { OutsetError } from '../messages/error.ts';
import { checkCount, checkNormal, checkRange } from './arguments.ts';
import { philoxBlock } from './philox.ts';
import { SequentialStream } from './sequential-stream.ts';
import type { RealArray } from './stream.ts';
import { logarithm, sineOrCosine } from './torch/normal-scalar.ts';

const fround = Math.fround;
const scale = fround(2 ** -32);
const shift = fround(2 ** -33);
const turnScale = fround(scale * fround(2 * Math.PI));
const turnShift = fround(turnScale / 2);

export interface CudaStreamOptions {
  /**
   * Threads that the GPU runs at once: multiprocessors x `maxThreadsPerMultiProcessor`. The default, 40,960, is that of a T4;
   * draws of up to so many numbers are the same on every GPU from that size on (A100: 221,184; H100 SXM: 270,336).
   */
  readonly threads?: number;
}

/**
 * A stream with the numbers of `torch.manual_seed(seed)` on a GPU.
 * @param seed  whole number from 0 to 2^64 - 1 (above 2^53 as a bigint)
 * @throws random.bad_seed, random.bad_count
 * @example
 * new CudaStream(0).uniform(new Float32Array(1))[0]; // 0.39904648065567017, as torch.rand(1, device='cuda')
 */
export class CudaStream extends SequentialStream {
  readonly dialect = 'torch-cuda';
  readonly precision = 'float32';
  readonly #key: Uint32Array;
  readonly #threads: number;
  #blocks = 0;

  constructor(seed: number | bigint, { threads = 40960 }: CudaStreamOptions = {}) {
    super();
    const fits =
      typeof seed === 'bigint' ? BigInt.asUintN(64, seed) === seed : Number.isSafeInteger(seed) && seed >= 0;
    if (!fits) throw new OutsetError('random.bad_seed', { seed: String(seed), limit: '2^64 - 1' });
    if (!Number.isInteger(threads) || threads < 256 || threads % 256 !== 0) {
      throw new OutsetError('random.bad_count', { name: 'threads', got: String(threads) });
    }
    this.#key = Uint32Array.from([0n, 32n], (by) => Number((BigInt(seed) >> by) & 0xffffffffn));
    this.#threads = threads;
  }

  /** The words behind the numbers. */
  bits(out: Uint32Array): Uint32Array {
    this.#draw(out.length, (i, words, part) => {
      out[i] = words[part];
    });
    return out;
  }

  /** `tensor.uniform_(low, high)`, single precision; with the default bounds also `torch.rand`. */
  uniform<Out extends RealArray>(out: Out, low = 0, high = 1): Out {
    checkRange(low, high);
    const from = fround(low);
    const range = fround(fround(high) - from);
    this.#draw(out.length, (i, words, part) => {
      const unit = unitOf(words[part]);
      out[i] = fround((unit === 1 ? 0 : unit) * range + from);
    });
    return out;
  }

  /** `tensor.normal_(mean, std)`, single precision, approximate; with the default arguments also `torch.randn`. */
  normal<Out extends RealArray>(out: Out, mean = 0, std = 1): Out {
    checkNormal(mean, std);
    const by = fround(std);
    const from = fround(mean);
    this.#draw(out.length, (i, words, part) => {
      const pair = part & 2;
      const radius = fround(Math.sqrt(-2 * logarithm(unitOf(words[pair]))));
      const theta = fround(fround(words[pair + 1]) * turnScale + turnShift);
      out[i] = fround(fround(radius * sineOrCosine(theta, (part & 1) as 0 | 1)) * by + from);
    });
    return out;
  }

  /** Sorted by uniform numbers; PyTorch's own order on a GPU is another. */
  permutation(n: number): Uint32Array {
    checkCount('permutation', n);
    const keys = this.uniform(new Float32Array(n));
    return Uint32Array.from({ length: n }, (_, i) => i).sort((a, b) => keys[a] - keys[b] || a - b);
  }

  /** Calls back for each number with the four words of its block, and which of them (or which of four results) it is. */
  #draw(count: number, use: (i: number, words: Uint32Array, part: number) => void): void {
    if (count === 0) return;
    const threads = Math.min(this.#threads, 256 * Math.ceil(count / 256));
    const counter = new Uint32Array(4);
    const words = new Uint32Array(4);
    const state = { counter, key: this.#key };
    const rounds = Math.ceil(count / (4 * threads));
    for (let round = 0; round < rounds; round++) {
      counter[0] = this.#blocks + round;
      for (let thread = 0; thread < threads; thread++) {
        const first = 4 * threads * round + thread;
        if (first >= count) break;
        counter[2] = thread;
        philoxBlock(state, words);
        for (let part = 0, i = first; part < 4 && i < count; part++, i += threads) use(i, words, part);
      }
    }
    this.#blocks += rounds;
  }
}

/** `curand_uniform`: in (0, 1]. */
function unitOf(word: number): number {
  return fround(fround(word) * scale + shift);
}
