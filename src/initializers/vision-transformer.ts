import { byParameter } from './by-parameter.ts';
import { constant } from './constant.ts';
import { kerasNormal } from './framework-normals.ts';
import { fused } from './fused.ts';
import { glorotUniform } from './glorot.ts';
import type { ModelRule } from './model-rule.ts';
import { normal } from './normal.ts';
import { transformerName } from './transformer-names.ts';
import { absoluteTruncatedNormal } from './truncated-normal.ts';

/**
 * timm's recipes for vision Transformers.
 *
 *   timm   dense weights and positions: truncated N(0, 0.02²), cut at -2 and 2, which cuts nothing; biases 0
 *   jax    dense weights Glorot uniform (query, key and value each by itself), feed-forward biases N(0, 1e-6²), head 0,
 *          patch convolution LeCun normal
 *
 * Class tokens are N(0, 1e-6²) in both.
 *
 * @see timm `init_weights_vit_timm`, `init_weights_vit_jax`; Dosovitskiy et al. 2021
 */
export function visionTransformer({ style = 'timm' }: { style?: 'timm' | 'jax' } = {}): ModelRule {
  const small = absoluteTruncatedNormal({ std: 0.02 });
  const tiny = normal({ std: 1e-6 });
  const third = glorotUniform();
  return byParameter(() => ({ name, role, layout }) => {
    const { part } = transformerName(name);
    if (role === 'bias') {
      const feedForward = part === 'feed-forward-in' || part === 'feed-forward-out';
      return { values: style === 'jax' && feedForward ? tiny : constant(0) };
    }
    if (role !== 'weight') return undefined;
    if (part === 'class-token') return { values: tiny };
    if (style === 'timm' || part === 'position') return { values: small };
    if (part === 'head') return { values: constant(0) };
    if ((layout?.kernelAxes.length ?? 0) > 0) return { values: kerasNormal('lecun') };
    return { values: part === 'query-key-value' ? fused('timm-vit', [third, third, third]) : third };
  });
}
