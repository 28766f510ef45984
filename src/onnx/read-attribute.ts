import { OutsetError } from '../messages/error.ts';
import type { Attribute, Graph } from './graph.ts';
import {
  type AttributeProto,
  AttributeProto_AttributeType as AttributeType,
  type GraphProto,
} from './protobuf/onnx_pb.generated.ts';
import { readTensor } from './read-tensor.ts';

/** Turns an attribute of a file into plain data; `readSubgraph` is called for subgraphs. */
export function readAttribute(
  proto: AttributeProto,
  node: string,
  readSubgraph: (graph: GraphProto, attribute: string) => Graph,
): Attribute {
  const name = proto.name ?? '';
  const refuse = (reason: string) =>
    new OutsetError('onnx.unreadable_attribute', { node, attribute: name, reason });
  if ((proto.refAttrName ?? '') !== '') throw refuse('ref_attr_name');
  switch (proto.type) {
    case AttributeType.FLOAT:
      return { kind: 'float', value: proto.f };
    case AttributeType.INT:
      return { kind: 'int', value: exact(proto.i) };
    case AttributeType.STRING:
      return { kind: 'string', value: text(proto.s, refuse) };
    case AttributeType.FLOATS:
      return { kind: 'floats', value: [...proto.floats] };
    case AttributeType.INTS:
      return { kind: 'ints', value: proto.ints.map(exact) };
    case AttributeType.STRINGS:
      return { kind: 'strings', value: proto.strings.map((bytes) => text(bytes, refuse)) };
    case AttributeType.TENSOR:
      if (proto.t === undefined) throw refuse('TENSOR');
      return { kind: 'tensor', value: readTensor(proto.t, `${node}.${name}`) };
    case AttributeType.GRAPH:
      if (proto.g === undefined) throw refuse('GRAPH');
      return { kind: 'graph', value: readSubgraph(proto.g, name) };
    default:
      throw refuse(
        Object.entries(AttributeType).find(([, code]) => code === proto.type)?.[0] ?? `${proto.type}`,
      );
  }
}

/**
 * An int64 as a number. Beyond 2^53 it stops at the largest exact one: files write INT64_MAX for "to the end", and
 * no length or position comes near.
 */
function exact(value: bigint): number {
  if (value > BigInt(Number.MAX_SAFE_INTEGER)) return Number.MAX_SAFE_INTEGER;
  if (value < BigInt(Number.MIN_SAFE_INTEGER)) return Number.MIN_SAFE_INTEGER;
  return Number(value);
}

function text(bytes: Uint8Array, refuse: (reason: string) => OutsetError): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw refuse('UTF-8');
  }
}
