/**
 * Mean and variance of every rule in every layout, and the distributions behind them.
 *
 * False alarms: about 900 z-scores are compared with 5.5, which a correct program exceeds with probability 4e-8 each,
 * so 4e-5 for the whole family; the Kolmogorov-Smirnov statistics, 2e-5 each. Seeds are fixed: these are the odds that
 * a change of seed, or of the stream, fails by chance.
 */
import { describe, expect, test } from 'vitest';
import { errorFunction, openStream, threefry } from '../random/index.ts';
import { conv, convChannelsLast, convTranspose, denseInOut, denseOutIn, parameterShape } from './fans.ts';
import { heNormal } from './he.ts';
import type { ParameterShape } from './initializer.ts';
import { listRules, parseRule } from './registry.ts';

/** Fans worked out by hand. */
const layouts: [string, ParameterShape, fanIn: number, fanOut: number][] = [
  ['dense in-out', parameterShape({ name: 'a', dims: [300, 120], layout: denseInOut }), 300, 120],
  ['dense out-in', parameterShape({ name: 'b', dims: [120, 300], layout: denseOutIn }), 300, 120],
  ['conv', parameterShape({ name: 'c', dims: [64, 32, 3, 3], layout: conv(2) }), 288, 576],
  ['grouped', parameterShape({ name: 'd', dims: [64, 16, 3, 3], layout: conv(2, { groups: 4 }) }), 144, 144],
  [
    'depthwise',
    parameterShape({ name: 'e', dims: [512, 1, 5, 5], layout: conv(2, { groups: 512 }) }),
    25,
    25,
  ],
  [
    'transposed',
    parameterShape({ name: 'f', dims: [32, 64, 4, 4], layout: convTranspose(2, { strides: [2, 2] }) }),
    128,
    1024,
  ],
  [
    'grouped transposed',
    parameterShape({ name: 'g', dims: [64, 8, 3], layout: convTranspose(1, { groups: 4, strides: [1] }) }),
    48,
    24,
  ],
  [
    'conv channels last',
    parameterShape({ name: 'h', dims: [3, 3, 32, 64], layout: convChannelsLast(2) }),
    288,
    576,
  ],
];

/** Kurtosis E w^4 / (E w^2)^2; decides how far a sample variance strays. */
const kurtosis = { uniform: 1.8, normal: 3, truncated: 2.36554 };
const cut = 0.7737413; // variance of a standard normal cut at 2

