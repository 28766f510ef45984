import { OutsetError } from '../../messages/error.ts';
import { columnMoments } from '../create-rbm.ts';
import { settleLevels } from '../grey-levels.ts';
import type { Rbm } from '../rbm.ts';
import type { RbmTrainerOptions } from '../rbm-trainer.ts';
import type { StateRows } from '../state-rows.ts';
import type { RbmStepper, StepInput, StepOutcome } from '../training-loop.ts';
import { insideColumn } from './bit-layer.ts';
import { transposePanels } from './bit-parameters.ts';
import { ChainStates } from './chain-states.ts';
import { Evaluator } from './evaluator.ts';
import type { Structure } from './kernel-memory.ts';
import { type LearnerArrays, learnerArrays, writeLearner } from './learner-arrays.ts';
import { emptyRows, type ListRows, roomForRows, storeRows } from './list-rows.ts';
import type { SparseMachine } from './sparse-machine.ts';
import * as structures from './structures.ts';

/** Entry numbers of the gradient table have 16 bits, and there are three for a row. */
const rowLimit = 21_845;
/** Rows that are evaluated at once. */
const evaluatedRows = 512;
/** Every so many steps, but at least once an epoch, the error of the reconstruction is taken, to be reported. */
const reconstructEvery = 8;
/** Steps between two copies of the state, from which a step that overflows is undone. */
const backupEvery = 256;

type Copies = ReadonlyMap<string, Float32Array | Uint32Array | Uint16Array>;

/** One update at a time by the kernels. See assembly/boltzmann/train.ts for the algorithm. */
export class SparseStepper implements RbmStepper {
  readonly data: StateRows;
  readonly #machine: SparseMachine;
  readonly #options: RbmTrainerOptions;
  readonly #learner: LearnerArrays;
  readonly #chains: ChainStates | null;
  readonly #training: Structure<(typeof structures.training)[number]>;
  readonly #rates: Structure<(typeof structures.rates)[number]>;
  readonly #batch: Uint32Array;
  readonly #rowErrors: Float64Array;
  readonly #notFinite: Uint32Array;
  readonly #evaluator: Evaluator;
  readonly #stored = new WeakMap<StateRows, ListRows>();
  #backup: Copies | null = null;
  #since: StepInput[] = [];

