/** Rules that do not look at the size of the layer. */
import { constant } from '../constant.ts';
import { normal } from '../normal.ts';
import { absoluteTruncatedNormal, truncatedNormal } from '../truncated-normal.ts';
import { uniform } from '../uniform.ts';
import { choice, number, type RuleEntry, rule } from './entry.ts';

export const fixedRules: readonly RuleEntry[] = [
  rule({ name: 'zeros', aliases: ['zero'], family: 'fixed', formula: 'w = 0', source: '-' }, () =>
    constant(0),
  ),
  rule({ name: 'ones', aliases: ['one'], family: 'fixed', formula: 'w = 1', source: '-' }, () => constant(1)),
  rule(
    { name: 'constant', family: 'fixed', formula: 'w = value', source: '-' },
    (v) => constant(Number(v.value)),
    { parameters: { value: number(0) } },
  ),
  rule(
    {
      name: 'uniform',
      aliases: ['random-uniform', 'keras-embedding'],
      family: 'fixed',
      formula: 'w ~ U[low, high)',
      source: 'Keras RandomUniform',
    },
    (v) => uniform({ low: Number(v.low), high: Number(v.high) }),
    { parameters: { low: number(-0.05), high: number(0.05) } },
  ),
  rule(
    {
      name: 'normal',
      aliases: ['gaussian', 'random-normal', 'pytorch-embedding'],
      family: 'fixed',
      formula: 'w ~ N(mean, std²)',
      source: '-',
    },
    (v) => normal({ std: Number(v.std), mean: Number(v.mean) }),
    { parameters: { std: number(1, { from: 0 }), mean: number(0) } },
  ),
  rule(
    {
      name: 'truncated-normal',
      aliases: ['trunc-normal-tf'],
      family: 'fixed',
      formula: 'w ~ N(mean, std²), |w - mean| < bound std; correct: std / 0.8796',
      source: 'Keras TruncatedNormal, JAX truncated_normal, timm trunc_normal_tf_',
    },
    (v) =>
      truncatedNormal({
        std: Number(v.std),
        mean: Number(v.mean),
        bound: Number(v.bound),
        correct: v.correct === 'yes',
      }),
    {
      parameters: {
        std: number(0.05, { from: 0 }),
        mean: number(0),
        bound: number(2, { from: 0.1, to: 8 }),
        correct: choice('no', ['no', 'yes']),
      },
    },
  ),
  rule(
    {
      name: 'torch-trunc-normal',
      aliases: ['trunc-normal', 'timm-trunc-normal', 'flux-truncated-normal'],
      family: 'fixed',
      formula: 'w ~ N(mean, std²), lower < w < upper (numbers, not units of std)',
      source: 'PyTorch trunc_normal_, timm trunc_normal_, Flux truncated_normal',
    },
    (v) =>
      absoluteTruncatedNormal({
        std: Number(v.std),
        mean: Number(v.mean),
        lower: Number(v.lower),
        upper: Number(v.upper),
      }),
    {
      parameters: {
        std: number(1, { above: 0 }),
        mean: number(0),
        lower: number(-2),
        upper: number(2),
      },
    },
  ),
];
