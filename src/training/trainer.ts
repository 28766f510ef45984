import { OutsetError } from '../messages/error.ts';
import type { Network, ParameterValues } from '../network/network.ts';
import type { Stream } from '../random/stream.ts';
import type { CompileOptions, Runtime } from '../runtime/runtime.ts';
import { yieldToEvents } from '../runtime/yield-to-events.ts';
import type { Tensor } from '../tensor/tensor.ts';
import { checkTrainingSpec } from './check-spec.ts';
import { createEvaluator, type Evaluation, type Evaluator } from './evaluator.ts';
import { checkExamples, type Examples, exampleCount } from './examples.ts';
import { findNotFinite } from './find-not-finite.ts';
import type { EpochRecord, History, TrainingFinding } from './history.ts';
import { createOptimizer, type Optimizer, optimizerConstants } from './optimizer.ts';
import { ParameterStore } from './parameter-store.ts';
import { ProgressReports, type TrainOptions } from './progress-reports.ts';
import { scheduleFactor } from './schedule.ts';
import { copyTensors, type SnapshotOrigin, type TrainingSnapshot, writeTensors } from './snapshot.ts';
import type { TrainingSpec } from './spec.ts';
import { answerKind, bufferViews, createStepProgram, type StepProgram, stepArrays } from './step-program.ts';

export type { TrainingProgress, TrainOptions } from './progress-reports.ts';

/** What training needs. */
export interface TrainerOptions {
  readonly network: Network;
  /** The start: values of every parameter. They are copied. */
  readonly parameters: ParameterValues;
  readonly train: Examples;
  /** Evaluated before training and after every epoch. */
  readonly test: Examples;
  readonly spec: TrainingSpec;
  /**
   * Orders the examples (`shuffle`, by epoch) and draws dropout masks (`dropout`, by name and step). A stream that
   * splits by name; runs with equal streams see the same batches whatever their start.
   */
  readonly stream: Stream;
  readonly runtime: Runtime;
  /** Threads of the engine, default 1, and whether it may flush subnormal numbers, default false. */
  readonly compile?: CompileOptions;
}

/** How {@link Trainer.train} ended. */
export type TrainingEnd = 'complete' | 'aborted' | 'not-finite';

/**
 * Trains a network: one batch, one epoch, or to the end. Every step depends only on the snapshot before it and the
 * options, so a training that is stopped anywhere and resumed from its snapshot gives the same bits.
 */
export interface Trainer {
  readonly network: Network;
  readonly spec: TrainingSpec;
  /** Updates done. */
  readonly step: number;
  /** Epochs completed. */
  readonly epoch: number;
  readonly stepsPerEpoch: number;
  readonly history: History;
  /** Set when a value was not finite: training is over, and the state is the last one before it. */
  readonly finding: TrainingFinding | null;
  /** Current values in the memory of the trainer: they change with every step. */
  readonly parameters: ParameterValues;
  /** Current state of the buffers, likewise. */
  readonly buffers: ParameterValues;
  /** Trains on one batch; after the last of an epoch also evaluates. Before the first, the start is evaluated. */
  trainStep(): Promise<void>;
  /** Trains to the end of the current epoch. */
  trainEpoch(options?: Omit<TrainOptions, 'untilEpoch'>): Promise<TrainingEnd>;
  /** Trains until `untilEpoch`, an abort, or a value that is not finite. */
  train(options?: TrainOptions): Promise<TrainingEnd>;
  /** Loss and accuracy on the test examples as things stand. */
  evaluate(): Promise<Evaluation>;
  snapshot(): TrainingSnapshot;
  /** @throws training.snapshot_mismatch when the snapshot is of another network, data, stream or setting */
  restore(snapshot: TrainingSnapshot): void;
  /** Frees the engine's memory. */
  dispose(): Promise<void>;
}

/**
 * Prepares a training.
 * @throws training.unknown_name, training.bad_value, training.examples_mismatch, training.parameters_mismatch,
 *   training.sequential_stream, training.too_large
 */
