import { OutsetError } from '../messages/error.ts';
import type { Dims, Tensor } from '../tensor/tensor.ts';
import { GraphBuilder } from './builder.ts';
import type { DecodeOptions } from './decode-options.ts';
import { foldShapeArithmetic } from './fold.ts';
import type { Attribute, Graph, GraphNode, ValueType } from './graph.ts';
import { branchNames, branchOf, canSelect, type Names } from './inline-branch.ts';
import { constantValue } from './operators/generator.ts';
import type { GraphProto, NodeProto, ValueInfoProto } from './protobuf/onnx_pb.generated.ts';
import { readAttribute } from './read-attribute.ts';
import { elementType, readTensor } from './read-tensor.ts';
import { reshapeForBatch } from './reshape-for-batch.ts';
import { topologicalOrder } from './topological-order.ts';
import { upgradeNode } from './upgrade.ts';

/** What holds for the whole file. */
export interface ReadContext {
  readonly opset: number;
  /** Lengths of symbolic axes. */
  readonly dims: ReadonlyMap<string, number>;
  readonly batch?: DecodeOptions['batch'];
  readonly evaluate?: DecodeOptions['evaluate'];
  readonly selectBranches?: DecodeOptions['selectBranches'];
}

/** What surrounds a subgraph. */
interface Surroundings {
  readonly builder: GraphBuilder;
  readonly names: Names;
  /** For a Loop body: types of its inputs, which files may leave open. */
  readonly operands?: readonly ValueType[];
}

/** The graph that nodes are read into. */
interface Place {
  readonly builder: GraphBuilder;
  readonly names: Names;
  /** Names that the file gives to values of this graph. */
  readonly reserved: ReadonlySet<string>;
  readonly isSubgraph: boolean;
}

/**
 * Turns a graph of a file into ours. Of an If whose condition is known, the chosen branch becomes part of the graph.
 * @param outer what is around a subgraph
 */
export function readGraph(proto: GraphProto, context: ReadContext, outer?: Surroundings): Graph {
  const operands = outer?.operands;
  const names = outer?.names ?? new Map<string, string>();
  const name = proto.name ?? '';
  if (proto.sparseInitializer.length > 0) {
    throw new OutsetError('onnx.unsupported_element_type', { value: name, type: 'sparse_initializer' });
  }
  const builder = new GraphBuilder(name, outer?.builder);
  // Before IR version 4, initializers were listed among the inputs, too.
  const constants = new Set(proto.initializer.map((tensor) => tensor.name ?? ''));
  const inputs = proto.input.filter((input) => !constants.has(input.name ?? ''));
  if (operands !== undefined && operands.length !== inputs.length) {
    throw new OutsetError('onnx.subgraph_inputs', {
      node: name,
      operator: 'Loop',
      expected: operands.length,
      got: inputs.length,
    });
  }
  for (const [i, input] of inputs.entries()) {
    const { dtype, dims } = operands?.[i] ?? readType(input, context);
    builder.input(input.name ?? '', dtype, dims);
  }
  for (const tensor of proto.initializer) {
    const value = tensor.name ?? '';
    builder.constant(readTensor(tensor, value), value);
  }
  const reserved = new Set(proto.node.flatMap(({ output }) => output));
  const place: Place = { builder, names, reserved, isSubgraph: outer !== undefined };
  for (const at of nodeOrder(proto, name)) readNode(proto.node[at], at, context, place);
  for (const output of proto.output) {
    const value = names.get(output.name ?? '') ?? output.name ?? '';
    const found = builder.type(value);
    const stated = output.type?.value.case === 'tensorType' ? output.type.value.value.elemType : undefined;
    if (stated !== undefined && stated !== 0 && elementType(stated, value) !== found.dtype) {
      throw new OutsetError('onnx.wrong_type', {
        graph: name,
        value,
        expected: found.dtype,
        got: elementType(stated, value),
      });
    }
    builder.output(value);
  }
  return builder.build();
}

