/**
 * The moments that AutoInit computes against those that a run measures, for every type of layer. The mean square of layer l of
 * a network of width n strays from draw to draw by about sqrt(5 l / n) (Hanin, Rolnick 2018): 0.22 at l = 4, n = 400, half of
 * that for the mean of four draws, and 0.35 is three times that. A forgotten mean or share is a factor of 1.4 or more per layer.
 */
import { describe, expect, test } from 'vitest';
import { createNetwork } from '../network/create-network.ts';
import type { LayerSpec } from '../network/spec.ts';
import { openStream } from '../random/index.ts';
import { nodeRuntime } from '../runtime/node.ts';
import { elementCount, float32 } from '../tensor/tensor.ts';
import { planWeights } from './autoinit.ts';
import { openProbe } from './batch-probe.ts';
import { parseStart } from './registry.ts';
import { activated, averaged, droppedOut, gaussian, maxPooled } from './signal-moments.ts';

const runtime = await nodeRuntime();
const stream = openStream('threefry', 4);
const dense = (activation: Extract<LayerSpec, { type: 'dense' }>['activation'], units = 300): LayerSpec => ({
  type: 'dense',
  units,
  activation,
});

/** Mean square of each layer's pre-activations on 64 inputs of N(mean, variance), averaged over four seeds. */
async function variances(input: number[], layers: LayerSpec[], text: string, mean = 0, variance = 1) {
  const all = [1, 2, 3, 4].map((seed) => variancesOf(seed, input, layers, text, mean, variance));
  const each = await Promise.all(all);
  return each[0].map((_, layer) => each.reduce((sum, one) => sum + one[layer] / 4, 0));
}

async function variancesOf(
  seed: number,
  input: number[],
  layers: LayerSpec[],
  text: string,
  mean: number,
  variance: number,
) {
  const network = createNetwork({ input, layers });
  const values = await parseStart(text).parameters(network, { stream: openStream('threefry', seed) });
  const batch = float32(
    [64, ...input],
    openStream('threefry', 6).normal(new Float32Array(64 * elementCount(input)), mean, Math.sqrt(variance)),
  );
  const probe = await openProbe('test', network, { stream, batch, runtime });
  const out: number[] = [];
  for (const { preActivation } of network.layers) {
    const data = Array.from((await probe.measure(values, [preActivation]))[preActivation]);
    out.push(data.reduce((sum, value) => sum + value * value, 0) / data.length);
  }
  await probe.dispose();
  return out;
}

