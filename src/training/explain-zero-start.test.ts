import { describe, expect, test } from 'vitest';
import { appendGradient } from '../autodiff/index.ts';
import { createNetwork } from '../network/create-network.ts';
import type { Network } from '../network/network.ts';
import type { ActivationName } from '../network/spec.ts';
import { nodeRuntime } from '../runtime/node.ts';
import { float32, type Tensor, tensor, zerosTensor } from '../tensor/tensor.ts';
import { explainZeroStart } from './explain-zero-start.ts';
import { appendLoss } from './loss.ts';
import { traceSignal } from './trace-signal.ts';

const runtime = await nodeRuntime();

describe('all-zero weights: what really moves', () => {
  const features = float32([4, 3], [1, 0, 2, 0, 1, 1, 3, 1, 0, 2, 2, 2]);
  const labels = tensor('int32', [4], Int32Array.of(0, 1, 1, 3));

  function createDeep(activation: ActivationName, dropout = false): Network {
    return createNetwork({
      input: [3],
      layers: [
        { type: 'dense', units: 5, activation },
        { type: 'dense', units: 6, activation },
        ...(dropout ? [{ type: 'dropout', rate: 0.5 } as const] : []),
        { type: 'dense', units: 4 },
      ],
    });
  }

  const trace = (network: Network, parameters: ReadonlyMap<string, Tensor<'float32'>>) =>
    traceSignal(network, parameters, { features, labels }, { loss: 'softmax-cross-entropy', runtime });

  const zerosOf = (network: Network) =>
    new Map(network.parameters.map(({ name, dims }) => [name, zerosTensor('float32', dims)]));

  async function explain(activation: ActivationName, dropout = false) {
    const network = createDeep(activation, dropout);
    const signal = await trace(network, zerosOf(network));
    expect(signal.loss).toBeCloseTo(Math.log(4), 6);
    return explainZeroStart(signal, network.spec);
  }

  /** Plain gradient descent, to see whether "for ever" holds. */
  async function descend(network: Network, parameters: Map<string, Tensor<'float32'>>, steps: number) {
    const { builder, logits } = network.build(4, 'training');
    const { loss } = appendLoss(builder, 'softmax-cross-entropy', logits);
    const gradients = appendGradient(builder, loss, [...parameters.keys()]);
    for (const value of gradients.values()) builder.output(value);
    const program = await runtime.compile(builder.build());
    for (let step = 0; step < steps; step++) {
      const results = await program.run({ features, labels, ...Object.fromEntries(parameters) });
      for (const [name, gradient] of gradients) {
        const data = (parameters.get(name) as Tensor<'float32'>).data;
        for (let i = 0; i < data.length; i++) data[i] -= 0.5 * Number(results[gradient].data[i]);
      }
    }
    await program.dispose();
  }

  test.each(['relu', 'tanh'] as const)('%s: only the last bias', async (activation) => {
    expect(await explain(activation)).toEqual({
      kind: 'only-last-bias-moves',
      moving: ['dense3.bias'],
      frozen: ['dense1.weight', 'dense1.bias', 'dense2.weight', 'dense2.bias', 'dense3.weight'],
      equalLayers: ['dense1', 'dense2'],
    });
  });

  test('sigmoid: the last weights move too, the units of a layer stay equal', async () => {
    expect(await explain('sigmoid')).toEqual({
      kind: 'units-stay-equal',
      moving: ['dense3.weight', 'dense3.bias'],
      frozen: ['dense1.weight', 'dense1.bias', 'dense2.weight', 'dense2.bias'],
      equalLayers: ['dense1', 'dense2'],
    });
  });

  test('sigmoid with dropout: masks tell the units apart', async () => {
    expect(await explain('sigmoid', true)).toBeNull();
  });

  test('equal incoming weights alone are not enough: outgoing ones that differ part the units', async () => {
    const network = createDeep('sigmoid');
    const parameters = zerosOf(network);
    const second = parameters.get('dense2.weight')!.data;
    for (let i = 0; i < second.length; i++) second[i] = Math.sin(i + 1);
    const signal = await trace(network, parameters);
    expect(signal.layers[0].equalUnits).toEqual({ groups: 1, units: 5 });
    expect(explainZeroStart(signal, network.spec)).toBeNull();
    await descend(network, parameters, 3);
    expect((await trace(network, parameters)).layers[0].equalUnits.units).toBe(0);
  });

  test('for ever: 50 steps of relu move nothing but the last bias', async () => {
    const network = createDeep('relu');
    const parameters = zerosOf(network);
    await descend(network, parameters, 50);
    const moved = [...parameters].filter(([, { data }]) => data.some((value) => value !== 0));
    expect(moved.map(([name]) => name)).toEqual(['dense3.bias']);
    expect(explainZeroStart(await trace(network, parameters), network.spec)?.kind).toBe(
      'only-last-bias-moves',
    );
  });

  test('for ever: after 50 steps of sigmoid everything has moved, the units are still equal bit for bit', async () => {
    const network = createDeep('sigmoid');
    const parameters = zerosOf(network);
    await descend(network, parameters, 50);
    const moved = [...parameters].filter(([, { data }]) => data.some((value) => value !== 0));
    expect(moved).toHaveLength(6);
    const signal = await trace(network, parameters);
    const { layers } = signal;
    expect(explainZeroStart(signal, network.spec)).toMatchObject({
      kind: 'units-stay-equal',
      frozen: [],
      equalLayers: ['dense1', 'dense2'],
    });
    expect(layers.map(({ equalUnits }) => equalUnits)).toEqual([
      { groups: 1, units: 5 },
      { groups: 1, units: 6 },
      { groups: 0, units: 0 },
    ]);
  });
});
