import { intAttribute } from '../../onnx/attributes.ts';
import { resolveTransposedWindow, resolveWindow, type Window } from '../../onnx/window.ts';
import { type Dims, elementCount } from '../../tensor/tensor.ts';
import type { VjpContext, VjpRules } from '../vjp.ts';

/**
 * Gradients of convolutions, each again a convolution, so that they run on the engine's fast path:
 *
 *   input   ConvTranspose(G, W) with the weights as they are
 *   weight  Conv(Xᵀ, Gᵀ): batch and channels change places, strides and dilations too
 *   bias    sum over all axes but the channels
 */
export const convolutionRules: VjpRules = {
  Conv(context) {
    const x = context.dims(0);
    const w = context.dims(1);
    const window = resolveWindow(context.node, x.slice(2), w.slice(2));
    const groups = intAttribute(context.node, 'group', 1);
    return [
      context.needs(0)
        ? spread(context, context.gradient, context.input(1), window, x.slice(2), groups)
        : undefined,
      context.needs(1)
        ? weightGradient(context, context.input(0), context.gradient, window, groups)
        : undefined,
      context.needs(2) ? biasGradient(context) : undefined,
    ];
  },
  ConvTranspose(context) {
    const x = context.dims(0);
    const w = context.dims(1);
    const window = resolveTransposedWindow(context.node, x.slice(2), w.slice(2));
    const groups = intAttribute(context.node, 'group', 1);
    return [
      context.needs(0)
        ? gathered(context, context.gradient, context.input(1), window, x.slice(2), groups)
        : undefined,
      // Seen backwards, the gradient is the input of a convolution and x the cotangent of its result.
      context.needs(1)
        ? weightGradient(context, context.gradient, context.input(0), window, groups)
        : undefined,
      context.needs(2) ? biasGradient(context) : undefined,
    ];
  },
};

function biasGradient(context: VjpContext): string {
  const rank = context.builder.dims(context.gradient).length;
  const axes = Array.from({ length: rank }, (_, i) => i).filter((axis) => axis !== 1);
  return context.sum(context.gradient, axes, false);
}

/**
 * Adjoint of a windowed product: adds weight times cotangent back to every position that its window read.
 * @param gradient [N, M, o...]
 * @param weight [M, C / groups, k...]
 * @param input spatial lengths of the result
 * @returns [N, C, input...]
 */
export function spread(
  context: VjpContext,
  gradient: string,
  weight: string,
  window: Pick<Window, 'kernel' | 'strides' | 'dilations' | 'padsBegin'>,
  input: Dims,
  groups: number,
): string {
  const output = context.builder.dims(gradient).slice(2);
  const { kernel, strides, dilations, padsBegin } = window;
  // Padding at the end is whatever makes the result as long as the input was.
  const surplus = input.map((length, i) => fullLength(output[i], window, i) - padsBegin[i] - length);
  return context.op('ConvTranspose', [gradient, weight], {
    kernel_shape: kernel,
    strides,
    dilations,
    group: groups,
    pads: [...padsBegin, ...surplus.map((extra) => Math.max(extra, 0))],
    output_padding: surplus.some((extra) => extra < 0)
      ? surplus.map((extra) => Math.max(-extra, 0))
      : undefined,
  });
}

/** Stretch of the input that `count` windows cover. */
function fullLength(
  count: number,
  window: Pick<Window, 'kernel' | 'strides' | 'dilations'>,
  axis: number,
): number {
  return window.strides[axis] * (count - 1) + window.dilations[axis] * (window.kernel[axis] - 1) + 1;
}

/** Cotangent of ConvTranspose's input: an ordinary convolution of G [N, M, out...] with W [C, M / groups, k...]. */
function gathered(
  context: VjpContext,
  gradient: string,
  weight: string,
  window: Window,
  input: Dims,
  groups: number,
): string {
  const { end, crop } = exactEnd(context.builder.dims(gradient).slice(2), input, window);
  const result = context.op('Conv', [gradient, weight], {
    kernel_shape: window.kernel,
    strides: window.strides,
    dilations: window.dilations,
    group: groups,
    pads: [...window.padsBegin, ...end],
  });
  return crop ? cropped(context, result, input) : result;
}

/** Padding at the end with which `count` windows fit exactly; `crop` where that would be negative. */
function exactEnd(input: Dims, count: Dims, window: Window): { end: number[]; crop: boolean } {
  const exact = count.map((n, i) => fullLength(n, window, i) - window.padsBegin[i] - input[i]);
  return { end: exact.map((length) => Math.max(length, 0)), crop: exact.some((length) => length < 0) };
}

function cropped(context: VjpContext, value: string, lengths: Dims): string {
  const { builder } = context;
  const spatial = builder.dims(value).slice(2);
  if (spatial.every((length, i) => length === lengths[i])) return value;
  const axes = lengths.map((_, i) => i + 2);
  return context.op('Slice', [
    value,
    builder.ints(lengths.map(() => 0)),
    builder.ints(lengths),
    builder.ints(axes),
  ]);
}

/**
 * Cotangent of a convolution's weights.
 * @param x input of the convolution [N, C, d...]
 * @param gradient cotangent of its result [N, M, o...]
 * @returns [M, C / groups, k...]
 */
function weightGradient(
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