type Expectation = [
  rule: string,
  kind: keyof typeof kurtosis,
  variance: (fanIn: number, fanOut: number) => number,
];
const expectations: Expectation[] = [
  ['uniform', 'uniform', () => 0.01 / 12],
  ['uniform(low=-3,high=3)', 'uniform', () => 3],
  ['normal(std=0.3)', 'normal', () => 0.09],
  ['truncated-normal(std=0.3)', 'truncated', () => 0.09 * cut],
  ['truncated-normal(std=0.3,correct=yes)', 'truncated', () => 0.09],
  ['variance-scaling', 'truncated', (fanIn) => 1 / fanIn],
  ['variance-scaling(scale=3,mode=fanOut,distribution=normal)', 'normal', (_, fanOut) => 3 / fanOut],
  ['variance-scaling(mode=fanAvg,distribution=uniform)', 'uniform', (i, o) => 2 / (i + o)],
  ['variance-scaling(mode=fanGeometric,distribution=normal)', 'normal', (i, o) => 1 / Math.sqrt(i * o)],
  ['lecun-normal', 'normal', (fanIn) => 1 / fanIn],
  ['lecun-uniform', 'uniform', (fanIn) => 1 / fanIn],
  ['glorot-normal', 'normal', (i, o) => 2 / (i + o)],
  ['glorot-uniform', 'uniform', (i, o) => 2 / (i + o)],
  ['glorot-normal(gain=relu)', 'normal', (i, o) => 4 / (i + o)],
  ['he-normal', 'normal', (fanIn) => 2 / fanIn],
  ['he-normal(slope=0.5,mode=fanOut)', 'normal', (_, fanOut) => 1.6 / fanOut],
  ['he-uniform', 'uniform', (fanIn) => 2 / fanIn],
  ['lecture-normal', 'normal', () => 1],
  ['lecture-xavier', 'normal', (fanIn) => 1 / fanIn],
  ['lecture-he', 'normal', (fanIn) => 2 / fanIn],
  ['xavier-init', 'uniform', (i, o) => 2 / (i + o)],
  ['xavier-init(uniform=false)', 'truncated', (i, o) => (3 / (i + o)) * cut],
  ['pytorch-default', 'uniform', (fanIn) => 1 / (3 * fanIn)],
  ['keras-default', 'uniform', (i, o) => 2 / (i + o)],
  ['flax-default', 'truncated', (fanIn) => 1 / fanIn],
  ['tfjs-default', 'truncated', (i, o) => (2 / (i + o)) * cut],
  ['keras-glorot-normal', 'truncated', (i, o) => 2 / (i + o)],
  ['keras-he-normal', 'truncated', (fanIn) => 2 / fanIn],
  ['keras-lecun-normal', 'truncated', (fanIn) => 1 / fanIn],
  ['tfjs-glorot-normal', 'truncated', (i, o) => (2 / (i + o)) * cut],
  ['tfjs-he-normal', 'truncated', (fanIn) => (2 / fanIn) * cut],
  ['tfjs-lecun-normal', 'truncated', (fanIn) => (1 / fanIn) * cut],
  // Cut at 5 standard deviations or more in all of these layouts.
  ['flux-lecun-normal', 'normal', (fanIn) => 1 / fanIn],
  ['truncated-normal(std=0.3,bound=3,correct=yes)', 'normal', () => 0.09],
  ['torch-trunc-normal', 'truncated', () => cut],
  ['torch-trunc-normal(std=0.02)', 'normal', () => 0.0004],
  ['torch-trunc-normal(std=0.3,lower=-0.6,upper=0.6)', 'truncated', () => 0.09 * cut],
  // E relu² = E relu'² = 1/2; E tanh(z)² = 0.394294, E tanh'(z)² = 0.464403 (PyTorch's tanh, test/fixtures/gains.json).
  ['activation-scaling', 'normal', (fanIn) => 2 / fanIn],
  ['activation-scaling(activation=tanh)', 'normal', (fanIn) => 1 / (0.394294 * fanIn)],
  [
    'activation-scaling(activation=tanh,direction=backward,distribution=uniform)',
    'uniform',
    (_, fanOut) => 1 / (0.464403 * fanOut),
  ],
  [
    'activation-scaling(activation=tanh,direction=both)',
    'normal',
    (i, o) => 1 / Math.sqrt(0.394294 * 0.464403 * i * o),
  ],
  ['edge-of-chaos', 'normal', (fanIn) => 1.76095 / fanIn],
  ['edge-of-chaos(activation=relu)', 'normal', (fanIn) => 2 / fanIn],
  ['edge-of-chaos(activation=gelu)', 'normal', (fanIn) => 1.98305826 / fanIn],
  ['kumar', 'normal', (fanIn) => 12.8 / fanIn],
  ['kumar(activation=tanh)', 'normal', (fanIn) => 1 / fanIn],
  ['kumar(activation=relu)', 'normal', (fanIn) => 2 / fanIn],
  ['random-walk', 'normal', (n) => (2 * Math.exp(2.4 / (n - 2.4))) / n],
  ['random-walk(activation=linear)', 'normal', (n) => Math.exp(1 / n) / n],
];

/** Rules without a distribution to check here: they place values, and `placed.test.ts` looks where. */
const placed = [
  ...['zeros', 'ones', 'constant', 'orthogonal', 'identity', 'dirac', 'sparse', 'torch-sparse'],
  ...['delta-orthogonal', 'conv-orthogonal', 'zero-hadamard', 'padded-identity', 'flux-identity', 'stft'],
];
/** Rules that look at all parameters together: `model-rules.test.ts`. The mean of `jax-uniform` is not 0: below. */
const others = [
  ...['mup', 'spectral', 'ntk', 'siren', 'gpt2', 't-fixup', 'deepnorm', 'mimetic', 'timm-vit', 'jax-uniform'],
];

function moments(values: Float32Array): { mean: number; square: number } {
  let sum = 0;
  let squares = 0;
  for (const value of values) {
    sum += value;
    squares += value * value;
  }
  return { mean: sum / values.length, square: squares / values.length };
}

