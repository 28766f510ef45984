/** Rules for Transformers: they read the part of each weight and the number of blocks from the names. */
import { deepNorm } from '../deep-norm.ts';
import { glorotNormal, glorotUniform } from '../glorot.ts';
import { gpt2 } from '../gpt2.ts';
import { mimetic } from '../mimetic.ts';
import { normal } from '../normal.ts';
import { tFixup } from '../t-fixup.ts';
import { visionTransformer } from '../vision-transformer.ts';
import { choice, number, type RuleEntry, rule } from './entry.ts';

export const transformerRules: readonly RuleEntry[] = [
  rule(
    {
      name: 'gpt2',
      aliases: ['gpt-2-residual'],
      family: 'transformer',
      formula: 'w ~ N(0, std²); attention output, second feed-forward: times 1 / √(2 N), N blocks',
      source: 'Radford et al. 2019, section 2.3',
      preserves: ['forward'],
    },
    (v) => normal({ std: Number(v.std) }),
    {
      parameters: { std: number(0.02, { from: 0 }) },
      buildModel: (v) => gpt2({ std: Number(v.std) }),
    },
  ),
  rule(
    {
      name: 't-fixup',
      family: 'transformer',
      formula:
        'Glorot uniform; v, output, feed-forward times 0.67 N^(-1/4) (encoder), (9 M)^(-1/4) (decoder); embeddings N(0, 1 / d) (9 M)^(-1/4)',
      source: 'Huang et al. 2020, section 3.3',
      preserves: ['update'],
    },
    () => glorotUniform(),
    { buildModel: () => tFixup() },
  ),
  rule(
    {
      name: 'deepnorm',
      aliases: ['deepnet'],
      family: 'transformer',
      formula:
        'Glorot normal; v, output, feed-forward times β, e.g. (8 N)^(-1/4); residual LN(α x + f(x)), α = (2 N)^(1/4)',
      source: 'Wang et al. 2022, figure 2 and table 1',
      preserves: ['update'],
    },
    () => glorotNormal(),
    { buildModel: () => deepNorm() },
  ),
  rule(
    {
      name: 'mimetic',
      family: 'transformer',
      formula: 'W_q W_kᵀ ≈ a Z / √d + a I, W_v W_o ≈ c Z / √d - c I, by singular values; a = 0.7, c = 0.4',
      source: 'Trockman & Kolter 2023, algorithm 1',
      preserves: ['input'],
    },
    () => normal({ std: 0.02 }),
    {
      parameters: {
        heads: number(3, { from: 1, whole: true }),
        'query-key': number(0.7, { from: 0 }),
        'value-output': number(0.4, { from: 0 }),
      },
      buildModel: (v) =>
        mimetic({
          heads: Number(v.heads),
          queryKey: Number(v['query-key']),
          valueOutput: Number(v['value-output']),
        }),
    },
  ),
  rule(
    {
      name: 'timm-vit',
      aliases: ['vision-transformer', 'init-weights-vit'],
      family: 'transformer',
      formula: 'timm: w ~ N(0, 0.02²), b = 0; jax: Glorot uniform, head 0, patches LeCun normal',
      source: 'timm init_weights_vit_timm, init_weights_vit_jax',
    },
    () => normal({ std: 0.02 }),
    {
      parameters: { style: choice('timm', ['timm', 'jax']) },
      buildModel: (v) => visionTransformer({ style: v.style as 'timm' | 'jax' }),
    },
  ),
];
