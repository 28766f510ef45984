/** Weights that hold several matrices side by side, such as query, key and value in one. */
import { elementCount, type Tensor, tensor } from '../tensor/tensor.ts';
import { layoutOf } from './check.ts';
import type { Initializer, ParameterShape } from './initializer.ts';

/**
 * Draws each of the matrices that lie one after the other along the outputs by its own rule, with its own fans. A weight
 * whose outputs cannot be split that way is drawn by the first rule as a whole.
 */
export function fused(rule: string, parts: readonly Initializer[]): Initializer {
  return (stream, parameter) => {
    const axis = layoutOf(rule, parameter).outAxis;
    if (parameter.dims[axis] % parts.length !== 0) return parts[0](stream, parameter);
    const part: ParameterShape = {
      ...parameter,
      dims: parameter.dims.map((n, i) => (i === axis ? n / parts.length : n)),
      fanOut: parameter.fanOut / parts.length,
    };
    return concatenate(
      parameter.dims,
      axis,
      parts.map((initializer, k) => initializer(stream.child(k), part)),
    );
  };
}

/** Tensors of equal shape, one after the other along an axis. */
export function concatenate(
  dims: readonly number[],
  axis: number,
  parts: readonly Tensor<'float32'>[],
): Tensor<'float32'> {
  const inner = elementCount(parts[0].dims.slice(axis));
  const outer = elementCount(dims.slice(0, axis));
  const out = new Float32Array(elementCount(dims));
  for (const [k, { data }] of parts.entries()) {
    for (let i = 0; i < outer; i++) {
      out.set(data.subarray(i * inner, (i + 1) * inner), (i * parts.length + k) * inner);
    }
  }
  return tensor('float32', dims, out);
}