function readNode(proto: NodeProto, at: number, context: ReadContext, place: Place): void {
  const { builder, names } = place;
  const operator = proto.opType ?? '';
  const domain = proto.domain === 'ai.onnx' ? '' : (proto.domain ?? '');
  const called = (value: string) => names.get(value) ?? value;
  const inputs = withoutTrailingEmpty(proto.input).map(called);
  const outputs = withoutTrailingEmpty(proto.output).map(called);
  const isIf = operator === 'If' && domain === '' && inputs.length === 1;
  if (isIf && takeBranch(proto, inputs[0], outputs, context, place)) return;
  const name = (proto.name ?? '') === '' ? `${operator}_${at}` : (proto.name ?? '');
  const attributes: [string, Attribute][] = proto.attribute.map((attribute) => [
    attribute.name ?? '',
    readAttribute(attribute, name, (graph) => {
      const operands = operator === 'Loop' ? loopOperands(inputs, builder) : undefined;
      return readGraph(graph, context, { builder, names, ...(operands === undefined ? {} : { operands }) });
    }),
  ]);
  if (new Set(attributes.map(([key]) => key)).size !== attributes.length) {
    throw new OutsetError('onnx.unreadable_attribute', {
      node: name,
      attribute: attributes.map(([key]) => key).join(', '),
      reason: 'duplicate',
    });
  }
  const node: GraphNode = {
    name,
    operator,
    domain,
    inputs,
    outputs,
    attributes: Object.fromEntries(attributes),
  };
  if (operator === 'Constant' && domain === '' && outputs.length === 1) {
    const value = constantValue(node);
    if (value !== undefined) {
      builder.constant(value, outputs[0]);
      return;
    }
  }
  if (isIf && context.selectBranches === true && selectBranch(proto, node, context, place)) return;
  addNode(node, context, builder);
}

function addNode(node: GraphNode, context: ReadContext, builder: GraphBuilder): void {
  for (const current of node.domain === '' ? upgradeNode(node, context.opset, builder) : [node]) {
    const upgraded = context.batch === undefined ? current : reshapeForBatch(current, context.batch, builder);
    const known = foldShapeArithmetic(upgraded, builder) ?? evaluated(upgraded, context, builder);
    if (known === undefined) builder.add(upgraded);
    else builder.constant(known, upgraded.outputs[0]);
  }
}

/** An If whose condition is known: the branch that it takes. */
function takeBranch(
  proto: NodeProto,
  condition: string,
  outputs: readonly string[],
  context: ReadContext,
  place: Place,
): boolean {
  const known = place.builder.constantOf(condition);
  if (known?.dtype !== 'bool' || known.data.length !== 1) return false;
  const branch = branchOf(proto, known.data[0] !== 0);
  if (branch === undefined || branch.output.length < outputs.length) return false;
  const results = inline(branch, context, place);
  for (const [i, output] of outputs.entries()) {
    if (output !== '') addNode(plainNode('Identity', [results[i]], output), context, place.builder);
  }
  return true;
}

/** An If whose condition depends on data, in the outermost graph: both branches, and a choice between their results. */
function selectBranch(proto: NodeProto, node: GraphNode, context: ReadContext, place: Place): boolean {
  const { builder, isSubgraph } = place;
  const [yes, no] = [true, false].map((condition) => branchOf(proto, condition));
  const { then_branch, else_branch } = node.attributes;
  if (isSubgraph || yes === undefined || no === undefined) return false;
  if (then_branch?.kind !== 'graph' || else_branch?.kind !== 'graph') return false;
  const [condition] = node.inputs;
  if (!canSelect(builder.type(condition), then_branch.value, else_branch.value)) return false;
  const [taken, other] = [yes, no].map((branch) => inline(branch, context, place));
  for (const [i, output] of node.outputs.entries()) {
    if (output !== '') addNode(plainNode('Where', [condition, taken[i], other[i]], output), context, builder);
  }
  return true;
}

/** Reads a branch into the graph around it. @returns what its outputs are called there */
function inline(branch: GraphProto, context: ReadContext, place: Place): string[] {
  const { builder } = place;
  const names = branchNames(branch, place.names, place.reserved, builder);
  const reserved = new Set([...place.reserved, ...names.values()]);
  for (const tensor of branch.initializer) {
    const value = tensor.name ?? '';
    builder.constant(readTensor(tensor, value), names.get(value) ?? value);
  }
  for (const at of nodeOrder(branch, branch.name ?? ''))
    readNode(branch.node[at], at, context, { ...place, names, reserved });
  return branch.output.map(({ name = '' }) => names.get(name) ?? name);
}