export async function createTrainer(options: TrainerOptions): Promise<Trainer> {
  const { network, spec, train, test, runtime, stream } = options;
  checkTrainingSpec(spec);
  if (stream.dialect !== 'threefry') {
    throw new OutsetError('training.sequential_stream', { dialect: stream.dialect });
  }
  checkExamples(network, spec.loss, train, 'training');
  checkExamples(network, spec.loss, test, 'test');
  const compile = options.compile ?? {};
  const batch = Math.min(spec.batchSize, exampleCount(train));
  const constants = optimizerConstants(spec.optimizer);
  const store = new ParameterStore(network.parameters, constants.slotCount, stepArrays(network, batch));
  writeTensors(options.parameters, store.parameters);
  for (const { name, initial } of network.buffers) bufferViews(network, store).get(name)!.data.fill(initial);
  const optimizer = await createOptimizer(store, constants);
  const evaluator = await createEvaluator(network, spec.loss, test, runtime, compile);
  return new EngineTrainer({ ...options, compile }, batch, store, optimizer, evaluator);
}

class EngineTrainer implements Trainer {
  readonly #options: TrainerOptions & { compile: CompileOptions };
  readonly #batch: number;
  readonly #store: ParameterStore;
  readonly #optimizer: Optimizer;
  readonly #evaluator: Evaluator;
  readonly #programs = new Map<number, StepProgram>();
  readonly #count: number;
  readonly #origin: SnapshotOrigin;
  readonly stepsPerEpoch: number;
  readonly buffers: ReadonlyMap<string, Tensor<'float32'>>;
  #order: Uint32Array | undefined;
  #step = 0;
  #epoch = 0;
  #position = 0;
  #seconds = 0;
  #history: History = { stepLosses: [], epochs: [] };
  #finding: TrainingFinding | null = null;

