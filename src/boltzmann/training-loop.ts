/**
 * The part of a trainer that does not depend on how a step is computed: epochs, batches, learning rate, records,
 * progress, snapshots.
 */
import { OutsetError } from '../messages/error.ts';
import { yieldToEvents } from '../runtime/yield-to-events.ts';
import { scheduleFactor } from '../training/schedule.ts';
import { selectRows } from './convert-rows.ts';
import { freeEnergy } from './free-energy.ts';
import { settleLevels } from './grey-levels.ts';
import type { Rbm } from './rbm.ts';
import type {
  RbmEpochRecord,
  RbmSnapshot,
  RbmTrainer,
  RbmTrainerOptions,
  RbmTrainingEnd,
  RbmTrainOptions,
} from './rbm-trainer.ts';
import type { StateRows } from './state-rows.ts';

/** One batch and the numbers of its update. */
export interface StepInput {
  /** Number of the update, from 0. */
  readonly step: number;
  readonly epoch: number;
  /** Indices of the examples. */
  readonly batch: Uint32Array;
  readonly learningRate: number;
  /** Factor on the old momentum; 0 with Adam. */
  readonly momentum: number;
}

/** What a step saw: sums over its batch, each example counted with its weight. */
export interface StepOutcome {
  /** The first thing that was not finite; the state is then unchanged. */
  readonly notFinite: string | null;
  readonly squaredError: number;
  /** Weight of the examples that `squaredError` is over, if it is not `weight`. */
  readonly squaredErrorWeight?: number;
  readonly hiddenMean: number;
  readonly weight: number;
}

/** How one update is computed. */
export interface RbmStepper {
  /** Examples as they are kept: levels settled. */
  readonly data: StateRows;
  step(input: StepInput): StepOutcome | Promise<StepOutcome>;
  rbm(): Rbm;
  /** The state in memory: parameters, momentum, offsets, chains. */
  readonly arrays: ReadonlyMap<string, Float32Array | Uint32Array | Uint16Array>;
  /**
   * Called when `arrays` have been filled from a snapshot.
   * @throws boltzmann.snapshot_mismatch for values that cannot be
   */
  restored?(): void;
  /** Mean free energy of rows, up to a constant of the model: where there is a faster way than {@link freeEnergy}. */
  meanFreeEnergy?(rows: StateRows): number;
  dispose(): Promise<void>;
}

export class LoopTrainer implements RbmTrainer {
  readonly #options: RbmTrainerOptions;
  readonly #stepper: RbmStepper;
  readonly #validation: { held: StateRows; train: StateRows } | null;
  readonly #origin: Readonly<Record<string, unknown>>;
  readonly stepsPerEpoch: number;
  #step = 0;
  #epoch = 0;
  #seconds = 0;
  #history: RbmEpochRecord[] = [];
  #finding: { step: number; what: string } | null = null;
  /** Sums over the epoch so far: squared error, its weight, hidden mean, its weight. */
  readonly #sums = new Float64Array(4);
  #order: { epoch: number; examples: Uint32Array } | null = null;

