/**
 * Gradients of max pools. Among equal maxima the first in row-major order gets the gradient, as in torch: real images
 * have exact ties everywhere (a constant background), so sharing or doubling would be visible.
 *
 * Recipes, microseconds for forward pool and gradient together, onnxruntime-node 1.30, one thread, AVX2, 2x2 windows:
 *
 *   recipe                                           100x32x28x28   100x64x14x14
 *   MaxPool with indices, MaxUnpool                          8190           4200
 *   MaxPool with indices, ScatterElements                   10640           5260
 *   strided slices, Where, Concat                            6740           3930
 *   strided slices, Cast and Mul, Concat                     6020           2900
 *   strided slices, one-hot ConvTranspose                    7330           3790
 *   strided slices, index by arithmetic, MaxUnpool           5130           2400
 *   position code, second mask, all dense  [portable]        5150           1960
 *   position code, MaxPool, MaxUnpool      [cpu]             3370           1140
 *   forward pool alone                                        500            170
 *
 * The position code avoids the engine's slow path (indices): positions that hold the maximum are marked with a number
 * that falls along the plane; a second, fast MaxPool of the marks finds the first one of every window.
 * Windows that overlap, are padded or dilated (3x3, stride 2, pad 1 on 100x32x28x28): indices and ScatterElements
 * 13.6 ms [cpu]; strided slices and a one-hot ConvTranspose 14.7 ms [portable].
 */
import { intAttribute, intsAttribute } from '../../onnx/attributes.ts';
import { resolveWindow, type Window } from '../../onnx/window.ts';
import { elementCount, int64 } from '../../tensor/tensor.ts';
import type { VjpContext, VjpRules } from '../vjp.ts';
import { spread } from './convolution.ts';
import { kernelPosition } from './window-fit.ts';

/** Above this many positions in a plane, their numbers are no longer exact in float32. */
const exactPositions = 2 ** 24;

/** Gradients of max pools and of their inverse. */
export const maxPoolRules: VjpRules = {
  // Every element went to one position of the whole result.
  MaxUnpool(context) {
    const total = elementCount(context.builder.dims(context.gradient));
    return [
      context.op('Gather', [context.reshape(context.gradient, [total]), context.input(1)], { axis: 0 }),
    ];
  },
  MaxPool(context) {
    const lengths = context.dims(0).slice(2);
    const window = resolveWindow(context.node, lengths, intsAttribute(context.node, 'kernel_shape'));
    if (elementCount(context.dims(0)) === 0) return [context.zeros(context.dims(0))];
    const tiles =
      window.kernel.every((length, i) => length === window.strides[i] && window.dilations[i] === 1) &&
      window.output.every(
        (count, i) => window.padsBegin[i] === 0 && count * window.kernel[i] <= lengths[i],
      ) &&
      elementCount(lengths) < exactPositions;
    if (tiles)
      return [context.target === 'cpu' ? tiledByUnpool(context, window) : tiledByMask(context, window)];
    return [context.target === 'cpu' ? byIndices(context) : bySlices(context, window)];
  },
  GlobalMaxPool(context) {
    const [, , ...lengths] = context.dims(0);
    const code = positionCode(context, context.input(0), context.result, lengths, 1);
    const axes = lengths.map((_, i) => i + 2);
    const top = context.op('ReduceMax', [code, context.builder.ints(axes)], { keepdims: 1 });
    return [context.multiply(context.indicator(context.op('Equal', [code, top])), context.gradient)];
  },
};

/**
 * Marks the elements equal to `maximum` by (positions - 1 - position + offset), everything else by 0. The element at
 * the last position of the plane needs no mark for `offset` 0, since it is the only one left; NaN lands there too.
 */
function positionCode(
  context: VjpContext,
  x: string,
  maximum: string,
  lengths: readonly number[],
  offset: number,
): string {
  const dims = context.builder.dims(x).slice(2);
  const marks = new Float64Array(elementCount(dims));
  const count = elementCount(lengths);
  for (let i = 0; i < marks.length; i++) {
    // Position in the whole plane of an element of the part that the windows cover.
    let rest = i;
    let position = 0;
    let step = 1;
    for (let axis = dims.length - 1; axis >= 0; axis--) {
      position += (rest % dims[axis]) * step;
      rest = Math.floor(rest / dims[axis]);
      step *= lengths[axis];
    }
    marks[i] = count - 1 - position + offset;
  }
  const equal = context.indicator(context.op('Equal', [x, maximum]));
  return context.multiply(equal, context.constantOf(dims, marks));
}

/** The part of the input that whole windows cover. */
function covered(context: VjpContext, window: Window): string {
  const lengths = context.dims(0).slice(2);
  const ends = window.output.map((count, i) => count * window.kernel[i]);
  if (ends.every((end, i) => end === lengths[i])) return context.input(0);
  const { builder } = context;
  return context.op('Slice', [
    context.input(0),
    builder.ints(ends.map(() => 0)),
    builder.ints(ends),
    builder.ints(ends.map((_, i) => i + 2)),
  ]);
}

