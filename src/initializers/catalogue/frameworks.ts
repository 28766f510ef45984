/** What frameworks do under their own names. */
import { pytorchDefault } from '../framework-defaults.ts';
import { fluxLecunNormal, kerasNormal, type NormalScheme, tfjsNormal } from '../framework-normals.ts';
import { glorotUniform } from '../glorot.ts';
import { stft } from '../stft.ts';
import { uniform } from '../uniform.ts';
import { choice, number, type RuleEntry, rule } from './entry.ts';

const variances: Readonly<Record<NormalScheme, string>> = {
  glorot: '2 / (fan_in + fan_out)',
  he: '2 / fan_in',
  lecun: '1 / fan_in',
};
const schemes = Object.keys(variances) as NormalScheme[];

export const frameworkRules: readonly RuleEntry[] = [
  rule(
    {
      name: 'pytorch-default',
      aliases: ['torch-default', 'pytorch', 'torch'],
      family: 'framework',
      formula: 'w, b ~ U(±1 / sqrt(fan_in))',
      source: 'PyTorch Linear.reset_parameters, _ConvNd.reset_parameters',
    },
    () => pytorchDefault(),
    { bias: 'same' },
  ),
  rule(
    {
      name: 'keras-default',
      aliases: ['keras', 'tensorflow-default', 'flux-default'],
      family: 'framework',
      formula: 'w ~ U(±sqrt(6 / (fan_in + fan_out))), b = 0',
      source: 'Keras Dense, Conv: glorot_uniform',
      preserves: ['forward', 'backward'],
    },
    () => glorotUniform(),
  ),
  rule(
    {
      name: 'flax-default',
      aliases: ['flax', 'jax-default'],
      family: 'framework',
      formula: 'w ~ N(0, 1 / fan_in), cut at 2σ, variance restored; b = 0',
      source: 'Flax Dense, Conv: lecun_normal',
      preserves: ['forward'],
    },
    () => kerasNormal('lecun'),
  ),
  rule(
    {
      name: 'tfjs-default',
      aliases: ['tfjs'],
      family: 'framework',
      formula: 'w ~ N(0, 2 / (fan_in + fan_out)), cut at 2σ, variance 0.774 of that; b = 0',
      source: 'TensorFlow.js Dense, Conv: glorotNormal',
    },
    () => tfjsNormal('glorot'),
  ),
  ...schemes.map((scheme) =>
    rule(
      {
        name: `keras-${scheme}-normal`,
        aliases: [`jax-${scheme}-normal`, ...(scheme === 'lecun' ? ['timm-lecun-normal'] : [])],
        family: 'framework',
        formula: `w ~ N(0, ${variances[scheme]}), cut at 2σ, variance restored (σ / 0.8796)`,
        source: `Keras, JAX ${scheme}_normal`,
        preserves: scheme === 'lecun' ? ['forward'] : ['forward', 'backward'],
      },
      () => kerasNormal(scheme),
    ),
  ),
  ...schemes.map((scheme) =>
    rule(
      {
        name: `tfjs-${scheme}-normal`,
        family: 'framework',
        formula: `w ~ N(0, ${variances[scheme]}), cut at 2σ, variance 0.774 of that`,
        source: `TensorFlow.js ${scheme === 'lecun' ? 'leCun' : scheme}Normal; tensorflow/tfjs#8594`,
      },
      () => tfjsNormal(scheme),
    ),
  ),
  rule(
    {
      name: 'flux-lecun-normal',
      family: 'framework',
      formula: 'w ~ N(0, 1 / fan_in), -2 < w < 2',
      source: 'Flux.jl lecun_normal',
      preserves: ['forward'],
    },
    () => fluxLecunNormal(),
  ),
  rule(
    {
      name: 'jax-uniform',
      family: 'framework',
      formula: 'w ~ U[0, scale)',
      source: 'JAX nn.initializers.uniform',
    },
    (v) => uniform({ low: 0, high: Number(v.scale) }),
    { parameters: { scale: number(0.01, { from: 0 }) } },
  ),
  rule(
    {
      name: 'stft',
      family: 'framework',
      formula: 'w[t, 1, f] = window[t] cos | sin(-2π t f / F), F = 2 (outputs - 1)',
      source: 'Keras STFT',
    },
    (v) =>
      stft({
        side: v.side as 'real' | 'imag',
        window: v.window as 'hann' | 'hamming' | 'none',
        scaling: v.scaling as 'density' | 'spectrum' | 'none',
        periodic: v.periodic === 'yes',
      }),
    {
      parameters: {
        side: choice('real', ['real', 'imag']),
        window: choice('hann', ['hann', 'hamming', 'none']),
        scaling: choice('density', ['density', 'spectrum', 'none']),
        periodic: choice('no', ['no', 'yes']),
      },
    },
  ),
];
