import type { Stream } from '../random/stream.ts';
import { type Tensor, tensor } from '../tensor/tensor.ts';
import { type BestEpoch, betterEpoch } from '../training/best-epoch.ts';
import type { Evaluator } from '../training/evaluator.ts';
import { type Examples, exampleCount, gatherRows } from '../training/examples.ts';
import { writeTensors } from '../training/snapshot.ts';
import type { Trainer } from '../training/trainer.ts';

/** When to stop before the last epoch, and which weights to keep: those of the best epoch on held-out training examples. */
export interface EarlyStopping {
  /** Training examples that are held out, drawn by the seed; nothing is trained on them. */
  readonly validation: number;
  /** Epochs without a better result after which training ends. */
  readonly patience: number;
}

/** What has been seen of the held-out examples; part of a checkpoint. */
export interface WatchState {
  /** Last epoch that was looked at. */
  readonly seen: number;
  readonly best: BestEpoch | null;
}

/** Holds out training examples and keeps the weights of the epoch that does best on them. */
export class EarlyStoppingWatch {
  readonly #evaluator: Evaluator;
  readonly #patience: number;
  #state: WatchState;

  constructor(evaluator: Evaluator, patience: number, state: WatchState = { seen: 0, best: null }) {
    this.#evaluator = evaluator;
    this.#patience = patience;
    this.#state = state;
  }

  get state(): WatchState {
    return this.#state;
  }

  /** Looks at the epoch that the trainer has just completed, once. */
  async look(trainer: Trainer): Promise<void> {
    const { seen, best } = this.#state;
    const { epoch } = trainer;
    if (epoch <= seen) return;
    const values = new Map([...trainer.parameters, ...trainer.buffers]);
    const evaluation = await this.#evaluator.evaluate(values);
    this.#state = { seen: epoch, best: betterEpoch(best, epoch, evaluation, values) };
  }

  /** Whether the last `patience` epochs brought nothing better. */
  get exhausted(): boolean {
    const { seen, best } = this.#state;
    return best !== null && seen - best.epoch >= this.#patience;
  }

  /** Puts the weights of the best epoch back into the trainer's memory, whose training is over with that. */
  restoreBest(trainer: Trainer): BestEpoch | undefined {
    const { best } = this.#state;
    if (best === null) return undefined;
    writeTensors(best.values, new Map([...trainer.parameters, ...trainer.buffers]));
    return best;
  }

  dispose(): Promise<void> {
    return this.#evaluator.dispose();
  }
}

/** Splits training examples at random into those to train on and `count` held-out ones; both are copies. */
export function holdOut(
  examples: Examples,
  count: number,
  stream: Stream,
): [train: Examples, validation: Examples] {
  const order = stream.permutation(exampleCount(examples));
  return [chosenRows(examples, order.subarray(count)), chosenRows(examples, order.subarray(0, count))];
}

/** Copies of some examples, in the order of `rows`. */
export function chosenRows({ features, answers }: Examples, rows: Uint32Array): Examples {
  return { features: chosen(features, rows), answers: chosen(answers, rows) };
}

function chosen<Source extends Tensor<'float32'> | Tensor<'int32'>>(
  source: Source,
  rows: Uint32Array,
): Source {
  const width = source.data.length / source.dims[0];
  const size = rows.length * width;
  const out = source.dtype === 'int32' ? new Int32Array(size) : new Float32Array(size);
  gatherRows(source.data, width, rows, 0, rows.length, out);
  return tensor(source.dtype, [rows.length, ...source.dims.slice(1)], out as never) as Source;
}
