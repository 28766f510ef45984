/** Every rule with its names, parameters, formula and source: the one table that registry, command line and docs read. */
import { constant } from './constant.ts';
import { dirac, identity } from './dirac.ts';
import { pytorchDefault } from './framework-defaults.ts';
import { forwardGain } from './gain.ts';
import { glorotNormal, glorotUniform } from './glorot.ts';
import { heNormal, heUniform } from './he.ts';
import type { Initializer } from './initializer.ts';
import { lectureHe, lectureNormal, lectureXavier, xavierInit } from './lecture.ts';
import { lecunNormal, lecunUniform } from './lecun.ts';
import { normal } from './normal.ts';
import { orthogonal } from './orthogonal.ts';
import { numberOf, type RuleParameter, type RuleValues } from './rule-parameters.ts';
import { sparse, torchSparse } from './sparse.ts';
import { truncatedNormal } from './truncated-normal.ts';
import { uniform } from './uniform.ts';
import {
  type Distribution,
  distributions,
  type FanMode,
  fanModes,
  varianceScaling,
} from './variance-scaling.ts';

/** What biases get: a number, N(0, 1), or the weights' own rule. */
export type BiasRule = number | 'normal' | 'same';

/** A rule before its parameters are given. */
export interface RuleEntry {
  readonly name: string;
  readonly aliases: readonly string[];
  readonly parameters: Readonly<Record<string, RuleParameter>>;
  /** What the weights are, in symbols. */
  readonly formula: string;
  readonly source: string;
  /** Biases when `bias` is not given; 0 for most. */
  readonly bias: BiasRule;
  readonly build: (values: RuleValues) => Initializer;
}

/** Gains by activation name, for `gain=relu`. */
export const gainNames: Readonly<Record<string, number>> = Object.fromEntries(
  (
    [
      'linear',
      'relu',
      'tanh',
      'sigmoid',
      'selu',
      'elu',
      'gelu',
      'silu',
      'mish',
      'softplus',
      'softsign',
    ] as const
  ).map((name) => [name, forwardGain(name)]),
);

const number = (usual: number, range: RangeOf = {}): RuleParameter => ({ kind: 'number', usual, range });
const choice = (usual: string, values: readonly string[]): RuleParameter => ({
  kind: 'choice',
  usual,
  values,
});
const gain: RuleParameter = { kind: 'number', usual: 1, range: { above: 0 }, names: gainNames };
const slope = number(0);
const mode = choice('fanIn', fanModes);
type RangeOf = Extract<RuleParameter, { kind: 'number' }>['range'];

const gainOf = (values: RuleValues): number => numberOf(values.gain, gainNames);
const glorotSource = 'Glorot & Bengio 2010';
const heSource = 'He et al. 2015';
const lectureSource = 'github.com/hunkim/DeepLearningZeroToAll';

function entry(
  name: string,
  aliases: readonly string[],
  formula: string,
  source: string,
  parameters: RuleEntry['parameters'],
  build: RuleEntry['build'],
  bias: BiasRule = 0,
): RuleEntry {
  return { name, aliases, formula, source, parameters, build, bias };
}

