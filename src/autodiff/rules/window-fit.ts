/** How many elements windows cover, for gradients that must come out exactly as long as the forward operands. */
import type { Window } from '../../onnx/window.ts';
import type { Dims } from '../../tensor/tensor.ts';
import type { VjpContext } from '../vjp.ts';

/** Stretch of the input that `count` windows cover. */
export function fullLength(
  count: number,
  window: Pick<Window, 'kernel' | 'strides' | 'dilations'>,
  axis: number,
): number {
  return window.strides[axis] * (count - 1) + window.dilations[axis] * (window.kernel[axis] - 1) + 1;
}

/** Padding at the end with which `count` windows fit exactly; `crop` where that would be negative. */
export function exactEnd(input: Dims, count: Dims, window: Window): { end: number[]; crop: boolean } {
  const exact = count.map((n, i) => fullLength(n, window, i) - window.padsBegin[i] - input[i]);
  return { end: exact.map((length) => Math.max(length, 0)), crop: exact.some((length) => length < 0) };
}

/** The first `lengths` elements of every spatial axis. */
export function cropped(context: VjpContext, value: string, lengths: Dims): string {
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

/** Coordinates of the `index`-th element of a kernel, in row-major order. */
export function kernelPosition(index: number, kernel: readonly number[]): number[] {
  const position = new Array<number>(kernel.length);
  let rest = index;
  for (let axis = kernel.length - 1; axis >= 0; axis--) {
    position[axis] = rest % kernel[axis];
    rest = Math.floor(rest / kernel[axis]);
  }
  return position;
}
