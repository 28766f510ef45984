import { expect, test } from 'vitest';
import { createNetwork, type ParameterValues, parseNetwork } from '../../network/index.ts';
import { openStream } from '../../random/index.ts';
import { referenceRuntime } from '../../runtime/reference/index.ts';
import { elementCount, tensor } from '../../tensor/index.ts';
import { batchFor } from './batch.ts';
import { subjectFromNetwork } from './from-network.ts';

const spec = parseNetwork('6-5-4-3:tanh:layer-norm', { input: [6], outputs: 3 });
const network = createNetwork(spec);

function drawn(names = network.parameters): ParameterValues {
  const stream = openStream('threefry', 1);
  return new Map(
    names.map(({ name, dims }) => [
      name,
      tensor('float32', dims, stream.child(name).normal(new Float32Array(elementCount(dims)))),
    ]),
  );
}

test('a network runs on noise, and layers say what they are', async () => {
  const subject = subjectFromNetwork(network, drawn());
  expect(subject.layers.map(({ name, depth, activation, last }) => [name, depth, activation, last])).toEqual([
    ['dense1', 1, 'tanh', false],
    ['dense2', 2, 'tanh', false],
    ['dense3', 3, 'linear', true],
  ]);
  expect(subject.layers[0].weight.fanIn).toBe(6);
  expect(subject.layers.map(({ normalized }) => normalized)).toEqual([true, true, false]);
  const batch = batchFor(subject, { size: 7, seed: 3 });
  expect(batch.data).toBe('noise');
  const graph = subject.build?.(7);
  if (graph === undefined) throw new Error('cannot be run');
  const program = await referenceRuntime({ precision: 'float32' }).compile(graph.builder.build());
  const feeds = { ...batch.inputs, ...Object.fromEntries([...graph.fixed, ...subject.parameters]) };
  const result = await program.run(feeds);
  expect(result[graph.outputs[0]].dims).toEqual([7, 3]);
});

test('a parameter that is absent or of another shape is named', () => {
  const values = new Map(drawn());
  values.delete('dense2.weight');
  expect(() => subjectFromNetwork(network, values)).toThrow(/dense2.weight/);
  values.set('dense2.weight', tensor('float32', [4, 5], new Float32Array(20)));
  expect(() => subjectFromNetwork(network, values)).toThrow(/\[4, 5\]/);
});
