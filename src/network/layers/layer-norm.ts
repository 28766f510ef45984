import { floatAttribute } from '../../onnx/builder.ts';
import type { LayerPlan, LayerSite, NetworkPlan } from '../plan.ts';
import type { NormSpec } from '../spec.ts';
import { declareScaleShift } from './scale-shift.ts';

/**
 * Layer normalization (Ba et al. 2016) over all values of an example: y = (x - mean) / sqrt(var + epsilon) * scale +
 * shift, scale and shift of the shape of one example; PyTorch's `LayerNorm(input shape)`.
 */
export function planLayerNorm(plan: NetworkPlan, spec: NormSpec, { input }: LayerSite): LayerPlan {
  const name = plan.nameOf(spec);
  const { scale, shift } = declareScaleShift(plan, name, input);
  const epsilon = floatAttribute(spec.epsilon ?? 1e-5);
  return {
    name,
    outputDims: input,
    emit: ({ builder }, value) =>
      builder.op(
        'LayerNormalization',
        [value, scale, shift],
        { axis: 1, epsilon },
        { name, output: `${name}.output` },
      ),
  };
}
