import { create, toBinary } from '@bufbuild/protobuf';
import { OutsetError } from '../messages/error.ts';
import type { Tensor } from '../tensor/tensor.ts';
import { dataTypeCode } from './data-types.ts';
import { type Attribute, type Graph, type GraphNode, opsetVersion, type ValueInfo } from './graph.ts';
import {
  type AttributeProto,
  AttributeProtoSchema,
  AttributeProto_AttributeType as AttributeType,
  type GraphProto,
  GraphProtoSchema,
  ModelProtoSchema,
  type NodeProto,
  NodeProtoSchema,
  type TensorProto,
  TensorProtoSchema,
  type ValueInfoProto,
  ValueInfoProtoSchema,
} from './protobuf/onnx_pb.generated.ts';

/** Version of the file format itself; 10 is the one that came with opset 21. */
const irVersion = 10n;

/** Protobuf messages end here: readers in C++ refuse longer ones. */
const mostBytes = 2 ** 31 - 1;

/** What to write beside the graph. */
export interface EncodeOptions {
  /** Free text by key, kept in the model's `metadata_props`. */
  readonly metadata?: Readonly<Record<string, string>>;
}

/**
 * The bytes of an .onnx file: IR version 10, opset 21, and onnxruntime's own operators (version 1) if the graph uses
 * them. Tensors are written as raw little-endian bytes, inside the file.
 * @throws onnx.model_too_large beyond 2 GiB, which no other reader could open
 */
export function encodeModel(graph: Graph, options: EncodeOptions = {}): Uint8Array {
  const bytes = tensorBytes(graph);
  if (bytes > mostBytes) throw new OutsetError('onnx.model_too_large', { bytes, most: mostBytes });
  const domains = new Set<string>(['']);
  const model = create(ModelProtoSchema, {
    irVersion,
    producerName: 'outset',
    graph: toGraph(graph, domains),
    opsetImport: [...domains].map((domain) => ({
      domain,
      version: domain === '' ? BigInt(opsetVersion) : 1n,
    })),
    metadataProps: Object.entries(options.metadata ?? {}).map(([key, value]) => ({ key, value })),
  });
  return toBinary(ModelProtoSchema, model);
}

function tensorBytes(graph: Graph): number {
  let bytes = 0;
  for (const value of graph.initializers.values()) bytes += value.data.byteLength;
  for (const node of graph.nodes) {
    for (const attribute of Object.values(node.attributes)) {
      if (attribute.kind === 'tensor') bytes += attribute.value.data.byteLength;
      if (attribute.kind === 'graph') bytes += tensorBytes(attribute.value);
    }
  }
  return bytes;
}

function toGraph(graph: Graph, domains: Set<string>): GraphProto {
  return create(GraphProtoSchema, {
    name: graph.name,
    input: graph.inputs.map(toValueInfo),
    output: graph.outputs.map(toValueInfo),
    initializer: [...graph.initializers].map(([name, value]) => toTensor(value, name)),
    node: graph.nodes.map((node) => toNode(node, domains)),
  });
}

function toValueInfo({ name, dtype, dims }: ValueInfo): ValueInfoProto {
  return create(ValueInfoProtoSchema, {
    name,
    type: {
      value: {
        case: 'tensorType',
        value: {
          elemType: dataTypeCode(dtype),
          shape: {
            dim: dims.map((length) => ({ value: { case: 'dimValue' as const, value: BigInt(length) } })),
          },
        },
      },
    },
  });
}

function toTensor({ dtype, dims, data }: Tensor, name = ''): TensorProto {
  return create(TensorProtoSchema, {
    name,
    dataType: dataTypeCode(dtype),
    dims: dims.map(BigInt),
    // A view: every platform that runs JavaScript engines today is little-endian, as ONNX wants it.
    rawData: new Uint8Array(data.buffer as ArrayBuffer, data.byteOffset, data.byteLength),
  });
}

function toNode(node: GraphNode, domains: Set<string>): NodeProto {
  domains.add(node.domain);
  return create(NodeProtoSchema, {
    name: node.name,
    opType: node.operator,
    domain: node.domain,
    input: [...node.inputs],
    output: [...node.outputs],
    attribute: Object.entries(node.attributes).map(([name, value]) => toAttribute(name, value, domains)),
  });
}

const encoder = new TextEncoder();

function toAttribute(name: string, attribute: Attribute, domains: Set<string>): AttributeProto {
  return create(AttributeProtoSchema, { name, ...attributeFields(attribute, domains) });
}

function attributeFields(attribute: Attribute, domains: Set<string>) {
  switch (attribute.kind) {
    case 'int':
      return { type: AttributeType.INT, i: BigInt(attribute.value) };
    case 'float':
      return { type: AttributeType.FLOAT, f: attribute.value };
    case 'string':
      return { type: AttributeType.STRING, s: encoder.encode(attribute.value) };
    case 'ints':
      return { type: AttributeType.INTS, ints: attribute.value.map(BigInt) };
    case 'floats':
      return { type: AttributeType.FLOATS, floats: [...attribute.value] };
    case 'strings':
      return { type: AttributeType.STRINGS, strings: attribute.value.map((text) => encoder.encode(text)) };
    case 'tensor':
      return { type: AttributeType.TENSOR, t: toTensor(attribute.value) };
    case 'graph':
      return { type: AttributeType.GRAPH, g: toGraph(attribute.value, domains) };
  }
}