/** Every element repeated over its window. */
export function repeated(context: VjpContext, value: string, kernel: readonly number[]): string {
  const scales = {
    dtype: 'float32',
    dims: [kernel.length + 2],
    data: Float32Array.of(1, 1, ...kernel),
  } as const;
  return context.op('Resize', [value, '', context.builder.constant(scales)], {
    mode: 'nearest',
    nearest_mode: 'floor',
    coordinate_transformation_mode: 'asymmetric',
  });
}

function tilePool(context: VjpContext, value: string, window: Window): string {
  return context.op('MaxPool', [value], { kernel_shape: window.kernel, strides: window.kernel });
}

function tiledByUnpool(context: VjpContext, window: Window): string {
  const [n, c, ...lengths] = context.dims(0);
  const plane = elementCount(lengths);
  const x = covered(context, window);
  const code = positionCode(context, x, repeated(context, context.result, window.kernel), lengths, 0);
  const top = context.cast(tilePool(context, code, window), 'int64');
  const planes = n * c;
  const lasts = Array.from({ length: planes }, (_, i) => (i + 1) * plane - 1);
  const count = elementCount(window.output);
  const index = context.op('Sub', [
    context.builder.constant(int64([planes, 1], lasts)),
    context.reshape(top, [planes, count]),
  ]);
  return context.op(
    'MaxUnpool',
    [
      context.gradient,
      context.reshape(index, [n, c, ...window.output]),
      context.builder.ints([n, c, ...lengths]),
    ],
    { kernel_shape: window.kernel, strides: window.kernel },
  );
}

function tiledByMask(context: VjpContext, window: Window): string {
  const [, , ...lengths] = context.dims(0);
  const x = covered(context, window);
  const code = positionCode(context, x, repeated(context, context.result, window.kernel), lengths, 1);
  const top = repeated(context, tilePool(context, code, window), window.kernel);
  const mask = context.indicator(context.op('Equal', [code, top]));
  const gradient = context.multiply(mask, repeated(context, context.gradient, window.kernel));
  const rest = lengths.map((length, i) => length - window.output[i] * window.kernel[i]);
  if (rest.every((length) => length === 0)) return gradient;
  const before = context.dims(0).map(() => 0);
  return context.op('Pad', [gradient, context.builder.ints([...before, 0, 0, ...rest])]);
}

/** Any windows: positions from the engine, contributions of overlapping windows added. */
function byIndices(context: VjpContext): string {
  const { node, builder } = context;
  const dims = context.dims(0);
  let indices = node.outputs[1] ?? '';
  if (indices === '' || intAttribute(node, 'storage_order', 0) !== 0) {
    const { storage_order: _, ...attributes } = node.attributes;
    indices = builder.ops('MaxPool', node.inputs, 2, attributes)[1];
  }
  const total = elementCount(dims);
  const count = [elementCount(builder.dims(context.gradient))];
  const scattered = context.op(
    'ScatterElements',
    [context.zeros([total]), context.reshape(indices, count), context.reshape(context.gradient, count)],
    { axis: 0, reduction: 'add' },
  );
  return context.reshape(scattered, dims);
}

/** Any windows without indices: one strided slice per kernel position takes its share of what is left. */
function bySlices(context: VjpContext, window: Window): string {
  const { builder } = context;
  const [n, c, ...lengths] = context.dims(0);
  const { kernel, strides, dilations, padsBegin, output } = window;
  const size = elementCount(kernel);
  const reach = output.map((count, i) => strides[i] * (count - 1) + dilations[i] * (kernel[i] - 1) + 1);
  const padsEnd = reach.map((length, i) => Math.max(length - padsBegin[i] - lengths[i], 0));
  const lowest = context.scalar(context.dtype === 'float64' ? -Number.MAX_VALUE : -3.4028234663852886e38);
  const padded = [...padsBegin, ...padsEnd].every((pad) => pad === 0)
    ? context.input(0)
    : context.op('Pad', [context.input(0), builder.ints([0, 0, ...padsBegin, 0, 0, ...padsEnd]), lowest]);
  const flat = [n * c, 1, ...output];
  let rest = context.gradient;
  const shares: string[] = [];
  for (let k = 0; k < size - 1; k++) {
    const at = kernelPosition(k, kernel).map((position, i) => position * dilations[i]);
    const slice = context.op('Slice', [
      padded,
      builder.ints(at),
      builder.ints(at.map((start, i) => start + strides[i] * (output[i] - 1) + 1)),
      builder.ints(at.map((_, i) => i + 2)),
      builder.ints(strides),
    ]);
    const hit = context.indicator(context.op('Equal', [slice, context.result]));
    const share = context.multiply(rest, hit);
    shares.push(context.reshape(share, flat));
    rest = context.subtract(rest, share);
  }
  shares.push(context.reshape(rest, flat));
  const stacked = shares.length === 1 ? shares[0] : context.op('Concat', shares, { axis: 1 });
  const eye = new Float32Array(size * size);
  for (let k = 0; k < size; k++) eye[k * size + k] = 1;
  const weight = context.constantOf([size, 1, ...kernel], eye);
  return context.reshape(spread(context, stacked, weight, window, lengths, 1), context.dims(0));
}
