import type { Stream } from '../../random/stream.ts';
import { bindOutputs } from '../../runtime/bind-outputs.ts';
import type { CompileOptions, Runtime } from '../../runtime/runtime.ts';
import { elementCount, type Tensor, tensor } from '../../tensor/tensor.ts';
import { type NamedShape, ParameterStore } from '../../training/parameter-store.ts';
import { createNoise, type Noise } from './noise.ts';
import { buildUpDownGraph, hiddenOffset, labelsInput, visibleInput, visibleOffset } from './up-down-graph.ts';
import { type UpDownSizes, upDownShapes } from './up-down-parameters.ts';

const errorArray = 'error';
const visibleMeanArray = 'mean.visible';
const hiddenMeanArray = 'mean.hidden';

/** Memory of an up-down learner with room for chains of `steps` Gibbs steps. */
export function createUpDownStore(
  sizes: UpDownSizes,
  batch: number,
  steps: number,
  slotCount: number,
): ParameterStore {
  const { noise } = buildUpDownGraph(sizes, batch, steps, { l2: 0, centered: false });
  const visible = sizes.widths[sizes.widths.length - 1] + sizes.labels;
  const scratch: NamedShape[] = [
    { name: visibleInput, dims: [batch, sizes.widths[0]] },
    { name: labelsInput, dims: [batch, sizes.labels] },
    { name: visibleOffset, dims: [visible] },
    { name: hiddenOffset, dims: [sizes.top] },
    { name: errorArray, dims: [] },
    { name: visibleMeanArray, dims: [visible] },
    { name: hiddenMeanArray, dims: [sizes.top] },
    // One stretch, filled in one go; the engine reads pieces of it.
    { name: 'noise', dims: [noise.reduce((sum, { dims }) => sum + paddedCount(dims), 0)] },
  ];
  return new ParameterStore(upDownShapes(sizes), slotCount, scratch);
}

/** One update's learning signals, bound to the memory of a store. */
export interface UpDownProgram {
  /** Draws the noise of a step and runs; gradients lie in the store afterwards. */
  run(step: number): Promise<void>;
  dispose(): Promise<void>;
}

export interface UpDownProgramOptions {
  readonly sizes: UpDownSizes;
  readonly batch: number;
  readonly steps: number;
  readonly l2: number;
  readonly centered: boolean;
  readonly store: ParameterStore;
  readonly noise: Stream;
  readonly runtime: Runtime;
  readonly compile: CompileOptions;
}

export async function createUpDownProgram(options: UpDownProgramOptions): Promise<UpDownProgram> {
  const { sizes, batch, steps, store, runtime } = options;
  const built = buildUpDownGraph(sizes, batch, steps, options);
  const program = await runtime.compile(built.graph, options.compile);
  const scratch = (name: string) => store.scratch.get(name) as Tensor<'float32'>;
  const feeds: Record<string, Tensor> = { ...Object.fromEntries(store.parameters) };
  for (const { name } of built.graph.inputs) {
    const value = store.scratch.get(name);
    if (value !== undefined) feeds[name] = value;
  }
  const stretch = scratch('noise').data;
  let offset = 0;
  for (const { name, dims } of built.noise) {
    feeds[name] = tensor('float32', dims, stretch.subarray(offset, offset + elementCount(dims)));
    offset += paddedCount(dims);
  }
  const fill: Noise = await createNoise(store.memory, stretch.byteOffset, offset, options.noise);
  const fetches: Record<string, Tensor<'float32'>> = {
    [built.error]: scratch(errorArray),
    [built.topMeans.visible]: scratch(visibleMeanArray),
    [built.topMeans.hidden]: scratch(hiddenMeanArray),
  };
  for (const [name, output] of built.gradients)
    fetches[output] = store.gradients.get(name) as Tensor<'float32'>;
  const compute = bindOutputs(program, feeds, fetches);
  return {
    run: async (step) => {
      fill(step);
      await compute();
    },
    dispose: () => program.dispose(),
  };
}

/** What a run leaves besides gradients. */
export function runResults(store: ParameterStore) {
  const data = (name: string) => (store.scratch.get(name) as Tensor<'float32'>).data;
  return { error: data(errorArray), visibleMean: data(visibleMeanArray), hiddenMean: data(hiddenMeanArray) };
}

/** Floats of an array, rounded up to whole cache lines. */
function paddedCount(dims: readonly number[]): number {
  return Math.ceil(elementCount(dims) / 16) * 16;
}
