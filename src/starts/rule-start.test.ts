import { describe, expect, test } from 'vitest';
import type { Initializer } from '../initializers/initializer.ts';
import { createNetwork } from '../network/create-network.ts';
import { openStream } from '../random/index.ts';
import { elementCount, float32 } from '../tensor/tensor.ts';
import { parseStart } from './registry.ts';
import { ruleStart } from './rule-start.ts';

describe('ruleStart', () => {
  const normal: Initializer = (stream, { dims }) =>
    float32(dims, stream.normal(new Float32Array(elementCount(dims))));
  const draw = ruleStart({ name: 'draw', weight: normal, bias: normal });
  const network = (units: number) =>
    createNetwork({
      input: [3],
      layers: [
        { type: 'dense', units },
        { type: 'dense', units: 2, name: 'head' },
      ],
    });

  test('every parameter gets its shape', async () => {
    const values = await draw.parameters(network(4), { stream: openStream('threefry', 1) });
    expect([...values].map(([name, { dims }]) => [name, dims])).toEqual([
      ['dense1.weight', [3, 4]],
      ['dense1.bias', [4]],
      ['head.weight', [4, 2]],
      ['head.bias', [2]],
    ]);
  });

  test('values depend on the seed and the name alone', async () => {
    const small = await draw.parameters(network(4), { stream: openStream('threefry', 1) });
    const large = await draw.parameters(network(9), { stream: openStream('threefry', 1) });
    const other = await draw.parameters(network(4), { stream: openStream('threefry', 2) });
    expect(large.get('head.bias')).toEqual(small.get('head.bias'));
    expect(other.get('head.bias')).not.toEqual(small.get('head.bias'));
    expect(small.get('head.bias')?.data.slice(0, 2)).not.toEqual(small.get('dense1.bias')?.data.slice(0, 2));
  });

  test('a rule that gives NaN is an error that names the parameter', async () => {
    const nan: Initializer = (_, { dims }) =>
      float32(dims, new Float32Array(elementCount(dims)).fill(Number.NaN));
    const broken = ruleStart({ name: 'broken', weight: normal, bias: nan });
    await expect(broken.parameters(network(4), { stream: openStream('threefry', 1) })).rejects.toThrow(
      expect.objectContaining({
        code: 'starts.not_finite',
        details: { start: 'broken', parameter: 'dense1.bias' },
      }),
    );
  });

  test('rules with factors on learning rates give them for the network', () => {
    const scales = parseStart('mup(base=2)').scales?.(network(4));
    expect(scales?.get('dense1.weight')).toEqual({ sgd: 2, adam: 1, forward: 1 });
    expect(scales?.get('head.weight')).toEqual({ sgd: 0.5, adam: 0.5, forward: 1 });
    expect(parseStart('he-normal').scales).toBeUndefined();
  });

  test('a factor that the layers would have to put on their products is refused', async () => {
    const stream = openStream('threefry', 1);
    await expect(parseStart('ntk(fold=no)').parameters(network(4), { stream })).rejects.toMatchObject({
      code: 'starts.forward_factor',
      details: { parameter: 'dense1.weight' },
    });
    await expect(parseStart('ntk').parameters(network(4), { stream })).resolves.toHaveProperty('size', 4);
  });
});