function plainNode(operator: string, inputs: readonly string[], output: string): GraphNode {
  return {
    name: `${output}.${operator.toLowerCase()}`,
    operator,
    domain: '',
    inputs,
    outputs: [output],
    attributes: {},
  };
}

/** Longer values are data, not shapes. */
const mostNumbers = 256;

function evaluated(node: GraphNode, { evaluate }: ReadContext, builder: GraphBuilder): Tensor | undefined {
  if (evaluate === undefined || node.outputs.length !== 1 || node.inputs.length === 0) return undefined;
  const operands: Tensor[] = [];
  for (const name of node.inputs) {
    const value = name === '' ? undefined : builder.constantOf(name);
    const short = value !== undefined && value.data.length <= mostNumbers;
    // Several real numbers may be a parameter, which must not disappear.
    if (!short || (value.dtype.startsWith('float') && (value.data.length > 1 || value.dims.length > 1)))
      return undefined;
    operands.push(value);
  }
  return evaluate(node, operands);
}

function withoutTrailingEmpty(names: readonly string[]): string[] {
  let end = names.length;
  while (end > 0 && names[end - 1] === '') end -= 1;
  return names.slice(0, end);
}

/** A Loop body sees the iteration number, the condition, and the carried values in the types that go in. */
function loopOperands(inputs: readonly string[], builder: GraphBuilder): ValueType[] {
  return [
    { dtype: 'int64', dims: [] },
    { dtype: 'bool', dims: [] },
    ...inputs.slice(2).map((value) => builder.type(value)),
  ];
}

function readType(input: ValueInfoProto, context: ReadContext): ValueType {
  const value = input.name ?? '';
  const type = input.type?.value;
  if (type?.case !== 'tensorType') {
    throw new OutsetError('onnx.unsupported_element_type', { value, type: type?.case ?? 'none' });
  }
  const dtype = elementType(type.value.elemType, value);
  const shape = type.value.shape;
  if (shape === undefined || shape.dim.length > 64) {
    throw new OutsetError('onnx.bad_dims', { value, dims: [] });
  }
  const dims: Dims = shape.dim.map(({ value: dim }, axis) => {
    if (dim.case === 'dimValue' && dim.value >= 0n && dim.value < 2n ** 53n) {
      const length = Number(dim.value);
      return axis === 0 && length === context.batch?.fixed ? context.batch.wanted : length;
    }
    const symbol = dim.case === 'dimParam' && dim.value !== '' ? dim.value : `${value}.${axis}`;
    const length = context.dims.get(symbol) ?? context.dims.get(`${value}.${axis}`);
    if (length === undefined) throw new OutsetError('onnx.dynamic_dim', { value, axis, symbol });
    return length;
  });
  return { dtype, dims };
}

/** Positions of the nodes in topological order. */
function nodeOrder(proto: GraphProto, graph: string): readonly number[] {
  const producers = new Map<string, number>();
  for (const [at, node] of proto.node.entries()) {
    for (const name of node.output) {
      if (name === '') continue;
      if (producers.has(name)) throw new OutsetError('onnx.duplicate_value', { value: name, graph });
      producers.set(name, at);
    }
  }
  const dependencies = proto.node.map((node) => {
    const needed = new Set<number>();
    for (const name of valuesNamed(node)) {
      const producer = producers.get(name);
      if (producer !== undefined) needed.add(producer);
    }
    return [...needed];
  });
  const sorted = topologicalOrder(dependencies);
  if ('stuck' in sorted) {
    const { name = '', opType = '' } = proto.node[sorted.stuck[0]];
    throw new OutsetError('onnx.cycle', { graph, node: name === '' ? opType : name });
  }
  return sorted.order;
}

/** Every value that a node or a graph within it names; names of inner values cannot be taken outside, so they do no harm. */
function valuesNamed(node: NodeProto, names = new Set<string>()): Set<string> {
  for (const name of node.input) names.add(name);
  for (const { g } of node.attribute) {
    if (g === undefined) continue;
    for (const inner of g.node) valuesNamed(inner, names);
    for (const { name } of g.output) names.add(name ?? '');
  }
  return names;
}