export const ruleEntries: readonly RuleEntry[] = [
  entry('zeros', ['zero'], 'w = 0', '-', {}, () => constant(0)),
  entry('ones', ['one'], 'w = 1', '-', {}, () => constant(1)),
  entry('constant', [], 'w = value', '-', { value: number(0) }, (v) => constant(Number(v.value))),
  entry(
    'uniform',
    ['random-uniform'],
    'w ~ U[low, high)',
    'Keras RandomUniform',
    { low: number(-0.05), high: number(0.05) },
    (v) => uniform({ low: Number(v.low), high: Number(v.high) }),
  ),
  entry(
    'normal',
    ['gaussian', 'random-normal'],
    'w ~ N(mean, std²)',
    '-',
    { std: number(1, { from: 0 }), mean: number(0) },
    (v) => normal({ std: Number(v.std), mean: Number(v.mean) }),
  ),
  entry(
    'truncated-normal',
    ['trunc-normal'],
    'w ~ N(mean, std²), |w - mean| < bound std; correct: std / 0.8796',
    'Keras TruncatedNormal',
    {
      std: number(0.05, { from: 0 }),
      mean: number(0),
      bound: number(2, { from: 0.1, to: 8 }),
      correct: choice('no', ['no', 'yes']),
    },
    (v) =>
      truncatedNormal({
        std: Number(v.std),
        mean: Number(v.mean),
        bound: Number(v.bound),
        correct: v.correct === 'yes',
      }),
  ),
  entry(
    'variance-scaling',
    [],
    'Var(w) = scale / n, n = fan_in | fan_out | their mean',
    'Keras, JAX variance_scaling',
    { scale: number(1, { above: 0 }), mode, distribution: choice('truncatedNormal', distributions) },
    (v) =>
      varianceScaling({
        scale: Number(v.scale),
        mode: v.mode as FanMode,
        distribution: v.distribution as Distribution,
      }),
  ),
  entry('lecun-normal', ['lecun'], 'w ~ N(0, 1 / fan_in)', 'LeCun et al. 1998', {}, () => lecunNormal()),
  entry('lecun-uniform', [], 'w ~ U(±sqrt(3 / fan_in))', 'LeCun et al. 1998', {}, () => lecunUniform()),
  entry(
    'glorot-normal',
    ['xavier-normal'],
    'w ~ N(0, gain² 2 / (fan_in + fan_out))',
    glorotSource,
    { gain },
    (v) => glorotNormal({ gain: gainOf(v) }),
  ),
  entry(
    'glorot-uniform',
    ['xavier', 'glorot', 'xavier-uniform'],
    'w ~ U(±gain sqrt(6 / (fan_in + fan_out)))',
    glorotSource,
    { gain },
    (v) => glorotUniform({ gain: gainOf(v) }),
  ),
  entry(
    'he-normal',
    ['he', 'kaiming', 'msra', 'kaiming-normal'],
    'w ~ N(0, 2 / ((1 + slope²) fan))',
    heSource,
    { slope, mode },
    (v) => heNormal({ slope: Number(v.slope), mode: v.mode as FanMode }),
  ),
  entry(
    'he-uniform',
    ['kaiming-uniform'],
    'w ~ U(±sqrt(6 / ((1 + slope²) fan)))',
    heSource,
    { slope, mode },
    (v) => heUniform({ slope: Number(v.slope), mode: v.mode as FanMode }),
  ),
  entry('orthogonal', ['orth'], 'W Wᵀ = gain² I or Wᵀ W = gain² I, Haar', 'Saxe et al. 2014', { gain }, (v) =>
    orthogonal({ gain: gainOf(v) }),
  ),
  entry('identity', ['eye'], 'w[i, i] = gain', '-', { gain: number(1) }, (v) =>
    identity({ gain: Number(v.gain) }),
  ),
  entry('dirac', [], 'w[i, i, middle] = gain', 'PyTorch dirac_', { gain: number(1) }, (v) =>
    dirac({ gain: Number(v.gain) }),
  ),
  entry(
    'sparse',
    ['martens'],
    'per output `connections` weights ~ N(0, std²), else 0',
    'Martens 2010',
    { connections: number(15, { from: 1 }), std: number(1, { from: 0 }) },
    (v) => sparse({ connections: Number(v.connections), std: Number(v.std) }),
  ),
  entry(
    'torch-sparse',
    [],
    'w ~ N(0, std²), `sparsity` of each input set to 0',
    'PyTorch sparse_',
    { sparsity: number(0.9, { from: 0, to: 1 }), std: number(0.01, { from: 0 }) },
    (v) => torchSparse({ sparsity: Number(v.sparsity), std: Number(v.std) }),
  ),
  entry('lecture-normal', ['lab-10-2'], 'w, b ~ N(0, 1)', lectureSource, {}, () => lectureNormal(), 'normal'),
  entry('lecture-xavier', [], 'randn(fan_in, fan_out) / sqrt(fan_in)', lectureSource, {}, () =>
    lectureXavier(),
  ),
  entry('lecture-he', [], 'randn(fan_in, fan_out) / sqrt(fan_in / 2)', lectureSource, {}, () => lectureHe()),
  entry(
    'xavier-init',
    ['xavier_init'],
    'uniform: U(±sqrt(6 / (n_in + n_out))); else truncated N(0, 3 / (n_in + n_out)), cut at 2σ',
    lectureSource,
    { uniform: choice('true', ['true', 'false']) },
    (v) => (stream, parameter) =>
      xavierInit(parameter.fanIn, parameter.fanOut, v.uniform === 'true')(stream, parameter),
  ),
  entry(
    'pytorch-default',
    ['torch-default', 'pytorch', 'torch'],
    'w, b ~ U(±1 / sqrt(fan_in))',
    'torch.nn.Linear, Conv',
    {},
    () => pytorchDefault(),
    'same',
  ),
  entry(
    'keras-default',
    ['keras', 'tensorflow-default'],
    'w ~ U(±sqrt(6 / (fan_in + fan_out))), b = 0',
    'tf.keras.layers.Dense, Conv',
    {},
    () => glorotUniform(),
  ),
];
