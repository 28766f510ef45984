/**
 * The safetensors format: 8 bytes of header length (little-endian), a JSON header, then the tensors' bytes.
 *
 * Written files equal those of the reference implementation: tensors ordered by element type (the widest first, so
 * that each is aligned) and then by name, the header padded with spaces to a multiple of 8 bytes. Reading is strict:
 * whatever the format forbids is an error, and memory is only taken for bytes that are there.
 *
 * @see https://huggingface.co/docs/safetensors
 */

import { OutsetError } from '../messages/error.ts';
import { type DataType, elementCount, type Tensor, tensor } from '../tensor/tensor.ts';
import { bytesOfTensor, bytesPerElement, elementsFromBytes } from './element-bytes.ts';
import { widenBfloat16, widenFloat16 } from './half.ts';
import { parseSafetensorsHeader, type SafetensorsEntry } from './safetensors-header.ts';

/** What a safetensors file holds. */
export interface SafetensorsContent {
  /** Tensors by name, in the order in which their bytes lie in the file. */
  readonly tensors: ReadonlyMap<string, Tensor>;
  /** Free text that travels with the tensors. */
  readonly metadata: Readonly<Record<string, string>>;
}

/** Element types by the names of the format, in the order in which the reference implementation lays them out. */
const layoutOrder = [
  ['uint64', 'U64'],
  ['int64', 'I64'],
  ['float64', 'F64'],
  ['float32', 'F32'],
  ['uint32', 'U32'],
  ['int32', 'I32'],
  ['uint16', 'U16'],
  ['int16', 'I16'],
  ['int8', 'I8'],
  ['uint8', 'U8'],
  ['bool', 'BOOL'],
] as const satisfies readonly (readonly [DataType, string])[];

const nameOf = Object.fromEntries(layoutOrder) as Record<DataType, string>;
const typeOf = new Map<string, DataType>(layoutOrder.map(([dtype, name]) => [name, dtype]));
const rankOf = new Map<DataType, number>(layoutOrder.map(([dtype], rank) => [dtype, rank]));

/**
 * The bytes of a safetensors file. The same tensors and metadata give the same bytes, whatever their order.
 * @throws formats.safetensors_reserved_name when a tensor is called `__metadata__`
 */
export function writeSafetensors(
  tensors: ReadonlyMap<string, Tensor> | Readonly<Record<string, Tensor>>,
  metadata: Readonly<Record<string, string>> = {},
): Uint8Array {
  const entries: [string, Tensor][] = tensors instanceof Map ? [...tensors] : Object.entries(tensors);
  entries.sort(([aName, a], [bName, b]) => {
    const byType = (rankOf.get(a.dtype) ?? 0) - (rankOf.get(b.dtype) ?? 0);
    return byType !== 0 ? byType : compareCodePoints(aName, bName);
  });
  const fields: string[] = [];
  const keys = Object.keys(metadata).sort(compareCodePoints);
  if (keys.length > 0) {
    const pairs = keys.map((key) => `${JSON.stringify(key)}:${JSON.stringify(metadata[key])}`);
    fields.push(`"__metadata__":{${pairs.join(',')}}`);
  }
  let offset = 0;
  for (const [name, { dtype, dims, data }] of entries) {
    if (name === '__metadata__') throw new OutsetError('formats.safetensors_reserved_name', { name });
    const end = offset + data.byteLength;
    const description = `{"dtype":"${nameOf[dtype]}","shape":[${dims.join(',')}],"data_offsets":[${offset},${end}]}`;
    fields.push(`${JSON.stringify(name)}:${description}`);
    offset = end;
  }
  const header = new TextEncoder().encode(`{${fields.join(',')}}`);
  const paddedLength = Math.ceil(header.length / 8) * 8;
  const bytes = new Uint8Array(8 + paddedLength + offset);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(paddedLength), true);
  bytes.set(header, 8);
  bytes.fill(0x20, 8 + header.length, 8 + paddedLength);
  let position = 8 + paddedLength;
  for (const [, value] of entries) {
    bytes.set(bytesOfTensor(value), position);
    position += value.data.byteLength;
  }
  return bytes;
}

/**
 * Reads a safetensors file. F16 and BF16 tensors are widened to float32, which is exact.
 * @param where the file's name, for error messages
 * @throws formats.truncated, formats.trailing_bytes, formats.safetensors_* with what was expected and what is there
 * @throws formats.safetensors_dtype for element types that have no array type here (8-bit floats, complex)
 */
export function readSafetensors(bytes: Uint8Array, where = 'safetensors'): SafetensorsContent {
  const { entries, metadata, dataStart } = parseSafetensorsHeader(bytes, where);
  const tensors = new Map<string, Tensor>();
  for (const entry of entries) {
    const raw = bytes.subarray(dataStart + entry.begin, dataStart + entry.end);
    tensors.set(entry.name, decode(entry, raw, where));
  }
  return { tensors, metadata };
}

function decode(entry: SafetensorsEntry, raw: Uint8Array, where: string): Tensor {
  const { name, dtype: typeName, shape } = entry;
  const half = typeName === 'F16' || typeName === 'BF16';
  const dtype = half ? 'uint16' : typeOf.get(typeName);
  if (dtype === undefined) {
    throw new OutsetError('formats.safetensors_dtype', {
      where,
      name,
      dtype: typeName,
      known: [...typeOf.keys(), 'F16', 'BF16'],
    });
  }
  const expected = elementCount(shape) * bytesPerElement[dtype];
  if (expected !== raw.length) {
    throw new OutsetError('formats.safetensors_tensor_length', { where, name, expected, got: raw.length });
  }
  if (dtype === 'bool') {
    const wrong = raw.findIndex((byte) => byte > 1);
    if (wrong >= 0) {
      throw new OutsetError('formats.safetensors_bool', { where, name, got: raw[wrong] });
    }
  }
  if (half) {
    const words = elementsFromBytes('uint16', raw);
    return tensor('float32', shape, typeName === 'F16' ? widenFloat16(words) : widenBfloat16(words));
  }
  return tensor(dtype, shape, elementsFromBytes(dtype, raw)) as Tensor;
}

/** Order by Unicode code point, which is that of the UTF-8 bytes (JavaScript's own is by UTF-16 unit). */
function compareCodePoints(a: string, b: string): number {
  const left = [...a];
  const right = [...b];
  for (let i = 0; i < Math.min(left.length, right.length); i++) {
    const difference = (left[i].codePointAt(0) ?? 0) - (right[i].codePointAt(0) ?? 0);
    if (difference !== 0) return difference;
  }
  return left.length - right.length;
}