test('every rule of the registry has its expectation', () => {
  const tested = [...expectations.map(([rule]) => rule.replace(/\(.*/, '')), ...placed, ...others];
  expect(
    listRules()
      .map(({ name }) => name)
      .filter((name) => !tested.includes(name)),
  ).toEqual([]);
});

describe.each(expectations)('%s', (text, kind, variance) => {
  test.each(layouts)('%s', (_, parameter, fanIn, fanOut) => {
    expect(parameter).toMatchObject({ fanIn, fanOut });
    const { data } = parseRule(text).weight(threefry(7).child(text).child(parameter.name), parameter);
    const expected = variance(fanIn, fanOut);
    const { mean, square } = moments(data);
    const n = data.length;
    expect(Math.abs(mean) / Math.sqrt(expected / n)).toBeLessThan(5.5);
    expect(Math.abs(square / expected - 1) / Math.sqrt((kurtosis[kind] - 1) / n)).toBeLessThan(5.5);
  });
});

test('jax-uniform lies in [0, scale)', () => {
  const { data } = parseRule('jax-uniform(scale=0.3)').weight(threefry(1), layouts[0][1]);
  const { mean, square } = moments(data);
  expect(Math.min(...data)).toBeGreaterThanOrEqual(0);
  expect(Math.max(...data)).toBeLessThan(0.3);
  // 5.5 standard errors of the mean of 36,000 uniform numbers: 0.0025; of their mean square: 0.0026.
  expect(Math.abs(mean - 0.15)).toBeLessThan(0.0025);
  expect(Math.abs(square - 0.03)).toBeLessThan(0.0026);
});

test.each([
  ['edge-of-chaos', 3 * 0.05],
  ['edge-of-chaos(activation=gelu)', 3 * 0.17292239],
  ['pytorch-default', 1 / 300],
  ['lecture-normal', 3],
  ['he-normal(bias=normal)', 3],
])('biases of %s', (text, threeVariance) => {
  const bias = parameterShape({ name: 'bias', role: 'bias', dims: [20000], fanIn: 300, fanOut: 20000 });
  const { square } = moments(parseRule(text).bias(threefry(1), bias).data);
  // 5.5 standard errors of a normal variance from 20,000 numbers: 0.055.
  expect(Math.abs(square / (threeVariance / 3) - 1)).toBeLessThan(0.055);
});

describe('distributions', () => {
  const count = 20000;
  const normalBelow = (z: number) => 0.5 * (1 + errorFunction(z * Math.SQRT1_2));
  const line = parameterShape({ name: 'w', dims: [100, 200], layout: denseInOut });

  /** sqrt(n) times the largest distance of the distribution functions; above 2.4 with probability 2 exp(-2 2.4²). */
  function distance(values: Float32Array, below: (x: number) => number): number {
    const sorted = values.slice().sort();
    let largest = 0;
    for (let i = 0; i < count; i++) {
      const p = below(sorted[i]);
      largest = Math.max(largest, p - i / count, (i + 1) / count - p);
    }
    return largest * Math.sqrt(count);
  }

  const cases: [string, (x: number) => number, limit: number][] = [
    ['uniform(low=-1,high=3)', (x) => (x + 1) / 4, 3],
    ['normal(std=2)', (x) => normalBelow(x / 2), Number.POSITIVE_INFINITY],
    [
      'truncated-normal(std=2)',
      (x) => (normalBelow(x / 2) - normalBelow(-2)) / (normalBelow(2) - normalBelow(-2)),
      4,
    ],
    ['glorot-uniform', (x) => (x / Math.sqrt(6 / 300) + 1) / 2, Math.fround(Math.sqrt(6 / 300))],
    [
      'xavier-init(uniform=false)',
      (x) => (normalBelow(x * 10) - normalBelow(-2)) / (normalBelow(2) - normalBelow(-2)),
      0.2 + 1e-8,
    ],
  ];
  for (const dialect of ['threefry', 'numpy-legacy'] as const) {
    test.each(cases)(`${dialect}: %s has its distribution and its support`, (text, below, limit) => {
      const { data } = parseRule(text).weight(openStream(dialect, 11), line);
      expect(distance(data, below)).toBeLessThan(2.4);
      for (const value of data) expect(Math.abs(value)).toBeLessThanOrEqual(limit);
      // ... and it is used to the full: a support cut short by 2 % would leave no value beyond.
      if (Number.isFinite(limit) && !text.startsWith('trunc') && !text.includes('false')) {
        expect(data.some((value) => Math.abs(value) > 0.98 * limit)).toBe(true);
      }
    });
  }
});

test('fans of the layer count, not the shape: a swapped layout is seen', () => {
  const swapped = parameterShape({ name: 'w', dims: [300, 120], layout: denseOutIn });
  expect(moments(heNormal()(threefry(0), swapped).data).square).toBeGreaterThan(1.5 * (2 / 300));
});
