import { OutsetError } from '../messages/error.ts';

/** Element types that a tensor can hold, by their ONNX and safetensors names. */
export type DataType =
  | 'float32'
  | 'float64'
  | 'int8'
  | 'uint8'
  | 'int16'
  | 'uint16'
  | 'int32'
  | 'uint32'
  | 'int64'
  | 'uint64'
  | 'bool';

/** The typed array behind each element type; `bool` is one byte of 0 or 1, as in ONNX. */
export interface DataOf {
  float32: Float32Array;
  float64: Float64Array;
  int8: Int8Array;
  uint8: Uint8Array;
  int16: Int16Array;
  uint16: Uint16Array;
  int32: Int32Array;
  uint32: Uint32Array;
  int64: BigInt64Array;
  uint64: BigUint64Array;
  bool: Uint8Array;
}

/** Lengths of the axes, outermost first; `[]` is a scalar. */
export type Dims = readonly number[];

/**
 * A dense array in row-major order: the last axis is contiguous.
 * Plain data: no arithmetic lives here, and nothing is copied when one is made.
 */
export interface Tensor<Type extends DataType = DataType> {
  readonly dtype: Type;
  readonly dims: Dims;
  readonly data: DataOf[Type];
}

const constructors = {
  float32: Float32Array,
  float64: Float64Array,
  int8: Int8Array,
  uint8: Uint8Array,
  int16: Int16Array,
  uint16: Uint16Array,
  int32: Int32Array,
  uint32: Uint32Array,
  int64: BigInt64Array,
  uint64: BigUint64Array,
  bool: Uint8Array,
} as const;

/** Number of elements of a shape; 1 for a scalar. */
export function elementCount(dims: Dims): number {
  let count = 1;
  for (const length of dims) count *= length;
  return count;
}

/** A new typed array of `length` zeros for the element type. */
export function allocate<Type extends DataType>(dtype: Type, length: number): DataOf[Type] {
  return new constructors[dtype](length) as DataOf[Type];
}

/**
 * Wraps a typed array as a tensor without copying.
 * @throws tensor.length_mismatch when `data` does not hold exactly the elements of `dims`
 */
export function tensor<Type extends DataType>(dtype: Type, dims: Dims, data: DataOf[Type]): Tensor<Type> {
  for (const length of dims) {
    if (!Number.isInteger(length) || length < 0)
      throw new OutsetError('tensor.bad_dims', { dims: [...dims] });
  }
  if (data.length !== elementCount(dims)) {
    throw new OutsetError('tensor.length_mismatch', {
      dims: [...dims],
      expected: elementCount(dims),
      got: data.length,
    });
  }
  return { dtype, dims: [...dims], data };
}

/** A tensor of zeros. */
export function zerosTensor<Type extends DataType>(dtype: Type, dims: Dims): Tensor<Type> {
  return tensor(dtype, dims, allocate(dtype, elementCount(dims)));
}

/** A float32 tensor from numbers, for literals. */
export function float32(dims: Dims, values: ArrayLike<number>): Tensor<'float32'> {
  return tensor('float32', dims, Float32Array.from(values));
}

/** An int64 tensor from whole numbers, for ONNX shapes and axes. */
export function int64(dims: Dims, values: readonly number[]): Tensor<'int64'> {
  return tensor('int64', dims, BigInt64Array.from(values, BigInt));
}

/** Row-major strides, in elements. */
export function strides(dims: Dims): number[] {
  const result = new Array<number>(dims.length);
  let step = 1;
  for (let axis = dims.length - 1; axis >= 0; axis--) {
    result[axis] = step;
    step *= dims[axis];
  }
  return result;
}
