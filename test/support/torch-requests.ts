/** The requests of the fixtures: every function and layer, at the sizes where PyTorch changes its way of drawing. */
import type { TorchLayer } from '../../src/initializers/torch/layer.ts';
import type { TorchDraw, TorchRequest } from './torch-numbers.ts';

const linear = (inFeatures: number, outFeatures: number, bias = true): TorchLayer => ({
  type: 'Linear',
  inFeatures,
  outFeatures,
  bias,
});
const encoderLayer = { type: 'TransformerEncoderLayer', dModel: 12, nhead: 3, dimFeedforward: 20 } as const;
const decoderLayer = { type: 'TransformerDecoderLayer', dModel: 12, nhead: 3, dimFeedforward: 20 } as const;
const norm = { type: 'LayerNorm', normalizedShape: 12 } as const;

/** Every kind of layer, with the arguments that change what is drawn. */
export const layers: readonly TorchLayer[] = [
  [linear(784, 300), 'ReLU', { type: 'Dropout', p: 0.5 }, linear(300, 10)],
  linear(5, 3),
  linear(3, 5, false),
  linear(0, 4),
  [[linear(4, 4), 'Tanh'], linear(2, 2)],
  { type: 'Bilinear', in1Features: 3, in2Features: 4, outFeatures: 5 },
  { type: 'Conv1d', inChannels: 4, outChannels: 6, kernelSize: 3, groups: 2 },
  { type: 'Conv2d', inChannels: 3, outChannels: 8, kernelSize: [3, 5], stride: 2 },
  { type: 'Conv3d', inChannels: 2, outChannels: 4, kernelSize: 3, bias: false },
  { type: 'ConvTranspose1d', inChannels: 4, outChannels: 6, kernelSize: 3, groups: 2 },
  { type: 'ConvTranspose2d', inChannels: 4, outChannels: 6, kernelSize: 2, stride: 2 },
  { type: 'ConvTranspose3d', inChannels: 4, outChannels: 6, kernelSize: [2, 1, 3] },
  { type: 'Embedding', numEmbeddings: 50, embeddingDim: 7, paddingIdx: 3 },
  { type: 'Embedding', numEmbeddings: 5, embeddingDim: 2, paddingIdx: -1 },
  { type: 'EmbeddingBag', numEmbeddings: 10, embeddingDim: 4 },
  { type: 'RNN', inputSize: 5, hiddenSize: 7, numLayers: 2 },
  { type: 'LSTM', inputSize: 5, hiddenSize: 7, numLayers: 2, bidirectional: true, projSize: 3 },
  { type: 'LSTM', inputSize: 10, hiddenSize: 16 },
  { type: 'GRU', inputSize: 5, hiddenSize: 7, bias: false, bidirectional: true },
  { type: 'RNNCell', inputSize: 5, hiddenSize: 7 },
  { type: 'LSTMCell', inputSize: 5, hiddenSize: 7, bias: false },
  { type: 'GRUCell', inputSize: 5, hiddenSize: 7 },
  { type: 'MultiheadAttention', embedDim: 12, numHeads: 3 },
  { type: 'MultiheadAttention', embedDim: 12, numHeads: 3, kdim: 5, vdim: 7, addBiasKv: true },
  { type: 'MultiheadAttention', embedDim: 12, numHeads: 3, bias: false, addBiasKv: true },
  encoderLayer,
  decoderLayer,
  { type: 'TransformerEncoder', encoderLayer, numLayers: 3, norm },
  { type: 'TransformerDecoder', decoderLayer, numLayers: 2 },
  { type: 'Transformer', dModel: 16, nhead: 2, numEncoderLayers: 2, numDecoderLayers: 2, dimFeedforward: 24 },
  [
    { type: 'BatchNorm1d', numFeatures: 4 },
    { type: 'BatchNorm2d', numFeatures: 4, affine: false },
    { type: 'InstanceNorm2d', numFeatures: 4 },
    { type: 'InstanceNorm2d', numFeatures: 4, affine: true, trackRunningStats: true },
    { type: 'LayerNorm', normalizedShape: [3, 4] },
    { type: 'GroupNorm', numGroups: 2, numChannels: 6 },
    { type: 'PReLU' },
    linear(4, 4),
  ],
  {
    type: 'Named',
    layers: {
      conv1: { type: 'Conv2d', inChannels: 1, outChannels: 6, kernelSize: 5 },
      pool: { type: 'MaxPool2d', kernelSize: 2 },
      fc1: linear(120, 84),
      fc2: linear(84, 10),
    },
  },
];

