import { OutsetError } from '../messages/error.ts';
import type { GraphBuilder } from '../onnx/builder.ts';
import type { Graph, GraphNode } from '../onnx/graph.ts';
import { type DataType, elementCount, tensor } from '../tensor/tensor.ts';
import { constantOperators, vjpRules } from './registry.ts';
import { type GradientTarget, VjpContext } from './vjp.ts';

/** Options of {@link appendGradient}. */
export interface GradientOptions {
  /** Cotangent of the output, of its type and shape; needed unless the output has one element. Default 1. */
  readonly seed?: string;
  /** Which engine the nodes are chosen for; default `cpu`. Both run everywhere that has the operators. */
  readonly target?: GradientTarget;
}

/** Operators whose rule takes the cotangents of all their outputs; of the others only the first output counts. */
const allOutputs: ReadonlySet<string> = new Set(['Split']);

/**
 * Appends the gradient of a value by reverse-mode differentiation: for output y with cotangent s, the nodes that
 * compute sᵀ ∂y/∂x for every wanted x.
 *
 * Only nodes on a path from a wanted value to the output are visited, each once; cotangents of a value that is used
 * several times are added in pairs. Whole numbers and truth values carry no gradient.
 *
 * @param builder graph with the forward nodes; the gradient nodes are added to it
 * @param output value to differentiate, of one element unless a seed is given
 * @param withRespectTo values of the graph: inputs, constants or results of nodes, of a float type
 * @returns name of the gradient of each wanted value, with that value's type and shape. Every name is the output of
 *   a node and occurs once, so that each can be declared as an output of the graph. A value without influence on the
 *   output gets zeros, as an `Expand` node that engines fold, not as a stored constant.
 * @throws autodiff.no_rule when an operator on the path cannot be differentiated
 * @throws autodiff.seed_needed, autodiff.bad_seed, autodiff.not_float
 * @example
 * const gradients = appendGradient(builder, loss, ['w', 'b']);
 * for (const name of gradients.values()) builder.output(name);
 */
export function appendGradient(
  builder: GraphBuilder,
  output: string,
  withRespectTo: readonly string[],
  options: GradientOptions = {},
): Map<string, string> {
  const target = options.target ?? 'cpu';
  for (const value of [output, ...withRespectTo]) requireFloat(builder, value);
  const forward = [...builder.nodes];
  const active = activeValues(builder, forward, withRespectTo);
  const gradients = new Map<string, string>([[output, seedOf(builder, output, options.seed)]]);
  for (let i = forward.length - 1; i >= 0; i--) {
    const node = forward[i];
    const received = node.outputs.map((value) => (active.has(value) ? gradients.get(value) : undefined));
    if (received.every((gradient) => gradient === undefined)) continue;
    const needed = node.inputs.map((value) => active.has(value));
    const results = differentiate(builder, node, received, needed, target);
    for (const [k, input] of node.inputs.entries()) {
      const gradient = needed[k] ? results[k] : undefined;
      if (gradient === undefined) continue;
      const sum = gradients.get(input);
      gradients.set(input, sum === undefined ? gradient : builder.op('Add', [sum, gradient]));
    }
  }
  return collect(builder, withRespectTo, gradients);
}

/** Values through which a wanted value can reach the output. */
function activeValues(
  builder: GraphBuilder,
  nodes: readonly GraphNode[],
  withRespectTo: readonly string[],
): Set<string> {
  const active = new Set(withRespectTo);
  for (const node of nodes) {
    if (constantOperators.has(node.operator)) continue;
    if (!readsAny(node, active)) continue;
    for (const value of node.outputs) {
      if (value !== '' && isFloat(builder.type(value).dtype)) active.add(value);
    }
  }
  return active;
}

/** True if the node, or a subgraph inside it, reads one of the values. */
function readsAny(node: GraphNode, values: ReadonlySet<string>): boolean {
  return node.inputs.some((value) => values.has(value)) || capturesAny(node, values);
}

function capturesAny(node: GraphNode, values: ReadonlySet<string>): boolean {
  return Object.values(node.attributes).some(
    (attribute) =>
      attribute.kind === 'graph' && (attribute.value as Graph).nodes.some((inner) => readsAny(inner, values)),
  );
}

function differentiate(
  builder: GraphBuilder,
  node: GraphNode,
  received: readonly (string | undefined)[],
  needed: readonly boolean[],
  target: GradientTarget,
): readonly (string | undefined)[] {
  const rule = Object.hasOwn(vjpRules, node.operator) ? vjpRules[node.operator] : undefined;
  const where = { node: node.name, operator: node.operator };
  if (rule === undefined)
    throw new OutsetError('autodiff.no_rule', { ...where, known: Object.keys(vjpRules) });
  const second = received.findIndex((gradient, i) => i > 0 && gradient !== undefined);
  if (second > 0 && !allOutputs.has(node.operator)) {
    throw new OutsetError('autodiff.output_without_rule', { ...where, output: node.outputs[second] });
  }
  return rule(new VjpContext(builder, node, received, needed, target));
}

function collect(
  builder: GraphBuilder,
  withRespectTo: readonly string[],
  gradients: ReadonlyMap<string, string>,
): Map<string, string> {
  const result = new Map<string, string>();
  const computed = new Set(builder.nodes.flatMap((node) => node.outputs));
  const taken = new Set<string>();
  for (const value of withRespectTo) {
    if (result.has(value)) continue;
    let gradient = gradients.get(value);
    if (gradient === undefined) gradient = zerosLike(builder, value);
    else if (taken.has(gradient) || !computed.has(gradient)) gradient = builder.op('Identity', [gradient]);
    taken.add(gradient);
    result.set(value, gradient);
  }
  return result;
}

function zerosLike(builder: GraphBuilder, value: string): string {
  const { dtype, dims } = builder.type(value);
  const zero = builder.scalar(0, dtype === 'float64' ? 'float64' : 'float32');
  return builder.op('Expand', [zero, builder.ints(dims)]);
}

function seedOf(builder: GraphBuilder, output: string, seed: string | undefined): string {
  const { dtype, dims } = builder.type(output);
  if (seed === undefined) {
    if (elementCount(dims) !== 1)
      throw new OutsetError('autodiff.seed_needed', { value: output, dims: [...dims] });
    return dtype === 'float64'
      ? builder.constant(tensor('float64', dims, Float64Array.of(1)))
      : builder.constant(tensor('float32', dims, Float32Array.of(1)));
  }
  const got = builder.type(seed);
  if (got.dtype !== dtype || got.dims.length !== dims.length || got.dims.some((n, i) => n !== dims[i])) {
    throw new OutsetError('autodiff.bad_seed', {
      value: output,
      expected: `${dtype}[${dims.join(', ')}]`,
      seed,
      got: `${got.dtype}[${got.dims.join(', ')}]`,
    });
  }
  return seed;
}

function requireFloat(builder: GraphBuilder, value: string): void {
  const { dtype } = builder.type(value);
  if (!isFloat(dtype)) throw new OutsetError('autodiff.not_float', { value, dtype });
}

function isFloat(dtype: DataType): boolean {
  return dtype === 'float32' || dtype === 'float64';
}
