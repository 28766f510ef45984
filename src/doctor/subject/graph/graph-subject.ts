/** A subject from a way to make its graph. */
import type { ParameterShape } from '../../../initializers/initializer.ts';
import { OutsetError } from '../../../messages/error.ts';
import { GraphBuilder } from '../../../onnx/builder.ts';
import type { Attribute, Graph, GraphNode } from '../../../onnx/graph.ts';
import { pruneGraph } from '../../../onnx/prune.ts';
import { allocate, type Dims, elementCount, type Tensor } from '../../../tensor/tensor.ts';
import type { Subject, SubjectGraph, SubjectInput, SubjectMemory, SubjectMode } from '../../subject.ts';
import { analyseGraph } from './analyse-graph.ts';
import { GraphIndex } from './graph-index.ts';
import { usualInput } from './usual-inputs.ts';

export interface GraphSubjectParts {
  readonly title: string;
  readonly origin: Subject['origin'];
  /** The whole graph for a batch size, with weights as initializers or as inputs. */
  readonly graphFor: (batch: number) => Graph;
  readonly fixedBatch?: number;
  /** Output to examine; default the first of real numbers. */
  readonly output?: string;
  /** Inputs that stand for weights, with their values; default: none, weights are initializers. */
  readonly weights?: ReadonlyMap<string, Tensor<'float32'>>;
  readonly nameOf?: (weight: string) => string | undefined;
  readonly storedAs: Subject['storedAs'];
  readonly rewrite?: Subject['rewrite'];
}

/**
 * Analyses the graph and wraps it.
 * @throws onnx.* if the graph cannot be made for any batch size
 */
export function graphSubject(parts: GraphSubjectParts): Subject {
  const { graphFor, fixedBatch, weights = new Map() } = parts;
  const sample = fixedBatch ?? 2;
  const graph = graphFor(sample);
  const output = parts.output ?? firstOutput(graph);
  const stored = new Set<string>(weights.keys());
  if (weights.size === 0) {
    for (const [name, { dtype, data }] of graph.initializers)
      if (dtype === 'float32' && data.length > 0) stored.add(name);
  }
  const analysis = analyseGraph(graph, output, stored, parts.nameOf);
  const values = new Map<string, Tensor<'float32'>>();
  for (const { name } of analysis.parameterShapes) {
    values.set(name, (weights.get(name) ?? graph.initializers.get(name)) as Tensor<'float32'>);
  }
  const other = fixedBatch === undefined ? graphFor(3) : graph;
  const index = new GraphIndex(graph);
  const inputs = graph.inputs
    .filter(({ name }) => !weights.has(name))
    .map(({ name, dtype, dims }): SubjectInput => {
      const found = other.inputs.find((input) => input.name === name);
      const open = dims.map((length, axis) => (found?.dims[axis] === length ? length : -1));
      const categories = analysis.categories.get(name);
      const usual = usualInput(index, name);
      return {
        name,
        dtype: inputType(name, dtype),
        dims: open,
        ...(categories === undefined ? {} : { categories }),
        ...(usual === undefined ? {} : { usual }),
      };
    });
  const { logits, head } = analysis;
  const storedAs = new Map([...values.keys()].map((name) => [name, parts.storedAs.get(name) ?? 'float32']));
  return {
    title: parts.title,
    origin: parts.origin,
    inputs,
    layers: analysis.layers,
    blocks: analysis.blocks,
    outputDims: withoutBatch(graph.types.get(logits)?.dims ?? []),
    endsInSoftmax: head === 'softmax',
    endsInSigmoid: head === 'sigmoid',
    ...(fixedBatch === undefined ? {} : { fixedBatch }),
    memory: memoryOf(graph, other, fixedBatch),
    parameters: values,
    parameterShapes: analysis.parameterShapes,
    storedAs,
    build: (batch, mode = 'training') => {
      if (!Number.isSafeInteger(batch) || batch < 1 || (fixedBatch !== undefined && batch !== fixedBatch)) {
        throw new OutsetError('doctor.batch_size', { got: batch, fixed: fixedBatch ?? null });
      }
      const made = batch === sample ? graph : graphFor(batch);
      return openGraph(pruneGraph(made, [logits]), analysis.parameterShapes, weights, mode, logits);
    },
    withoutGradient: analysis.withoutGradient,
    ...(parts.rewrite === undefined ? {} : { rewrite: parts.rewrite }),
  };
}