describe('measured second moments are 1', () => {
  test.each([
    'relu',
    'tanh',
    'gelu',
    'silu',
    'mish',
    'sigmoid',
    'softplus',
    'elu',
    'selu',
    'sin',
    'hard-swish',
  ] as const)('four layers of %s', async (activation) => {
    const layers = [...Array.from({ length: 3 }, () => dense(activation, 400)), dense(undefined, 400)];
    const measured = await variances([400], layers, 'autoinit');
    for (const value of measured) expect(Math.abs(Math.log(value))).toBeLessThan(0.35);
  });

  const conv = (more: Partial<Extract<LayerSpec, { type: 'conv' }>> = {}): LayerSpec => ({
    type: 'conv',
    channels: 40,
    activation: 'relu',
    ...more,
  });
  test.each<[string, number[], LayerSpec[]]>([
    ['padding', [40, 6, 6], [conv(), conv(), conv({ kernel: 5 }), conv()]],
    ['stride and dilation', [20, 12, 12], [conv({ stride: 2 }), conv({ dilation: 2 }), conv({ groups: 4 })]],
    [
      'average pooling of a linear layer',
      [20, 8, 8],
      [conv({ activation: 'linear' }), { type: 'average-pool' }, conv()],
    ],
    ['max pooling', [20, 8, 8], [conv({ activation: 'linear' }), { type: 'max-pool' }, conv()]],
    ['max pooling behind ReLU', [20, 8, 8], [conv(), { type: 'max-pool' }, conv()]],
    ['global pooling', [30, 5, 5], [conv(), { type: 'global-average-pool' }, dense('relu')]],
    ['flatten', [20, 5, 5], [conv(), { type: 'flatten' }, dense('relu')]],
    [
      'normalizations',
      [300],
      [dense('linear'), { type: 'layer-norm' }, { type: 'activation', activation: 'gelu' }, dense('tanh')],
    ],
    [
      'batch normalization',
      [300],
      [dense('linear'), { type: 'batch-norm' }, { type: 'activation', activation: 'relu' }, dense('tanh')],
    ],
    ['residual', [300], [{ type: 'residual', layers: [dense('relu'), dense('linear')] }, dense('relu')]],
    ['scaled residual', [300], [{ type: 'residual', scale: 0.3, layers: [dense('tanh')] }, dense('relu')]],
    ['projection', [100], [{ type: 'residual', layers: [dense('relu')] }, dense('relu')]],
  ])('%s', async (_, input, layers) => {
    const measured = await variances(input, layers, 'autoinit');
    for (const value of measured) expect(Math.abs(Math.log(value))).toBeLessThan(0.35);
  });

  test('inputs with a mean: counted, or kept out by centered weights', async () => {
    const layers = [dense('relu'), dense('relu')];
    for (const text of [
      'autoinit(input-mean=3,input-variance=0.25)',
      'autoinit(input-mean=3,input-variance=0.25,center=yes)',
    ]) {
      const measured = await variances([300], layers, text, 3, 0.25);
      for (const value of measured) expect(Math.abs(Math.log(value))).toBeLessThan(0.35);
    }
    // Unaware of the mean, the first layer would be 37 times too large.
    expect((await variances([300], layers, 'autoinit(input-variance=0.25)', 3, 0.25))[0]).toBeGreaterThan(20);
  });

  test('target', async () => {
    const measured = await variances([300], [dense('relu'), dense('relu')], 'autoinit(target=4)');
    for (const value of measured) expect(Math.abs(Math.log(value / 4))).toBeLessThan(0.35);
  });
});

describe('moments in closed form', () => {
  test('ReLU, also of a shifted Gaussian', () => {
    expect(activated(gaussian(0, 1), 'relu')).toMatchObject({
      mean: expect.closeTo(1 / Math.sqrt(2 * Math.PI), 10),
      variance: expect.closeTo(0.5 - 1 / (2 * Math.PI), 10),
    });
    // E relu(1 + 2z) = Φ(1/2) + 2 φ(1/2).
    expect(activated(gaussian(1, 4), 'relu').mean).toBeCloseTo(
      0.6914624612740131 + 2 * 0.3520653267642995,
      9,
    );
  });

  test('the larger of two standard normals: 1/√π, 1 - 1/π; of four, 1.0294 and 0.4917', () => {
    expect(maxPooled(gaussian(0, 1), 2)).toMatchObject({
      mean: expect.closeTo(1 / Math.sqrt(Math.PI), 9),
      variance: expect.closeTo(1 - 1 / Math.PI, 9),
    });
    expect(maxPooled(gaussian(0, 1), 4)).toMatchObject({
      mean: expect.closeTo(1.02938, 5),
      variance: expect.closeTo(0.491715, 5),
    });
  });

  test('averages and dropout', () => {
    expect(averaged({ mean: 2, variance: 9 }, 9)).toEqual({ mean: 2, variance: 1 });
    expect(droppedOut({ mean: 2, variance: 1 }, 0.5)).toEqual({ mean: 2, variance: 6 });
  });
});

test('rectifiers without padding: He, but for the first layer and the linear ones', () => {
  const plan = planWeights(
    'test',
    createNetwork({ input: [50], layers: [dense('relu', 80), dense('relu', 60)] }),
  );
  expect(plan.get('dense1.weight')).toBeCloseTo(Math.sqrt(1 / 50), 9);
  expect(plan.get('dense2.weight')).toBeCloseTo(Math.sqrt(2 / 80), 9);
});

test.each([0, 1e-320])('inputs of variance %d: dead signal', (inputVariance) => {
  const network = createNetwork({ input: [4], layers: [dense('relu', 4)] });
  expect(() => planWeights('autoinit', network, { inputVariance })).toThrow(
    expect.objectContaining({ code: 'starts.dead_signal' }),
  );
});
