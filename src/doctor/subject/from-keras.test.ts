import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { nodeRuntime } from '../../runtime/node.ts';
import { float32, type Tensor, tensor } from '../../tensor/index.ts';
import { openSubject } from '../node/open-subject.ts';

const fixtures = path.resolve(import.meta.dirname, '../../../test/fixtures');
const references: Record<string, { input: number[]; dims: number[]; output: number[] }> = JSON.parse(
  readFileSync(path.join(fixtures, 'doctor/keras.json'), 'utf8'),
);

test.each([
  ['images', 'images.keras'],
  ['images', 'images.h5'],
  ['texts', 'texts.keras'],
])('%s of %s gives what Keras gives', async (name, file) => {
  const subject = await openSubject(path.join(fixtures, 'doctor', file));
  expect(subject.notRunnable).toBeUndefined();
  expect(subject.withoutGradient).toEqual([]);
  const { input, dims, output } = references[name];
  const [taken] = subject.inputs;
  const value: Tensor =
    taken.dtype === 'int32' ? tensor('int32', dims, Int32Array.from(input)) : float32(dims, input);
  const graph = subject.build?.(2, 'inference');
  if (graph === undefined) throw new Error('not built');
  const program = await (await nodeRuntime()).compile(graph.builder.build());
  const feeds = { [taken.name]: value, ...Object.fromEntries([...graph.fixed, ...subject.parameters]) };
  const got = Array.from((await program.run(feeds))[graph.outputs[0]].data, Number);
  await program.dispose();
  const width = subject.outputDims[0];
  for (const [i, z] of got.entries()) {
    const row = got.slice(i - (i % width), i - (i % width) + width);
    const sum = row.reduce((a, one) => a + Math.exp(one), 0);
    expect(subject.endsInSoftmax ? Math.exp(z) / sum : z).toBeCloseTo(output[i], 4);
  }
});

test('layers keep their names and the layout of the file', async () => {
  const { layers, blocks } = await openSubject(path.join(fixtures, 'doctor/images.keras'));
  expect(
    layers.map(({ name, type, activation, normalized, weight, unitAxis }) => {
      return `${name} ${type} ${weight.fanIn}>${weight.fanOut} ${activation}${normalized ? ' norm' : ''} @${unitAxis}`;
    }),
  ).toEqual([
    'conv2d conv 18>36 relu norm @1',
    'depthwise_conv2d conv 9>18 tanh @1',
    'dense dense 32>3 linear @1',
  ]);
  expect(blocks).toEqual([]);
  const texts = await openSubject(path.join(fixtures, 'doctor/texts.keras'));
  expect(texts.inputs).toEqual([
    { name: texts.inputs[0].name, dtype: 'int32', dims: [-1, 5], categories: 7 },
  ]);
  expect(texts.blocks.map(({ layers: names }) => names.length)).toEqual([2]);
});

test('a layer that cannot be run is named, and its weights are there', async () => {
  const subject = await openSubject(path.join(fixtures, 'models/texts.keras'));
  expect(subject.build).toBeUndefined();
  expect(subject.notRunnable?.en).toMatch(/"lstm" \(LSTM\)/);
  expect(subject.layers.some(({ type }) => type === 'recurrent')).toBe(true);
});
