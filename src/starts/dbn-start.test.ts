import { describe, expect, test } from 'vitest';
import { createNetwork } from '../network/create-network.ts';
import { parseNetwork } from '../network/shorthand.ts';
import { threefry } from '../random/threefry-stream.ts';
import { nodeRuntime } from '../runtime/node.ts';
import { float32 } from '../tensor/tensor.ts';
import { dbnStart } from './dbn-start.ts';
import { parseStart } from './registry.ts';

const runtime = await nodeRuntime();
const stream = threefry(1);

/** Rows whose two halves are each other's opposite. */
function inputs(count: number) {
  const bits = threefry(2).uniform(new Float32Array(count * 4));
  const data = new Float32Array(count * 8);
  for (let row = 0; row < count; row++) {
    for (let i = 0; i < 4; i++) {
      data[row * 8 + i] = bits[row * 4 + i] < 0.5 ? 1 : 0;
      data[row * 8 + 4 + i] = 1 - data[row * 8 + i];
    }
  }
  return float32([count, 8], data);
}

const network = (text: string) => createNetwork(parseNetwork(text, { input: [8], outputs: 3 }));

describe('dbn start', () => {
  test('hidden layers are learned, the output layer is drawn by rule', async () => {
    const start = parseStart('dbn(epochs=20, batch=20)');
    expect([start.name, start.needsData, start.needsInputs]).toEqual(['dbn(epochs=20,batch=20)', true, true]);
    const net = network('8-6-5-3:sigmoid:dropout=0.2');
    const context = { stream, runtime, inputs: inputs(400) };
    const values = await start.parameters(net, context);
    expect([...values.keys()]).toEqual(net.parameters.map(({ name }) => name));
    for (const { name, dims } of net.parameters) expect(values.get(name)!.dims).toEqual(dims);
    const first = values.get(net.layers[0].weight)!.data;
    // A column and its opposite pull a hidden unit in opposite directions.
    let product = 0;
    for (let i = 0; i < 4; i++)
      for (let j = 0; j < 6; j++) product += first[i * 6 + j] * first[(i + 4) * 6 + j];
    expect(product).toBeLessThan(-1);
    const rule = await parseStart('glorot-uniform').parameters(net, { stream });
    expect(values.get(net.layers[2].weight)).toEqual(rule.get(net.layers[2].weight));
    expect(await start.parameters(net, context)).toEqual(values);
  });

  test('the batch stands in for inputs; a network without hidden layers is left to the rule', async () => {
    const values = await dbnStart('dbn', { epochs: 1 }).parameters(network('8-4-3:sigmoid'), {
      stream,
      runtime,
      batch: inputs(30),
    });
    expect(values.size).toBe(4);
    const flat = await dbnStart('dbn').parameters(network('8-3:sigmoid'), {
      stream,
      runtime,
      batch: inputs(30),
    });
    expect(flat).toEqual(await parseStart('glorot-uniform').parameters(network('8-3:sigmoid'), { stream }));
  });

  test.each(['sigmoid', 'tanh'])('%s on inputs beyond [0, 1]: Gaussian units below', async (activation) => {
    const shifted = inputs(200);
    for (let i = 0; i < shifted.data.length; i++) shifted.data[i] = 2 * shifted.data[i] - 1;
    const start = dbnStart('dbn', { epochs: 20, batch: 20, rate: 0.5 });
    const net = network(`8-6-4-3:${activation}`);
    const values = await start.parameters(net, { stream, runtime, batch: shifted });
    for (const { data } of values.values()) expect(data.every(Number.isFinite)).toBe(true);
    const rule = await parseStart('glorot-uniform').parameters(net, { stream });
    expect(values.get(net.layers[1].weight)).not.toEqual(rule.get(net.layers[1].weight));
  });

  test('networks and inputs that it cannot pre-train', async () => {
    const rejects = (text: string, details: object) =>
      expect(
        dbnStart('dbn').parameters(network(text), { stream, runtime, batch: inputs(30) }),
      ).rejects.toMatchObject({
        code: 'dbn.cannot_pretrain',
        details,
      });
    await rejects('8-4-3:relu', { layer: 'dense1', reason: 'activation', got: 'relu' });
    await rejects('8-4-3:sigmoid:layer-norm', { reason: 'type', got: 'layer-norm' });
    await expect(dbnStart('dbn').parameters(network('8-4-3:sigmoid'), { stream })).rejects.toMatchObject({
      code: 'starts.needs_data',
    });
    await expect(
      dbnStart('dbn').parameters(network('8-4-3:sigmoid'), {
        stream,
        runtime,
        batch: float32([2, 3], new Float32Array(6)),
      }),
    ).rejects.toMatchObject({ code: 'starts.batch_shape' });
  });
});
