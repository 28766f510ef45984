import type { LayerPlan, LayerSite, NetworkPlan } from '../plan.ts';
import type { DropoutSpec } from '../spec.ts';

/**
 * Inverted dropout: in training y = x * mask, where the fed mask [batch, ...input] holds 0 or 1 / (1 - rate); in
 * inference nothing. The mask comes from our own stream, because the engine's cannot be saved or repeated.
 */
export function planDropout(plan: NetworkPlan, spec: DropoutSpec, { input }: LayerSite): LayerPlan {
  const name = plan.nameOf(spec);
  return {
    name,
    outputDims: input,
    emit({ builder, batch, training, masks }, value) {
      if (!training || spec.rate === 0) return value;
      const dims = [batch, ...input];
      const mask = builder.input(`${name}.mask`, 'float32', dims);
      masks.push({ name: mask, dims, keep: 1 - spec.rate });
      return builder.op('Mul', [value, mask], {}, { output: `${name}.output` });
    },
  };
}
