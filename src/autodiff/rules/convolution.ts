import { intAttribute } from '../../onnx/attributes.ts';
import { resolveTransposedWindow, resolveWindow, type Window } from '../../onnx/window.ts';
import type { Dims } from '../../tensor/tensor.ts';
import type { VjpContext, VjpRules } from '../vjp.ts';
import { weightGradient } from './convolution-weight.ts';
import { cropped, exactEnd, fullLength } from './window-fit.ts';

/**
 * Gradients of convolutions, as operators that run on the engine's fast path:
 *
 *   input   ConvTranspose(G, W) with the weights as they are
 *   weight  a product of G with the columns of X, or Conv(Xᵀ, Gᵀ): see convolution-weight.ts
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
