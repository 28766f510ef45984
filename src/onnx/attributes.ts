/**
 * Attributes of a node with their defaults, checked for their kind. Without a default the attribute must be there.
 */
import { OutsetError } from '../messages/error.ts';
import type { Tensor } from '../tensor/tensor.ts';
import type { Attribute, Graph, GraphNode } from './graph.ts';

/** A whole-number attribute. */
export function intAttribute(node: GraphNode, name: string, fallback?: number): number {
  return attribute(node, name, 'int', fallback, (found) =>
    found.kind === 'int' && Number.isInteger(found.value) ? found.value : undefined,
  );
}

/** A whole-number attribute used as a switch: 0 is false. */
export function flagAttribute(node: GraphNode, name: string, fallback: boolean): boolean {
  return intAttribute(node, name, fallback ? 1 : 0) !== 0;
}

/** A float attribute; a whole-number one is taken as well. */
export function numberAttribute(node: GraphNode, name: string, fallback?: number): number {
  return attribute(node, name, 'float', fallback, (found) =>
    found.kind === 'float' || found.kind === 'int' ? found.value : undefined,
  );
}

/** A string attribute; with `allowed`, one of these. */
export function stringAttribute(
  node: GraphNode,
  name: string,
  fallback?: string,
  allowed?: readonly string[],
): string {
  const value = attribute(node, name, 'string', fallback, (found) =>
    found.kind === 'string' ? found.value : undefined,
  );
  if (allowed !== undefined && !allowed.includes(value)) {
    throw new OutsetError('onnx.bad_attribute', {
      ...where(node),
      attribute: name,
      expected: allowed.join(' | '),
      got: value,
    });
  }
  return value;
}

/** A list of whole numbers. */
export function intsAttribute(
  node: GraphNode,
  name: string,
  fallback?: readonly number[],
): readonly number[] {
  return attribute(node, name, 'ints', fallback, (found) =>
    found.kind === 'ints' || (found.kind === 'floats' && found.value.length === 0) ? found.value : undefined,
  );
}

/** A list of floats. */
export function numbersAttribute(
  node: GraphNode,
  name: string,
  fallback?: readonly number[],
): readonly number[] {
  return attribute(node, name, 'floats', fallback, (found) =>
    found.kind === 'floats' || found.kind === 'ints' ? found.value : undefined,
  );
}

/** A tensor attribute. */
export function tensorAttribute(node: GraphNode, name: string, fallback?: Tensor): Tensor {
  return attribute(node, name, 'tensor', fallback, (found) =>
    found.kind === 'tensor' ? found.value : undefined,
  );
}

/** A subgraph, e.g. the `body` of a Loop. */
export function graphAttribute(node: GraphNode, name: string): Graph {
  return attribute(node, name, 'graph', undefined, (found) =>
    found.kind === 'graph' ? found.value : undefined,
  );
}

/** True if the node states the attribute. */
export function hasAttribute(node: GraphNode, name: string): boolean {
  return Object.hasOwn(node.attributes, name);
}

function attribute<Value>(
  node: GraphNode,
  name: string,
  expected: Attribute['kind'],
  fallback: Value | undefined,
  pick: (found: Attribute) => Value | undefined,
): Value {
  const found = hasAttribute(node, name) ? node.attributes[name] : undefined;
  if (found === undefined) {
    if (fallback === undefined)
      throw new OutsetError('onnx.missing_attribute', { ...where(node), attribute: name });
    return fallback;
  }
  const value = pick(found);
  if (value === undefined) {
    throw new OutsetError('onnx.bad_attribute', {
      ...where(node),
      attribute: name,
      expected,
      got: found.kind,
    });
  }
  return value;
}

function where(node: GraphNode): { node: string; operator: string } {
  return { node: node.name, operator: node.operator };
}
