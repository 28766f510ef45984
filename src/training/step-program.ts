import type { Network } from '../network/network.ts';
import type { Stream } from '../random/stream.ts';
import { bindOutputs } from '../runtime/bind-outputs.ts';
import type { CompileOptions, Runtime } from '../runtime/runtime.ts';
import type { Dims, Tensor } from '../tensor/tensor.ts';
import { allocate, elementCount, tensor } from '../tensor/tensor.ts';
import { createDropoutMasks } from './dropout-masks.ts';
import type { Examples } from './examples.ts';
import { gatherRows } from './examples.ts';
import {
  type AnswerKind,
  buildGradientGraph,
  type GradientGraph,
  type TrainingLoss,
} from './gradient-graph.ts';
import type { NamedShape, ParameterStore } from './parameter-store.ts';

/** Names of the scratch arrays in the {@link ParameterStore}. */
const featuresArray = 'features';
const lossArray = 'loss';
const maskArray = (name: string) => `mask ${name}`;
const bufferArray = (name: string) => `buffer ${name}`;
const updatedArray = (name: string) => `updated ${name}`;

/** The arrays besides parameters that a step reads or writes, for the largest batch. */
export function stepArrays(network: Network, batch: number): NamedShape[] {
  const masks = network.build(batch, 'training').masks;
  return [
    { name: featuresArray, dims: [batch, ...network.spec.input] },
    { name: lossArray, dims: [] },
    ...masks.map(({ name, dims }) => ({ name: maskArray(name), dims })),
    ...network.buffers.flatMap(({ name, dims }) => [
      { name: bufferArray(name), dims },
      { name: updatedArray(name), dims },
    ]),
  ];
}

/** Current state of the network's buffers, inside the store. */
export function bufferViews(network: Network, store: ParameterStore): Map<string, Tensor<'float32'>> {
  return new Map(network.buffers.map(({ name }) => [name, store.scratch.get(bufferArray(name))!]));
}

/** What {@link createStepProgram} needs. */
export interface StepProgramOptions {
  readonly network: Network;
  readonly loss: TrainingLoss;
  readonly examples: Examples;
  readonly batch: number;
  readonly store: ParameterStore;
  /** Draws the dropout masks. */
  readonly dropout: Stream;
  readonly runtime: Runtime;
  readonly compile: CompileOptions;
}

/** Loss and gradients of a batch of one size, bound to the memory of a {@link ParameterStore}. */
export interface StepProgram {
  readonly batch: number;
  /** All inputs as they stand, for a diagnosis. */
  readonly feeds: Readonly<Record<string, Tensor>>;
  /** Gathers the examples rows[first] ... and draws the masks of a step. */
  prepare(rows: Uint32Array, first: number, step: number): void;
  /** Computes gradients into the store and returns the mean loss. */
  run(): Promise<number>;
  /** Makes the updated buffers the current ones. */
  commitBuffers(): void;
  dispose(): Promise<void>;
}

/** Compiles and binds the gradient graph for one batch size. */
export async function createStepProgram(options: StepProgramOptions): Promise<StepProgram> {
  const { network, loss, examples, batch, store } = options;
  const built = buildGradientGraph(network, batch, loss, answerKind(examples));
  const program = await options.runtime.compile(built.graph, options.compile);
  const width = elementCount(network.spec.input);
  const answerWidth = elementCount(built.answers.dims.slice(1));
  const features = prefix(store.scratch.get(featuresArray)!, built.features.dims);
  const answers = tensor(
    built.answers.dtype,
    built.answers.dims,
    allocate(built.answers.dtype, elementCount(built.answers.dims)),
  ) as Examples['answers'];
  const masks = new Map(
    built.masks.map(({ name, dims }) => [name, prefix(store.scratch.get(maskArray(name))!, dims)]),
  );
  const feeds: Record<string, Tensor> = {
    ...Object.fromEntries(store.parameters),
    ...Object.fromEntries(bufferViews(network, store)),
    ...Object.fromEntries(masks),
    [built.features.name]: features,
    [built.answers.name]: answers,
  };
  const lossValue = store.scratch.get(lossArray)!;
  const run = bindOutputs(program, feeds, stepOutputs(built, store, lossValue));
  const drawMasks = await createDropoutMasks(built.masks, options.dropout, store.memory, masks);
  const updates = [...built.updatedBuffers.keys()].map((name) => ({
    from: store.scratch.get(updatedArray(name))!.data,
    to: store.scratch.get(bufferArray(name))!.data,
  }));
  return {
    batch,
    feeds,
    prepare: (rows, first, step) => {
      gatherRows(examples.features.data, width, rows, first, batch, features.data);
      gatherRows(examples.answers.data, answerWidth, rows, first, batch, answers.data);
      drawMasks(step);
    },
    run: async () => {
      await run();
      return lossValue.data[0];
    },
    commitBuffers: () => {
      for (const { from, to } of updates) to.set(from);
    },
    dispose: () => program.dispose(),
  };
}

/** Whether examples are answered by classes or by numbers. */
export function answerKind(examples: Examples): AnswerKind {
  return examples.answers.dtype === 'int32' ? 'labels' : 'targets';
}

function stepOutputs(
  built: GradientGraph,
  store: ParameterStore,
  lossValue: Tensor<'float32'>,
): Record<string, Tensor<'float32'>> {
  const fetches: Record<string, Tensor<'float32'>> = { [built.loss]: lossValue };
  for (const [name, output] of built.gradients) fetches[output] = store.gradients.get(name)!;
  for (const [name, output] of built.updatedBuffers) fetches[output] = store.scratch.get(updatedArray(name))!;
  return fetches;
}

/** The first rows of an array, as a tensor of a smaller shape. */
function prefix(array: Tensor<'float32'>, dims: Dims): Tensor<'float32'> {
  return tensor('float32', dims, array.data.subarray(0, elementCount(dims)));
}