/** Layers and arguments that PyTorch 1.13 does not have. */
export const newerLayers: readonly TorchLayer[] = [
  { type: 'RMSNorm', normalizedShape: [3, 4] },
  { type: 'LayerNorm', normalizedShape: 4, bias: false },
  { ...encoderLayer, bias: false },
  { ...decoderLayer, bias: false },
  { type: 'Transformer', dModel: 16, nhead: 2, numEncoderLayers: 1, numDecoderLayers: 1, bias: false },
];

const precisions = ['float32', 'float64'] as const;

function plainDraws(): TorchRequest[] {
  const sizes = [0, 1, 2, 5, 15, 16, 17, 31, 32, 100, 1000];
  const requests: TorchRequest[] = [];
  for (const seed of [0, 1, 42, 2 ** 40 + 3, -7]) {
    for (const dtype of precisions) {
      const one = (call: string, args: number[]): TorchDraw[] =>
        sizes.map((size) => ({ call, shape: [size], args, dtype }));
      for (const [low, high] of [
        [0, 1],
        [-0.3, 0.5],
        [0.1, 2.7],
        [-0.12345, 0.12345],
        [0, 0.3],
        [2, 2],
        // Half of these round to the upper bound.
        dtype === 'float32' ? [1, 1 + 2 ** -23] : [1, 1 + 2 ** -52],
      ]) {
        requests.push({ seed, draws: one('uniform_', [low, high]) });
      }
      for (const [mean, std] of [
        [0, 1],
        [0, 0.02],
        [0.1, 2],
        [0.3, 0.7],
        [-5, 0.01],
        [1, 0],
      ]) {
        requests.push({ seed, draws: one('normal_', [mean, std]) });
      }
    }
  }
  return requests;
}

function initializers(): TorchRequest[] {
  const requests: TorchRequest[] = [];
  const add = (...draws: TorchDraw[]) => requests.push({ seed: requests.length, draws });
  for (const dtype of precisions) {
    add({ call: 'init.uniform_', shape: [3, 4], kwargs: { a: -1, b: 2 }, dtype });
    add({ call: 'init.normal_', shape: [3, 40], kwargs: { mean: 0.3, std: 2.5 }, dtype });
    add(
      { call: 'init.constant_', shape: [3], args: [0.3], dtype },
      { call: 'init.ones_', shape: [2], dtype },
      { call: 'init.zeros_', shape: [2], dtype },
      { call: 'init.eye_', shape: [3, 5], dtype },
      { call: 'init.eye_', shape: [5, 2], dtype },
      { call: 'init.dirac_', shape: [6, 2, 3, 4], kwargs: { groups: 3 }, dtype },
      { call: 'init.dirac_', shape: [4, 5, 3], dtype },
      { call: 'init.dirac_', shape: [4, 5, 3, 2, 1], dtype },
    );
    for (const shape of [
      [1, 5],
      [4, 4],
      [10, 10],
      [3, 5],
      [64, 3, 3, 3],
      [300, 784],
    ]) {
      add(
        { call: 'init.xavier_uniform_', shape, kwargs: { gain: 1.7 }, dtype },
        { call: 'init.xavier_normal_', shape, dtype },
        { call: 'init.kaiming_uniform_', shape, kwargs: { a: Math.sqrt(5) }, dtype },
        { call: 'init.kaiming_normal_', shape, dtype },
      );
    }
    for (const nonlinearity of ['leaky_relu', 'relu', 'tanh', 'selu', 'sigmoid', 'linear', 'conv2d']) {
      for (const mode of ['fan_in', 'fan_out']) {
        const kwargs = { a: 0.2, mode, nonlinearity };
        add(
          { call: 'init.kaiming_uniform_', shape: [33, 5, 3], kwargs, dtype },
          { call: 'init.kaiming_normal_', shape: [33, 50], kwargs, dtype },
        );
      }
    }
    add({ call: 'init.sparse_', shape: [33, 50], kwargs: { sparsity: 0.3 }, dtype });
    add(
      { call: 'bernoulli_', shape: [333], args: [0.3], dtype },
      { call: 'normal_', shape: [3], args: [0, 1], dtype },
      { call: 'normal_', shape: [40], args: [0, 1], dtype },
      { call: 'normal_', shape: [4], args: [0, 1], dtype },
    );
  }
  const range = (low: number, high: number) =>
    ({ call: 'randint', args: [low, high, [20]] }) as unknown as TorchDraw;
  add(
    range(-5, 100),
    range(0, 2 ** 28 - 1),
    range(0, 2 ** 28),
    range(0, 2 ** 32),
    range(-(2 ** 35), 2 ** 40),
  );
  add({ call: 'randperm', args: [0] }, { call: 'randperm', args: [1] }, { call: 'randperm', args: [5000] });
  return requests;
}

