import { OutsetError } from '../../messages/error.ts';
import type { Graph } from '../../onnx/graph.ts';
import type { Tensor } from '../../tensor/tensor.ts';
import type { KernelCall } from './kernel.ts';

/** A whole-number attribute, or its default. */
export function intAttribute(call: KernelCall, name: string, fallback: number): number {
  const attribute = call.node.attributes[name];
  if (attribute === undefined) return fallback;
  if (attribute.kind !== 'int') throw wrongKind(call, name, attribute.kind, 'int');
  return attribute.value;
}

/** A real attribute, or its default. Whole numbers are accepted. */
export function floatAttribute(call: KernelCall, name: string, fallback: number): number {
  const attribute = call.node.attributes[name];
  if (attribute === undefined) return fallback;
  if (attribute.kind !== 'float' && attribute.kind !== 'int')
    throw wrongKind(call, name, attribute.kind, 'float');
  return attribute.value;
}

/** A text attribute, or its default. */
export function stringAttribute(call: KernelCall, name: string, fallback: string): string {
  const attribute = call.node.attributes[name];
  if (attribute === undefined) return fallback;
  if (attribute.kind !== 'string') throw wrongKind(call, name, attribute.kind, 'string');
  return attribute.value;
}

/** A list of whole numbers, or undefined when the node does not have it. */
export function intsAttribute(call: KernelCall, name: string): readonly number[] | undefined {
  const attribute = call.node.attributes[name];
  if (attribute === undefined) return undefined;
  if (attribute.kind === 'floats' && attribute.value.length === 0) return [];
  if (attribute.kind !== 'ints') throw wrongKind(call, name, attribute.kind, 'ints');
  return attribute.value;
}

/** A tensor attribute, or undefined when the node does not have it. */
export function tensorAttribute(call: KernelCall, name: string): Tensor | undefined {
  const attribute = call.node.attributes[name];
  if (attribute === undefined) return undefined;
  if (attribute.kind !== 'tensor') throw wrongKind(call, name, attribute.kind, 'tensor');
  return attribute.value;
}

/** The body of a control-flow node. */
export function graphAttribute(call: KernelCall, name: string): Graph {
  const attribute = call.node.attributes[name];
  if (attribute?.kind !== 'graph') throw wrongKind(call, name, attribute?.kind ?? 'none', 'graph');
  return attribute.value;
}

function wrongKind(call: KernelCall, attribute: string, got: string, expected: string): OutsetError {
  return new OutsetError('runtime.bad_attribute', {
    node: call.node.name,
    operator: call.node.operator,
    attribute,
    value: got,
    expected,
  });
}
