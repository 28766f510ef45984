/** Passes through a model without learning, block by block: free energies, hidden means and states, Gibbs sampling. */
import { insideColumn } from './bit-layer.ts';
import type { Structure } from './kernel-memory.ts';
import type { ListRows } from './list-rows.ts';
import type { SparseMachine } from './sparse-machine.ts';
import * as structures from './structures.ts';

const modes = { freeEnergy: 0, hidden: 1, gibbs: 2 } as const;

export class Evaluator {
  readonly #machine: SparseMachine;
  /** Rows of one block. */
  readonly #rows: number;
  readonly #structure: Structure<(typeof structures.evaluation)[number]>;
  readonly #windows: Record<'visible' | 'hidden' | 'model', Structure<(typeof structures.lists)[number]>>;
  readonly #hiddenTable: Float32Array;
  readonly #visibleTable: Float32Array;
  readonly #out: Float64Array;

  constructor(machine: SparseMachine, rows: number) {
    this.#machine = machine;
    this.#rows = rows;
    const { memory, visible, hidden } = machine;
    this.#hiddenTable = memory.f32(hidden.padded * rows);
    this.#visibleTable = memory.f32(visible.padded * rows);
    this.#out = memory.f64(rows);
    const window = () => memory.structure(structures.lists);
    this.#windows = { visible: window(), hidden: window(), model: window() };
    this.#structure = memory.structure(structures.evaluation, {
      up: machine.up,
      down: machine.down,
      visible: this.#windows.visible.address,
      hidden: this.#windows.hidden.address,
      model: this.#windows.model.address,
      hiddenTable: this.#hiddenTable.byteOffset,
      visibleTable: this.#visibleTable.byteOffset,
      generators: memory.u32(16 * rows).byteOffset,
      scratches: machine.scratches(0),
      threads: machine.threads,
      out: this.#out.byteOffset,
    });
  }

  /** Free energy of each row up to the constant between bits and spins. */
  freeEnergies(rows: ListRows): Float64Array {
    const out = new Float64Array(rows.count);
    this.#blocks(rows.count, (first, count) => {
      this.#window('visible', rows, first);
      this.#run('freeEnergy', count);
      out.set(this.#out.subarray(0, count), first);
    });
    return out;
  }

  /** Draws hidden states of `source` into `target`, row by row. */
  sampleHidden(source: ListRows, target: ListRows, key: ArrayLike<number>, step: number): void {
    this.#key(key);
    this.#blocks(source.count, (first, count, block) => {
      this.#window('visible', source, first);
      this.#window('hidden', target, first);
      this.#run('hidden', count, step + block);
    });
  }

  /**
   * `steps` times visible from hidden and hidden from visible, from the states in `hidden` on; at most as many rows as a
   * block. The visible means of the last step can be read with {@link visibleMeans}.
   */
  gibbs(hidden: ListRows, model: ListRows, steps: number, key: ArrayLike<number>, step: number): void {
    this.#key(key);
    this.#window('hidden', hidden, 0);
    this.#window('model', model, 0);
    this.#structure.set({ steps });
    this.#run('gibbs', hidden.count, step);
  }

  /** Visible means of the last block, shape [rows, columns outside], as bits. */
  visibleMeans(rows: number): Float32Array {
    const { visible } = this.#machine;
    const means = new Float32Array(rows * visible.width);
    for (let outside = 0; outside < visible.width; outside++) {
      const column = insideColumn(visible, outside);
      const panel = (column >> 4) * rows * 16 + (column & 15);
      for (let row = 0; row < rows; row++) {
        means[row * visible.width + outside] = this.#visibleTable[panel + row * 16];
      }
    }
    return means;
  }

  #blocks(count: number, run: (first: number, count: number, block: number) => void): void {
    for (let first = 0, block = 0; first < count; first += this.#rows, block++) {
      run(first, Math.min(this.#rows, count - first), block);
    }
  }

  #key(key: ArrayLike<number>): void {
    this.#structure.set({ key0: key[0], key1: key[1] });
  }

  #window(name: 'visible' | 'hidden' | 'model', lists: ListRows, first: number): void {
    this.#windows[name].set({
      starts: lists.starts.byteOffset + 4 * first,
      counts: lists.counts.byteOffset + 4 * first,
      values: lists.values === undefined ? 0 : lists.values.byteOffset + 4 * first,
    });
  }

  #run(mode: keyof typeof modes, rows: number, step = 0): void {
    this.#structure.set({ mode: modes[mode], rows, step });
    this.#machine.run('evaluate', this.#structure);
  }
}
