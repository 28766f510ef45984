import { OutsetError } from '../../messages/error.ts';
import { flagAttribute, hasAttribute, intsAttribute, stringAttribute } from '../../onnx/attributes.ts';
import { elementCount } from '../../tensor/tensor.ts';
import type { VjpContext, VjpRules } from '../vjp.ts';
import { applyAlongAxis } from './axis-product.ts';

/** Gradient of Resize, nearest and linear: the transposed weights of every axis. */
export const resizeRules: VjpRules = {
  Resize(context) {
    const from = context.dims(0);
    const to = context.builder.dims(context.result);
    if (elementCount(from) === 0 || elementCount(to) === 0) return [context.zeros(from)];
    const plans = from.map((length, axis) => sampling(context, axis, length, to[axis]));
    const pooled = wholeBlocks(context, plans, from, to);
    if (pooled !== undefined) return [pooled];
    let value = context.gradient;
    for (const [axis, samples] of plans.entries()) {
      if (samples === undefined) continue;
      const weights = new Float64Array(from[axis] * to[axis]);
      for (const { source, position, weight } of samples) weights[source * to[axis] + position] += weight;
      value = applyAlongAxis(context, value, axis, weights, from[axis]);
    }
    return [value];
  },
};

interface Sample {
  readonly source: number;
  readonly position: number;
  readonly weight: number;
}

/** Repeating each element over a block: the cotangent is the sum of the block, a pool. */
function wholeBlocks(
  context: VjpContext,
  plans: readonly (readonly Sample[] | undefined)[],
  from: readonly number[],
  to: readonly number[],
): string | undefined {
  if (from.length < 3 || plans[0] !== undefined || plans[1] !== undefined) return undefined;
  const blocks = from.map((length, axis) => to[axis] / length);
  const whole = plans.every(
    (samples, axis) =>
      samples === undefined ||
      samples.every(
        ({ source, position, weight }) => source === Math.floor(position / blocks[axis]) && weight === 1,
      ),
  );
  if (!whole || blocks.some((block) => !Number.isInteger(block))) return undefined;
  const kernel = blocks.slice(2);
  const mean = context.op('AveragePool', [context.gradient], { kernel_shape: kernel, strides: kernel });
  return context.scale(mean, elementCount(kernel));
}

/** Which elements of an axis make which results, with weights; undefined where the axis stays as it is. */
function sampling(context: VjpContext, axis: number, from: number, to: number): Sample[] | undefined {
  const { node } = context;
  const mode = stringAttribute(node, 'mode', 'nearest');
  const rule = stringAttribute(node, 'coordinate_transformation_mode', 'half_pixel');
  if (rule === 'tf_crop_and_resize' || flagAttribute(node, 'antialias', false) || mode === 'cubic') {
    const feature =
      mode === 'cubic' ? 'mode = cubic' : rule === 'tf_crop_and_resize' ? rule : 'antialias = 1';
    throw new OutsetError('autodiff.unsupported', {
      node: node.name,
      operator: node.operator,
      feature,
      advice: 'nearest | linear',
    });
  }
  const scale = scaleOf(context, axis, from, to);
  if (from === to && scale === 1) return undefined;
  const samples: Sample[] = [];
  const inside = (position: number) => Math.min(Math.max(position, 0), from - 1);
  for (let position = 0; position < to; position++) {
    const at = coordinate(rule, position, from, to, scale);
    if (mode === 'nearest') {
      const nearest = rounded(at, stringAttribute(node, 'nearest_mode', 'round_prefer_floor'));
      samples.push({ source: inside(nearest), position, weight: 1 });
    } else {
      const clamped = inside(at);
      const low = Math.floor(clamped);
      samples.push({ source: low, position, weight: 1 - (clamped - low) });
      if (clamped > low) samples.push({ source: low + 1, position, weight: clamped - low });
    }
  }
  return samples;
}

function scaleOf(context: VjpContext, axis: number, from: number, to: number): number {
  const rank = context.dims(0).length;
  const axes = hasAttribute(context.node, 'axes')
    ? intsAttribute(context.node, 'axes').map((given) => (given < 0 ? given + rank : given))
    : context.dims(0).map((_, i) => i);
  const index = axes.indexOf(axis);
  if (index < 0) return 1;
  const scales = context.constant(2);
  // With sizes given, the scale is their ratio.
  return context.has(3) || scales === undefined || scales.data.length === 0
    ? to / from
    : Number(scales.data[index]);
}

function coordinate(rule: string, position: number, from: number, to: number, scale: number): number {
  switch (rule) {
    case 'asymmetric':
      return position / scale;
    case 'align_corners':
      return to === 1 ? 0 : (position * (from - 1)) / (to - 1);
    case 'pytorch_half_pixel':
      return to > 1 ? (position + 0.5) / scale - 0.5 : 0;
    case 'half_pixel_symmetric':
      return (from / 2) * (1 - to / (from * scale)) + (position + 0.5) / scale - 0.5;
    default:
      return (position + 0.5) / scale - 0.5;
  }
}

function rounded(position: number, mode: string): number {
  if (mode === 'floor') return Math.floor(position);
  if (mode === 'ceil') return Math.ceil(position);
  return mode === 'round_prefer_ceil' ? Math.floor(position + 0.5) : Math.ceil(position - 0.5);
}
