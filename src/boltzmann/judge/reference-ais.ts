/** {@link AisEngine} in double precision, for every kind of units: the one that the others are tested against. */
import type { Stream } from '../../random/stream.ts';
import { rowNoise } from '../conditionals.ts';
import { denseRows, sparseRows } from '../convert-rows.ts';
import { type Direction, forEachInput, transposed } from '../direction.ts';
import type { DenseRows, StateRows } from '../state-rows.ts';
import type { AisChains, AisEngine, AisPath } from './ais-engine.ts';
import { type TemperedUnits, temperedUnits } from './base-rate.ts';

export const referenceAis: AisEngine = {
  open: (path, start, count, stream) => new ReferenceChains(path, start, count, stream),
};

class ReferenceChains implements AisChains {
  readonly #path: AisPath;
  readonly #unitsAt: (beta: number) => TemperedUnits;
  readonly #stream: Stream;
  readonly #transposed: ReturnType<typeof transposed>;
  readonly #visible: DenseRows;
  readonly #hidden: DenseRows;
  #steps = 0;

  constructor(path: AisPath, start: StateRows | null, count: number, stream: Stream) {
    const [rows, columns] = path.rbm.weights.dims;
    this.#path = path;
    this.#unitsAt = temperedUnits(path);
    this.#stream = stream;
    this.#transposed = transposed(path.rbm.weights.data, rows, columns);
    this.#hidden = { form: 'dense', count, width: columns, data: new Float32Array(count * columns) };
    const data = new Float32Array(count * rows);
    this.#visible = { form: 'dense', count, width: rows, data };
    if (start === null) this.#drawFromBase();
    else data.set(denseRows(path.rbm.visible, start).data);
  }

  advance(betas: Float64Array): Float64Array {
    const gains = new Float64Array(this.#visible.count);
    let current = this.#unitsAt(betas[0]);
    for (let i = 1; i < betas.length; i++) {
      const next = this.#unitsAt(betas[i]);
      this.#step({ from: betas[i - 1], current, to: betas[i], next }, gains);
      current = next;
    }
    return gains;
  }

  states(): StateRows {
    const rows = { ...this.#visible, data: this.#visible.data.slice() };
    return this.#unitsAt(1).visible.off === null ? rows : sparseRows(this.#path.rbm.visible, rows);
  }

  dispose(): void {}

  #drawFromBase(): void {
    const { visible } = this.#unitsAt(0);
    const noise = rowNoise(visible, this.#stream.child('base'));
    const nothing = new Float64Array(visible.width);
    const row = new Float64Array(visible.width);
    for (let chain = 0; chain < this.#visible.count; chain++) {
      visible.sample(nothing, 0, noise(chain), 0, row, 0);
      this.#visible.data.set(row, chain * visible.width);
    }
  }

  /** Weighs every chain between two temperatures, then moves it at the second. */
  #step({ from, current, to, next }: Step, gains: Float64Array): void {
    const stream = this.#stream.child('steps').child(this.#steps++);
    const { rbm } = this.#path;
    const visible = this.#visible.data;
    const up = { given: next.visible, asked: next.hidden, weights: rbm.weights.data };
    const scaled = new Float64Array(next.hidden.width);
    const scale = (inputs: Float64Array, start: number, beta: number) => {
      for (let j = 0; j < scaled.length; j++) scaled[j] = beta * inputs[start + j];
      return scaled;
    };
    const state = new Float64Array(next.hidden.width);
    const noise = rowNoise(next.hidden, stream.child('hidden'));
    forEachInput(up, this.#visible, (inputs, start, chain) => {
      const at = chain * next.visible.width;
      gains[chain] -= current.hidden.cumulant(scale(inputs, start, from), 0);
      gains[chain] += next.hidden.cumulant(scale(inputs, start, to), 0);
      gains[chain] += current.visible.energy(visible, at) - next.visible.energy(visible, at);
      next.hidden.sample(scaled, 0, noise(chain), 0, state, 0);
      this.#hidden.data.set(state, chain * state.length);
    });
    const down = { given: next.hidden, asked: next.visible, weights: this.#transposed };
    this.#sampleVisible(down, to, stream.child('visible'));
  }

  #sampleVisible(down: Direction, beta: number, stream: Stream): void {
    const row = new Float64Array(down.asked.width);
    const scaled = new Float64Array(down.asked.width);
    const noise = rowNoise(down.asked, stream);
    forEachInput(down, this.#hidden, (inputs, start, chain) => {
      for (let i = 0; i < scaled.length; i++) scaled[i] = beta * inputs[start + i];
      down.asked.sample(scaled, 0, noise(chain), 0, row, 0);
      this.#visible.data.set(row, chain * row.length);
    });
  }
}

interface Step {
  readonly from: number;
  readonly current: TemperedUnits;
  readonly to: number;
  readonly next: TemperedUnits;
}
