/**
 * Where each element of a result comes from: lists of offsets into a source array, in the row-major order of the
 * result. Moving data (transpose, slice, pad, gather, broadcast …) is one such list followed by {@link take}.
 */
import { allocate, type Dims, elementCount, strides, type Tensor, tensor } from '../../tensor/tensor.ts';
import { type KernelCall, shapesDoNotFit } from './kernel.ts';

/** Offset that stands for "outside of the source". */
export const outside = -1;

/** Offsets of a walk over `dims` that moves by `steps[axis]` elements along each axis, from `start` on. */
export function strideOffsets(dims: Dims, steps: readonly number[], start = 0): Int32Array {
  const result = new Int32Array(elementCount(dims));
  if (result.length === 0) return result;
  result[0] = start;
  let filled = 1;
  for (let axis = dims.length - 1; axis >= 0; axis--) {
    for (let i = 1; i < dims[axis]; i++) {
      const block = i * filled;
      const shift = i * steps[axis];
      for (let j = 0; j < filled; j++) result[block + j] = result[j] + shift;
    }
    filled *= dims[axis];
  }
  return result;
}

/**
 * Offsets of a walk whose position along each axis is looked up: element (i, j, …) lies at
 * `tables[0][i] + tables[1][j] + …`, and outside where one of them is {@link outside}.
 */
export function tableOffsets(tables: readonly Int32Array[]): Int32Array {
  let count = 1;
  for (const table of tables) count *= table.length;
  let result = new Int32Array(1);
  for (let axis = tables.length - 1; axis >= 0; axis--) {
    const table = tables[axis];
    const inner = result;
    result = new Int32Array(table.length * inner.length);
    for (let i = 0; i < table.length; i++) {
      const block = i * inner.length;
      for (let j = 0; j < inner.length; j++) {
        result[block + j] = table[i] === outside || inner[j] === outside ? outside : table[i] + inner[j];
      }
    }
  }
  return count === 0 ? new Int32Array(0) : result;
}

/** Table of one axis from source positions (or {@link outside}) and the axis' stride. */
export function axisTable(positions: ArrayLike<number>, stride: number): Int32Array {
  const table = new Int32Array(positions.length);
  for (let i = 0; i < table.length; i++)
    table[i] = positions[i] === outside ? outside : positions[i] * stride;
  return table;
}

/** Table of an axis that is passed over in full. */
export function wholeAxis(length: number, stride: number): Int32Array {
  const table = new Int32Array(length);
  for (let i = 0; i < length; i++) table[i] = i * stride;
  return table;
}

/** A new tensor of the elements at the given offsets; `fill` stands where the offset is {@link outside}. */
export function take(source: Tensor, offsets: Int32Array, dims: Dims, fill = 0): Tensor {
  const data = allocate(source.dtype, offsets.length);
  // Numbers and bigints are never mixed: `data` and `source.data` have the same type.
  const from = source.data as Float64Array;
  const to = data as Float64Array;
  const filler = (data instanceof BigInt64Array || data instanceof BigUint64Array
    ? BigInt(fill)
    : fill) as unknown as number;
  for (let i = 0; i < offsets.length; i++) to[i] = offsets[i] === outside ? filler : from[offsets[i]];
  return tensor(source.dtype, dims, data);
}

/** The common shape of several, by the rules of numpy. */
export function broadcastDims(call: KernelCall, shapes: readonly Dims[]): number[] {
  const rank = Math.max(0, ...shapes.map((dims) => dims.length));
  const result = new Array<number>(rank).fill(1);
  for (const dims of shapes) {
    for (let i = 0; i < dims.length; i++) {
      const axis = rank - dims.length + i;
      if (dims[i] === 1) continue;
      if (result[axis] !== 1 && result[axis] !== dims[i]) throw shapesDoNotFit(call);
      result[axis] = dims[i];
    }
  }
  return result;
}

/** For each element of the shape `to`, the offset in a tensor of shape `from` that is stretched over it. */
export function broadcastOffsets(from: Dims, to: Dims): Int32Array {
  const own = strides(from);
  const missing = to.length - from.length;
  const steps = to.map((_, axis) => (axis < missing || from[axis - missing] === 1 ? 0 : own[axis - missing]));
  return strideOffsets(to, steps);
}

/** Doubles of a tensor stretched over the shape `to`; the array itself when it has that shape. */
export function broadcastNumbers(numbers: Float64Array, from: Dims, to: Dims): Float64Array {
  if (from.length === to.length && from.every((length, axis) => length === to[axis])) return numbers;
  const offsets = broadcastOffsets(from, to);
  const result = new Float64Array(offsets.length);
  for (let i = 0; i < result.length; i++) result[i] = numbers[offsets[i]];
  return result;
}
