/** A network's values on one batch, for starts that measure: compiled once, run with changing parameters. */
import { OutsetError } from '../messages/error.ts';
import type { Network, NetworkGraph } from '../network/network.ts';
import type { GraphNode } from '../onnx/graph.ts';
import { elementCount, type Tensor, tensor } from '../tensor/tensor.ts';
import type { Start, StartContext } from './start.ts';

/** Parameters that a start changes while it measures. */
export type DraftValues = Map<string, Tensor<'float32'>>;

export interface BatchProbe {
  /** Examples in the batch. */
  readonly size: number;
  /** Graph value that reaches each layer with weights, [batch, ...input], by the layer's name. */
  readonly inputs: ReadonlyMap<string, string>;
  /** Distance of neighboring taps of the convolution with this weight, per kernel axis; empty for other layers. */
  dilation(weight: string): readonly number[];
  /** Shape of a graph value, with the batch. */
  dims(value: string): readonly number[];
  /** Graph values with these parameters, by name; `feeds` takes the place of what is fed otherwise. */
  measure(
    parameters: ReadonlyMap<string, Tensor<'float32'>>,
    names: readonly string[],
    feeds?: Readonly<Record<string, Tensor>>,
  ): Promise<Readonly<Record<string, ArrayLike<number>>>>;
  dispose(): Promise<void>;
}

export interface ProbeOptions {
  /** Adds nodes and returns values to measure besides inputs and pre-activations; and what to feed for new inputs. */
  readonly extend?: (
    graph: NetworkGraph,
    size: number,
  ) => { values: readonly string[]; feeds: Record<string, Tensor> };
  /** Examples to use at most, from the front of the batch; default all. */
  readonly most?: number;
}

/**
 * Opens a probe on the batch of a start's context. Batch normalization uses the batch, dropout keeps everything.
 * @throws starts.needs_data without a batch or runtime, starts.batch_shape
 */
export async function openProbe(
  start: string,
  network: Network,
  { batch, runtime }: StartContext,
  { extend, most = Number.POSITIVE_INFINITY }: ProbeOptions = {},
): Promise<BatchProbe> {
  if (batch === undefined || runtime === undefined) {
    throw new OutsetError('starts.needs_data', { start });
  }
  const size = Math.min(most, examplesOf(start, network, batch));
  const graph = network.build(size, 'training');
  const { builder, features, masks } = graph;
  const inputs = new Map(network.layers.map(({ name, weight }) => [name, inputOf(graph, weight)]));
  const more = extend?.(graph, size) ?? { values: [], feeds: {} };
  const given = new Set([features, ...network.parameters.map(({ name }) => name)]);
  const wanted = new Set([
    ...network.layers.map(({ preActivation }) => preActivation),
    ...[...inputs.values()].filter((value) => !given.has(value)),
    ...more.values,
  ]);
  for (const value of wanted) builder.output(value);
  const examples = batch.data.subarray(0, size * elementCount(network.spec.input));
  const feeds: Record<string, Tensor> = {
    ...more.feeds,
    [features]: tensor('float32', [size, ...network.spec.input], examples),
  };
  const fill = (key: string, dims: readonly number[], value: number) => {
    feeds[key] = tensor('float32', dims, new Float32Array(elementCount(dims)).fill(value));
  };
  for (const { name, dims, initial } of network.buffers) fill(name, dims, initial);
  for (const { name, dims } of masks) fill(name, dims, 1);
  const program = await runtime.compile(builder.build());
  return {
    size,
    inputs,
    dilation(weight) {
      const dilations = nodeOf(graph, weight)?.attributes.dilations;
      return dilations?.kind === 'ints' ? dilations.value : [];
    },
    dims: (value) => builder.type(value).dims,
    async measure(parameters, names, instead = {}) {
      const computed = names.filter((name) => wanted.has(name));
      const results =
        computed.length === 0
          ? {}
          : await program.run({ ...feeds, ...instead, ...Object.fromEntries(parameters) }, computed);
      return Object.fromEntries(
        names.map((name) => [name, (results[name] ?? feeds[name]).data as Float32Array | Float64Array]),
      );
    },
    dispose: () => program.dispose(),
  };
}

/** Values of another start, copied so that they can be changed. */
export async function draftOf(base: Start, network: Network, context: StartContext): Promise<DraftValues> {
  return new Map(
    [...(await base.parameters(network, context))].map(([key, value]) => [
      key,
      tensor('float32', value.dims, Float32Array.from(value.data)),
    ]),
  );
}

/** What the node that reads a weight reads beside it. */
function inputOf(graph: NetworkGraph, weight: string): string {
  return nodeOf(graph, weight)?.inputs[0] ?? '';
}

function nodeOf({ builder }: NetworkGraph, weight: string): GraphNode | undefined {
  return builder.nodes.find((node) => node.inputs[1] === weight);
}

function examplesOf(start: string, network: Network, batch: Tensor<'float32'>): number {
  const size = batch.dims[0] ?? 0;
  if (size < 1 || batch.data.length !== size * elementCount(network.spec.input)) {
    throw new OutsetError('starts.batch_shape', {
      start,
      expected: [...network.spec.input],
      got: [...batch.dims],
    });
  }
  return size;
}
