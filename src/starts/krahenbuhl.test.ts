import { describe, expect, test } from 'vitest';
import { appendGradient } from '../autodiff/append-gradient.ts';
import { createNetwork } from '../network/create-network.ts';
import type { Network, ParameterValues } from '../network/network.ts';
import type { NetworkSpec } from '../network/spec.ts';
import { openStream } from '../random/index.ts';
import { nodeRuntime } from '../runtime/node.ts';
import { elementCount, float32, type Tensor } from '../tensor/tensor.ts';
import { openProbe } from './batch-probe.ts';
import { filters } from './filter-bases.ts';
import { parseStart } from './registry.ts';

const runtime = await nodeRuntime();
const stream = openStream('threefry', 1);

const plain: NetworkSpec = {
  input: [12],
  layers: [
    { type: 'dense', units: 20, activation: 'relu' },
    { type: 'dense', units: 15, activation: 'relu' },
    { type: 'dense', units: 4 },
  ],
};
const image: NetworkSpec = {
  input: [2, 8, 8],
  layers: [
    { type: 'conv', channels: 6, activation: 'relu', padding: 'valid', dilation: 2 },
    { type: 'residual', layers: [{ type: 'conv', channels: 8, stride: 2, activation: 'tanh' }] },
    { type: 'conv', channels: 8, groups: 4, activation: 'relu' },
    { type: 'dense', units: 3 },
  ],
};

function batchFor(network: Network, size = 100): Tensor<'float32'> {
  const dims = [size, ...network.spec.input];
  return float32(dims, openStream('threefry', 5).uniform(new Float32Array(elementCount(dims)), -1, 2));
}
const contextOf = (network: Network) => ({ stream, batch: batchFor(network), runtime });

/** Mean and standard deviation of each channel of each layer's pre-activations, and the logits. */
async function moments(network: Network, values: ParameterValues) {
  const probe = await openProbe('test', network, contextOf(network));
  const out: { layer: string; hasBias: boolean; mean: number[]; std: number[] }[] = [];
  for (const { name, preActivation, bias } of network.layers) {
    const data = (await probe.measure(values, [preActivation]))[preActivation];
    const [batch, channels, ...size] = probe.dims(preActivation);
    const pixels = elementCount(size);
    const mean = Array(channels).fill(0);
    const square = Array(channels).fill(0);
    for (let i = 0; i < data.length; i++) {
      const channel = Math.floor(i / pixels) % channels;
      mean[channel] += data[i] / (batch * pixels);
      square[channel] += data[i] ** 2 / (batch * pixels);
    }
    const std = square.map((value, k) => Math.sqrt(value - mean[k] ** 2));
    out.push({ layer: name, hasBias: bias !== undefined, mean, std });
  }
  await probe.dispose();
  return out;
}

describe('within layers', () => {
  test.each([
    ['krahenbuhl(between=no)', plain, 0.1],
    ['krahenbuhl(between=no,basis=pca)', plain, 0.1],
    ['krahenbuhl(between=no,basis=k-means,beta=1)', plain, 1],
    ['krahenbuhl(between=no)', image, 0.1],
    ['krahenbuhl(between=no,basis=pca)', image, 0.1],
    ['krahenbuhl(between=no,basis=k-means)', image, 0.1],
    ['weight-norm', plain, 0],
    ['weight-norm', image, 0],
  ] as const)('%s: every unit has its mean and variance 1 (%#)', async (text, spec, beta) => {
    const network = createNetwork(spec);
    const values = await parseStart(text).parameters(network, contextOf(network));
    for (const { hasBias, mean, std } of await moments(network, values)) {
      for (const [k, value] of std.entries()) {
        expect(Math.abs(value - 1)).toBeLessThan(2e-3);
        if (hasBias) expect(Math.abs(mean[k] - beta)).toBeLessThan(2e-3);
      }
    }
  });

  test('values depend on the seed, not on the order of runs', async () => {
    const network = createNetwork(plain);
    const twice = [0, 1].map(() =>
      parseStart('krahenbuhl(basis=k-means)').parameters(network, contextOf(network)),
    );
    const [first, second] = await Promise.all(twice);
    expect([...first]).toEqual([...second]);
  });
});

