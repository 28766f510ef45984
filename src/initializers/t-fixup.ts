import { byParameter } from './by-parameter.ts';
import { fused } from './fused.ts';
import { glorotUniform } from './glorot.ts';
import type { Initializer, ParameterShape } from './initializer.ts';
import type { ModelRule } from './model-rule.ts';
import { normal } from './normal.ts';
import { transformerDepth, transformerName } from './transformer-names.ts';

/**
 * T-Fixup: Transformers without layer normalization and without warm-up. N blocks in the encoder, M in the decoder.
 *
 *   all weights          Glorot uniform, query, key and value each by itself
 *   embeddings           N(0, 1 / d), times (9 M)^(-1/4)  (N where there is no decoder)
 *   encoder v, output, feed-forward    times 0.67 N^(-1/4)
 *   decoder v, output, feed-forward    times (9 M)^(-1/4)
 *
 * @see Huang, Perez, Ba, Volkovs 2020, "Improving Transformer optimization through better initialization", section 3.3
 */
export function tFixup(): ModelRule {
  return byParameter((parameters) => {
    const depth = transformerDepth(parameters.map(({ name }) => name));
    const factors = {
      encoder: 0.67 * Math.max(1, depth.encoder) ** -0.25,
      decoder: (9 * Math.max(1, depth.decoder)) ** -0.25,
    };
    const embedding = (9 * Math.max(1, depth.decoder || depth.encoder)) ** -0.25;
    return (parameter) => {
      if (parameter.role !== 'weight') return undefined;
      const { part, stack, block } = transformerName(parameter.name);
      if (part === 'embedding' || part === 'position' || part === 'class-token') {
        return { values: normal({ std: embedding / Math.sqrt(Math.max(1, width(parameter))) }) };
      }
      const scaled = glorotUniform({ gain: factors[stack] });
      if (block < 0) return { values: glorotUniform() };
      return { values: attentionAware('t-fixup', part, glorotUniform(), scaled) };
    };
  });
}

/** Length of an embedding: its last axis. */
function width({ dims }: ParameterShape): number {
  return dims[dims.length - 1] ?? 1;
}

/** `plain` for queries and keys, `scaled` for all that a residual branch passes its signal through. */
export function attentionAware(
  rule: string,
  part: string,
  plain: Initializer,
  scaled: Initializer,
): Initializer {
  if (part === 'query-key-value') return fused(rule, [plain, plain, scaled]);
  const passes = ['value', 'attention-output', 'feed-forward-in', 'feed-forward-out'].includes(part);
  return passes ? scaled : plain;
}
