/** Tensors as files store them: their element types include the half-precision ones, which have no array type here. */

import { type DataType, type Dims, elementCount, type Tensor, tensor } from '../tensor/tensor.ts';
import { bytesOfTensor, bytesPerElement, elementsFromBytes } from './element-bytes.ts';
import { narrowBfloat16, narrowFloat16, widenBfloat16, widenFloat16 } from './half.ts';

/** Element type of a tensor in a file. */
export type StoredType = DataType | 'float16' | 'bfloat16';

/** A tensor of a file by its description alone. */
export interface StoredTensor {
  readonly name: string;
  readonly type: StoredType;
  readonly dims: Dims;
}

/** Element types with a fractional part: those that weights come in. */
export const storedFloatTypes: readonly StoredType[] = ['float32', 'float64', 'float16', 'bfloat16'];

/** Bytes that one element takes in a file. */
export function storedElementBytes(type: StoredType): number {
  return type === 'float16' || type === 'bfloat16' ? 2 : bytesPerElement[type];
}

/** Bytes that a tensor takes in a file. */
export function storedByteLength({ type, dims }: Pick<StoredTensor, 'type' | 'dims'>): number {
  return elementCount(dims) * storedElementBytes(type);
}

/**
 * The bytes of a tensor in the element type of a file, little-endian. Half precision is rounded to nearest, ties to
 * even, as PyTorch and numpy do.
 * @param values float32 for every type with a fractional part; otherwise of the type itself
 */
export function encodeStored(values: Tensor, type: StoredType): Uint8Array {
  if (values.dtype === type) return bytesOfTensor(values);
  const numbers = values.data as Float32Array;
  if (type === 'float64') return bytesOf(Float64Array.from(numbers));
  if (type === 'float32') return bytesOf(Float32Array.from(numbers));
  return bytesOf(type === 'float16' ? narrowFloat16(numbers) : narrowBfloat16(numbers));
}

/** A tensor from the bytes of a file; half precision is widened to float32, which is exact. */
export function decodeStored({ type, dims }: Pick<StoredTensor, 'type' | 'dims'>, bytes: Uint8Array): Tensor {
  if (type === 'float16') return tensor('float32', dims, widenFloat16(elementsFromBytes('uint16', bytes)));
  if (type === 'bfloat16') return tensor('float32', dims, widenBfloat16(elementsFromBytes('uint16', bytes)));
  return tensor(type, dims, elementsFromBytes(type, bytes)) as Tensor;
}

function bytesOf({ buffer, byteOffset, byteLength }: ArrayBufferView): Uint8Array {
  return new Uint8Array(buffer, byteOffset, byteLength);
}