  constructor(
    options: TrainerOptions & { compile: CompileOptions },
    batch: number,
    store: ParameterStore,
    optimizer: Optimizer,
    evaluator: Evaluator,
  ) {
    this.#options = options;
    this.#batch = batch;
    this.#store = store;
    this.#optimizer = optimizer;
    this.#evaluator = evaluator;
    this.#count = exampleCount(options.train);
    this.stepsPerEpoch = Math.ceil(this.#count / batch);
    this.buffers = bufferViews(options.network, store);
    this.#origin = originOf(options);
  }

  get network(): Network {
    return this.#options.network;
  }
  get spec(): TrainingSpec {
    return this.#options.spec;
  }
  get step(): number {
    return this.#step;
  }
  get epoch(): number {
    return this.#epoch;
  }
  get history(): History {
    return this.#history;
  }
  get finding(): TrainingFinding | null {
    return this.#finding;
  }
  get parameters(): ParameterValues {
    return this.#store.parameters;
  }

  async trainStep(): Promise<void> {
    if (this.#finding !== null) return;
    if (this.#history.epochs.length === 0) await this.#recordEpoch(null);
    const began = performance.now();
    await this.#update();
    this.#seconds += (performance.now() - began) / 1000;
    if (this.#finding === null && this.#position >= this.#count) await this.#completeEpoch();
  }

  trainEpoch(options: Omit<TrainOptions, 'untilEpoch'> = {}): Promise<TrainingEnd> {
    return this.train({ ...options, untilEpoch: this.#epoch + 1 });
  }

  async train(options: TrainOptions = {}): Promise<TrainingEnd> {
    const untilEpoch = options.untilEpoch ?? this.spec.epochs;
    const report = new ProgressReports(this, options, () => this.#seconds);
    if (this.#history.epochs.length === 0 && this.#finding === null) await this.#recordEpoch(null);
    let yielded = performance.now();
    while (this.#epoch < untilEpoch && this.#finding === null) {
      if (options.signal?.aborted === true) return 'aborted';
      const epoch = this.#epoch;
      await this.trainStep();
      const now = performance.now();
      if (now - yielded > 50) {
        yielded = now;
        await yieldToEvents();
      }
      report.maybe(now, this.#epoch !== epoch || this.#finding !== null);
    }
    return this.#finding === null ? 'complete' : 'not-finite';
  }

  evaluate(): Promise<Evaluation> {
    return this.#evaluator.evaluate(new Map([...this.#store.parameters, ...this.buffers]));
  }

  snapshot(): TrainingSnapshot {
    const { stepLosses, epochs } = this.#history;
    const slots = Array.from({ length: this.#store.slotCount }, (_, slot) => this.#store.slot(slot));
    return {
      origin: this.#origin,
      step: this.#step,
      epoch: this.#epoch,
      position: this.#position,
      seconds: this.#seconds,
      parameters: copyTensors(this.#store.parameters),
      buffers: copyTensors(this.buffers),
      optimizerState: slots.map(copyTensors),
      history: { stepLosses: [...stepLosses], epochs: [...epochs] },
      finding: this.#finding,
    };
  }

  restore(snapshot: TrainingSnapshot): void {
    for (const what of Object.keys(this.#origin) as (keyof SnapshotOrigin)[]) {
      const expected = JSON.stringify(this.#origin[what]);
      const got = JSON.stringify(snapshot.origin[what]);
      if (got !== expected) throw new OutsetError('training.snapshot_mismatch', { what, expected, got });
    }
    writeTensors(snapshot.parameters, this.#store.parameters);
    writeTensors(snapshot.buffers, this.buffers);
    for (let slot = 0; slot < this.#store.slotCount; slot++) {
      writeTensors(snapshot.optimizerState[slot] ?? new Map(), this.#store.slot(slot));
    }
    this.#step = snapshot.step;
    this.#epoch = snapshot.epoch;
    this.#position = snapshot.position;
    this.#seconds = snapshot.seconds;
    const { stepLosses, epochs } = snapshot.history;
    this.#history = { stepLosses: [...stepLosses], epochs: [...epochs] };
    this.#finding = snapshot.finding;
    this.#order = undefined;
  }

  async dispose(): Promise<void> {
    for (const program of this.#programs.values()) await program.dispose();
    await this.#evaluator.dispose();
  }

  /** Learning rate of an update. */
  #rate(step: number): number {
    const { schedule, learningRate, epochs } = this.spec;
    const total = this.stepsPerEpoch * epochs;
    return learningRate * scheduleFactor(schedule, step, this.stepsPerEpoch, total);
  }

  async #update(): Promise<void> {
    this.#order ??= this.#options.stream.child('shuffle').child(this.#epoch).permutation(this.#count);
    const size = Math.min(this.#batch, this.#count - this.#position);
    const program = this.#programs.get(size) ?? (await this.#compile(size));
    program.prepare(this.#order, this.#position, this.#step);
    const loss = await program.run();
    const finite = Number.isFinite(loss);
    this.#history.stepLosses.push(finite ? loss : null);
    if (!finite || !this.#optimizer.gradientsAreFinite()) {
      this.#finding = await this.#diagnose(program);
      return;
    }
    this.#optimizer.update(this.#step + 1, this.#rate(this.#step));
    program.commitBuffers();
    this.#step += 1;
    this.#position += size;
  }

  async #compile(batch: number): Promise<StepProgram> {
    const { network, train, runtime, compile, stream } = this.#options;
    const program = await createStepProgram({
      network,
      loss: this.spec,
      examples: train,
      batch,
      store: this.#store,
      dropout: stream.child('dropout'),
      runtime,
      compile,
    });
    this.#programs.set(batch, program);
    return program;
  }

  #diagnose({ batch, feeds }: StepProgram): Promise<TrainingFinding> {
    const { network, train, runtime, compile } = this.#options;
    const against = answerKind(train);
    return findNotFinite({
      network,
      loss: this.spec,
      against,
      batch,
      step: this.#step,
      feeds,
      runtime,
      compile,
    });
  }

  async #completeEpoch(): Promise<void> {
    const first = this.#history.stepLosses.length - this.stepsPerEpoch;
    let total = 0;
    for (let i = 0; i < this.stepsPerEpoch; i++) {
      const size = Math.min(this.#batch, this.#count - i * this.#batch);
      total += (this.#history.stepLosses[first + i] ?? 0) * size;
    }
    this.#epoch += 1;
    this.#position = 0;
    this.#order = undefined;
    await this.#recordEpoch(total / this.#count);
  }

  async #recordEpoch(trainLoss: number | null): Promise<void> {
    const { loss, accuracy } = await this.evaluate();
    const record: EpochRecord = {
      epoch: this.#epoch,
      step: this.#step,
      trainLoss,
      testLoss: loss,
      testAccuracy: accuracy,
      learningRate: this.#rate(Math.max(0, this.#step - 1)),
      seconds: this.#seconds,
    };
    this.#history.epochs.push(record);
  }
}

function originOf({ network, spec, train, test, stream }: TrainerOptions): SnapshotOrigin {
  const { epochs, ...rest } = spec;
  // More epochs may be asked for on resuming, unless the schedule depends on their number.
  const settings = JSON.stringify(spec.schedule.name === 'cosine' ? { ...rest, epochs } : rest);
  return {
    network: network.title,
    settings,
    examples: [exampleCount(train), exampleCount(test)],
    streamCheck: [...stream.child('snapshot').bits(new Uint32Array(2))],
  };
}
