import type { DataType } from '../tensor/tensor.ts';

/** ONNX's number for each element type (`TensorProto.DataType`), as `Cast` and `EyeLike` take it. */
const codes: Readonly<Record<DataType, number>> = {
  float32: 1,
  uint8: 2,
  int8: 3,
  uint16: 4,
  int16: 5,
  int32: 6,
  int64: 7,
  bool: 9,
  float64: 11,
  uint32: 12,
  uint64: 13,
};

const dataTypes = new Map(Object.entries(codes).map(([dtype, code]) => [code, dtype as DataType]));

/** ONNX's number of an element type, e.g. 1 for float32: `builder.op('Cast', [x], { to: dataTypeCode('bool') })`. */
export function dataTypeCode(dtype: DataType): number {
  return codes[dtype];
}

/** The element type behind ONNX's number; undefined for those that tensors here cannot hold (strings, 16-bit floats...). */
export function dataTypeOfCode(code: number): DataType | undefined {
  return dataTypes.get(code);
}

/** Types with a fractional part. */
export const floatTypes: readonly DataType[] = ['float32', 'float64'];

/** Whole-number types. */
export const integerTypes: readonly DataType[] = [
  'int8',
  'uint8',
  'int16',
  'uint16',
  'int32',
  'uint32',
  'int64',
  'uint64',
];

/** Everything one can calculate with: all but bool. */
export const numericTypes: readonly DataType[] = [...floatTypes, ...integerTypes];
