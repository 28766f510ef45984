/** Tables of the elements under a window that slides over an image of any number of spatial axes. */
import type { Window } from '../../onnx/window.ts';
import { type Dims, elementCount, strides } from '../../tensor/tensor.ts';
import { axisTable, outside, tableOffsets } from './offsets.ts';

/**
 * Where each kernel element lies: entry `k · positions + o` is the offset in the image of kernel element k at window
 * position o, or {@link outside} when it lies in the padding.
 * @param image lengths of the image that the window slides over, without padding
 * @param positions number of window positions along each axis
 */
export function windowOffsets(window: Window, image: Dims, positions: Dims): Int32Array {
  const { kernel } = window;
  const steps = strides(image);
  const kernelStrides = strides(kernel);
  const kernelSize = elementCount(kernel);
  const positionCount = elementCount(positions);
  const result = new Int32Array(kernelSize * positionCount);
  for (let k = 0; k < kernelSize; k++) {
    const tables = image.map((length, axis) => {
      const inKernel = Math.floor(k / kernelStrides[axis]) % kernel[axis];
      const shift = inKernel * window.dilations[axis] - window.padsBegin[axis];
      const at = new Int32Array(positions[axis]);
      for (let o = 0; o < at.length; o++) {
        const position = o * window.strides[axis] + shift;
        at[o] = position >= 0 && position < length ? position : outside;
      }
      return axisTable(at, steps[axis]);
    });
    result.set(tableOffsets(tables), k * positionCount);
  }
  return result;
}

/** Number of kernel elements at each window position that lie in the image or its padding. */
export function paddedCounts(window: Window, image: Dims): Float64Array {
  let result = Float64Array.of(1);
  for (let axis = 0; axis < image.length; axis++) {
    const end = image[axis] + window.padsEnd[axis];
    const positions = window.output[axis];
    const outer = result;
    result = new Float64Array(outer.length * positions);
    for (let i = 0; i < result.length; i++) {
      const start = (i % positions) * window.strides[axis] - window.padsBegin[axis];
      const room = Math.ceil((end - start) / window.dilations[axis]);
      result[i] = outer[Math.floor(i / positions)] * Math.min(window.kernel[axis], room);
    }
  }
  return result;
}
