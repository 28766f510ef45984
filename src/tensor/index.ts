/** Dense arrays: element type, shape, typed array. */
export { singularValues } from './singular-values.ts';
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
