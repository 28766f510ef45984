/**
 * Up-down learning (contrastive wake-sleep): refines a greedily trained deep belief net as one generative model. The
 * weights below the top RBM come apart into recognition weights (up) and generative weights (down).
 */
import { OutsetError } from '../../messages/error.ts';
import { yieldToEvents } from '../../runtime/yield-to-events.ts';
import type { Tensor } from '../../tensor/tensor.ts';
import { createOptimizer, type Optimizer, optimizerConstants } from '../../training/optimizer.ts';
import type { ParameterStore } from '../../training/parameter-store.ts';
import { scheduleFactor } from '../../training/schedule.ts';
import { writeTensors } from '../../training/snapshot.ts';
import type { Dbn } from '../dbn.ts';
import type { RbmEpochRecord, RbmSnapshot, RbmTrainingEnd, RbmTrainOptions } from '../rbm-trainer.ts';
import { gatherDense } from './dense-rows.ts';
import { hiddenOffset, labelsInput, visibleInput, visibleOffset } from './up-down-graph.ts';
import { checkUpDownOptions, type UpDownOptions, type UpDownTrainer } from './up-down-options.ts';
import { dbnWith, parametersOf, type UpDownSizes, upDownSizes } from './up-down-parameters.ts';
import { createUpDownProgram, createUpDownStore, runResults, type UpDownProgram } from './up-down-program.ts';
import { gibbsStepsAt, type UpDownSpec } from './up-down-spec.ts';

export type { UpDownOptions, UpDownTrainer } from './up-down-options.ts';

/**
 * @throws dbn.bad_value, dbn.layers_mismatch, dbn.unsupported_units, boltzmann.bad_rows, boltzmann.bad_state, dbn.labels,
 *   dbn.label_count, dbn.no_labels, dbn.too_few_examples, training.sequential_stream
 */
export async function createUpDownTrainer(options: UpDownOptions): Promise<UpDownTrainer> {
  const { dbn, spec } = options;
  checkUpDownOptions(options);
  const { optimizer } = spec;
  const constants = (momentum: number) =>
    optimizer.name === 'adam'
      ? optimizerConstants(optimizer)
      : optimizerConstants({ name: 'momentum', momentum });
  const [before, after] = optimizer.name === 'adam' ? [0, 0] : [optimizer.initial, optimizer.final];
  const steps = Math.max(...spec.gibbs.map((entry) => entry.steps));
  const sizes = upDownSizes(dbn);
  const store = createUpDownStore(sizes, spec.batchSize, steps, constants(before).slotCount);
  writeTensors(parametersOf(dbn), store.parameters);
  const optimizers = [
    await createOptimizer(store, constants(before)),
    await createOptimizer(store, constants(after)),
  ];
  return new EngineUpDownTrainer(options, sizes, store, optimizers);
}

class EngineUpDownTrainer implements UpDownTrainer {
  readonly #options: UpDownOptions;
  readonly #sizes: UpDownSizes;
  readonly #store: ParameterStore;
  /** Before and after the switch of the momentum. */
  readonly #optimizers: readonly Optimizer[];
  /** By number of Gibbs steps. */
  readonly #programs = new Map<number, UpDownProgram>();
  readonly stepsPerEpoch: number;
  #order: Uint32Array | undefined;
  #step = 0;
  #seconds = 0;
  #history: RbmEpochRecord[] = [];
  #finding: { step: number; what: string } | null = null;
  /** Sums over the steps of the current epoch: error, hidden activity. */
  readonly #sums = new Float64Array(2);
  readonly #origin: Readonly<Record<string, unknown>>;

