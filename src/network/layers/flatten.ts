import { elementCount } from '../../tensor/tensor.ts';
import type { LayerPlan, LayerSite, NetworkPlan } from '../plan.ts';
import type { FlattenSpec } from '../spec.ts';

/** [channels, height, width] -> [channels * height * width], channels first. Adds nothing where the input is flat. */
export function planFlatten(plan: NetworkPlan, spec: FlattenSpec, { input }: LayerSite): LayerPlan {
  const name = plan.nameOf(spec);
  return {
    name,
    outputDims: [elementCount(input)],
    emit: ({ builder }, value) =>
      input.length === 1 ? value : builder.op('Flatten', [value], { axis: 1 }, { output: `${name}.output` }),
  };
}
