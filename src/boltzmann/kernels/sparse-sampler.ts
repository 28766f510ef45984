import type { Stream } from '../../random/stream.ts';
import { checkRbm } from '../check-rbm.ts';
import { checkRows } from '../check-rows.ts';
import type { Rbm } from '../rbm.ts';
import type { DenseRows, StateRows } from '../state-rows.ts';
import { Evaluator } from './evaluator.ts';
import { type ListRows, readRows, roomForRows, storeRows } from './list-rows.ts';
import { SparseMachine, type ThreadOptions } from './sparse-machine.ts';

export interface SparseSamplerOptions extends ThreadOptions {
  readonly rbm: Rbm;
  /** Visible states that the chains begin at, one a chain. */
  readonly start: StateRows;
  /** Everything random comes from it, keyed by the number of the step. */
  readonly stream: Stream;
  /** The last `labels` visible units are one softmax unit; default 0. */
  readonly labels?: number;
}

/** Gibbs chains of a model of discrete units on the sparse kernels. */
export class SparseSampler {
  readonly #machine: SparseMachine;
  readonly #evaluator: Evaluator;
  readonly #hidden: ListRows;
  readonly #model: ListRows;
  readonly #key: Uint32Array;
  #step = 1;

  private constructor(machine: SparseMachine, { rbm, start, stream }: SparseSamplerOptions) {
    const { memory, visible, hidden } = machine;
    this.#machine = machine;
    this.#hidden = roomForRows(memory, hidden, start.count);
    this.#model = roomForRows(memory, visible, start.count);
    this.#evaluator = new Evaluator(machine, start.count);
    this.#key = stream.child('sampling').bits(new Uint32Array(2));
    this.#evaluator.sampleHidden(storeRows(memory, visible, rbm.visible, start), this.#hidden, this.#key, 0);
  }

  /** @throws boltzmann.not_sparse, boltzmann.too_wide, boltzmann.no_memory, and what the checks of model and rows throw */
  static async open(options: SparseSamplerOptions): Promise<SparseSampler> {
    checkRbm(options.rbm);
    checkRows(options.rbm.visible, options.start, 'visible');
    return new SparseSampler(await SparseMachine.open(options), options);
  }

  /** Moves every chain by `steps` Gibbs steps, h -> v -> h. */
  advance(steps: number): void {
    this.#evaluator.gibbs(this.#hidden, this.#model, steps, this.#key, this.#step);
    this.#step += steps;
  }

  /** Visible states after the last step. */
  states(): StateRows {
    return readRows(this.#machine.memory, this.#machine.visible, this.#model);
  }

  /** Means of the visible units that the last states were drawn from: smoother pictures than the states. */
  means(): DenseRows {
    const { count } = this.#model;
    const { width, scale, shift } = this.#machine.visible;
    const data = this.#evaluator.visibleMeans(count).map((x) => scale * x - shift);
    return { form: 'dense', count, width, data };
  }

  dispose(): void {
    this.#machine.dispose();
  }
}
