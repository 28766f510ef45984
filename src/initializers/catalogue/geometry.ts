/** Rules that keep lengths and angles, and rules that connect sparsely. */
import { convolutionOrthogonal } from '../convolution-orthogonal.ts';
import { deltaOrthogonal } from '../delta-orthogonal.ts';
import { orthogonal } from '../orthogonal.ts';
import { sparse, torchSparse } from '../sparse.ts';
import { number, type RuleEntry, rule } from './entry.ts';
import { gain, gainOf } from './gains.ts';

export const geometryRules: readonly RuleEntry[] = [
  rule(
    {
      name: 'orthogonal',
      aliases: ['orth'],
      family: 'geometry',
      formula: 'W Wᵀ = gain² I or Wᵀ W = gain² I, Haar',
      source: 'Saxe et al. 2014, section 3',
      preserves: ['forward', 'backward', 'geometry'],
    },
    (v) => orthogonal({ gain: gainOf(v) }),
    { parameters: { gain } },
  ),
  rule(
    {
      name: 'delta-orthogonal',
      aliases: ['convolution-delta-orthogonal'],
      family: 'geometry',
      formula: 'w[middle] orthogonal times gain, 0 elsewhere',
      source: 'Xiao et al. 2018, algorithm 1; JAX delta_orthogonal',
      preserves: ['forward', 'backward', 'geometry'],
    },
    (v) => deltaOrthogonal({ gain: gainOf(v) }),
    { parameters: { gain } },
  ),
  rule(
    {
      name: 'conv-orthogonal',
      aliases: [
        'convolution-orthogonal',
        'convolution-orthogonal-1d',
        'convolution-orthogonal-2d',
        'convolution-orthogonal-3d',
      ],
      family: 'geometry',
      formula: 'H * [P1, I - P1] * [P2, I - P2] * ..., H orthogonal, P random projections, * along each axis',
      source: 'Xiao et al. 2018, algorithm 2; TensorFlow 1 ConvolutionOrthogonal1D ... 3D',
      preserves: ['forward', 'backward', 'geometry'],
    },
    (v) => convolutionOrthogonal({ gain: gainOf(v) }),
    { parameters: { gain } },
  ),
  rule(
    {
      name: 'sparse',
      aliases: ['martens'],
      family: 'geometry',
      formula: 'per output `connections` weights ~ N(0, std²), else 0',
      source: 'Martens 2010, section 5',
    },
    (v) => sparse({ connections: Number(v.connections), std: Number(v.std) }),
    { parameters: { connections: number(15, { from: 1 }), std: number(1, { from: 0 }) } },
  ),
  rule(
    {
      name: 'torch-sparse',
      family: 'geometry',
      formula: 'w ~ N(0, std²), `sparsity` of each input set to 0',
      source: 'PyTorch sparse_',
    },
    (v) => torchSparse({ sparsity: Number(v.sparsity), std: Number(v.std) }),
    { parameters: { sparsity: number(0.9, { from: 0, to: 1 }), std: number(0.01, { from: 0 }) } },
  ),
];
