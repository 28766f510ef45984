import { stringAttribute } from '../../onnx/attributes.ts';
import type { VjpContext } from '../vjp.ts';
import { applyAlongAxis } from './axis-product.ts';

/** Gradient of Pad, all modes; negative amounts cut off. */
export function pad(context: VjpContext): (string | undefined)[] {
  const dims = context.dims(0);
  const axes = (context.ints(3) ?? dims.map((_, i) => i)).map((axis) =>
    axis < 0 ? axis + dims.length : axis,
  );
  const amounts = context.ints(1) ?? [];
  const before = dims.map(() => 0);
  const after = dims.map(() => 0);
  for (const [i, axis] of axes.entries()) {
    before[axis] = amounts[i];
    after[axis] = amounts[i + axes.length];
  }
  const mode = stringAttribute(context.node, 'mode', 'constant');
  if (mode !== 'constant') return [copiedBorder(context, mode, before, after)];
  const inner = innerPart(context, before, after);
  const dx = context.needs(0) ? withCutZeros(context, inner, before, after) : undefined;
  if (!context.needs(2)) return [dx];
  // Whatever is not a copied element is the pad value.
  const all = allAxes(context, context.gradient);
  const border = context.subtract(all, allAxes(context, inner));
  return [dx, undefined, context.reshape(border, context.dims(2))];
}

function allAxes(context: VjpContext, value: string): string {
  const axes = context.builder.dims(value).map((_, i) => i);
  return context.sum(value, axes, false);
}

/** The part of the cotangent that belongs to copied elements. */
function innerPart(context: VjpContext, before: readonly number[], after: readonly number[]): string {
  const output = context.builder.dims(context.gradient);
  if ([...before, ...after].every((amount) => amount <= 0)) return context.gradient;
  const { builder } = context;
  return context.op('Slice', [
    context.gradient,
    builder.ints(before.map((amount) => Math.max(amount, 0))),
    builder.ints(output.map((length, i) => length - Math.max(after[i], 0))),
    builder.ints(output.map((_, i) => i)),
  ]);
}

/** Elements that a negative amount cut off get zero. */
function withCutZeros(
  context: VjpContext,
  inner: string,
  before: readonly number[],
  after: readonly number[],
): string {
  const cut = [...before, ...after].map((amount) => Math.max(-amount, 0));
  return cut.some((amount) => amount > 0) ? context.op('Pad', [inner, context.builder.ints(cut)]) : inner;
}

/** Modes that copy elements into the border: each axis is a choice of source positions. */
function copiedBorder(
  context: VjpContext,
  mode: string,
  before: readonly number[],
  after: readonly number[],
): string {
  let value = context.gradient;
  for (const [axis, length] of context.dims(0).entries()) {
    if (before[axis] === 0 && after[axis] === 0) continue;
    const total = length + before[axis] + after[axis];
    const weights = new Float64Array(length * total);
    for (let i = 0; i < total; i++) weights[source(mode, i - before[axis], length) * total + i] += 1;
    value = applyAlongAxis(context, value, axis, weights, length);
  }
  return value;
}

function source(mode: string, position: number, length: number): number {
  if (mode === 'edge') return Math.min(Math.max(position, 0), length - 1);
  if (mode === 'wrap') return ((position % length) + length) % length;
  if (length === 1) return 0;
  const period = 2 * (length - 1);
  const folded = ((position % period) + period) % period;
  return folded < length ? folded : period - folded;
}
