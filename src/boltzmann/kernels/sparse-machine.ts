/**
 * An RBM of bits in kernel memory, with the threads that work on it: what the sparse trainer, annealed importance sampling
 * and sampling are built on.
 */
import { OutsetError } from '../../messages/error.ts';
import { bytesOfBase64 } from '../../random/base64.ts';
import type { ThreadHost } from '../../runtime/threads.ts';
import type { Rbm } from '../rbm.ts';
import { type BitLayer, bitLayer } from './bit-layer.ts';
import { type BitArrays, readBits, writeBits } from './bit-parameters.ts';
import boltzmannBinary from './boltzmann.generated.ts';
import { KernelMemory, type Structure } from './kernel-memory.ts';
import * as structures from './structures.ts';

/** Whether this engine has what the kernels need: fixed-width SIMD and shared memory. */
export function kernelsSupported(): boolean {
  return WebAssembly.validate(bytesOfBase64(boltzmannBinary));
}

/** Threads for the kernels. Results are the same bits for any number. */
export interface ThreadOptions {
  /** Default 1. More need a `host`. */
  readonly threads?: number;
  readonly host?: ThreadHost;
}

export interface MachineOptions extends ThreadOptions {
  readonly rbm: Rbm;
  /** The last `labels` visible units are one softmax unit; default 0. */
  readonly labels?: number;
}

interface Exports {
  preparePacking(table: number): void;
  run(command: number): void;
}

/** Commands of the kernels. */
const commands = { leave: 0, train: 1, anneal: 2, evaluate: 3 } as const;

/** Most threads: more would only wait for each other. */
const threadLimit = 64;

export class SparseMachine {
  readonly memory: KernelMemory;
  readonly visible: BitLayer;
  readonly hidden: BitLayer;
  readonly arrays: BitArrays;
  /** Layer structures: passes to the hidden and to the visible units. */
  readonly up: number;
  readonly down: number;
  readonly threads: number;
  readonly #rbm: Rbm;
  readonly #command: Structure<(typeof structures.command)[number]>;
  readonly #exports: Exports;

  private constructor(
    options: MachineOptions,
    memory: KernelMemory,
    exports: Exports,
    threads: number,
    packing: number,
    command: Structure<(typeof structures.command)[number]>,
  ) {
    const { rbm, labels = 0 } = options;
    this.memory = memory;
    this.threads = threads;
    this.#rbm = rbm;
    this.#exports = exports;
    this.#command = command;
    exports.preparePacking(packing);
    this.visible = bitLayer(rbm.visible, labels, 'visible');
    this.hidden = bitLayer(rbm.hidden, 0, 'hidden');
    const { visible, hidden } = this;
    this.arrays = {
      up: memory.f32(hidden.padded * visible.padded),
      down: memory.f32(hidden.padded * visible.padded),
      visibleBias: memory.f32(visible.padded),
      hiddenBias: memory.f32(hidden.padded),
    };
    writeBits(rbm, visible, hidden, this.arrays);
    this.up = this.layer('up').address;
    this.down = this.layer('down').address;
  }

  /**
   * @throws boltzmann.not_sparse, boltzmann.too_wide, boltzmann.no_memory, boltzmann.bad_threads
   */
  static async open(options: MachineOptions): Promise<SparseMachine> {
    const { host } = options;
    const threads = options.threads ?? 1;
    const limit = host === undefined ? 1 : threadLimit;
    if (!(Number.isInteger(threads) && threads >= 1 && threads <= limit)) {
      throw new OutsetError('boltzmann.bad_threads', { got: threads, limit });
    }
    const module = await WebAssembly.compile(bytesOfBase64(boltzmannBinary));
    const memory = new KernelMemory();
    const imports = { env: { memory: memory.memory } };
    const exports = (await WebAssembly.instantiate(module, imports)).exports as unknown as Exports;
    const packing = memory.bytes(4096).byteOffset;
    const done = memory.structure(structures.barrier, { threads });
    const command = memory.structure(structures.command, { done: done.address });
    const machine = new SparseMachine(options, memory, exports, threads, packing, command);
    for (let thread = 1; thread < threads; thread++) {
      await host!.start(module, memory.memory, [{ name: 'usePacking', args: [packing] }], {
        name: 'serve',
        args: [command.address, thread],
      });
    }
    return machine;
  }

  /** A layer structure of this model; `base` is the address of base-rate biases. */
  layer(direction: 'up' | 'down', base = 0): Structure<(typeof structures.layer)[number]> {
    const [target, source] = direction === 'up' ? [this.hidden, this.visible] : [this.visible, this.hidden];
    const bias = direction === 'up' ? this.arrays.hiddenBias : this.arrays.visibleBias;
    return this.memory.structure(structures.layer, {
      weights: this.arrays[direction].byteOffset,
      bias: bias.byteOffset,
      base,
      width: target.independent,
      panels: target.padded / 16,
      sources: source.padded,
      pottsPanel: target.pottsStart / 16,
      units: target.units,
      states: target.states,
    });
  }

  /**
   * Scratch memory of the threads. To be called after all memory that does not depend on their number has been taken.
   * @param tableRows rows of the gradient table
   * @returns the address of the list of scratch structures
   */
  scratches(tableRows: number): number {
    const { memory, visible, hidden, threads } = this;
    const wider = Math.max(visible.padded, hidden.padded);
    const addresses = memory.u32(threads);
    for (let thread = 0; thread < threads; thread++) {
      addresses[thread] = memory.structure(structures.scratch, {
        marks: memory.bytes(wider).byteOffset,
        row: memory.f32(wider).byteOffset,
        table: memory.f32(3 * tableRows * 16).byteOffset,
        difference: memory.f32(visible.padded).byteOffset,
        words: memory.u32(16).byteOffset,
        gradient: memory.f32(visible.padded * 16).byteOffset,
      }).address;
    }
    return addresses.byteOffset;
  }

  /** Runs a structure on all threads and returns when it is done. */
  run(kind: 'train' | 'anneal' | 'evaluate', structure: { readonly address: number }): void {
    this.#command.set({ kind: commands[kind], what: structure.address });
    this.#exports.run(this.#command.address);
  }

  /** The model as it stands, as a copy. */
  rbm(): Rbm {
    return readBits(this.#rbm, this.visible, this.hidden, this.arrays);
  }

  /** Lets the threads go. The machine cannot run afterwards. */
  dispose(): void {
    if (this.threads === 1) return;
    this.#command.set({ kind: commands.leave });
    const words = new Int32Array(this.memory.memory.buffer, this.#command.address, 1);
    Atomics.add(words, 0, 1);
    Atomics.notify(words, 0);
  }
}
