import { byParameter } from './by-parameter.ts';
import { checkNumber } from './check.ts';
import type { ModelRule } from './model-rule.ts';
import { normal } from './normal.ts';
import { isResidualOutput, transformerDepth, transformerName } from './transformer-names.ts';

/**
 * GPT-2's initialization: every weight and embedding N(0, 0.02²); weights that write into the residual stream (attention
 * output, second feed-forward matrix) divided by sqrt(2 N) for N blocks, because 2 N branches add up there. Biases 0.
 *
 * Blocks are counted in the names of the parameters. Where none is found the division is left out.
 *
 * @param options.std  default 0.02
 * @throws initializers.bad_parameter
 * @see Radford et al. 2019, section 2.3 ("scale by 1 / sqrt(N) where N is the number of residual layers"); Hugging Face
 *   `GPT2PreTrainedModel._init_weights`
 */
export function gpt2({ std = 0.02 }: { std?: number } = {}): ModelRule {
  checkNumber('gpt2', 'std', std, '>= 0', std >= 0);
  return byParameter((parameters) => {
    const { encoder, decoder } = transformerDepth(parameters.map(({ name }) => name));
    return ({ name, role }) => {
      if (role !== 'weight') return undefined;
      const { part, block, stack } = transformerName(name);
      const depth = block >= 0 && isResidualOutput(part) ? (stack === 'decoder' ? decoder : encoder) : 0;
      return { values: normal({ std: depth === 0 ? std : std / Math.sqrt(2 * depth) }) };
    };
  });
}
