import { byParameter } from './by-parameter.ts';
import { glorotNormal } from './glorot.ts';
import type { ModelRule } from './model-rule.ts';
import { attentionAware } from './t-fixup.ts';
import { type TransformerDepth, transformerDepth, transformerName } from './transformer-names.ts';

/** Factors of DeepNorm for one stack. */
export interface DeepNormFactors {
  /** The residual connection has to be LayerNorm(alpha x + f(x)). */
  readonly alpha: number;
  /** Gain of the value, output and feed-forward weights. */
  readonly beta: number;
}

/**
 * DeepNorm's constants for N encoder and M decoder blocks.
 *
 *   one stack of N   alpha = (2 N)^(1/4), beta = (8 N)^(-1/4)
 *   both             encoder 0.81 (N⁴ M)^(1/16), 0.87 (N⁴ M)^(-1/16); decoder (3 M)^(1/4), (12 M)^(-1/4)
 *
 * @see Wang et al. 2022, "DeepNet: scaling Transformers to 1,000 layers", figure 2 and table 1
 */
export function deepNormFactors({ encoder, decoder }: TransformerDepth): {
  encoder: DeepNormFactors;
  decoder: DeepNormFactors;
} {
  if (encoder > 0 && decoder > 0) {
    const mixed = (encoder ** 4 * decoder) ** (1 / 16);
    return {
      encoder: { alpha: 0.81 * mixed, beta: 0.87 / mixed },
      decoder: { alpha: (3 * decoder) ** 0.25, beta: (12 * decoder) ** -0.25 },
    };
  }
  const depth = Math.max(1, encoder + decoder);
  const single = { alpha: (2 * depth) ** 0.25, beta: (8 * depth) ** -0.25 };
  return { encoder: single, decoder: single };
}

/**
 * DeepNorm's initialization for post-norm Transformers: Glorot normal everywhere; value, attention output and feed-forward
 * weights with gain beta, query and key with gain 1. Belongs to a residual connection alpha x + f(x).
 *
 * @see {@link deepNormFactors}; Wang et al. 2022, figure 2
 */
export function deepNorm(): ModelRule {
  return byParameter((parameters) => {
    const factors = deepNormFactors(transformerDepth(parameters.map(({ name }) => name)));
    return ({ name, role }) => {
      if (role !== 'weight') return undefined;
      const { part, stack, block } = transformerName(name);
      const gain = block < 0 ? 1 : factors[stack].beta;
      return { values: attentionAware('deepnorm', part, glorotNormal(), glorotNormal({ gain })) };
    };
  });
}
