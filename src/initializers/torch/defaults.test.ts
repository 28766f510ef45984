import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { TorchStream } from '../../random/index.ts';
import { torchInit } from '../index.ts';
import { torchDefaults, torchLayerNames } from './defaults.ts';
import type { TorchLayer } from './layer.ts';

// The numbers themselves are compared with PyTorch in test/peers/torch-numbers.test.ts.

const model: TorchLayer = [
  { type: 'Linear', inFeatures: 784, outFeatures: 300 },
  'ReLU',
  { type: 'Linear', inFeatures: 300, outFeatures: 10 },
];

test('names and shapes are those of state_dict', () => {
  const weights = torchDefaults(model, 0);
  expect([...weights].map(([name, { dims }]) => [name, dims])).toEqual([
    ['0.weight', [300, 784]],
    ['0.bias', [300]],
    ['2.weight', [10, 300]],
    ['2.bias', [10]],
  ]);
  expect(weights.get('0.weight')?.data[0]).toBe(-0.00026738643646240234);
});

test('one layer by itself, no layers, and a layer without parameters', () => {
  expect([...torchDefaults({ type: 'LayerNorm', normalizedShape: 3 }, 0).keys()]).toEqual(['weight', 'bias']);
  expect(torchDefaults([], 0).size).toBe(0);
  expect(torchDefaults('ReLU', 0).size).toBe(0);
});

test('parts of a model made from one stream are the model', () => {
  const stream = new TorchStream(7);
  const [first, , second] = model as readonly TorchLayer[];
  const parts = [...torchDefaults(first, stream).values(), ...torchDefaults(second, stream).values()];
  expect(parts).toEqual([...torchDefaults(model, 7).values()]);
});

test('dialect and precision', () => {
  const embedding: TorchLayer = { type: 'Embedding', numEmbeddings: 40, embeddingDim: 8 };
  const weight = (options: object) => torchDefaults(embedding, 0, options).get('weight')!;
  expect(weight({}).data).not.toEqual(weight({ dialect: 'torch-scalar' }).data);
  expect(weight({ dtype: 'float64' }).dtype).toBe('float64');
});

test.each([
  ['Liner', 'initializers.unknown_torch_layer'],
  [{ type: 'toString' }, 'initializers.unknown_torch_layer'],
  [null, 'initializers.unknown_torch_layer'],
  [[7], 'initializers.unknown_torch_layer'],
  [{ type: 'Linear', inFeatures: 3 }, 'initializers.bad_parameter'],
  [{ type: 'Linear', inFeatures: 3, outFeatures: 1.5 }, 'initializers.bad_parameter'],
  [{ type: 'Linear', inFeatures: 3, outFeatures: 2, bias: 1 }, 'initializers.bad_parameter'],
  [{ type: 'Linear', inFeatures: 2 ** 20, outFeatures: 2 ** 20 }, 'initializers.bad_parameter'],
  [{ type: 'Conv2d', inChannels: 3, outChannels: 4, kernelSize: [3] }, 'initializers.bad_parameter'],
  [{ type: 'Conv2d', inChannels: 3, outChannels: 4, kernelSize: 3, groups: 2 }, 'initializers.bad_parameter'],
  [{ type: 'LSTM', inputSize: 3, hiddenSize: 4, projSize: 4 }, 'initializers.bad_parameter'],
  [{ type: 'GRU', inputSize: 3, hiddenSize: 4, projSize: 2 }, 'initializers.bad_parameter'],
  [{ type: 'MultiheadAttention', embedDim: 10, numHeads: 3 }, 'initializers.bad_parameter'],
  [{ type: 'Embedding', numEmbeddings: 4, embeddingDim: 3, paddingIdx: 4 }, 'initializers.bad_parameter'],
  [{ type: 'GroupNorm', numGroups: 4, numChannels: 6 }, 'initializers.bad_parameter'],
  [{ type: 'Named', layers: 3 }, 'initializers.bad_parameter'],
])('%j is refused', (layer, code) => {
  expect(() => torchDefaults(layer as TorchLayer, 0)).toThrow(expect.objectContaining({ code }));
});

test.each([
  () => torchInit.xavierUniform(new TorchStream(0), [3]),
  () => torchInit.kaimingNormal(new TorchStream(0), [3, 4], { mode: 'fan_avg' as 'fan_in' }),
  () => torchInit.dirac([4, 2, 3], { groups: 3 }),
  () => torchInit.dirac([4, 2]),
  () => torchInit.eye([3]),
  () => torchInit.orthogonal(new TorchStream(0), [3]),
  () => torchInit.sparse(new TorchStream(0), [3, 3], { sparsity: 2 }),
  () => torchInit.truncatedNormal(new TorchStream(0), [3], { std: 0 }),
  () => torchInit.truncatedNormal(new TorchStream(0), [3], { a: 1, b: 1 }),
  () => torchInit.uniform(new TorchStream(0), [-1]),
  () => torchInit.normal(new TorchStream(0), [2], { dtype: 'float16' as 'float32' }),
])('%s is refused', (call) => {
  expect(call).toThrow(expect.objectContaining({ code: 'initializers.bad_parameter' }));
});

test('orthogonal: rows or columns are orthonormal, times gain', () => {
  for (const [rows, columns] of [
    [6, 10],
    [10, 6],
    [7, 7],
  ]) {
    const { data } = torchInit.orthogonal(new TorchStream(0), [rows, columns], { gain: 2 });
    const short = Math.min(rows, columns);
    const at = (i: number, k: number) => (rows <= columns ? data[i * columns + k] : data[k * columns + i]);
    for (let i = 0; i < short; i++) {
      for (let j = 0; j < short; j++) {
        let dot = 0;
        for (let k = 0; k < Math.max(rows, columns); k++) dot += at(i, k) * at(j, k);
        expect(Math.abs(dot - (i === j ? 4 : 0))).toBeLessThan(2e-6);
      }
    }
  }
});

test('a truncation that holds next to nothing ends with an error, not never', () => {
  expect(() =>
    torchInit.truncatedNormal(new TorchStream(0), [2], { mean: -40, std: 1, a: 0, b: 1e6 }),
  ).toThrow(expect.objectContaining({ code: 'random.bad_truncation' }));
});

test('docs/streams-torch.md names every layer', () => {
  const text = readFileSync(new URL('../../../docs/streams-torch.md', import.meta.url), 'utf8');
  const listed = /Layers: ([\s\S]*?);/.exec(text)?.[1].split(/,\s+/) ?? [];
  expect([...listed].sort()).toEqual([...torchLayerNames].filter((name) => name !== 'Named').sort());
});