function modules(list: readonly TorchLayer[]): TorchRequest[] {
  const double = list.slice(0, 20).map((layer) => ({ call: 'module', layer, dtype: 'float64' }) as const);
  return [
    ...list.map((layer, seed) => ({ seed, draws: [{ call: 'module', layer } as const] })),
    { seed: 3, draws: double },
  ];
}

/** 1,000,000 weights by each rule that draws any. */
export const millions: readonly TorchRequest[] = [
  { call: 'uniform_', args: [0.1, 0.7] },
  { call: 'normal_', args: [0.3, 0.7] },
  { call: 'init.uniform_' },
  { call: 'init.normal_', kwargs: { std: 0.02 } },
  { call: 'init.xavier_uniform_' },
  { call: 'init.xavier_normal_' },
  { call: 'init.kaiming_uniform_', kwargs: { a: Math.sqrt(5) } },
  { call: 'init.kaiming_normal_', kwargs: { nonlinearity: 'relu' } },
  { call: 'init.sparse_', kwargs: { sparsity: 0.9 } },
].map((draw, seed) => ({ seed, draws: [{ ...draw, shape: [800, 1250] } as TorchDraw] }));

/** trunc_normal_ by both of its branches: exact in the newer releases. */
export const truncated: readonly TorchRequest[] = precisions.flatMap((dtype) =>
  [
    { shape: [30, 40] },
    { shape: [30, 40], kwargs: { std: 0.02 } },
    { shape: [30, 40], kwargs: { mean: 0.1, std: 2.5, a: -0.3, b: 1 } },
    { shape: [30, 40], kwargs: { mean: 0, std: 1, a: 1, b: 3 } },
  ].map((draw, seed) => ({ seed, draws: [{ ...draw, call: 'init.trunc_normal_', dtype } as TorchDraw] })),
);

/** orthogonal_: compared with a tolerance. */
export const orthogonals: readonly TorchRequest[] = [
  { shape: [5, 5] },
  { shape: [40, 60] },
  { shape: [64, 64], kwargs: { gain: Math.SQRT2 } },
  { shape: [100, 20] },
  { shape: [8, 3, 3, 3] },
].map((draw, seed) => ({ seed, values: true, draws: [{ ...draw, call: 'init.orthogonal_' }] }));

/** Requests that every release answers, and answers alike bit for bit. */
export const exact: readonly TorchRequest[] = [
  ...plainDraws(),
  ...initializers(),
  ...modules(layers),
  ...millions,
];

/** Requests for layers that only the newer releases have. */
export const newer: readonly TorchRequest[] = modules(newerLayers);
