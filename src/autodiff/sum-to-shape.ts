import type { GraphBuilder } from '../onnx/builder.ts';
import { type Dims, elementCount } from '../tensor/tensor.ts';

/**
 * Undoes broadcasting: sums a cotangent over the axes that the forward operator stretched.
 *
 * A sum over leading axes only, as for the bias of [N, C], is a product with a row of ones, because onnxruntime's
 * ReduceSum over axis 0 is slow. Microseconds, onnxruntime-node 1.30, one thread, AVX2:
 *
 *   [N, C]              100x10   100x256   100x500   100x2000   1000x256
 *   ReduceSum, axis 0      2.1      18.3       5.2       14.5       19.8
 *   ones[1, N] · G         2.0       3.2       4.2        9.8       12.3
 *   Gᵀ · ones[N, 1]        2.1       9.3      15.4       59         72
 *
 * @param gradient a value whose shape `dims` broadcasts to
 * @param dims shape of the forward operand
 * @returns a value of shape `dims`; `gradient` itself when nothing was stretched
 */
export function sumToShape(builder: GraphBuilder, gradient: string, dims: Dims): string {
  const from = builder.dims(gradient);
  const lead = from.length - dims.length;
  const summed: number[] = [];
  for (const [axis, length] of from.entries()) {
    if (axis < lead || (dims[axis - lead] === 1 && length !== 1)) summed.push(axis);
  }
  if (summed.length === 0) return gradient;
  const kept = elementCount(dims);
  const rows = summed.reduce((product, axis) => product * from[axis], 1);
  const leading = summed.every((axis, i) => axis === i);
  if (leading && rows > 1 && kept > 1)
    return reshape(builder, rowOfOnes(builder, gradient, rows, kept), dims);
  if (rows === 1) return reshape(builder, gradient, dims);
  const dropped = summed.every((axis) => axis < lead);
  const sum = builder.op('ReduceSum', [gradient, builder.ints(summed)], { keepdims: dropped ? 0 : 1 });
  return reshape(builder, sum, dims);
}

const ones = new WeakMap<GraphBuilder, Map<string, string>>();

function rowOfOnes(builder: GraphBuilder, gradient: string, rows: number, columns: number): string {
  const dtype = builder.type(gradient).dtype === 'float64' ? 'float64' : 'float32';
  let known = ones.get(builder);
  if (known === undefined) {
    known = new Map();
    ones.set(builder, known);
  }
  const key = `${dtype}:${rows}`;
  let row = known.get(key);
  if (row === undefined) {
    const data = dtype === 'float64' ? new Float64Array(rows).fill(1) : new Float32Array(rows).fill(1);
    row = builder.constant({ dtype, dims: [1, rows], data });
    known.set(key, row);
  }
  return builder.op('MatMul', [row, reshape(builder, gradient, [rows, columns])]);
}

function reshape(builder: GraphBuilder, value: string, dims: Dims): string {
  const from = builder.dims(value);
  if (from.length === dims.length && from.every((length, i) => length === dims[i])) return value;
  return builder.op('Reshape', [value, builder.ints(dims)], dims.includes(0) ? { allowzero: 1 } : {});
}
