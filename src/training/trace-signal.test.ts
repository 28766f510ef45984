import { describe, expect, test } from 'vitest';
import { createNetwork } from '../network/create-network.ts';
import type { ParameterValues } from '../network/network.ts';
import { nodeRuntime } from '../runtime/node.ts';
import { float32, tensor } from '../tensor/tensor.ts';
import { explainZeroStart } from './explain-zero-start.ts';
import { traceSignal } from './trace-signal.ts';

const runtime = await nodeRuntime();

function values(entries: Record<string, [number[], number[]]>): ParameterValues {
  return new Map(Object.entries(entries).map(([name, [dims, data]]) => [name, float32(dims, data)]));
}

describe('traceSignal', () => {
  /**
   * 2 inputs, 3 ReLU units, 1 output, squared error, by hand:
   * x1 = (1, 2): z = (1, 2, -1) a = (1, 2, 0), y = 1 * 1 + 2 * -1 + 0.5 = -0.5, target 0.5, error -1
   * x2 = (0, 1): z = (0, 1, -1) a = (0, 1, 0), y = -1 + 0.5 = -0.5, target -1.5, error 1
   * loss = (1 + 1) / 2 = 1; dL/dy = 2 e / 2 = (-1, 1); dL/da = dL/dy v = (-1, 1, -3), (1, -1, 3)
   */
  const network = createNetwork({
    input: [2],
    layers: [
      { type: 'dense', units: 3, activation: 'relu' },
      { type: 'dense', units: 1 },
    ],
  });
  const parameters = values({
    'dense1.weight': [
      [2, 3],
      [1, 0, 1, 0, 1, -1],
    ],
    'dense1.bias': [[3], [0, 0, 0]],
    'dense2.weight': [
      [3, 1],
      [1, -1, 3],
    ],
    'dense2.bias': [[1], [0.5]],
  });
  const features = float32([2, 2], [1, 2, 0, 1]);
  const targets = float32([2, 1], [0.5, -1.5]);
  const options = { loss: 'mean-squared-error', runtime, step: 7 } as const;

  test('closed form of a small network', async () => {
    const trace = await traceSignal(network, parameters, { features, targets }, options);
    expect(trace).toMatchObject({ step: 7, batchSize: 2, loss: 1 });
    const [first, second] = trace.layers;
    expect(first).toMatchObject({
      name: 'dense1',
      type: 'dense',
      depth: 1,
      activation: 'relu',
      fanIn: 2,
      fanOut: 3,
    });
    // z = 1, 2, -1, 0, 1, -1
    expect(first.preActivations).toMatchObject({
      count: 6,
      mean: 1 / 3,
      min: -1,
      max: 2,
      zero: 1 / 6,
      saturated: null,
    });
    expect(first.preActivations.std).toBeCloseTo(Math.sqrt(8 / 6 - 1 / 9), 12);
    // a = 1, 2, 0, 0, 1, 0
    expect(first.activations).toMatchObject({ mean: 4 / 6, zero: 0.5, norm: Math.sqrt(6) });
    expect(first.gradients.activations).toMatchObject({ mean: 0, min: -3, max: 3, norm: Math.sqrt(22) });
    // relu'(z): (1, 1, 0), (0, 1, 0): dL/dz = (-1, 1, 0), (0, -1, 0)
    expect(first.gradients.preActivations).toMatchObject({ norm: Math.sqrt(3), zero: 0.5 });
    // dL/dW = x1 dz1 + x2 dz2 = [[-1, 1, 0], [-2, 2 - 1, 0]], dL/db = (-1, 0, 0)
    expect(first.gradients.weights).toMatchObject({
      count: 6,
      min: -2,
      max: 1,
      norm: Math.sqrt(7),
      zero: 1 / 3,
    });
    expect(first.gradients.biases).toMatchObject({ count: 3, norm: 1, min: -1, max: 0 });
    // dL/dv = a1 * -1 + a2 * 1 = (-1, -1, 0), dL/dc = 0
    expect(second.gradients.weights).toMatchObject({ norm: Math.sqrt(2), min: -1, max: 0 });
    expect(second.gradients.biases).toMatchObject({ zero: 1 });
    expect(second.gradients.preActivations).toMatchObject({ min: -1, max: 1 });
    expect(second.activations).toEqual(second.preActivations);
    expect(first.equalUnits).toEqual({ groups: 0, units: 0 });
    expect(explainZeroStart(trace, network.spec)).toBeNull();
  });

  test('saturation of tanh is counted on the activations alone', async () => {
    const one = createNetwork({ input: [1], layers: [{ type: 'dense', units: 4, activation: 'tanh' }] });
    const weights = values({
      'dense1.weight': [
        [1, 4],
        [0, 1, 3, -3],
      ],
      'dense1.bias': [[4], [0, 0, 0, 0]],
    });
    const batch = { features: float32([1, 1], [1]), targets: float32([1, 4], [0, 0, 0, 0]) };
    const { layers } = await traceSignal(one, weights, batch, options);
    expect(layers[0].activations.saturated).toBe(0.5);
    expect(layers[0].preActivations.saturated).toBeNull();
  });

  test('what is not finite is null and counted', async () => {
    const broken = new Map(parameters).set('dense1.bias', float32([3], [Number.NaN, 0, 0]));
    const trace = await traceSignal(network, broken, { features, targets }, options);
    expect(trace.loss).toBeNull();
    expect(trace.layers[0].preActivations).toMatchObject({ notFinite: 2, count: 6 });
    expect(JSON.parse(JSON.stringify(trace))).toEqual(trace);
  });

  test('batch norm uses the batch, dropout keeps everything, blocks and images go through', async () => {
    const deep = createNetwork({
      input: [1, 6, 6],
      layers: [
        { type: 'conv', channels: 4 },
        { type: 'batch-norm' },
        { type: 'activation', activation: 'sigmoid' },
        { type: 'dropout', rate: 0.5 },
        { type: 'residual', layers: [{ type: 'conv', channels: 8, stride: 2, activation: 'relu' }] },
        { type: 'max-pool' },
        { type: 'dense', units: 3 },
      ],
    });
    const wave = (dims: readonly number[]) => {
      const count = dims.reduce((a, b) => a * b, 1);
      return float32(
        dims,
        Float32Array.from({ length: count }, (_, i) => Math.sin(7 * i + count)),
      );
    };
    const drawn = new Map(deep.parameters.map(({ name, dims }) => [name, wave(dims)]));
    const batch = { features: wave([5, 36]), labels: tensor('int32', [5], Int32Array.of(0, 1, 2, 1, 0)) };
    const settings = { ...options, loss: 'softmax-cross-entropy' } as const;
    const trace = await traceSignal(deep, drawn, batch, settings);
    expect(trace.layers.map(({ name, preActivations }) => [name, preActivations.count])).toEqual([
      ['conv1', 5 * 4 * 36],
      ['conv2', 5 * 8 * 9],
      ['residual1.projection', 5 * 8 * 9],
      ['dense1', 15],
    ]);
    expect(trace.layers[0].activation).toBe('sigmoid');
    expect(trace.layers[0].activations.max).toBeLessThan(1);
    expect(trace.layers.every(({ gradients }) => (gradients.weights.norm ?? 0) > 0)).toBe(true);
    expect(await traceSignal(deep, drawn, batch, settings)).toEqual(trace);
    const dry = createNetwork({
      ...deep.spec,
      layers: deep.spec.layers.filter(({ type }) => type !== 'dropout'),
    });
    expect(await traceSignal(dry, drawn, batch, settings)).toEqual(trace);
  });

  test('shapes that do not fit are errors', async () => {
    const issue = (code: string) => expect.objectContaining({ code });
    const trace = (batch: object, weights = parameters) =>
      traceSignal(network, weights, { features, ...batch }, options);
    await expect(trace({})).rejects.toThrow(issue('trace.batch'));
    await expect(trace({ targets: float32([2, 2], [1, 2, 3, 4]) })).rejects.toThrow(issue('trace.batch'));
    await expect(trace({ targets, features: float32([2, 3], new Array(6).fill(1)) })).rejects.toThrow(
      issue('trace.batch'),
    );
    await expect(trace({ targets }, new Map())).rejects.toThrow(issue('trace.parameter'));
  });
});
