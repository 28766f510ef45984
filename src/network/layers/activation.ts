import { appendActivation } from '../activations.ts';
import type { LayerPlan, LayerSite, NetworkPlan } from '../plan.ts';
import type { ActivationSpec } from '../spec.ts';

/** An activation that stands alone, e.g. behind a normalization. Shape unchanged. */
export function planActivation(plan: NetworkPlan, spec: ActivationSpec, { input }: LayerSite): LayerPlan {
  const name = plan.nameOf(spec);
  const output = `${name}.output`;
  if (spec.activation !== 'linear') plan.activate(spec.activation, output);
  return {
    name,
    outputDims: input,
    emit: ({ builder }, value) => appendActivation(builder, spec.activation, value, { output }),
  };
}