  constructor(trainer: string, options: RbmTrainerOptions, stepper: RbmStepper) {
    this.#options = options;
    this.#stepper = stepper;
    const { data, validation, rbm, spec, stream } = options;
    this.stepsPerEpoch = Math.ceil(data.count / spec.batchSize);
    this.#validation = validation === undefined ? null : this.#pairs(validation);
    const { epochs, ...rest } = spec;
    this.#origin = {
      trainer,
      units: JSON.stringify([rbm.visible, rbm.hidden]),
      // More epochs may be asked for on resuming, unless the schedule depends on their number.
      settings: JSON.stringify(spec.schedule.name === 'cosine' ? spec : rest),
      examples: data.count,
      streamCheck: [...stream.child('snapshot').bits(new Uint32Array(2))].join(' '),
    };
  }

  get spec() {
    return this.#options.spec;
  }
  get step(): number {
    return this.#step;
  }
  get epoch(): number {
    return this.#epoch;
  }
  get history(): readonly RbmEpochRecord[] {
    return this.#history;
  }
  get finding() {
    return this.#finding;
  }

  rbm(): Rbm {
    return this.#stepper.rbm();
  }

  async train(options: RbmTrainOptions = {}): Promise<RbmTrainingEnd> {
    const { untilEpoch: until = this.spec.epochs, reportEvery = 100 } = options;
    if (this.#history.length === 0 && this.#finding === null) await this.#record(null, options);
    let [yielded, reported] = [performance.now(), 0];
    while (this.#epoch < until && this.#finding === null) {
      if (options.signal?.aborted === true) return 'aborted';
      const began = performance.now();
      await this.#advance();
      const now = performance.now();
      this.#seconds += (now - began) / 1000;
      const complete = this.#finding === null && this.#step % this.stepsPerEpoch === 0;
      if (complete) await this.#completeEpoch(options);
      if (now - reported > reportEvery || this.#epoch >= until) {
        reported = now;
        this.#report(options);
      }
      if (now - yielded > 50) {
        yielded = now;
        await yieldToEvents();
      }
    }
    return this.#finding === null ? 'complete' : 'not-finite';
  }

  snapshot(): RbmSnapshot {
    const arrays = new Map([...this.#stepper.arrays].map(([name, values]) => [name, values.slice()]));
    arrays.set('epoch sums', new Uint32Array(this.#sums.slice().buffer));
    return {
      origin: this.#origin,
      step: this.#step,
      epoch: this.#epoch,
      seconds: this.#seconds,
      history: [...this.#history],
      arrays,
    };
  }

  restore(snapshot: RbmSnapshot): void {
    const refuse = (what: string, expected: unknown, got: unknown): never => {
      throw new OutsetError('boltzmann.snapshot_mismatch', {
        what,
        expected: String(expected),
        got: String(got),
      });
    };
    for (const [what, expected] of Object.entries(this.#origin)) {
      if (snapshot.origin[what] !== expected) refuse(what, expected, snapshot.origin[what]);
    }
    const sums = new Uint32Array(this.#sums.buffer);
    const targets = new Map([...this.#stepper.arrays, ['epoch sums', sums] as const]);
    for (const [name, target] of targets) {
      const values = snapshot.arrays.get(name);
      const shape = (x: typeof values) =>
        x === undefined ? 'missing' : `${x.constructor.name} [${x.length}]`;
      if (shape(values) !== shape(target)) refuse(name, shape(target), shape(values));
    }
    for (const [name, target] of targets) target.set(snapshot.arrays.get(name)!);
    this.#stepper.restored?.();
    this.#step = snapshot.step;
    this.#epoch = snapshot.epoch;
    this.#seconds = snapshot.seconds;
    this.#history = [...snapshot.history];
    this.#finding = null;
  }

  dispose(): Promise<void> {
    return this.#stepper.dispose();
  }

  #rate(step: number): number {
    const { learningRate, schedule, epochs } = this.spec;
    const total = this.stepsPerEpoch * epochs;
    return learningRate * scheduleFactor(schedule, step, this.stepsPerEpoch, total);
  }

  async #advance(): Promise<void> {
    const { optimizer, batchSize } = this.spec;
    const { data, stream } = this.#options;
    if (this.#order?.epoch !== this.#epoch) {
      const examples = stream.child('shuffle').child(this.#epoch).permutation(data.count);
      this.#order = { epoch: this.#epoch, examples };
    }
    const from = (this.#step % this.stepsPerEpoch) * batchSize;
    const outcome = await this.#stepper.step({
      step: this.#step,
      epoch: this.#epoch,
      batch: this.#order.examples.subarray(from, from + batchSize),
      learningRate: this.#rate(this.#step),
      momentum:
        optimizer.name !== 'momentum'
          ? 0
          : this.#epoch < optimizer.switchEpoch
            ? optimizer.initial
            : optimizer.final,
    });
    if (outcome.notFinite !== null) {
      this.#finding = { step: this.#step, what: outcome.notFinite };
      return;
    }
    this.#sums[0] += outcome.squaredError;
    this.#sums[1] += outcome.squaredErrorWeight ?? outcome.weight;
    this.#sums[2] += outcome.hiddenMean;
    this.#sums[3] += outcome.weight;
    this.#step += 1;
  }

  async #completeEpoch(options: RbmTrainOptions): Promise<void> {
    const [error, errorWeight, mean, weight] = this.#sums;
    this.#sums.fill(0);
    this.#epoch += 1;
    await this.#record(
      { error: errorWeight > 0 ? error / errorWeight : null, activity: mean / weight },
      options,
    );
  }

  async #record(
    epoch: { error: number | null; activity: number } | null,
    { onEpoch }: RbmTrainOptions,
  ): Promise<void> {
    const record: RbmEpochRecord = {
      epoch: this.#epoch,
      step: this.#step,
      learningRate: this.#rate(Math.max(0, this.#step - 1)),
      reconstructionError: epoch?.error ?? null,
      freeEnergyGap: this.#gap(),
      hiddenActivity: epoch?.activity ?? null,
      seconds: this.#seconds,
    };
    this.#history.push(record);
    await onEpoch?.(record);
  }

  #pairs(validation: StateRows): { held: StateRows; train: StateRows } {
    const { rbm, spec, stream } = this.#options;
    // A gap of levels that are drawn anew each time would be noisy; one draw is as good.
    const convention = spec.grey === 'resampled' ? 'sampled' : spec.grey;
    const count = Math.min(validation.count, this.#stepper.data.count);
    const settle = (rows: StateRows, name: string) =>
      settleLevels(rbm.visible, rows, convention, stream.child('grey').child(name));
    return {
      held: settle(validation, 'validation'),
      train: settle(
        selectRows(
          this.#stepper.data,
          Uint32Array.from({ length: count }, (_, i) => i),
        ),
        'gap',
      ),
    };
  }

  #gap(): number | null {
    if (this.#validation === null) return null;
    const rbm = this.#stepper.meanFreeEnergy === undefined ? this.rbm() : null;
    const mean = (rows: StateRows) =>
      rbm === null
        ? this.#stepper.meanFreeEnergy!(rows)
        : freeEnergy(rbm, rows).reduce((a, b) => a + b, 0) / rows.count;
    return mean(this.#validation.held) - mean(this.#validation.train);
  }

  #report({ onProgress }: RbmTrainOptions): void {
    if (onProgress === undefined || this.#step === 0) return;
    const stepsTotal = this.stepsPerEpoch * this.spec.epochs;
    const last = this.#history.at(-1)?.reconstructionError ?? 0;
    const examples = (this.#step * this.#options.data.count) / this.stepsPerEpoch;
    onProgress({
      epoch: this.#epoch,
      epochs: this.spec.epochs,
      step: this.#step,
      stepsTotal,
      reconstructionError: this.#sums[1] > 0 ? this.#sums[0] / this.#sums[1] : last,
      examplesPerSecond: examples / this.#seconds,
      secondsLeft: (this.#seconds / this.#step) * Math.max(0, stepsTotal - this.#step),
    });
  }
}