describe('filters', () => {
  /** 300 points on a plane in 5 dimensions, longer along (3, 0, 4, 0, 0) / 5 than along (0, 1, 0, 0, 0). */
  const normals = openStream('threefry', 3).normal(new Float64Array(600));
  const plane = new Float64Array(1500);
  for (let n = 0; n < 300; n++) {
    plane.set([1.8 * normals[2 * n], 0.5 * normals[2 * n + 1] + 7, 2.4 * normals[2 * n], 0, 0], n * 5);
  }

  test('pca: the directions of largest variance first; beyond the span of the data, Gaussian', () => {
    const out = filters(stream, 'pca', { count: 300, length: 5, data: plane }, 4);
    const first = [...out.subarray(0, 5)].map((value) => value * Math.sign(out[0]));
    for (const [j, value] of [0.6, 0, 0.8, 0, 0].entries())
      expect(Math.abs(first[j] - value)).toBeLessThan(0.03);
    expect(Math.abs(out[6])).toBeCloseTo(1, 2);
    expect(Math.abs(out[13])).toBeGreaterThan(1e-6);
  });

  test('fewer patches than numbers in one: the same directions by way of the smaller matrix', () => {
    const wide = { count: 4, length: 5, data: plane.subarray(0, 20) };
    const out = filters(stream, 'pca', wide, 1);
    const first = [...out.subarray(0, 5)];
    expect(first.reduce((sum, value) => sum + value * value, 0)).toBeCloseTo(1, 10);
    expect(Math.abs(first[3]) + Math.abs(first[4])).toBeLessThan(1e-12);
    expect(first[0] / first[2]).toBeCloseTo(0.75, 6);
  });

  test('k-means: three clusters get a filter each, that responds most to its own', () => {
    const centers = [
      [10, 0, 0],
      [0, 10, 0],
      [0, 0, 10],
    ];
    const noise = openStream('threefry', 4).normal(new Float64Array(900));
    const data = new Float64Array(900);
    for (let n = 0; n < 300; n++) {
      for (let j = 0; j < 3; j++) data[n * 3 + j] = centers[n % 3][j] + 0.3 * noise[n * 3 + j];
    }
    const out = filters(openStream('threefry', 8), 'k-means', { count: 300, length: 3, data }, 3);
    const best = [0, 1, 2].map((o) => {
      const response = centers.map((center) => center.reduce((sum, x, j) => sum + x * out[o * 3 + j], 0));
      return response.indexOf(Math.max(...response));
    });
    expect(new Set(best).size).toBe(3);
  });
});

describe('between layers', () => {
  test('rectifiers: all layers learn at the same speed, and the outputs stay what they were', async () => {
    const network = createNetwork({
      input: [12],
      layers: [
        { type: 'dense', units: 40, activation: 'relu' },
        { type: 'dense', units: 10, activation: 'relu' },
        { type: 'dense', units: 50, activation: 'leaky-relu' },
        { type: 'dense', units: 4 },
      ],
    });
    const speeds = async (text: string) => {
      const values = await parseStart(text).parameters(network, contextOf(network));
      let names = new Map<string, string>();
      const probe = await openProbe('test', network, contextOf(network), {
        extend({ builder, logits }, size) {
          const seed = builder.input('seed', 'float32', [size, 4]);
          names = appendGradient(
            builder,
            logits,
            network.layers.map(({ weight }) => weight),
            { seed },
          );
          const top = stream.child('top-gradient').normal(new Float32Array(size * 4));
          return { values: [logits, ...names.values()], feeds: { seed: float32([size, 4], top) } };
        },
      });
      const out = await probe.measure(values, [...names.values(), network.layers[3].preActivation]);
      await probe.dispose();
      const rms = (data: ArrayLike<number>) =>
        Math.sqrt(Array.from(data).reduce((sum, value) => sum + value * value, 0) / data.length);
      return {
        logits: Array.from(out[network.layers[3].preActivation]),
        speeds: network.layers.map(
          ({ weight }) => rms(out[names.get(weight) ?? '']) / rms(values.get(weight)?.data ?? []),
        ),
      };
    };
    const before = await speeds('krahenbuhl(between=no)');
    const after = await speeds('krahenbuhl');
    const spread = (values: number[]) => Math.max(...values) / Math.min(...values);
    expect(spread(before.speeds)).toBeGreaterThan(2);
    // Each within 1 % of the mean, for the same random gradient.
    expect(spread(after.speeds)).toBeLessThan(1.021);
    for (const [i, value] of after.logits.entries()) {
      expect(Math.abs(value - before.logits[i])).toBeLessThan(1e-3 * (1 + Math.abs(value)));
    }
  });

  test('a network of images with a shortcut runs through', async () => {
    const network = createNetwork(image);
    const values = await parseStart('krahenbuhl(basis=pca)').parameters(network, contextOf(network));
    for (const { data } of values.values()) expect(data.every(Number.isFinite)).toBe(true);
  });
});

describe('what goes wrong', () => {
  test('a batch of zeros: dead layer', async () => {
    const network = createNetwork(plain);
    const batch = float32([10, 12], new Float32Array(120));
    await expect(
      parseStart('weight-norm').parameters(network, { stream, batch, runtime }),
    ).rejects.toMatchObject({
      code: 'starts.dead_layer',
      details: { layer: 'dense1' },
    });
  });

  test.each(['krahenbuhl', 'weight-norm'])('%s without data', async (text) => {
    await expect(parseStart(text).parameters(createNetwork(plain), { stream })).rejects.toMatchObject({
      code: 'starts.needs_data',
    });
  });
});