  constructor(
    options: UpDownOptions,
    sizes: UpDownSizes,
    store: ParameterStore,
    optimizers: readonly Optimizer[],
  ) {
    this.#options = options;
    this.#sizes = sizes;
    this.#store = store;
    this.#optimizers = optimizers;
    this.stepsPerEpoch = Math.floor(options.data.count / options.spec.batchSize);
    this.#origin = {
      widths: [...sizes.widths, sizes.top].join('-'),
      labels: sizes.labels,
      spec: JSON.stringify(options.spec),
      rows: options.data.count,
      streamCheck: [...options.stream.child('snapshot').bits(new Uint32Array(2))].join(' '),
    };
  }

  get spec(): UpDownSpec {
    return this.#options.spec;
  }
  get step(): number {
    return this.#step;
  }
  get epoch(): number {
    return Math.floor(this.#step / this.stepsPerEpoch);
  }
  get history(): readonly RbmEpochRecord[] {
    return this.#history;
  }
  get finding(): { readonly step: number; readonly what: string } | null {
    return this.#finding;
  }

  dbn(): Dbn {
    return dbnWith(this.#options.dbn, this.#store.parameters);
  }

  async train(options: RbmTrainOptions = {}): Promise<RbmTrainingEnd> {
    const until = Math.min(options.untilEpoch ?? this.spec.epochs, this.spec.epochs) * this.stepsPerEpoch;
    if (this.#history.length === 0) await this.#record(options, null);
    let reported = performance.now();
    while (this.#step < until && this.#finding === null) {
      if (options.signal?.aborted === true) return 'aborted';
      const began = performance.now();
      await this.#update();
      const now = performance.now();
      this.#seconds += (now - began) / 1000;
      if (now - reported > 100) {
        reported = now;
        this.#report(options);
        await yieldToEvents();
      }
      if (this.#finding === null && this.#step % this.stepsPerEpoch === 0) {
        await this.#record(options, [...this.#sums.map((sum) => sum / this.stepsPerEpoch)] as [
          number,
          number,
        ]);
        this.#sums.fill(0);
      }
    }
    return this.#finding === null ? 'complete' : 'not-finite';
  }

  snapshot(): RbmSnapshot {
    const arrays = new Map<string, Float32Array | Uint32Array | Uint16Array>();
    for (const [name, value] of this.#state()) arrays.set(name, value.slice());
    arrays.set('sums', new Uint32Array(this.#sums.slice().buffer));
    return {
      origin: this.#origin,
      step: this.#step,
      epoch: this.epoch,
      seconds: this.#seconds,
      history: [...this.#history],
      arrays,
    };
  }

  restore(snapshot: RbmSnapshot): void {
    for (const [what, value] of Object.entries(this.#origin)) {
      const [expected, got] = [String(value), String(snapshot.origin[what])];
      if (got !== expected) throw new OutsetError('dbn.snapshot_mismatch', { what, expected, got });
    }
    for (const [name, target] of this.#state()) {
      const value = snapshot.arrays.get(name);
      if (!(value instanceof Float32Array) || value.length !== target.length) {
        const got = value === undefined ? 'missing' : `${value.length} numbers`;
        throw new OutsetError('dbn.snapshot_mismatch', {
          what: name,
          expected: `${target.length} numbers`,
          got,
        });
      }
      target.set(value);
    }
    const sums = snapshot.arrays.get('sums');
    if (sums instanceof Uint32Array && sums.length === 4)
      this.#sums.set(new Float64Array(sums.slice().buffer));
    this.#step = snapshot.step;
    this.#seconds = snapshot.seconds;
    this.#history = [...snapshot.history];
    this.#finding = null;
    this.#order = undefined;
  }

  async dispose(): Promise<void> {
    for (const program of this.#programs.values()) await program.dispose();
    this.#programs.clear();
  }

  /** Every array that a resumed training needs. */
  *#state(): Iterable<[string, Float32Array]> {
    const store = this.#store;
    for (const [name, { data }] of store.parameters) yield [name, data];
    for (let slot = 0; slot < store.slotCount; slot++) {
      for (const [name, { data }] of store.slot(slot)) yield [`state${slot}/${name}`, data];
    }
    for (const name of [visibleOffset, hiddenOffset]) yield [name, this.#scratch(name)];
  }

  #scratch(name: string): Float32Array {
    return (this.#store.scratch.get(name) as Tensor<'float32'>).data;
  }

  #rate(step: number): number {
    const { learningRate, schedule, epochs } = this.spec;
    return learningRate * scheduleFactor(schedule, step, this.stepsPerEpoch, this.stepsPerEpoch * epochs);
  }

  async #update(): Promise<void> {
    const { data, labels, stream, spec } = this.#options;
    const position = (this.#step % this.stepsPerEpoch) * spec.batchSize;
    if (position === 0) this.#order = undefined;
    this.#order ??= stream.child('shuffle').child(this.epoch).permutation(data.count);
    gatherDense(data, this.#order, position, spec.batchSize, this.#scratch(visibleInput));
    if (labels !== undefined) {
      const out = this.#scratch(labelsInput).fill(0);
      for (let i = 0; i < spec.batchSize; i++)
        out[i * this.#sizes.labels + labels[this.#order[position + i]]] = 1;
    }
    const steps = gibbsStepsAt(spec, this.epoch);
    const program = this.#programs.get(steps) ?? (await this.#compile(steps));
    await program.run(this.#step);
    const optimizer = this.#optimizers[this.epoch < this.#switchEpoch() ? 0 : 1];
    const { error, visibleMean, hiddenMean } = runResults(this.#store);
    if (!Number.isFinite(error[0]) || !optimizer.gradientsAreFinite()) {
      this.#finding = { step: this.#step, what: Number.isFinite(error[0]) ? 'gradient' : 'reconstruction' };
      return;
    }
    this.#moveOffsets(visibleMean, hiddenMean);
    optimizer.update(this.#step + 1, this.#rate(this.#step));
    this.#sums[0] += error[0];
    this.#sums[1] += hiddenMean.reduce((sum, value) => sum + value, 0) / hiddenMean.length;
    this.#step += 1;
  }

  /** The first batch sets the offsets, later ones move them; they act from the next step on. */
  #moveOffsets(visibleMean: Float32Array, hiddenMean: Float32Array): void {
    if (!this.spec.centered) return;
    const rate = this.#step === 0 ? 1 : this.spec.offsetRate;
    for (const [name, mean] of [
      [visibleOffset, visibleMean],
      [hiddenOffset, hiddenMean],
    ] as const) {
      const offset = this.#scratch(name);
      for (let i = 0; i < offset.length; i++) offset[i] += rate * (mean[i] - offset[i]);
    }
  }

  #switchEpoch(): number {
    const { optimizer } = this.spec;
    return optimizer.name === 'momentum' ? optimizer.switchEpoch : 0;
  }

  async #compile(steps: number): Promise<UpDownProgram> {
    const { spec, stream, runtime, compile = {} } = this.#options;
    const program = await createUpDownProgram({
      sizes: this.#sizes,
      batch: spec.batchSize,
      steps,
      l2: spec.l2,
      centered: spec.centered,
      store: this.#store,
      noise: stream.child('noise'),
      runtime,
      compile,
    });
    this.#programs.set(steps, program);
    return program;
  }

  #report({ onProgress }: RbmTrainOptions): void {
    if (onProgress === undefined) return;
    const { batchSize, epochs } = this.spec;
    const stepsTotal = this.stepsPerEpoch * epochs;
    const perSecond = this.#step / this.#seconds;
    const inEpoch = this.#step % this.stepsPerEpoch;
    onProgress({
      epoch: this.epoch,
      epochs,
      step: this.#step,
      stepsTotal,
      reconstructionError:
        inEpoch === 0 ? (this.#history.at(-1)?.reconstructionError ?? 0) : this.#sums[0] / inEpoch,
      examplesPerSecond: perSecond * batchSize,
      secondsLeft: (stepsTotal - this.#step) / perSecond,
    });
  }

  async #record({ onEpoch }: RbmTrainOptions, means: readonly [number, number] | null): Promise<void> {
    const record: RbmEpochRecord = {
      epoch: this.epoch,
      step: this.#step,
      learningRate: this.#rate(Math.max(0, this.#step - 1)),
      reconstructionError: means?.[0] ?? null,
      freeEnergyGap: null,
      hiddenActivity: means?.[1] ?? null,
      seconds: this.#seconds,
    };
    this.#history.push(record);
    await onEpoch?.(record);
  }
}
