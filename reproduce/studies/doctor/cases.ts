/** Networks that the doctor's verdict is fitted to and held against: two disjoint grids, drawn from by chance. */
import { threefry } from '../../../src/random/index.ts';
import type { Stream } from '../../../src/random/stream.ts';
import type { OptimizerSpec } from '../../../src/training/spec.ts';

/** One network, its start, and how it is trained. */
export interface Case {
  readonly id: string;
  readonly data: 'mnist' | 'fashion-mnist';
  readonly preprocessing: 'none' | 'standardize';
  /** Pixels on a side: 28, or 14 for means of 2 x 2. */
  readonly side: 14 | 28;
  readonly batchSize: number;
  /** Short form. */
  readonly network: string;
  readonly start: string;
  readonly optimizer: OptimizerSpec;
  readonly learningRate: number;
  /** Seeds of weights and batches; the doctor sees the weights of the first. */
  readonly seeds: readonly number[];
}

interface Grid {
  readonly depths: readonly number[];
  readonly widths: readonly number[];
  readonly activations: readonly string[];
  readonly starts: readonly string[];
  readonly plans: readonly (readonly [OptimizerSpec['name'], number])[];
  /** Networks that are not plain chains of dense layers, without the activation. */
  readonly special: readonly string[];
  readonly seeds: readonly number[];
  /** Pixels on a side: 28, or 14 for means of 2 x 2. */
  readonly side: 14 | 28;
  readonly batchSize: number;
}

const repeated = (part: string, count: number): string => Array(count).fill(part).join('-');

/** What thresholds and weights of the verdict may be chosen on. */
export const developmentGrid: Grid = {
  depths: [3, 5, 8, 14, 24, 36],
  widths: [48, 96],
  activations: ['relu', 'tanh', 'sigmoid', 'elu', 'softsign'],
  starts: [
    'he-uniform',
    'glorot-normal',
    'lecun-normal',
    'flax-default',
    'normal(std=0.02)',
    'normal(std=0.05)',
    'normal(std=0.3)',
    'uniform(low=-0.5,high=0.5)',
    'orthogonal(gain=1.2)',
    'orthogonal(gain=0.8)',
    'lsuv(target=0.5)',
    'constant(0.05)',
    'zeros',
    'lecture-normal',
  ],
  plans: [
    ['sgd', 0.01],
    ['sgd', 0.1],
    ['sgd', 0.5],
    ['momentum', 0.01],
    ['momentum', 0.1],
    ['adam', 1e-4],
    ['adam', 1e-3],
    ['adam', 5e-3],
    ['rmsprop', 1e-3],
  ],
  special: [
    `${repeated('48', 6)}:batch-norm`,
    `${repeated('48', 16)}:batch-norm`,
    `${repeated('48', 12)}:layer-norm`,
    `${repeated('48', 8)}:residual`,
    `${repeated('48', 24)}:residual`,
    `c8s2-${repeated('c8', 4)}-p-32`,
    `c8k5s4-${repeated('c8', 10)}-p-32`,
    `c8s2-${repeated('c8', 4)}-g:batch-norm`,
  ],
  seeds: [101, 102, 103],
  side: 28,
  batchSize: 100,
};

/** What the doctor is held against: no depth, width, start, rate, special network or seed of it is in the other grid. */
export const studyGrid: Grid = {
  depths: [2, 4, 6, 10, 18, 27, 40],
  widths: [32, 64],
  activations: ['relu', 'tanh', 'gelu', 'silu', 'selu', 'leaky-relu', 'sigmoid', 'erf'],
  starts: [
    'he-normal',
    'glorot-uniform',
    'lecun-uniform',
    'pytorch-default',
    'normal(std=0.01)',
    'normal(std=0.1)',
    'normal(std=0.2)',
    'uniform(low=-0.05,high=0.05)',
    'orthogonal',
    'orthogonal(gain=1.5)',
    'lsuv',
    'constant(0.1)',
    'ones',
    'identity',
  ],
  plans: [
    ['sgd', 0.05],
    ['sgd', 0.2],
    ['momentum', 0.02],
    ['nesterov', 0.02],
    ['adam', 5e-4],
    ['adam', 2e-3],
    ['adamw', 1e-3],
    ['rmsprop', 5e-4],
  ],
  special: [
    `${repeated('64', 5)}:batch-norm`,
    `${repeated('32', 20)}:batch-norm`,
    `${repeated('32', 10)}:layer-norm`,
    `${repeated('64', 6)}:residual`,
    `${repeated('32', 18)}:residual`,
    `c10s2-${repeated('c10', 3)}-p-40`,
    `c10k5s2-${repeated('c10', 8)}-p-40`,
    `c16s2-${repeated('c16', 5)}-g:group-norm`,
  ],
  seeds: [1, 2, 3],
  side: 14,
  batchSize: 64,
};

/** Draws cases: each axis by itself, every fifth a special network; deep ones are never wide, to save time. */
export function drawCases(grid: Grid, count: number, stream: Stream): Case[] {
  return Array.from({ length: count }, (_, i) => {
    const own = stream.child(i);
    const pick = <Value>(name: string, values: readonly Value[]): Value =>
      values[Math.floor(own.child(name).uniform(new Float64Array(1))[0] * values.length)];
    const depth = pick('depth', grid.depths);
    const width = depth > 12 ? grid.widths[0] : pick('width', grid.widths);
    const activation = pick('activation', grid.activations);
    const body = i % 5 === 4 ? pick('special', grid.special) : repeated(String(width), depth - 1);
    const [sizes, ...options] = body.split(':');
    const [name, learningRate] = pick('plan', grid.plans);
    return {
      id: `${String(i).padStart(3, '0')}`,
      data: pick('data', ['mnist', 'fashion-mnist'] as const),
      preprocessing: pick('preprocessing', ['none', 'standardize'] as const),
      side: grid.side,
      batchSize: grid.batchSize,
      network: `${sizes.startsWith('c') ? `${grid.side}x${grid.side}` : grid.side ** 2}-${sizes}-10:${[activation, ...options].join(':')}`,
      start: pick('start', grid.starts),
      optimizer: { name },
      learningRate,
      seeds: grid.seeds,
    };
  });
}

/** The deep convolutional ones would take longer than all others. */
const quick = ({ network }: Case): boolean => !network.includes('c8k5') && !network.includes('c10k5');

export const developmentCases = (): Case[] => drawCases(developmentGrid, 120, threefry(20_001)).filter(quick);

/** The first of the study's cases were looked at while the verdict was made: they belong to development. */
export const seenCases = 45;

/** Cases of the study's grid: 126 of one draw, and as many of another one as it takes to have enough that nobody has seen. */
export const studyCases = (): Case[] => [
  ...drawCases(studyGrid, 126, threefry(20_002)),
  ...drawCases(studyGrid, 54, threefry(20_003))
    .filter(quick)
    .map((one, i) => ({ ...one, id: String(126 + i) })),
];
