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
import type { Tensor } from '../tensor/tensor.ts';
import { bytesOfTensor } from './element-bytes.ts';
import { parseSafetensorsHeader, type SafetensorsEntry } from './safetensors-header.ts';
import { decodeStored, type StoredTensor, type StoredType, storedByteLength } from './stored-tensor.ts';

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
  ['bfloat16', 'BF16'],
  ['float16', 'F16'],
  ['uint16', 'U16'],
  ['int16', 'I16'],
  ['int8', 'I8'],
  ['uint8', 'U8'],
  ['bool', 'BOOL'],
] as const satisfies readonly (readonly [StoredType, string])[];

const nameOf = Object.fromEntries(layoutOrder) as Record<StoredType, string>;
const typeOf = new Map<string, StoredType>(layoutOrder.map(([type, name]) => [name, type]));
const rankOf = new Map<StoredType, number>(layoutOrder.map(([type], rank) => [type, rank]));

/** Where everything goes in a safetensors file before any of it is there. */
export interface SafetensorsPlan {
  /** The first bytes of the file, up to the first tensor. */
  readonly head: Uint8Array;
  /** Tensors in the order of their bytes. */
  readonly tensors: readonly StoredTensor[];
  /** Where the bytes of each tensor start, counted from the start of the file. */
  readonly starts: ReadonlyMap<string, number>;
  /** Length of the whole file. */
  readonly length: number;
}

/**
 * Lays out a safetensors file. The same tensors and metadata give the same plan, whatever their order.
 * @throws formats.safetensors_reserved_name when a tensor is called `__metadata__`
 */
export function planSafetensors(
  stored: readonly StoredTensor[],
  metadata: Readonly<Record<string, string>> = {},
): SafetensorsPlan {
  const tensors = [...stored].sort((a, b) => {
    const byType = (rankOf.get(a.type) ?? 0) - (rankOf.get(b.type) ?? 0);
    return byType !== 0 ? byType : compareCodePoints(a.name, b.name);
  });
  const fields: string[] = [];
  const keys = Object.keys(metadata).sort(compareCodePoints);
  if (keys.length > 0) {
    const pairs = keys.map((key) => `${JSON.stringify(key)}:${JSON.stringify(metadata[key])}`);
    fields.push(`"__metadata__":{${pairs.join(',')}}`);
  }
  const ends: number[] = [];
  let offset = 0;
  for (const { name, type, dims } of tensors) {
    if (name === '__metadata__') throw new OutsetError('formats.safetensors_reserved_name', { name });
    const end = offset + storedByteLength({ type, dims });
    const description = `{"dtype":"${nameOf[type]}","shape":[${dims.join(',')}],"data_offsets":[${offset},${end}]}`;
    fields.push(`${JSON.stringify(name)}:${description}`);
    ends.push(end);
    offset = end;
  }
  const header = new TextEncoder().encode(`{${fields.join(',')}}`);
  const paddedLength = Math.ceil(header.length / 8) * 8;
  const head = new Uint8Array(8 + paddedLength).fill(0x20);
  new DataView(head.buffer).setBigUint64(0, BigInt(paddedLength), true);
  head.set(header, 8);
  const starts = tensors.map(({ name }, i) => [name, head.length + (i === 0 ? 0 : ends[i - 1])] as const);
  return { head, tensors, starts: new Map(starts), length: head.length + offset };
}

/**
 * The bytes of a safetensors file. The same tensors and metadata give the same bytes, whatever their order.
 * @throws formats.safetensors_reserved_name when a tensor is called `__metadata__`
 */
export function writeSafetensors(
  tensors: ReadonlyMap<string, Tensor> | Readonly<Record<string, Tensor>>,
  metadata: Readonly<Record<string, string>> = {},
): Uint8Array {
  const entries: [string, Tensor][] = tensors instanceof Map ? [...tensors] : Object.entries(tensors);
  const plan = planSafetensors(
    entries.map(([name, { dtype, dims }]) => ({ name, type: dtype, dims })),
    metadata,
  );
  const bytes = new Uint8Array(plan.length);
  bytes.set(plan.head);
  for (const [name, value] of entries) bytes.set(bytesOfTensor(value), plan.starts.get(name));
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

/**
 * A header entry as a stored tensor, its length checked.
 * @throws formats.safetensors_dtype, formats.safetensors_tensor_length
 */
export function storedSafetensor(entry: SafetensorsEntry, where: string): StoredTensor {
  const { name, dtype, shape: dims, begin, end } = entry;
  const type = typeOf.get(dtype);
  if (type === undefined) {
    throw new OutsetError('formats.safetensors_dtype', { where, name, dtype, known: [...typeOf.keys()] });
  }
  const expected = storedByteLength({ type, dims });
  if (expected !== end - begin) {
    throw new OutsetError('formats.safetensors_tensor_length', { where, name, expected, got: end - begin });
  }
  return { name, type, dims };
}

function decode(entry: SafetensorsEntry, raw: Uint8Array, where: string): Tensor {
  const { name, type, dims } = storedSafetensor(entry, where);
  if (type === 'bool') {
    const wrong = raw.findIndex((byte) => byte > 1);
    if (wrong >= 0) {
      throw new OutsetError('formats.safetensors_bool', { where, name, got: raw[wrong] });
    }
  }
  return decodeStored({ type, dims }, raw);
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
