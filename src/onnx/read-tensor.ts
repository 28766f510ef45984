import { OutsetError } from '../messages/error.ts';
import { allocate, type DataType, type Tensor, tensor } from '../tensor/tensor.ts';
import { dataTypeOfCode } from './data-types.ts';
import {
  type TensorProto,
  TensorProto_DataLocation,
  TensorProto_DataType,
} from './protobuf/onnx_pb.generated.ts';

/** A tensor from a file that nobody vouches for: its data must have exactly the size that its shape asks for. */
export function readTensor(proto: TensorProto, name: string): Tensor {
  if (proto.dataLocation === TensorProto_DataLocation.EXTERNAL || proto.externalData.length > 0) {
    throw new OutsetError('onnx.external_data', { value: name });
  }
  if (proto.segment !== undefined)
    throw new OutsetError('onnx.bad_tensor_data', { value: name, expected: 'no segment', got: 'segment' });
  const dtype = elementType(proto.dataType ?? 0, name);
  const { dims, count } = readDims(proto.dims, name);
  if (proto.rawData !== undefined && (proto.rawData.length > 0 || count === 0)) {
    return fromRaw(dtype, dims, count, proto.rawData, name);
  }
  const values = listedValues(proto, dtype);
  if (values.length !== count) throw wrongSize(name, `${count}`, `${values.length}`);
  const data = allocate(dtype, count);
  for (let i = 0; i < count; i++) {
    const value = values[i];
    const stored = dtype === 'bool' ? Number(Number(value) !== 0) : value;
    data[i] = stored as never;
    const kept = data[i] === stored || dtype === 'float32' || dtype === 'float64';
    if (!kept) throw wrongSize(name, dtype, `${value}`);
  }
  return tensor(dtype, dims, data);
}

/** Element type of a tensor or value. */
export function elementType(code: number, value: string): DataType {
  const dtype = dataTypeOfCode(code);
  if (dtype === undefined) {
    const known = Object.entries(TensorProto_DataType).find(([, number]) => number === code);
    throw new OutsetError('onnx.unsupported_element_type', { value, type: known?.[0] ?? `${code}` });
  }
  return dtype;
}

function readDims(lengths: readonly bigint[], value: string) {
  const dims = lengths.map(Number);
  let count = 1;
  // A zero anywhere makes the tensor empty, whatever the other lengths say; each must still be a length.
  for (const length of dims) {
    if (!Number.isSafeInteger(length) || length < 0) {
      throw new OutsetError('onnx.bad_dims', { value, dims });
    }
    count *= length;
  }
  if (!Number.isSafeInteger(count) || dims.length > 64)
    throw new OutsetError('onnx.bad_dims', { value, dims: dims.slice(0, 64) });
  return { dims, count };
}

function fromRaw(dtype: DataType, dims: number[], count: number, raw: Uint8Array, name: string): Tensor {
  const width = allocate(dtype, 0).BYTES_PER_ELEMENT;
  // Before allocating: a few bytes must not be able to ask for terabytes.
  if (raw.length !== count * width) throw wrongSize(name, `${count * width} B`, `${raw.length} B`);
  const data = allocate(dtype, count);
  // Copied, because the bytes lie unaligned within the file.
  const bytes = new Uint8Array(data.buffer);
  bytes.set(raw);
  if (dtype === 'bool') for (let i = 0; i < count; i++) bytes[i] = bytes[i] === 0 ? 0 : 1;
  return tensor(dtype, dims, data);
}

function listedValues(proto: TensorProto, dtype: DataType): readonly (number | bigint)[] {
  switch (dtype) {
    case 'float32':
      return proto.floatData;
    case 'float64':
      return proto.doubleData;
    case 'int64':
      return proto.int64Data;
    case 'uint64':
      return proto.uint64Data;
    case 'uint32':
      return proto.uint64Data.map(Number);
    default:
      return proto.int32Data;
  }
}

function wrongSize(value: string, expected: string, got: string) {
  return new OutsetError('onnx.bad_tensor_data', { value, expected, got });
}
