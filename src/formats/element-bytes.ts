/** Typed arrays from the raw little- or big-endian bytes of a file, and back. */

import { allocate, type DataOf, type DataType, type Tensor } from '../tensor/tensor.ts';

/** Bytes of one element. */
export const bytesPerElement: Readonly<Record<DataType, number>> = {
  float32: 4,
  float64: 8,
  int8: 1,
  uint8: 1,
  int16: 2,
  uint16: 2,
  int32: 4,
  uint32: 4,
  int64: 8,
  uint64: 8,
  bool: 1,
};

/**
 * Copies raw bytes into a fresh, aligned typed array. Bytes of a `bool` other than 0 become 1.
 * @param bytes exactly a whole number of elements
 */
export function elementsFromBytes<Type extends DataType>(
  dtype: Type,
  bytes: Uint8Array,
  bigEndian = false,
): DataOf[Type] {
  const size = bytesPerElement[dtype];
  const data = allocate(dtype, bytes.length / size);
  const target = new Uint8Array(data.buffer);
  target.set(bytes);
  if (bigEndian && size > 1) reverseElements(target, size);
  if (dtype === 'bool') for (let i = 0; i < target.length; i++) if (target[i] > 1) target[i] = 1;
  return data;
}

/** The bytes of a tensor as they lie in memory (little-endian on every platform that runs JavaScript engines). */
export function bytesOfTensor(tensor: Tensor): Uint8Array {
  const { buffer, byteOffset, byteLength } = tensor.data;
  return new Uint8Array(buffer, byteOffset, byteLength);
}

function reverseElements(bytes: Uint8Array, size: number): void {
  for (let start = 0; start < bytes.length; start += size) {
    for (let low = start, high = start + size - 1; low < high; low++, high--) {
      const byte = bytes[low];
      bytes[low] = bytes[high];
      bytes[high] = byte;
    }
  }
}
