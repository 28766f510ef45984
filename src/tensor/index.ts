/** Dense arrays: element type, shape, typed array. */
export {
  allocate,
  type DataOf,
  type DataType,
  type Dims,
  elementCount,
  float32,
  int64,
  strides,
  type Tensor,
  tensor,
  zerosTensor,
} from './tensor.ts';
