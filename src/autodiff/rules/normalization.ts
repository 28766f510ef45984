import { flagAttribute, intAttribute, numberAttribute } from '../../onnx/attributes.ts';
import { elementCount } from '../../tensor/tensor.ts';
import type { VjpContext, VjpRules } from '../vjp.ts';

/**
 * Gradients of normalizations. With x̂ = (x - mean) / sqrt(var + ε) and h the cotangent of x̂:
 *
 *   dx = (h - mean(h) - x̂ · mean(h x̂)) / sqrt(var + ε)
 *
 * Statistics are computed again: the operators do not give them out.
 */
export const normalizationRules: VjpRules = {
  BatchNormalization: (context) =>
    flagAttribute(context.node, 'training_mode', false) ? batchTraining(context) : batchInference(context),
  LayerNormalization(context) {
    const dims = context.dims(0);
    const axis = intAttribute(context.node, 'axis', -1);
    const first = axis < 0 ? axis + dims.length : axis;
    const axes = dims.map((_, i) => i).filter((i) => i >= first);
    const { normalized, deviation } = standardize(context, context.input(0), axes);
    const inner = context.multiply(context.gradient, context.input(1));
    return [
      context.needs(0) ? centered(context, inner, normalized, deviation, axes) : undefined,
      context.needs(1) ? context.fitted(context.multiply(context.gradient, normalized), 1) : undefined,
      context.needs(2) ? context.fitted(context.gradient, 2) : undefined,
    ];
  },
  InstanceNormalization(context) {
    const [n, c] = context.dims(0);
    return grouped(context, n, c, 1);
  },
  GroupNormalization(context) {
    const [n, c] = context.dims(0);
    const groups = intAttribute(context.node, 'num_groups');
    return grouped(context, n, groups, c / groups);
  },
};

/** x̂ and sqrt(var + ε), over the given axes. */
function standardize(context: VjpContext, x: string, axes: readonly number[]) {
  const difference = context.subtract(x, context.mean(x, axes));
  const variance = context.mean(context.multiply(difference, difference), axes);
  const epsilon = context.scalar(numberAttribute(context.node, 'epsilon', 1e-5));
  const deviation = context.op('Sqrt', [context.add(variance, epsilon)]);
  return { normalized: context.divide(difference, deviation), deviation };
}

function centered(
  context: VjpContext,
  inner: string,
  normalized: string,
  deviation: string,
  axes: readonly number[],
): string {
  const along = context.multiply(normalized, context.mean(context.multiply(inner, normalized), axes));
  const rest = context.subtract(context.subtract(inner, context.mean(inner, axes)), along);
  return context.divide(rest, deviation);
}

/** A value per channel, in a shape that stretches over [N, C, ...]. */
function perChannel(context: VjpContext, value: string): string {
  const [, c, ...rest] = context.dims(0);
  return context.reshape(value, [c, ...rest.map(() => 1)]);
}

/** Sum over everything but the channels: [C]. */
function sumOfChannels(context: VjpContext, value: string): string {
  const axes = context
    .dims(0)
    .map((_, i) => i)
    .filter((axis) => axis !== 1);
  return context.sum(value, axes, false);
}

function batchTraining(context: VjpContext): (string | undefined)[] {
  const axes = context
    .dims(0)
    .map((_, i) => i)
    .filter((axis) => axis !== 1);
  const { normalized, deviation } = standardize(context, context.input(0), axes);
  const inner = context.multiply(context.gradient, perChannel(context, context.input(1)));
  return [
    context.needs(0) ? centered(context, inner, normalized, deviation, axes) : undefined,
    context.needs(1) ? sumOfChannels(context, context.multiply(context.gradient, normalized)) : undefined,
    context.needs(2) ? sumOfChannels(context, context.gradient) : undefined,
    // The running statistics only flow into the running statistics.
    undefined,
    undefined,
  ];
}

function batchInference(context: VjpContext): (string | undefined)[] {
  const epsilon = context.scalar(numberAttribute(context.node, 'epsilon', 1e-5));
  const variance = context.add(context.input(4), epsilon);
  const deviation = context.op('Sqrt', [variance]);
  const factor = context.divide(context.input(1), deviation);
  const total = () => sumOfChannels(context, context.gradient);
  const correlation = () => {
    const difference = context.subtract(context.input(0), perChannel(context, context.input(3)));
    return sumOfChannels(context, context.multiply(context.gradient, difference));
  };
  return [
    context.needs(0) ? context.multiply(context.gradient, perChannel(context, factor)) : undefined,
    context.needs(1) ? context.divide(correlation(), deviation) : undefined,
    context.needs(2) ? total() : undefined,
    context.needs(3) ? context.negate(context.multiply(total(), factor)) : undefined,
    context.needs(4)
      ? context.scale(context.divide(context.multiply(correlation(), factor), variance), -0.5)
      : undefined,
  ];
}

/** Statistics per sample and group of channels; scale and bias per channel. */
function grouped(context: VjpContext, n: number, groups: number, perGroup: number): (string | undefined)[] {
  const dims = context.dims(0);
  const folded = [n, groups, perGroup * elementCount(dims.slice(2))];
  const { normalized, deviation } = standardize(context, context.reshape(context.input(0), folded), [2]);
  const inner = context.multiply(context.gradient, perChannel(context, context.input(1)));
  const dx = () => centered(context, context.reshape(inner, folded), normalized, deviation, [2]);
  return [
    context.needs(0) ? context.reshape(dx(), dims) : undefined,
    context.needs(1)
      ? sumOfChannels(context, context.multiply(context.gradient, context.reshape(normalized, dims)))
      : undefined,
    context.needs(2) ? sumOfChannels(context, context.gradient) : undefined,
  ];
}
