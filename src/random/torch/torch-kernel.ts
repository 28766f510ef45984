/**
 * Many of PyTorch's numbers at once by a WebAssembly kernel, assembly/torch.ts, with the bits of the code around it.
 *
 * The generator lives in JavaScript; its state goes into the kernel and comes back, which pays from a thousand or so
 * numbers on.
 */

import type { MersenneTwister } from '../mt19937.ts';
import { SharedKernel } from '../shared-kernel.ts';
import { logarithmTable } from './normal-scalar.ts';
import binary from './torch.generated.ts';

interface Exports {
  readonly words: (address: number, count: number) => void;
  readonly uniform: (address: number, count: number, scale: number, shift: number) => void;
  readonly symmetric: (address: number, count: number, high: number) => void;
  readonly normalAvx2: (address: number, count: number, std: number) => void;
  readonly normalScalar: (address: number, count: number, std: number) => void;
}

const kernel = new SharedKernel<Exports>({
  binary,
  imports: {},
  tables: { address: 2560, base64: btoa(String.fromCharCode(...new Uint8Array(logarithmTable.buffer))) },
});

/** From how many numbers on the kernel is worth its while. */
export const many = 512;

const state = { words: new Uint32Array(625) };

/** Fills `out` by words that `convert` turns into numbers, where they lie in the kernel's memory. */
function fill<Out extends Float32Array | Uint32Array>(
  twister: MersenneTwister,
  out: Out,
  convert: (exports: Exports, address: number, count: number) => void,
): Out {
  const { words, position } = twister.getState();
  state.words.set(words);
  state.words[624] = position;
  const exports = kernel.enter(state);
  kernel.fill(out, (address, count) => {
    exports.words(address, count);
    convert(exports, address, count);
  });
  kernel.leave(state);
  twister.setState(state.words.subarray(0, 624), state.words[624]);
  return out;
}

export function manyWords(twister: MersenneTwister, out: Uint32Array): Uint32Array {
  return fill(twister, out, () => {});
}

/** x scale + shift, each step rounded. */
export function manyUniform(twister: MersenneTwister, out: Float32Array, scale: number, shift: number): void {
  fill(twister, out, (exports, address, count) => exports.uniform(address, count, scale, shift));
}

/** Between -high and high, rounded once. */
export function manySymmetric(twister: MersenneTwister, out: Float32Array, high: number): void {
  fill(twister, out, (exports, address, count) => exports.symmetric(address, count, high));
}

/** Normal numbers of mean 0 as PyTorch makes them with AVX2; the length is a multiple of 16. */
export function manyNormalsAvx2(twister: MersenneTwister, out: Float32Array, std: number): void {
  fill(twister, out, (exports, address, count) => exports.normalAvx2(address, count, std));
}

/** The same without AVX2. */
export function manyNormalsScalar(twister: MersenneTwister, out: Float32Array, std: number): void {
  fill(twister, out, (exports, address, count) => exports.normalScalar(address, count, std));
}
