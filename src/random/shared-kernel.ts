/**
 * A WebAssembly kernel that many generators of one kind share.
 *
 * It is compiled at the first draw (a few kilobytes: browsers allow that on the main thread) and has one memory: the
 * state of whichever generator drew last at address 0, tables after it, and a part that draws go through on their way to
 * the caller's array. A generator's own state is stale while it is the one in the kernel.
 */

import { bytesOfBase64 } from './base64.ts';

/** Fills `count` numbers from an address on. */
export type Fill = (address: number, count: number) => void;

export interface KernelPlan {
  /** WebAssembly binary, base64. */
  readonly binary: string;
  /** What the kernel imports, by module. */
  readonly imports: WebAssembly.Imports;
  readonly tables: { readonly address: number; readonly base64: string };
}

/** A generator's state, of a size that is the same for all generators of a kernel. */
export interface KernelState {
  readonly words: Uint32Array;
}

const outputAddress = 16384;
const outputBytes = 65536;

export class SharedKernel<Exports> {
  readonly #plan: KernelPlan;
  #exports: Exports | undefined;
  #memory: ArrayBuffer = new ArrayBuffer(0);
  #inside: KernelState | undefined;

  constructor(plan: KernelPlan) {
    this.#plan = plan;
  }

  /** The functions of the kernel, with that state in its memory. */
  enter(state: KernelState): Exports {
    this.#exports ??= this.#load();
    if (this.#inside !== state) {
      this.leave(this.#inside);
      new Uint32Array(this.#memory, 0, state.words.length).set(state.words);
      this.#inside = state;
    }
    return this.#exports;
  }

  /** Brings a state up to date, and takes it out of the kernel. */
  leave(state: KernelState | undefined): void {
    if (state === undefined || this.#inside !== state) return;
    state.words.set(new Uint32Array(this.#memory, 0, state.words.length));
    this.#inside = undefined;
  }

  /** Fills an array of the caller with a function of the kernel that {@link enter} returned. */
  fill<Out extends Float64Array | Float32Array | Uint32Array>(out: Out, draw: Fill): Out {
    const chunk = outputBytes / out.BYTES_PER_ELEMENT;
    const Kind = out.constructor as new (buffer: ArrayBuffer, offset: number, length: number) => Out;
    for (let start = 0; start < out.length; start += chunk) {
      const count = Math.min(chunk, out.length - start);
      draw(outputAddress, count);
      out.set(new Kind(this.#memory, outputAddress, count), start);
    }
    return out;
  }

  #load(): Exports {
    const { binary, imports, tables } = this.#plan;
    const memory = new WebAssembly.Memory({ initial: 2, maximum: 2 });
    this.#memory = memory.buffer;
    new Uint8Array(this.#memory).set(bytesOfBase64(tables.base64), tables.address);
    const module = new WebAssembly.Module(bytesOfBase64(binary));
    return new WebAssembly.Instance(module, { ...imports, env: { memory } }).exports as Exports;
  }
}
