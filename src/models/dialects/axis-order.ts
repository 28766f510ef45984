/** Weights between the axis order of a framework and that of a file. */

import type { Layout } from '../../initializers/initializer.ts';
import { type Dims, strides, type Tensor, tensor } from '../../tensor/tensor.ts';
import type { ModelParameter } from '../model.ts';

/** Positions of the axes of a weight in the order of PyTorch: [out, in, ...kernel], transposed [in, out, ...kernel]. */
export function torchOrder({ inAxis, outAxis, kernelAxes, transposed }: Layout): number[] {
  return transposed ? [inAxis, outAxis, ...kernelAxes] : [outAxis, inAxis, ...kernelAxes];
}

/** Positions of the axes of a weight in the order of Flax and JAX: [...kernel, in, out]. */
export function flaxOrder({ inAxis, outAxis, kernelAxes }: Layout): number[] {
  return [...kernelAxes, inAxis, outAxis];
}

/** Positions of the axes in the order of Keras: [...kernel, in, out], transposed [...kernel, out, in]. */
export function kerasOrder(layout: Layout, depthwise: boolean): number[] {
  const { inAxis, outAxis, kernelAxes, transposed } = layout;
  return transposed && !depthwise ? [...kernelAxes, outAxis, inAxis] : [...kernelAxes, inAxis, outAxis];
}

/** Lengths of the axes in another order. */
export function reordered(dims: Dims, order: readonly number[]): number[] {
  return order.map((axis) => dims[axis]);
}

/**
 * Values that were drawn with their axes in a framework's order, in the order of the file.
 * @param values row-major over `order`
 * @param order position in the file of each axis of the framework
 */
export function inFileOrder(
  { shape: { dims } }: ModelParameter,
  values: Float32Array,
  order: readonly number[],
): Tensor<'float32'> {
  if (order.every((axis, i) => axis === i)) return tensor('float32', dims, values);
  const drawnSteps = strides(reordered(dims, order));
  const step = new Array<number>(dims.length);
  for (const [i, axis] of order.entries()) step[axis] = drawnSteps[i];
  const out = new Float32Array(values.length);
  const index = new Array<number>(dims.length).fill(0);
  let from = 0;
  for (let to = 0; to < out.length; to++) {
    out[to] = values[from];
    for (let axis = dims.length - 1; axis >= 0; axis--) {
      from += step[axis];
      if (++index[axis] < dims[axis]) break;
      from -= step[axis] * dims[axis];
      index[axis] = 0;
    }
  }
  return tensor('float32', dims, out);
}

/** True for a convolution of every channel by itself whose outputs lie on two axes (Keras' DepthwiseConv). */
export function isDepthwise(kind: string, layout: Layout): boolean {
  return kind === 'conv' && layout.transposed;
}
