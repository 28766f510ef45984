/** Runs the nodes of a graph in order, each by its kernel. */
import { OutsetError } from '../../messages/error.ts';
import type { Graph, GraphNode } from '../../onnx/graph.ts';
import { type DataType, type Tensor, tensor } from '../../tensor/tensor.ts';
import { isReal, numbersOf } from './kernel.ts';
import { kernelOf } from './registry.ts';

/** What real numbers are kept in between operators. */
export type Precision = 'float64' | 'float32';

/** Finds a value by name, in the graph itself or around it. */
type Scope = (name: string) => Tensor | undefined;

/** An interpreter of one graph and of the graphs inside its nodes. */
export class Interpreter {
  readonly #precision: Precision;
  readonly #constants = new Map<Graph, ReadonlyMap<string, Tensor>>();

  constructor(graph: Graph, precision: Precision) {
    this.#precision = precision;
    this.#prepare(graph);
  }

  /**
   * Computes the given values of a graph, and only what they need.
   * @param feeds one tensor per input of the graph, in order
   */
  run(
    graph: Graph,
    feeds: readonly Tensor[],
    wanted: readonly string[],
    outer: Scope = () => undefined,
  ): Tensor[] {
    const constants = this.#constants.get(graph);
    const values = new Map<string, Tensor>();
    for (const [i, { name, dtype }] of graph.inputs.entries())
      values.set(name, this.#settle(feeds[i], dtype));
    const scope: Scope = (name) => values.get(name) ?? constants?.get(name) ?? outer(name);
    const read = (name: string): Tensor => {
      const value = scope(name);
      if (value === undefined)
        throw new OutsetError('onnx.unknown_value', { value: name, graph: graph.name });
      return value;
    };
    for (const node of neededNodes(graph, wanted)) {
      const inputs = node.inputs.map((name) => (name === '' ? undefined : read(name)));
      const runSubgraph = (body: Graph, bodyFeeds: readonly Tensor[]) =>
        this.run(
          body,
          bodyFeeds,
          body.outputs.map(({ name }) => name),
          scope,
        );
      const outputs = kernelOrThrow(node)({ node, inputs, runSubgraph });
      for (const [i, name] of node.outputs.entries()) {
        if (name !== '') values.set(name, this.#settle(outputs[i], graph.types.get(name)?.dtype));
      }
    }
    return wanted.map(read);
  }

  /** Converts the constants of a graph and of those inside it once, and refuses operators without a kernel. */
  #prepare(graph: Graph): void {
    const constants = new Map<string, Tensor>();
    for (const [name, value] of graph.initializers) constants.set(name, this.#settle(value, value.dtype));
    this.#constants.set(graph, constants);
    for (const node of graph.nodes) {
      kernelOrThrow(node);
      for (const body of bodiesOf(node)) this.#prepare(body);
    }
  }

  /** The value as it is kept: in float64, or rounded to float32 unless the graph declares it as float64. */
  #settle(value: Tensor, declared: DataType | undefined): Tensor {
    if (!isReal(value.dtype)) return value;
    const wanted = this.#precision === 'float64' || declared === 'float64' ? 'float64' : 'float32';
    if (wanted === value.dtype) return value;
    if (wanted === 'float64') return tensor('float64', value.dims, numbersOf(value));
    return tensor('float32', value.dims, Float32Array.from(numbersOf(value)));
  }
}

function kernelOrThrow(node: GraphNode) {
  const kernel = kernelOf(node);
  if (kernel === undefined) {
    throw new OutsetError('runtime.unsupported_operator', {
      node: node.name,
      operator: node.domain === '' ? node.operator : `${node.domain}.${node.operator}`,
    });
  }
  return kernel;
}

function bodiesOf(node: GraphNode): Graph[] {
  return Object.values(node.attributes).flatMap((attribute) =>
    attribute.kind === 'graph' ? [attribute.value] : [],
  );
}

/** Names that a node reads, those inside its bodies included. */
function readsOf(node: GraphNode): string[] {
  const inside = bodiesOf(node).flatMap((body) => [
    ...body.nodes.flatMap(readsOf),
    ...body.outputs.map(({ name }) => name),
  ]);
  return [...node.inputs, ...inside];
}

/** The nodes that the wanted values depend on, in order. */
function neededNodes(graph: Graph, wanted: readonly string[]): GraphNode[] {
  const names = new Set(wanted);
  const needed: GraphNode[] = [];
  for (let i = graph.nodes.length - 1; i >= 0; i--) {
    const node = graph.nodes[i];
    if (!node.outputs.some((name) => name !== '' && names.has(name))) continue;
    needed.push(node);
    for (const name of readsOf(node)) names.add(name);
  }
  return needed.reverse();
}
