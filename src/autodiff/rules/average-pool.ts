import { flagAttribute, intsAttribute } from '../../onnx/attributes.ts';
import { resolveWindow, type Window } from '../../onnx/window.ts';
import { type Dims, elementCount } from '../../tensor/tensor.ts';
import type { VjpContext, VjpRules } from '../vjp.ts';
import { spread } from './convolution.ts';
import { repeated } from './max-pool.ts';

/** Gradients of average pools: every element of a window gets the same share. */
export const averagePoolRules: VjpRules = {
  AveragePool(context) {
    const dims = context.dims(0);
    const [n, c, ...lengths] = dims;
    if (elementCount(dims) === 0) return [context.zeros(dims)];
    const kernel = intsAttribute(context.node, 'kernel_shape');
    const window = resolveWindow(context.node, lengths, kernel);
    const size = elementCount(kernel);
    const tiles = kernel.every(
      (length, i) =>
        length === window.strides[i] &&
        window.dilations[i] === 1 &&
        window.padsBegin[i] === 0 &&
        window.output[i] * length === lengths[i],
    );
    if (tiles) return [repeated(context, context.scale(context.gradient, 1 / size), kernel)];
    const counts = windowCounts(context, window, lengths);
    const share = counts.every((count) => count === size)
      ? context.scale(context.gradient, 1 / size)
      : context.divide(context.gradient, context.constantOf(window.output, counts));
    const ones = context.constantOf([1, 1, ...kernel], new Float32Array(size).fill(1));
    const planes = context.reshape(share, [n * c, 1, ...window.output]);
    return [context.reshape(spread(context, planes, ones, window, lengths, 1), dims)];
  },
  GlobalAveragePool(context) {
    const dims = context.dims(0);
    return [context.expand(context.scale(context.gradient, 1 / elementCount(dims.slice(2))), dims)];
  },
};

/**
 * How many elements each window divides by: those inside the input, with `count_include_pad` also those in the
 * padding, but never those beyond it that `ceil_mode` reaches.
 */
function windowCounts(context: VjpContext, window: Window, lengths: Dims): number[] {
  const withPads = flagAttribute(context.node, 'count_include_pad', false);
  let counts = [1];
  for (const [axis, length] of lengths.entries()) {
    const low = withPads ? -window.padsBegin[axis] : 0;
    const high = length + (withPads ? window.padsEnd[axis] : 0);
    const along = Array.from({ length: window.output[axis] }, (_, i) => {
      const start = i * window.strides[axis] - window.padsBegin[axis];
      let count = 0;
      for (let k = 0; k < window.kernel[axis]; k++) {
        const position = start + k * window.dilations[axis];
        if (position >= low && position < high) count += 1;
      }
      return count;
    });
    counts = counts.flatMap((outer) => along.map((inner) => outer * inner));
  }
  return counts;
}
