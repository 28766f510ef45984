/** A parsed model whose real numbers are all float32, whatever precision its author chose. */

import { bytesOfTensor } from '../../../formats/element-bytes.ts';
import { decodeStored } from '../../../formats/stored-tensor.ts';
import type {
  GraphProto,
  ModelProto,
  TensorProto,
  ValueInfoProto,
} from '../../../onnx/protobuf/onnx_pb.generated.ts';
import type { Subject } from '../../subject.ts';

type StoredPrecision = Subject['storedAs'] extends ReadonlyMap<string, infer Type> ? Type : never;

const float = 1;
const others: Readonly<Record<number, StoredPrecision>> = { 10: 'float16', 11: 'float64', 16: 'bfloat16' };

/** Graphs nest at most so deep. */
const deepest = 64;

/**
 * Turns half and double precision into float32, in place: tensors, declared types and casts. Tensors that do not have as
 * many bytes as they should stay as they are; whoever reads them will say so.
 * @returns what real tensors were stored as, by name
 */
export function toSinglePrecision(model: ModelProto): Map<string, StoredPrecision> {
  const stored = new Map<string, StoredPrecision>();
  if (model.graph !== undefined) convertGraph(model.graph, stored, 0);
  return stored;
}

function convertGraph(graph: GraphProto, stored: Map<string, StoredPrecision>, depth: number): void {
  if (depth > deepest) return;
  for (const tensor of graph.initializer) convertTensor(tensor, tensor.name ?? '', stored);
  for (const value of [...graph.input, ...graph.output, ...graph.valueInfo]) convertValue(value);
  for (const node of graph.node) {
    for (const attribute of node.attribute) {
      if (attribute.t !== undefined) convertTensor(attribute.t, node.output[0] ?? '', stored);
      if (attribute.g !== undefined) convertGraph(attribute.g, stored, depth + 1);
      const isType = attribute.name === 'to' || attribute.name === 'dtype';
      if (isType && others[Number(attribute.i)] !== undefined) attribute.i = BigInt(float);
    }
  }
}

function convertValue(value: ValueInfoProto): void {
  const type = value.type?.value;
  if (type?.case === 'tensorType' && others[type.value.elemType ?? 0] !== undefined)
    type.value.elemType = float;
}

function convertTensor(tensor: TensorProto, name: string, stored: Map<string, StoredPrecision>): void {
  const code = tensor.dataType ?? 0;
  const type = code === float ? 'float32' : others[code];
  if (type === undefined) return;
  stored.set(name, type);
  if (type === 'float32') return;
  const dims = tensor.dims.map(Number);
  const count = dims.reduce((a, b) => a * b, 1);
  const width = type === 'float64' ? 8 : 2;
  const raw =
    tensor.rawData !== undefined && tensor.rawData.length > 0 ? tensor.rawData : listed(tensor, type);
  if (!Number.isSafeInteger(count) || count < 0 || raw.length !== count * width) return;
  const values = decodeStored({ type, dims }, raw);
  tensor.dataType = float;
  tensor.rawData =
    values.dtype === 'float64'
      ? bytesOf(Float32Array.from(values.data as Float64Array))
      : bytesOfTensor(values);
  tensor.int32Data = [];
  tensor.doubleData = [];
}

function listed(tensor: TensorProto, type: StoredPrecision): Uint8Array {
  if (type === 'float64') return bytesOf(Float64Array.from(tensor.doubleData));
  return bytesOf(Uint16Array.from(tensor.int32Data));
}

function bytesOf({ buffer, byteOffset, byteLength }: ArrayBufferView): Uint8Array {
  return new Uint8Array(buffer, byteOffset, byteLength);
}
