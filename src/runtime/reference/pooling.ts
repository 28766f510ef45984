/** Pooling over windows and over whole images. */
import { flagAttribute, intAttribute, intsAttribute } from '../../onnx/attributes.ts';
import { resolveTransposedWindow, resolveWindow } from '../../onnx/window.ts';
import { elementCount, type Tensor, tensor } from '../../tensor/tensor.ts';
import {
  fromNumbers,
  type Kernel,
  type KernelTable,
  numbersOf,
  optionalInts,
  real,
  requiredInput,
  shapesDoNotFit,
  unsupported,
} from './kernel.ts';
import { outside } from './offsets.ts';
import { paddedCounts, windowOffsets } from './window-offsets.ts';

/** Largest element of each window; the first wins a tie. Second output: its offset in the whole input tensor. */
const maxPool: Kernel = (call) => {
  const input = requiredInput(call, 0);
  if (intAttribute(call.node, 'storage_order', 0) !== 0) throw unsupported(call, 'storage_order', '1', '0');
  const window = resolveWindow(call.node, input.dims.slice(2), intsAttribute(call.node, 'kernel_shape'));
  const offsets = windowOffsets(window, input.dims.slice(2), window.output);
  const [image, plane] = [elementCount(input.dims.slice(2)), elementCount(window.output)];
  const kernelSize = elementCount(window.kernel);
  const planes = input.dims[0] * input.dims[1];
  const x = numbersOf(input);
  const y = new Float64Array(planes * plane).fill(-Infinity);
  const indices = new BigInt64Array(planes * plane);
  for (let p = 0; p < planes; p++) {
    for (let o = 0; o < plane; o++) {
      let best = outside;
      for (let k = 0; k < kernelSize; k++) {
        const offset = offsets[k * plane + o];
        if (offset === outside) continue;
        if (best === outside || x[p * image + offset] > x[p * image + best]) best = offset;
      }
      if (best === outside) continue;
      y[p * plane + o] = x[p * image + best];
      indices[p * plane + o] = BigInt(p * image + best);
    }
  }
  const dims = [...input.dims.slice(0, 2), ...window.output];
  return [fromNumbers(input.dtype, dims, y), tensor('int64', dims, indices)];
};

/** Scatters each element to the offset that MaxPool reported; all else is 0. */
const maxUnpool: Kernel = (call) => {
  const [input, indices] = [requiredInput(call, 0), requiredInput(call, 1)];
  const kernel = intsAttribute(call.node, 'kernel_shape');
  // Without output_shape the result has the lengths that a transposed convolution would give.
  const natural = resolveTransposedWindow(call.node, input.dims.slice(2), kernel).output;
  const dims = optionalInts(call, 2) ?? [...input.dims.slice(0, 2), ...natural];
  const y = new Float64Array(elementCount(dims));
  const x = numbersOf(input);
  const at = numbersOf(indices);
  if (at.length !== x.length || at.some((offset) => offset < 0 || offset >= y.length))
    throw shapesDoNotFit(call);
  for (let i = 0; i < x.length; i++) y[at[i]] = x[i];
  return [fromNumbers(input.dtype, dims, y)];
};

const averagePool: Kernel = (call) => {
  const input = requiredInput(call, 0);
  const window = resolveWindow(call.node, input.dims.slice(2), intsAttribute(call.node, 'kernel_shape'));
  const countPadding = flagAttribute(call.node, 'count_include_pad', false);
  const offsets = windowOffsets(window, input.dims.slice(2), window.output);
  const counts = paddedCounts(window, input.dims.slice(2));
  const [image, plane] = [elementCount(input.dims.slice(2)), elementCount(window.output)];
  const kernelSize = elementCount(window.kernel);
  const planes = input.dims[0] * input.dims[1];
  const x = numbersOf(input);
  const y = new Float64Array(planes * plane);
  for (let p = 0; p < planes; p++) {
    for (let o = 0; o < plane; o++) {
      let sum = 0;
      let count = 0;
      for (let k = 0; k < kernelSize; k++) {
        const offset = offsets[k * plane + o];
        if (offset === outside) continue;
        sum += x[p * image + offset];
        count += 1;
      }
      y[p * plane + o] = sum / (countPadding ? counts[o] : count);
    }
  }
  return [real([...input.dims.slice(0, 2), ...window.output], y)];
};

/** Reduces each channel's plane to one element; spatial axes stay with length 1. */
function globalPool(reduce: (plane: Float64Array) => number): Kernel {
  return (call) => {
    const input: Tensor = requiredInput(call, 0);
    const x = numbersOf(input);
    const planes = input.dims[0] * input.dims[1];
    const size = elementCount(input.dims.slice(2));
    const y = new Float64Array(planes);
    for (let p = 0; p < planes; p++) y[p] = reduce(x.subarray(p * size, (p + 1) * size));
    return [fromNumbers(input.dtype, [...input.dims.slice(0, 2), ...input.dims.slice(2).map(() => 1)], y)];
  };
}

export const poolingKernels: KernelTable = {
  MaxPool: maxPool,
  MaxUnpool: maxUnpool,
  AveragePool: averagePool,
  GlobalAveragePool: globalPool((plane) => plane.reduce((a, b) => a + b, 0) / plane.length),
  GlobalMaxPool: globalPool((plane) => plane.reduce((a, b) => Math.max(a, b), -Infinity)),
};
