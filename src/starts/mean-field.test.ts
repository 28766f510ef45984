import { describe, expect, test } from 'vitest';
import { criticalPoint } from '../initializers/criticality.ts';
import { createNetwork } from '../network/create-network.ts';
import type { ActivationName, LayerSpec } from '../network/spec.ts';
import { openStream } from '../random/index.ts';
import { nodeRuntime } from '../runtime/node.ts';
import { float32 } from '../tensor/tensor.ts';
import { openProbe } from './batch-probe.ts';
import { parseStart } from './registry.ts';

const runtime = await nodeRuntime();
const width = 400;
const dense = (activation: ActivationName): LayerSpec => ({ type: 'dense', units: width, activation });

/** Mean square of the pre-activations of each layer on 64 inputs N(0, 1), over three seeds. */
async function powers(layers: LayerSpec[], text: string): Promise<number[]> {
  const network = createNetwork({ input: [width], layers });
  const batch = float32([64, width], openStream('threefry', 6).normal(new Float32Array(64 * width)));
  const out: number[] = network.layers.map(() => 0);
  for (const seed of [1, 2, 3]) {
    const stream = openStream('threefry', seed);
    const values = await parseStart(text).parameters(network, { stream });
    const probe = await openProbe('test', network, { stream, batch, runtime });
    for (const [l, { preActivation }] of network.layers.entries()) {
      const data = Array.from((await probe.measure(values, [preActivation]))[preActivation]);
      out[l] += data.reduce((sum, value) => sum + value * value, 0) / data.length / 3;
    }
    await probe.dispose();
  }
  return out;
}

describe('mean-field', () => {
  // The mean square strays by sqrt(5 l / n) = 0.22 at l = 4, a bit more than half of that over three seeds.
  test.each(['tanh', 'gelu', 'relu', 'elu'] as const)(
    '%s: every layer lies at the fixed point',
    async (activation) => {
      const measured = await powers(
        [1, 2, 3, 4].map(() => dense(activation)),
        'mean-field',
      );
      const { fixedPoint } = criticalPoint(activation);
      for (const power of measured) expect(Math.abs(Math.log(power / fixedPoint))).toBeLessThan(0.4);
    },
  );

  test('a change of activation is crossed at once; the linear end has variance 1', async () => {
    const layers = [dense('tanh'), dense('gelu'), dense('tanh'), dense('linear')];
    const measured = await powers(layers, 'mean-field(weights=orthogonal)');
    const expected = [
      criticalPoint('tanh').fixedPoint,
      criticalPoint('gelu').fixedPoint,
      criticalPoint('tanh').fixedPoint,
      1,
    ];
    for (const [l, power] of measured.entries())
      expect(Math.abs(Math.log(power / expected[l]))).toBeLessThan(0.35);
  });

  test('refuses residual networks and activations without a critical point', async () => {
    const stream = openStream('threefry', 1);
    const residual = createNetwork({
      input: [4],
      layers: [{ type: 'residual', layers: [{ type: 'dense', units: 4, activation: 'tanh' }] }],
    });
    await expect(parseStart('mean-field').parameters(residual, { stream })).rejects.toMatchObject({
      code: 'starts.needs_plain',
    });
    const softplus = createNetwork({
      input: [4],
      layers: [{ type: 'dense', units: 4, activation: 'softplus' }],
    });
    await expect(parseStart('mean-field').parameters(softplus, { stream })).rejects.toMatchObject({
      code: 'initializers.no_critical_point',
    });
  });
});
