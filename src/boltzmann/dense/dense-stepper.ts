import type { Stream } from '../../random/stream.ts';
import { bindOutputs } from '../../runtime/bind-outputs.ts';
import type { CompileOptions, Program, Runtime } from '../../runtime/runtime.ts';
import { type Dims, elementCount, type Tensor, tensor } from '../../tensor/tensor.ts';
import { rowNoise } from '../conditionals.ts';
import { readRow, selectRows } from '../convert-rows.ts';
import { drawLevels, drawRow, settleLevels } from '../grey-levels.ts';
import type { Learner, ParameterArrays, ParameterName } from '../learner.ts';
import { createLearner, parametersOf, rbmWith } from '../learner-parameters.ts';
import type { Rbm } from '../rbm.ts';
import type { RbmTrainerOptions } from '../rbm-trainer.ts';
import type { StateRows } from '../state-rows.ts';
import type { RbmStepper, StepInput, StepOutcome } from '../training-loop.ts';
import { neutralUnits } from '../units/bind-units.ts';
import { createNoiseSource, type NoiseSource } from './noise-source.ts';
import { proveNormalizable } from './prove-normalizable.ts';
import { buildStepGraph, type StepGraph } from './step-graph.ts';

/** A compiled step for batches of one size, bound to the stepper's arrays. */
interface BoundStep {
  readonly program: Program;
  readonly noise: NoiseSource;
  run(): Promise<void>;
}

/** Steps of contrastive divergence on an engine, for any units. */
export class DenseStepper implements RbmStepper {
  readonly data: StateRows;
  readonly arrays: ReadonlyMap<string, Float32Array | Uint32Array>;
  readonly #options: RbmTrainerOptions;
  readonly #runtime: Runtime;
  readonly #compile: CompileOptions;
  readonly #parameters: Map<ParameterName, Float32Array>;
  readonly #learner: Learner;
  readonly #steps = new Map<number, BoundStep>();
  readonly #sampling: Stream;
  readonly #chains: Float32Array;
  /** Inputs and outputs of the step for the largest batch; smaller ones use the beginning of each. */
  readonly #memory = new Map<string, Float32Array>();

