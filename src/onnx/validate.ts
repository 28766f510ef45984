import { OutsetError } from '../messages/error.ts';
import type { Tensor } from '../tensor/tensor.ts';
import type { Graph, GraphNode, ValueType } from './graph.ts';
import { inferTypes } from './infer.ts';
import { sameValueType, valueTypeText } from './value-type.ts';

/** What is visible at one place of a graph: its own values, then those of the graphs around it. */
interface Scope {
  readonly types: Map<string, ValueType>;
  readonly constants: ReadonlyMap<string, Tensor>;
  readonly outer: Scope | undefined;
}

/**
 * Checks a finished graph from first principles, whoever built it: every value is written once, before it is read
 * (topological order), every node's types follow its rule, and `graph.types` says the same. Subgraphs too.
 * @throws onnx.* naming the value or node
 */
export function validateGraph(graph: Graph): void {
  validateScope(graph, undefined);
}

function validateScope(graph: Graph, outer: Scope | undefined): void {
  const scope: Scope = { types: new Map(), constants: graph.initializers, outer };
  const declare = (name: string, type: ValueType) => {
    if (find(scope, name) !== undefined) {
      throw new OutsetError('onnx.duplicate_value', { value: name, graph: graph.name });
    }
    const stated = graph.types.get(name);
    if (stated === undefined) throw new OutsetError('onnx.unknown_value', { value: name, graph: graph.name });
    refuseOther(graph, name, type, stated);
    scope.types.set(name, type);
  };
  for (const input of graph.inputs) declare(input.name, input);
  for (const [name, value] of graph.initializers) declare(name, value);
  for (const node of graph.nodes) {
    const types = typesOf(graph, node, scope);
    for (const [i, name] of node.outputs.entries()) if (name !== '') declare(name, types[i]);
  }
  for (const output of graph.outputs) {
    const type = find(scope, output.name);
    if (type === undefined) {
      throw new OutsetError('onnx.unknown_value', { value: output.name, graph: graph.name });
    }
    refuseOther(graph, output.name, type, output);
  }
}

function typesOf(graph: Graph, node: GraphNode, scope: Scope): ValueType[] {
  const inputs = node.inputs.map((name) => {
    if (name === '') return undefined;
    const type = find(scope, name);
    if (type === undefined) throw new OutsetError('onnx.unknown_value', { value: name, graph: graph.name });
    return type;
  });
  for (const attribute of Object.values(node.attributes)) {
    if (attribute.kind === 'graph') validateScope(attribute.value, scope);
  }
  return inferTypes(
    node,
    inputs,
    node.inputs.map((name) => findConstant(scope, name)),
  );
}

function find(scope: Scope | undefined, name: string): ValueType | undefined {
  for (let at = scope; at !== undefined; at = at.outer) {
    const type = at.types.get(name);
    if (type !== undefined) return type;
  }
  return undefined;
}

function findConstant(scope: Scope | undefined, name: string): Tensor | undefined {
  for (let at = scope; at !== undefined; at = at.outer) {
    if (at.types.has(name)) return at.constants.get(name);
  }
  return undefined;
}

function refuseOther(graph: Graph, value: string, expected: ValueType, got: ValueType): void {
  if (sameValueType(expected, got)) return;
  throw new OutsetError('onnx.wrong_type', {
    graph: graph.name,
    value,
    expected: valueTypeText(expected),
    got: valueTypeText(got),
  });
}
