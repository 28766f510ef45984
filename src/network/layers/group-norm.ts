import { OutsetError } from '../../messages/error.ts';
import { floatAttribute } from '../../onnx/builder.ts';
import { formatPath, type LayerPlan, type LayerSite, type NetworkPlan } from '../plan.ts';
import type { NormSpec } from '../spec.ts';
import { declareScaleShift } from './scale-shift.ts';

/**
 * Group normalization (Wu & He 2018): the channels of an example in `groups` equal parts, each part brought to mean 0
 * and variance 1 over its channels and pixels; scale and shift per channel. On [features], a feature is a channel.
 */
export function planGroupNorm(plan: NetworkPlan, spec: NormSpec, { input, path }: LayerSite): LayerPlan {
  const name = plan.nameOf(spec);
  const channels = input[0];
  const groups = spec.groups ?? 8;
  if (channels % groups !== 0) {
    throw new OutsetError(
      'network.groups',
      { layer: name, where: formatPath(path), what: 'channels', channels, groups },
      { path },
    );
  }
  const { scale, shift } = declareScaleShift(plan, name, [channels]);
  const attributes = { num_groups: groups, epsilon: floatAttribute(spec.epsilon ?? 1e-5) };
  return {
    name,
    outputDims: input,
    emit({ builder, batch }, value) {
      const output = `${name}.output`;
      if (input.length > 1)
        return builder.op('GroupNormalization', [value, scale, shift], attributes, { name, output });
      const image = builder.op('Reshape', [value, builder.ints([batch, channels, 1])]);
      const normed = builder.op('GroupNormalization', [image, scale, shift], attributes, { name });
      return builder.op('Reshape', [normed, builder.ints([batch, channels])], {}, { output });
    },
  };
}
