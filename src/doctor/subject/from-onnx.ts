import type { IssueCode } from '../../messages/catalogue.ts';
import { OutsetError } from '../../messages/error.ts';
import type { ReadBeside } from '../../models/onnx-container.ts';
import { onnxContainer } from '../../models/onnx-container.ts';
import type { Graph, GraphNode } from '../../onnx/graph.ts';
import { elementWidths, openModelFile } from '../../onnx/model-file.ts';
import { type ModelProto, TensorProto_DataLocation } from '../../onnx/protobuf/onnx_pb.generated.ts';
import { decodeModelProto, parseModel } from '../../onnx/read.ts';
import { kernelOf } from '../../runtime/reference/registry.ts';
import type { Tensor } from '../../tensor/tensor.ts';
import type { Subject, SubjectMemory } from '../subject.ts';
import { graphSubject } from './graph/graph-subject.ts';
import { fixSwitches } from './onnx/fix-switches.ts';
import { type OpenAxes, openAxes } from './onnx/input-lengths.ts';
import { realWeights } from './onnx/real-weights.ts';
import { rewriteModel } from './onnx/rewrite-model.ts';
import { keepOutput, realOutputs } from './onnx/select-outputs.ts';
import { toSinglePrecision } from './onnx/single-precision.ts';
import { staticSubject } from './static-subject.ts';

export interface OnnxSubjectOptions {
  /** The file's name, for the title and errors. */
  readonly where?: string;
  /** Lengths of open axes by name, e.g. `{ height: 224 }`; others are tried: 32, 64, 224 for images, 16 for sequences. */
  readonly dims?: Readonly<Record<string, number>>;
  /**
   * Values of inputs of a single number by name, e.g. `{ sr: 8000 }`. They become constants; default the first number that
   * the model compares the input with, else 1.
   */
  readonly switches?: Readonly<Record<string, number>>;
  /** Output to examine; default the first of real numbers. */
  readonly output?: string;
  /**
   * Bytes that a pass forward and back may hold. Of a model that needs more for two examples, only the weights are examined.
   * Default 16e9.
   */
  readonly mostBytes?: number;
  /** Reads bytes of files beside the model, for weights that lie there. */
  readonly readBeside?: ReadBeside;
}

/**
 * The subject of any .onnx file. Weights that feed products, normalizations and the like become inputs of the graph,
 * whether the file holds them as initializers or as Constant nodes, in whatever precision.
 *
 * A model that the engine's graphs cannot express (an operator that is not known, shapes that depend on data) is a subject
 * without a graph: `notRunnable` says why, and weights can be examined all the same.
 * @throws onnx.unreadable and its like for files that are damaged
 */
export async function subjectFromOnnx(bytes: Uint8Array, options: OnnxSubjectOptions = {}): Promise<Subject> {
  const where = options.where ?? 'onnx';
  // Refuses what is damaged before anything is said of its architecture.
  const file = openModelFile(bytes);
  const external = new Map<string, Uint8Array>();
  for (const { name, external: outside, type, dims } of file.initializers) {
    if (outside === undefined || type === undefined || options.readBeside === undefined) continue;
    const length = dims.reduce((product, one) => product * one, elementWidths[type]);
    external.set(name, await options.readBeside(name, outside.location, outside.offset, length));
  }
  const rewrite: Subject['rewrite'] = async (values) => [
    { name: '', content: rewriteModel(bytes, values, external) },
  ];
  try {
    const model = parseModel(bytes);
    for (const tensor of model.graph?.initializer ?? []) {
      const raw = external.get(tensor.name ?? '');
      if (raw === undefined) continue;
      tensor.rawData = raw;
      tensor.externalData = [];
      tensor.dataLocation = TensorProto_DataLocation.DEFAULT;
    }
    const storedAs = toSinglePrecision(model);
    return runnable(model, { ...options, where }, storedAs, rewrite);
  } catch (error) {
    if (!(error instanceof OutsetError) || refused.has(error.code)) throw error;
    const reason = { en: error.text('en'), ko: error.text('ko') };
    const container = onnxContainer(bytes, options.readBeside ?? (async () => new Uint8Array(0)));
    return staticSubject(container, { title: where, reason, rewrite });
  }
}

