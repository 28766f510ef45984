/**
 * Gradient of a convolution's weights.
 *
 * Microseconds, onnxruntime-node 1.30, one thread, 3x3 kernel, pad 1, batch 100 (Conv with exchanged batch and channels
 * multiplies by a matrix of only nine columns):
 *
 *   recipe                               1->32 @28x28   32->64 @14x14   64->64 @14x14
 *   Conv(Xᵀ, Gᵀ), Transpose      [portable]      1140           10090           19870
 *   one im2col, Gemm                              880            7350           14860
 *   im2col per sample, FusedMatMul    [cpu]       640            6580           13750
 */
import type { Window } from '../../onnx/window.ts';
import { elementCount } from '../../tensor/tensor.ts';
import { sumToShape } from '../sum-to-shape.ts';
import type { VjpContext } from '../vjp.ts';
import { cropped, exactEnd, fullLength, kernelPosition } from './window-fit.ts';

/** Larger kernels would need too many slices. */
const mostKernelPositions = 25;
/** Largest array of columns, in elements: 256 MB of float32. */
const mostColumns = 2 ** 26;

/**
 * Cotangent of a convolution's weights.
 * @param x input of the convolution [N, C, d...]
 * @param gradient cotangent of its result [N, M, o...]
 * @returns [M, C / groups, k...]
 */
export function weightGradient(
  context: VjpContext,
  x: string,
  gradient: string,
  window: Window,
  groups: number,
): string {
  const [n, c, ...lengths] = context.builder.dims(x);
  const [, m, ...count] = context.builder.dims(gradient);
  const spatialAxes = lengths.map((_, i) => i);
  if (elementCount([n, c, ...lengths]) === 0 || elementCount(count) === 0) {
    return context.zeros([m, c / groups, ...window.kernel]);
  }
  const positions = elementCount(window.kernel);
  const columns = n * c * positions * elementCount(count);
  if (
    context.target === 'cpu' &&
    groups === 1 &&
    positions <= mostKernelPositions &&
    columns <= mostColumns
  ) {
    return byColumns(context, x, gradient, window);
  }
  const { end, crop } = exactEnd(lengths, count, window);
  const result = context.op(
    'Conv',
    [
      channelsAsBatch(context, x, groups),
      context.transpose(gradient, [1, 0, ...spatialAxes.map((axis) => axis + 2)]),
    ],
    {
      kernel_shape: count,
      strides: window.dilations,
      dilations: window.strides,
      group: groups,
      pads: [...window.padsBegin, ...end],
    },
  );
  const exact = crop ? cropped(context, result, window.kernel) : result;
  return context.transpose(exact, [1, 0, ...spatialAxes.map((axis) => axis + 2)]);
}

/** [N, groups · C, d...] as [C, groups · N, d...]: every group convolves its own samples. */
function channelsAsBatch(context: VjpContext, x: string, groups: number): string {
  const [n, c, ...lengths] = context.builder.dims(x);
  const axes = lengths.map((_, i) => i);
  if (groups === 1) return context.transpose(x, [1, 0, ...axes.map((axis) => axis + 2)]);
  const perGroup = c / groups;
  const split = context.reshape(x, [n, groups, perGroup, elementCount(lengths)]);
  return context.reshape(context.transpose(split, [2, 1, 0, 3]), [perGroup, groups * n, ...lengths]);
}

/** Σ over samples of G [M, o] · columnsᵀ [o, k C], where the columns are what each kernel position reads of x. */
function byColumns(context: VjpContext, x: string, gradient: string, window: Window): string {
  const [n, c] = context.builder.dims(x);
  const [, m, ...count] = context.builder.dims(gradient);
  const positions = elementCount(window.kernel);
  const slices = kernelSlices(context, x, window, count);
  const stacked = slices.length === 1 ? slices[0] : context.op('Concat', slices, { axis: 1 });
  const columns = context.reshape(stacked, [n, positions * c, elementCount(count)]);
  const cotangents = context.reshape(gradient, [n, m, elementCount(count)]);
  const products = context.op('FusedMatMul', [cotangents, columns], { transB: 1 }, 'com.microsoft');
  const sum = sumToShape(context.builder, products, [m, positions * c]);
  const perChannel = context.transpose(context.reshape(sum, [m, positions, c]), [0, 2, 1]);
  return context.reshape(perChannel, [m, c, ...window.kernel]);
}

/** For every kernel position the elements that it is multiplied with: [N, C, o...] each. */
function kernelSlices(context: VjpContext, x: string, window: Window, count: readonly number[]): string[] {
  const { builder } = context;
  const { kernel, strides, dilations, padsBegin } = window;
  const lengths = builder.dims(x).slice(2);
  const padsEnd = lengths.map((length, i) =>
    Math.max(fullLength(count[i], window, i) - padsBegin[i] - length, 0),
  );
  const padded = [...padsBegin, ...padsEnd].every((amount) => amount === 0)
    ? x
    : context.op('Pad', [x, builder.ints([0, 0, ...padsBegin, 0, 0, ...padsEnd])]);
  const axes = builder.ints(kernel.map((_, i) => i + 2));
  return Array.from({ length: elementCount(kernel) }, (_, k) => {
    const start = kernelPosition(k, kernel).map((position, i) => position * dilations[i]);
    const end = start.map((from, i) => from + strides[i] * (count[i] - 1) + 1);
    const whole = start.every((from, i) => from === 0 && end[i] === builder.dims(padded)[i + 2]);
    if (whole && strides.every((stride) => stride === 1)) return padded;
    return context.op('Slice', [padded, builder.ints(start), builder.ints(end), axes, builder.ints(strides)]);
  });
}
