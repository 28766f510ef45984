import { OutsetError } from '../../messages/error.ts';
import type { Evaluator } from './evaluator.ts';
import { emptyRows, type ListRows, roomForRows } from './list-rows.ts';
import type { SparseMachine } from './sparse-machine.ts';
import * as structures from './structures.ts';

/**
 * The persistent chains: the hidden states of `chains` chains at `levels` inverse temperatures from 1 down to 0, evenly
 * spaced. What is saved is one list a chain and level; where swaps have put it in memory does not matter.
 */
export class ChainStates {
  readonly #machine: SparseMachine;
  readonly #lists: ListRows;
  readonly #rows: number;
  readonly #levels: number;
  /** Canonical copies: [rows][capacity] and [rows]. */
  readonly #states: Uint16Array;
  readonly #counts: Uint32Array;
  readonly #homes: Uint32Array;
  readonly #capacity: number;
  /** Fields of the training structure. */
  readonly fields: Readonly<Record<'chainHidden' | 'chainGenerators' | 'tempering', number>>;

  /** @param base data means of the visible bits, for the base-rate model at the hottest level */
  constructor(machine: SparseMachine, chains: number, levels: number, base: Float32Array) {
    this.#machine = machine;
    const { memory, visible, hidden } = machine;
    this.#rows = chains * levels;
    this.#levels = levels;
    this.#lists = roomForRows(memory, hidden, this.#rows);
    this.#homes = this.#lists.starts.slice();
    this.#capacity = hidden.padded + 16;
    this.#states = new Uint16Array(this.#rows * this.#capacity);
    this.#counts = new Uint32Array(this.#rows);
    const table = (panels: number) => memory.f32(levels > 1 ? panels * this.#rows * 16 : 0).byteOffset;
    const betas = memory.f32(this.#rows);
    for (let row = 0; row < this.#rows; row++) {
      betas[row] = levels === 1 ? 1 : 1 - (row % levels) / (levels - 1);
    }
    const baseBias = memory.f32(visible.padded);
    for (let i = 0; i < visible.padded; i++) {
      const p = Math.min(0.999, Math.max(0.001, base[i]));
      baseBias[i] = Math.log(p / (1 - p));
    }
    const wider = Math.max(visible.padded, hidden.padded) / 16;
    this.fields = {
      chainHidden: this.#lists.address,
      chainGenerators: memory.u32(16 * this.#rows).byteOffset,
      tempering: memory.structure(structures.tempering, {
        temperatures: levels,
        betas: betas.byteOffset,
        model: roomForRows(memory, visible, levels > 1 ? this.#rows : 0).address,
        inputs: table(wider),
        means: table(hidden.padded / 16),
        base: baseBias.byteOffset,
        accepted: memory.u32(levels).byteOffset,
        energies: memory.f32(this.#rows).byteOffset,
        down: machine.layer('down', baseBias.byteOffset).address,
      }).address,
    };
  }

  /** Begins with hidden states of the first examples, one a chain, the same at all levels. */
  start(examples: ListRows, evaluator: Evaluator, key: ArrayLike<number>): void {
    const { memory } = this.#machine;
    const rows = this.#rows;
    const source = emptyRows(memory, rows, examples.values !== undefined);
    for (let row = 0; row < rows; row++) {
      const example = Math.floor(row / this.#levels) % examples.count;
      source.starts[row] = examples.starts[example];
      source.counts[row] = examples.counts[example];
      if (source.values !== undefined) source.values[row] = examples.values![example];
    }
    evaluator.sampleHidden(source, this.#lists, key, 0);
  }

  /** The states row by row, brought up to date. */
  get arrays(): readonly (readonly [string, Uint16Array | Uint32Array])[] {
    const { buffer } = this.#machine.memory.memory;
    for (let row = 0; row < this.#rows; row++) {
      const count = this.#lists.counts[row];
      const at = row * this.#capacity;
      this.#counts[row] = count;
      this.#states.set(new Uint16Array(buffer, this.#lists.starts[row], count), at);
      this.#states.fill(0, at + count, at + this.#capacity);
    }
    return [
      ['chains', this.#states],
      ['chain lengths', this.#counts],
    ];
  }

  /** Puts what was written into `arrays` into the kernels' memory. */
  restored(): void {
    const { buffer } = this.#machine.memory.memory;
    const { padded } = this.#machine.hidden;
    for (let row = 0; row < this.#rows; row++) {
      const count = this.#counts[row];
      const list = this.#states.subarray(
        row * this.#capacity,
        row * this.#capacity + Math.min(count, padded),
      );
      if (count > padded || list.some((column) => column >= padded)) {
        throw new OutsetError('boltzmann.snapshot_mismatch', {
          what: `chains[${row}]`,
          expected: `at most ${padded} columns below ${padded}`,
          got: `${count} columns`,
        });
      }
    }
    for (let row = 0; row < this.#rows; row++) {
      const count = this.#counts[row];
      const list = this.#states.subarray(row * this.#capacity, row * this.#capacity + count);
      this.#lists.starts[row] = this.#homes[row];
      this.#lists.counts[row] = count;
      new Uint16Array(buffer, this.#homes[row], count).set(list);
    }
  }
}