/** Issues of files that no engine reads, and of options. */
const refused: ReadonlySet<IssueCode> = new Set<IssueCode>([
  'doctor.switch_value',
  'onnx.unreadable',
  'onnx.cycle',
  'onnx.duplicate_value',
  'onnx.unknown_value',
  'onnx.bad_tensor_data',
  'onnx.bad_dims',
]);

function runnable(
  model: ModelProto,
  { where, dims = {}, switches = {}, output, mostBytes = usualBytes }: OnnxSubjectOptions & { where: string },
  storedAs: Subject['storedAs'],
  rewrite: Subject['rewrite'],
): Subject {
  const graph = model.graph;
  if (graph === undefined) throw new OutsetError('onnx.unreadable', { reason: 'no graph' });
  const wanted = output ?? realOutputs(graph)[0];
  if (wanted === undefined) throw new OutsetError('doctor.no_output', { where });
  keepOutput(graph, wanted);
  fixSwitches(graph, switches);
  realWeights(graph);
  const axes = openAxes(graph, dims);
  let failure: unknown;
  for (const trial of axes.trials) {
    try {
      const found = batchedGraph(model, axes, trial);
      const subject = graphSubject({
        title: where,
        origin: 'onnx',
        output: wanted,
        storedAs,
        rewrite,
        ...found,
      });
      const { fixed, perExample } = subject.memory as SubjectMemory;
      const bytes = fixed + (subject.fixedBatch ?? 2) * perExample;
      if (bytes > mostBytes) throw new OutsetError('doctor.too_large', { where, bytes, most: mostBytes });
      return subject;
    } catch (error) {
      failure ??= error;
    }
  }
  throw failure;
}

/** How to make the graph for any batch size, or for the one that the file has fixed. */
function batchedGraph(
  model: ModelProto,
  { batch, fixedBatch }: OpenAxes,
  trial: Readonly<Record<string, number>>,
): { graphFor: (batch: number) => Graph; fixedBatch?: number } {
  if (batch.size > 0) {
    const graphFor = (size: number) => {
      const dims = { ...trial, ...Object.fromEntries([...batch].map((name) => [name, size])) };
      return decodeModelProto(model, { dims, ...reading });
    };
    try {
      if ([2, 3].every((size) => isBatched(graphFor(size), size))) return { graphFor };
    } catch (error) {
      if (!(error instanceof OutsetError)) throw error;
    }
    return { graphFor: () => graphFor(1), fixedBatch: 1 };
  }
  const asWritten = () => decodeModelProto(model, { dims: trial, ...reading });
  if (fixedBatch === undefined || fixedBatch < 1) return { graphFor: asWritten, fixedBatch: 1 };
  // A branch is chosen for the whole batch by what was written for its examples.
  const branches = asWritten().nodes.some(({ operator }) => operator === 'If' || operator === 'Loop');
  if (branches) return { graphFor: asWritten, fixedBatch };
  const graphFor = (wanted: number) =>
    wanted === fixedBatch
      ? asWritten()
      : decodeModelProto(model, { dims: trial, ...reading, batch: { fixed: fixedBatch, wanted } });
  try {
    if ([2, 3].every((size) => isBatched(graphFor(size), size))) return { graphFor };
  } catch (error) {
    if (!(error instanceof OutsetError)) throw error;
  }
  return { graphFor: asWritten, fixedBatch };
}

function isBatched({ outputs }: Graph, size: number): boolean {
  return outputs.every(({ dims }) => dims[0] === size);
}

/** Arithmetic on shapes that the reader does not do by itself. */
function evaluate(node: GraphNode, inputs: readonly Tensor[]): Tensor | undefined {
  const kernel = kernelOf(node);
  if (kernel === undefined || inputs.some(({ data }) => data.length === 0)) return undefined;
  try {
    const [value] = kernel({ node, inputs, runSubgraph: () => [] });
    if (value === undefined || value.data.length > mostNumbers) return undefined;
    if (value.dtype !== 'float64') return value;
    if (value.dims.length > 1) return undefined;
    const declared = inputs.every(({ dtype }) => dtype === 'float64');
    return declared
      ? value
      : { dtype: 'float32', dims: value.dims, data: Float32Array.from(value.data as Float64Array) };
  } catch {
    return undefined;
  }
}

const usualBytes = 16e9;

const reading = { evaluate, selectBranches: true };

/** Longer results are data, not shapes. */
const mostNumbers = 256;
