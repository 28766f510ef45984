import { flagAttribute, intAttribute } from '../../onnx/attributes.ts';
import { elementCount, int64 } from '../../tensor/tensor.ts';
import { fromNumbers, type Kernel, normalizeAxis, numbersOf, requiredInput } from './kernel.ts';

/** The k largest (or smallest) elements along an axis in order, and their positions; the lower one wins a tie. */
export const topK: Kernel = (call) => {
  const input = requiredInput(call, 0);
  const count = numbersOf(requiredInput(call, 1))[0];
  const axis = normalizeAxis(call, intAttribute(call.node, 'axis', -1), input.dims.length);
  const direction = flagAttribute(call.node, 'largest', true) ? -1 : 1;
  const x = numbersOf(input);
  const length = input.dims[axis];
  const inner = elementCount(input.dims.slice(axis + 1));
  const outer = elementCount(input.dims.slice(0, axis));
  const values = new Float64Array(outer * count * inner);
  const indices = new Array<number>(values.length).fill(0);
  for (let o = 0; o < outer * inner; o++) {
    const start = Math.floor(o / inner) * length * inner + (o % inner);
    const target = Math.floor(o / inner) * count * inner + (o % inner);
    const order = Array.from({ length }, (_, i) => i);
    order.sort((a, b) => direction * (x[start + a * inner] - x[start + b * inner]) || a - b);
    for (let k = 0; k < count; k++) {
      values[target + k * inner] = x[start + order[k] * inner];
      indices[target + k * inner] = order[k];
    }
  }
  const dims = input.dims.map((n, a) => (a === axis ? count : n));
  return [fromNumbers(input.dtype, dims, values), int64(dims, indices)];
};