  constructor(machine: SparseMachine, options: RbmTrainerOptions) {
    this.#machine = machine;
    this.#options = options;
    const { rbm, spec, stream } = options;
    const { memory, visible, hidden, threads } = machine;
    this.data = settleLevels(rbm.visible, options.data, spec.grey, stream.child('grey').child('data'));
    const examples = storeRows(memory, visible, rbm.visible, this.data);
    const grey = examples.values !== undefined;
    const resample = grey && spec.grey === 'resampled';
    if (resample && rbm.visible.kind === 'potts') {
      throw new OutsetError('boltzmann.wrong_trainer', {
        trainer: 'sparse',
        expected: 'one state a Potts unit, or levels as they are (grey)',
        got: "'resampled' levels",
      });
    }
    const { negative, batchSize } = spec;
    if (negative.name === 'exact') {
      throw new OutsetError('boltzmann.wrong_trainer', {
        trainer: 'sparse',
        expected: "'cd', 'pcd' or 'parallel-tempering'",
        got: "'exact'",
      });
    }
    const chains = negative.name === 'cd' ? 0 : (negative.chains ?? batchSize);
    const rows = Math.max(batchSize, chains);
    if (rows > rowLimit) {
      throw new OutsetError('boltzmann.too_wide', { what: 'batch, chains', got: rows, limit: rowLimit });
    }
    const mean = columnMoments(rbm.visible, this.data, options.weights);
    if (mean.variance.every((v) => v === 0)) throw new OutsetError('boltzmann.constant_data', {});
    const bitMeans = dataMean(machine, mean.mean);

    this.#batch = memory.u32(rows);
    this.#rowErrors = memory.f64(rows);
    this.#notFinite = memory.u32(hidden.padded / 16);
    this.#rates = memory.structure(structures.rates);
    const weights = options.weights === undefined ? undefined : memory.f32(options.weights.length);
    weights?.set(options.weights!);
    this.#learner = learnerArrays(machine, rows, spec.optimizer.name === 'adam');
    const learner = writeLearner(machine, this.#learner, spec, bitMeans);
    const table = (panels: number) => memory.f32(panels * rows * 16).byteOffset;
    const hiddenPanels = hidden.padded / 16;
    const sampled = resample || !grey;
    const dataLists = resample ? roomForRows(memory, visible, rows) : emptyRows(memory, rows, grey);
    const levels = negative.name === 'parallel-tempering' ? negative.temperatures : 1;
    this.#chains = chains === 0 ? null : new ChainStates(machine, chains, levels, bitMeans);
    const key = stream.child('sampling').bits(new Uint32Array(2));
    this.#training = memory.structure(structures.training, {
      up: machine.up,
      down: machine.down,
      examples: examples.address,
      order: this.#batch.byteOffset,
      exampleWeights: weights?.byteOffset ?? 0,
      chains,
      steps: negative.steps,
      resample: resample ? 1 : 0,
      data: dataLists.address,
      model: roomForRows(memory, visible, rows).address,
      hidden: roomForRows(memory, hidden, rows).address,
      added: roomForRows(memory, visible, rows).address,
      removed: roomForRows(memory, visible, rows).address,
      dataInputs: table(hiddenPanels),
      dataMeans: table(hiddenPanels),
      modelMeans: table(hiddenPanels),
      visibleTable: table(visible.padded / 16),
      reconstructionTable: chains === 0 ? 0 : table(visible.padded / 16),
      learner: learner.address,
      rates: this.#rates.address,
      generators: memory.u32(16 * rows).byteOffset,
      key0: key[0],
      key1: key[1],
      rowErrors: this.#rowErrors.byteOffset,
      notFinite: this.#notFinite.byteOffset,
      ...this.#chains?.fields,
    });
    this.#evaluator = new Evaluator(machine, evaluatedRows);
    this.#chains?.start(examples, this.#evaluator, stream.child('chains').bits(new Uint32Array(2)));
    // One place more than rows: an entry is written before it is known whether it counts.
    const capacity = Math.ceil(rows / threads) + 1;
    const segments = 2 * threads;
    const columns = memory.structure(structures.columns, {
      counts: memory.u16(segments * visible.padded).byteOffset,
      entries: memory.u16(segments * visible.padded * capacity).byteOffset,
      values: sampled ? 0 : memory.f32(segments * visible.padded * capacity).byteOffset,
      capacity,
      width: visible.padded,
    });
    this.#training.set({
      columns: columns.address,
      scratches: machine.scratches(rows),
      barrier: memory.structure(structures.barrier, { threads }).address,
    });
  }

  rbm(): Rbm {
    return this.#machine.rbm();
  }

  get arrays(): Copies {
    const { up, visibleBias, hiddenBias } = this.#machine.arrays;
    return new Map<string, Float32Array | Uint32Array | Uint16Array>([
      ['weights', up],
      ['visible bias', visibleBias],
      ['hidden bias', hiddenBias],
      ...this.#learner.state,
      ...(this.#chains?.arrays ?? []),
    ]);
  }

  restored(): void {
    const { visible, hidden, arrays } = this.#machine;
    transposePanels(visible, hidden, arrays);
    this.#chains?.restored();
    this.#backup = null;
  }

  step(input: StepInput): StepOutcome {
    if (this.#backup === null || this.#since.length === backupEvery) {
      this.#backup = new Map([...this.arrays].map(([name, values]) => [name, values.slice()]));
      this.#since = [];
    }
    const outcome = this.#run(input);
    if (outcome.notFinite === null) {
      this.#since.push(input);
      return outcome;
    }
    // Back to the state before this step: from the last copy, the steps since are done again.
    const targets = this.arrays;
    for (const [name, values] of this.#backup) targets.get(name)!.set(values as Float32Array);
    const since = this.#since;
    this.restored();
    for (const earlier of since) this.#run(earlier);
    return outcome;
  }

  meanFreeEnergy(rows: StateRows): number {
    let lists = this.#stored.get(rows);
    if (lists === undefined) {
      lists = storeRows(this.#machine.memory, this.#machine.visible, this.#options.rbm.visible, rows);
      this.#stored.set(rows, lists);
    }
    let sum = 0;
    for (const energy of this.#evaluator.freeEnergies(lists)) sum += energy;
    return sum / rows.count;
  }

  dispose(): Promise<void> {
    this.#machine.dispose();
    return Promise.resolve();
  }

  #run({ step, batch, learningRate, momentum }: StepInput): StepOutcome {
    const { spec, weights } = this.#options;
    this.#batch.set(batch);
    const beta1 = spec.optimizer.name === 'adam' ? (spec.optimizer.beta1 ?? 0.9) : 0;
    const beta2 = spec.optimizer.name === 'adam' ? (spec.optimizer.beta2 ?? 0.999) : 0;
    this.#rates.set({
      rate: learningRate,
      momentum,
      correction1: 1 / (1 - beta1 ** (step + 1)),
      correction2: 1 / Math.sqrt(1 - beta2 ** (step + 1)),
    });
    const stepsPerEpoch = Math.ceil(this.data.count / spec.batchSize);
    const every = Math.min(reconstructEvery, stepsPerEpoch);
    const reconstructs = (step % stepsPerEpoch) % every === 0;
    this.#training.set({ step, batch: batch.length, reconstruct: reconstructs ? 1 : 0 });
    this.#machine.run('train', this.#training);

    const { visible, hidden } = this.#machine;
    const finite = this.#notFinite.every((word) => word === 0) && allFinite(this.#machine.arrays.visibleBias);
    let weight = batch.length;
    if (weights !== undefined) {
      weight = 0;
      for (const example of batch) weight += weights[example];
    }
    let squaredError = 0;
    if (reconstructs) {
      for (let row = 0; row < batch.length; row++) {
        squaredError += this.#rowErrors[row] * (weights === undefined ? 1 : weights[batch[row]]);
      }
    }
    let activity = 0;
    for (const mean of this.#learner.batchActivity) activity += mean;
    return {
      notFinite: finite ? null : 'weights',
      squaredError: squaredError * visible.scale ** 2,
      squaredErrorWeight: reconstructs ? weight : 0,
      hiddenMean: weight * ((hidden.scale * activity) / hidden.width - hidden.shift),
      weight,
    };
  }
}

/** Data means of the visible bits, in the kernels' columns. */
function dataMean({ visible }: SparseMachine, mean: Float64Array): Float32Array {
  const bits = new Float32Array(visible.padded);
  for (let i = 0; i < mean.length; i++)
    bits[insideColumn(visible, i)] = (mean[i] + visible.shift) / visible.scale;
  return bits;
}

function allFinite(values: Float32Array): boolean {
  for (let i = 0; i < values.length; i++) if (values[i] - values[i] !== 0) return false;
  return true;
}
