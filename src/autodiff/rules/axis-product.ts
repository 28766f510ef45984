import { elementCount } from '../../tensor/tensor.ts';
import type { VjpContext } from '../vjp.ts';

/**
 * Multiplies one axis by a constant matrix: result[..., i, ...] = Σ_o weights[i, o] value[..., o, ...].
 * The adjoint of any linear map along an axis, such as copying or interpolating.
 * @param weights row-major [rows, length of the axis]
 */
export function applyAlongAxis(
  context: VjpContext,
  value: string,
  axis: number,
  weights: Float64Array,
  rows: number,
): string {
  const dims = context.builder.dims(value);
  const matrix = context.constantOf([rows, dims[axis]], weights);
  const folded = [elementCount(dims.slice(0, axis)), dims[axis], elementCount(dims.slice(axis + 1))];
  const product = context.op('MatMul', [matrix, context.reshape(value, folded)]);
  return context.reshape(
    product,
    dims.map((length, i) => (i === axis ? rows : length)),
  );
}
