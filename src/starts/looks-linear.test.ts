import { describe, expect, test } from 'vitest';
import { activationFunctionNames } from '../initializers/activation-functions.ts';
import { createNetwork } from '../network/create-network.ts';
import { parseNetwork } from '../network/shorthand.ts';
import type { LayerSpec } from '../network/spec.ts';
import { openStream } from '../random/index.ts';
import { nodeRuntime } from '../runtime/node.ts';
import { float32, type Tensor } from '../tensor/tensor.ts';
import { openProbe } from './batch-probe.ts';
import { pairSlope } from './looks-linear.ts';
import { parseStart } from './registry.ts';

const runtime = await nodeRuntime();
const stream = openStream('threefry', 7);

/** Outputs of a network of the start on a batch. */
async function outputs(
  input: number[],
  layers: LayerSpec[],
  batch: Tensor<'float32'>,
): Promise<Float32Array> {
  const network = createNetwork({ input, layers });
  const values = await parseStart('looks-linear').parameters(network, { stream });
  const probe = await openProbe('test', network, { stream, batch, runtime });
  const { output } = network.layers[network.layers.length - 1];
  const data = Float32Array.from((await probe.measure(values, [output]))[output]);
  await probe.dispose();
  return data;
}

/** Two inputs and their sum. */
function additive(dims: number[]): Tensor<'float32'> {
  const size = dims.reduce((a, b) => a * b, 1);
  const data = openStream('threefry', 8).normal(new Float32Array(3 * size));
  for (let i = 0; i < size; i++) data[2 * size + i] = data[i] + data[size + i];
  return float32([3, ...dims], data);
}

/** 30 layers in float32: rounding of half an ulp a layer and a sum of 32 terms, with a wide margin. */
const rounding = 1e-4;

const dense = (units: number, activation: 'relu' | 'gelu' | 'silu' | 'linear'): LayerSpec => ({
  type: 'dense',
  units,
  activation,
});

describe('looks-linear', () => {
  test.each(['relu', 'gelu', 'silu'] as const)(
    '30 layers of %s are a linear and, but for the last, an isometric function',
    async (activation) => {
      const layers = [...new Array<LayerSpec>(30).fill(dense(32, activation)), dense(16, 'linear')];
      const batch = additive([16]);
      const data = await outputs([16], layers, batch);
      for (let k = 0; k < 16; k++)
        expect(Math.abs(data[32 + k] - data[k] - data[16 + k])).toBeLessThan(rounding);
      // 16 inputs, 16 pairs, 16 outputs: every matrix A is square, so that lengths and angles stay.
      for (const [a, b] of [
        [0, 0],
        [0, 1],
        [1, 1],
      ]) {
        const inner = (values: Float32Array) => {
          let sum = 0;
          for (let k = 0; k < 16; k++) sum += values[16 * a + k] * values[16 * b + k];
          return sum;
        };
        expect(Math.abs(inner(data) - inner(batch.data))).toBeLessThan(1e-3);
      }
    },
  );

  test('convolutions, and pairs behind a flattening', async () => {
    const conv: LayerSpec = { type: 'conv', channels: 6, kernel: 3, padding: 'same', activation: 'relu' };
    const data = await outputs(
      [2, 5, 5],
      [conv, conv, { type: 'flatten' }, dense(8, 'relu'), dense(3, 'linear')],
      additive([2, 5, 5]),
    );
    for (let k = 0; k < 3; k++) expect(Math.abs(data[6 + k] - data[k] - data[3 + k])).toBeLessThan(rounding);
  });

  test('the odd unit of a layer is silent', async () => {
    const data = await outputs([4], [dense(5, 'relu'), dense(2, 'linear')], additive([4]));
    for (let k = 0; k < 2; k++) expect(Math.abs(data[4 + k] - data[k] - data[2 + k])).toBeLessThan(rounding);
  });

  test('every activation has a pair with a slope', () => {
    for (const name of activationFunctionNames) expect(pairSlope(name), name).not.toBeNull();
    expect(pairSlope('relu')).toBeCloseTo(1, 6);
    expect(pairSlope('tanh')).toBeCloseTo(2, 6);
  });

  test('residual blocks and groups are refused', async () => {
    const residual = createNetwork(parseNetwork('8-8x4-2:relu:residual', { input: [8], outputs: 2 }));
    const start = parseStart('looks-linear');
    await expect(start.parameters(residual, { stream })).rejects.toMatchObject({
      code: 'starts.needs_plain',
    });
    const layers: LayerSpec[] = [
      { type: 'conv', channels: 4, kernel: 3, groups: 2, activation: 'relu' },
      { type: 'flatten' },
      dense(2, 'linear'),
    ];
    const grouped = createNetwork({ input: [2, 5, 5], layers });
    await expect(start.parameters(grouped, { stream })).rejects.toMatchObject({
      code: 'starts.needs_pairs',
      details: { groups: 2 },
    });
  });
});