/** Every value and its gradient; weights with the two gradients and the update that the verdict looks at. */
function memoryOf(sample: Graph, larger: Graph, fixedBatch: number | undefined): SubjectMemory {
  const weights = [...sample.initializers.values()].reduce((sum, { data }) => sum + data.byteLength, 0);
  const values = bytesOfValues(sample);
  const perExample = fixedBatch === undefined ? bytesOfValues(larger) - values : values / fixedBatch;
  return { fixed: 4 * weights, perExample: 2 * Math.max(0, perExample) };
}

function bytesOfValues({ types, initializers }: Graph): number {
  let bytes = 0;
  for (const [name, { dtype, dims }] of types) {
    if (!initializers.has(name)) bytes += elementCount(dims) * allocate(dtype, 0).BYTES_PER_ELEMENT;
  }
  return bytes;
}

function openGraph(
  graph: Graph,
  shapes: readonly ParameterShape[],
  weights: ReadonlyMap<string, Tensor<'float32'>>,
  mode: SubjectMode,
  logits: string,
): SubjectGraph {
  const parameters = new Set(shapes.map(({ name }) => name));
  const builder = new GraphBuilder(graph.name);
  const data = graph.inputs.filter(({ name }) => !weights.has(name)).map(({ name }) => name);
  const fixed = new Map([...weights].filter(([name]) => !parameters.has(name) && graph.types.has(name)));
  for (const { name, dtype, dims } of graph.inputs) {
    if (!weights.has(name) || parameters.has(name) || fixed.has(name)) builder.input(name, dtype, dims);
  }
  for (const [name, value] of graph.initializers) {
    if (parameters.has(name)) builder.input(name, value.dtype, value.dims);
    else builder.constant(value, name);
  }
  for (const name of parameters) {
    const type = graph.types.get(name);
    if (type !== undefined && !builder.has(name)) builder.input(name, type.dtype, type.dims);
  }
  for (const node of graph.nodes) builder.add(inMode(node, mode, builder));
  builder.output(logits);
  return { builder, inputs: data, fixed, outputs: [logits] };
}

/** Batch normalization with the statistics that the mode asks for; dropout lets everything pass. */
function inMode(node: GraphNode, mode: SubjectMode, builder: GraphBuilder): GraphNode {
  if (node.domain !== '') return node;
  if (node.operator === 'Dropout' && (node.outputs[1] ?? '') === '') {
    return {
      ...node,
      operator: 'Identity',
      inputs: [node.inputs[0]],
      outputs: [node.outputs[0]],
      attributes: {},
    };
  }
  if (node.operator !== 'BatchNormalization') return node;
  const training: Attribute = { kind: 'int', value: mode === 'training' ? 1 : 0 };
  const [output] = node.outputs;
  const statistics = ['mean', 'variance'].map(
    (name, i) => node.outputs[i + 1] || builder.fresh(`${output}.${name}`),
  );
  const outputs = mode === 'training' ? [output, ...statistics] : [output];
  return { ...node, outputs, attributes: { ...node.attributes, training_mode: training } };
}

function firstOutput(graph: Graph): string {
  const found = graph.outputs.find(({ dtype }) => dtype === 'float32' || dtype === 'float64');
  if (found === undefined) throw new OutsetError('doctor.no_output', { where: graph.name });
  return found.name;
}

function inputType(name: string, dtype: string): SubjectInput['dtype'] {
  const known = (['float32', 'int32', 'int64', 'uint8', 'bool'] as const).find((one) => one === dtype);
  if (known === undefined) throw new OutsetError('doctor.input_type', { name, dtype });
  return known;
}

function withoutBatch(dims: Dims): Dims {
  return dims.slice(1);
}
