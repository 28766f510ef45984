import { conv, parameterShape } from '../../initializers/fans.ts';
import { OutsetError } from '../../messages/error.ts';
import { appendActivation } from '../activations.ts';
import { formatPath, type LayerPlan, type LayerSite, type NetworkPlan } from '../plan.ts';
import type { ConvSpec } from '../spec.ts';
import { imageDims, type Padding, windowPositions } from './image.ts';

/**
 * Convolution (cross-correlation, as everywhere in this field) of [channels, height, width]:
 * y = activation(W * x + b), W [channels out, channels in / groups, kernel, kernel], b [channels out].
 *
 * 'same' keeps ceil(size / stride) positions; an odd pixel of padding goes after, as in TensorFlow.
 */
export function planConv(plan: NetworkPlan, spec: ConvSpec, site: LayerSite): LayerPlan {
  const name = plan.nameOf(spec);
  const [channels, height, width] = imageDims(name, site);
  const groups = spec.groups ?? 1;
  for (const [what, count] of [
    ['input channels', channels],
    ['output channels', spec.channels],
  ] as const) {
    if (count % groups !== 0) {
      throw new OutsetError(
        'network.groups',
        { layer: name, where: formatPath(site.path), what, channels: count, groups },
        { path: site.path },
      );
    }
  }
  const kernel = asPair(spec.kernel ?? 3);
  const stride = asPair(spec.stride ?? 1);
  const dilation = spec.dilation ?? 1;
  const padding = paddingOf(spec.padding ?? 'same', [height, width], kernel, stride, dilation);
  const positions = windowPositions(name, site, { kernel, stride, dilation, padding });
  const activation = spec.activation ?? 'linear';
  const { weight, bias } = declareConv(plan, name, {
    dims: [spec.channels, channels / groups, ...kernel],
    groups,
    stride,
    bias: spec.bias !== false,
  });
  const preActivation = `${name}.pre-activation`;
  const output = activation === 'linear' ? preActivation : `${name}.output`;
  plan.layer({
    name,
    type: 'conv',
    weight,
    ...(bias === undefined ? {} : { bias }),
    activation,
    preActivation,
    output,
  });
  const attributes = {
    kernel_shape: kernel,
    strides: stride,
    dilations: [dilation, dilation],
    pads: [...padding.before, ...padding.after],
    group: groups,
  };
  return {
    name,
    outputDims: [spec.channels, ...positions],
    emit({ builder }, value) {
      const factors = bias === undefined ? [value, weight] : [value, weight, bias];
      builder.op('Conv', factors, attributes, { name, output: preActivation });
      return appendActivation(builder, activation, preActivation, { output });
    },
  };
}

/** Declares the weight and bias of a convolution; also used by the projection of a residual block. */
export function declareConv(
  plan: NetworkPlan,
  name: string,
  options: {
    dims: readonly [out: number, inPerGroup: number, number, number];
    groups: number;
    stride: readonly [number, number];
    bias: boolean;
  },
): { weight: string; bias?: string } {
  const { dims, groups, stride: strides } = options;
  const layout = conv(2, { groups, strides });
  const shape = parameterShape({ name: `${name}.weight`, dims, layout });
  const weight = plan.parameter(shape);
  if (!options.bias) return { weight };
  const { fanIn, fanOut } = shape;
  return {
    weight,
    bias: plan.parameter({ name: `${name}.bias`, role: 'bias', dims: [dims[0]], fanIn, fanOut }),
  };
}

function asPair(value: number | readonly [number, number]): [number, number] {
  return typeof value === 'number' ? [value, value] : [value[0], value[1]];
}

function paddingOf(
  padding: 'same' | 'valid' | number,
  size: readonly [number, number],
  kernel: readonly [number, number],
  stride: readonly [number, number],
  dilation: number,
): Padding {
  if (padding === 'valid') return { before: [0, 0], after: [0, 0] };
  if (typeof padding === 'number') return { before: [padding, padding], after: [padding, padding] };
  const totals = size.map((length, axis) => {
    const positions = Math.ceil(length / stride[axis]);
    return Math.max(0, (positions - 1) * stride[axis] + (kernel[axis] - 1) * dilation + 1 - length);
  });
  const before: [number, number] = [Math.floor(totals[0] / 2), Math.floor(totals[1] / 2)];
  return { before, after: [totals[0] - before[0], totals[1] - before[1]] };
}