  constructor(options: RbmTrainerOptions, runtime: Runtime, compile: CompileOptions) {
    const { rbm, data, spec, stream, weights } = options;
    this.#options = options;
    this.#runtime = runtime;
    this.#compile = compile;
    this.#sampling = stream.child('sampling');
    this.data = settleLevels(rbm.visible, data, spec.grey, stream.child('grey').child('data'));
    this.#parameters = new Map([...parametersOf(rbm)].map(([name, values]) => [name, values.slice()]));
    this.#learner = createLearner({ rbm, spec, data: this.data, weights, parameters: this.#parameters });
    this.#chains = this.#firstChains();
    const words = ([name, values]: readonly [string, Float32Array | Float64Array]) =>
      [name, values instanceof Float32Array ? values : new Uint32Array(values.buffer)] as const;
    this.arrays = new Map([
      ...[...this.#parameters, ...this.#learner.state].map(words),
      ...(this.#chains.length > 0 ? ([['chains', this.#chains]] as const) : []),
    ]);
  }

  rbm(): Rbm {
    return rbmWith(this.#options.rbm, this.#parameters);
  }

  async step(input: StepInput): Promise<StepOutcome> {
    const rows = input.batch.length;
    const step = this.#steps.get(rows) ?? (await this.#compileStep(rows));
    const weight = this.#gather(input);
    step.noise.fill(this.#sampling, input.step);
    await step.run();
    const gradient = new Map(
      [...this.#parameters.keys()].map((name) => [name, this.#memory.get(`gradient of ${name}`)!]),
    );
    const hiddenMean = this.#memory.get('hidden mean')!;
    const activity = hiddenMean.reduce((a, b) => a + b, 0) / hiddenMean.length;
    const notFinite = this.#learner.update(gradient, hiddenMean, input, (next) => this.#accept(next));
    if (notFinite === null && this.#chains.length > 0) {
      this.#chains.set(this.#memory.get('next chains')!);
    }
    const squaredError = weight * this.#memory.get('squared error')![0];
    return { notFinite, squaredError, hiddenMean: weight * activity, weight };
  }

  async dispose(): Promise<void> {
    for (const { program } of this.#steps.values()) await program.dispose();
    this.#steps.clear();
  }

  /** Persistent chains start at training examples. */
  #firstChains(): Float32Array {
    const { rbm, spec, stream } = this.#options;
    const { negative } = spec;
    if (negative.name !== 'pcd') return new Float32Array(0);
    const count = negative.chains ?? spec.batchSize;
    const order = stream.child('chains').permutation(this.data.count);
    let rows = selectRows(
      this.data,
      Uint32Array.from({ length: count }, (_, chain) => order[chain % order.length]),
    );
    if (spec.grey === 'grey' || spec.grey === 'resampled') {
      const units = neutralUnits(rbm.visible);
      if (units.states !== null) rows = drawLevels(rbm.visible, rows, stream.child('chain levels'));
    }
    const states = new Float32Array(count * rows.width);
    const units = neutralUnits(rbm.visible);
    for (let chain = 0; chain < count; chain++) readRow(units, rows, chain, states, chain * rows.width);
    return states;
  }

  /** Writes the batch and its weights; gives the sum of the weights. */
  #gather({ batch, step }: StepInput): number {
    const { rbm, spec, stream, weights } = this.#options;
    const units = neutralUnits(rbm.visible);
    const { width } = this.data;
    const data = this.#memory.get('data')!;
    for (let row = 0; row < batch.length; row++) readRow(units, this.data, batch[row], data, row * width);
    if (spec.grey === 'resampled' && units.states !== null) {
      const noise = rowNoise(units, stream.child('grey').child('step').child(step));
      const level = new Float64Array(width);
      const state = new Float64Array(width);
      for (let row = 0; row < batch.length; row++) {
        level.set(data.subarray(row * width, (row + 1) * width));
        drawRow(units, level, noise(row), state);
        data.set(state, row * width);
      }
    }
    const rowWeights = this.#memory.get('row weights')!;
    let total = 0;
    for (const example of batch) total += weights === undefined ? 1 : weights[example];
    for (let row = 0; row < batch.length; row++) {
      rowWeights[row] = (weights === undefined ? 1 : weights[batch[row]]) / total;
    }
    return total;
  }

  /** With real units on both sides a step can leave the models that exist. */
  #accept(next: ParameterArrays): string | null {
    return proveNormalizable(this.#options.rbm, next) ? null : 'partition function';
  }

  async #compileStep(rows: number): Promise<BoundStep> {
    const { rbm, spec } = this.#options;
    const { negative } = spec;
    const chains = negative.name === 'pcd' ? (negative.chains ?? spec.batchSize) : 0;
    const steps = negative.name === 'exact' ? 0 : negative.steps;
    const built = buildStepGraph({ rbm, rows, chains, steps });
    const program = await this.#runtime.compile(built.graph, this.#compile);
    const noise = await createNoiseSource(built.noise);
    const step = { program, noise, run: this.#bind(built, program, noise) };
    this.#steps.set(rows, step);
    return step;
  }

  #bind({ graph }: StepGraph, program: Program, noise: NoiseSource): () => Promise<void> {
    const place = (name: string, dims: Dims): Tensor<'float32'> => {
      const own =
        this.#parameters.get(name as ParameterName) ??
        noise.arrays.get(name) ??
        (name === 'chains' ? this.#chains : this.#memory.get(name));
      const length = elementCount(dims);
      const array = own ?? new Float32Array(length);
      if (own === undefined) this.#memory.set(name, array);
      return tensor('float32', dims, array.subarray(0, length));
    };
    const feeds = Object.fromEntries(graph.inputs.map(({ name, dims }) => [name, place(name, dims)]));
    const fetches = Object.fromEntries(graph.outputs.map(({ name, dims }) => [name, place(name, dims)]));
    return bindOutputs(program, feeds, fetches);
  }

  /** Makes room for the largest batch. */
  async prepare(): Promise<void> {
    await this.#compileStep(this.#options.spec.batchSize);
  }
}
