/** First weights of PyTorch: what `torch.manual_seed(seed)` and the constructors of the layers, in order, leave behind. */

import { torchDefaults } from '../../initializers/torch/defaults.ts';
import type { TorchLayer } from '../../initializers/torch/layer.ts';
import { OutsetError } from '../../messages/error.ts';
import { type TorchDialect, TorchStream } from '../../random/index.ts';
import { elementCount, type Tensor, tensor } from '../../tensor/tensor.ts';
import type { ModelLayer, ModelParameter } from '../model.ts';
import type { DrawnParameter, WeightDialect } from '../weight-dialect.ts';
import { inFileOrder, isDepthwise, torchOrder } from './axis-order.ts';

/**
 * Layers are made one after the other, each with its default `reset_parameters`. What a model does to its weights after
 * that (nn.Transformer, torchvision's own initializations) is not in a file and not done.
 */
export function torchWeights(name: string, dialect: TorchDialect): WeightDialect {
  return {
    name,
    versions: 'PyTorch 2.13, CPU',
    sequential: true,
    *draw(layers, seed) {
      const stream = new TorchStream(seed, { dialect });
      for (const layer of layers) yield* drawLayer(name, layer, stream);
    },
  };
}

function* drawLayer(dialect: string, layer: ModelLayer, stream: TorchStream): Generator<DrawnParameter> {
  const refuse = () =>
    new OutsetError('models.dialect_layer', {
      dialect,
      layer: layer.name,
      kind: layer.className ?? layer.kind,
    });
  const drawn = layer.parameters.filter(({ fixed }) => fixed === undefined);
  switch (layer.kind) {
    case 'norm':
      for (const one of drawn) yield [one.name, filled(one, one.shape.role === 'scale' ? 1 : 0)];
      return;
    case 'prelu':
      return;
    case 'recurrent':
    case 'attention': {
      const description = layer.kind === 'recurrent' ? recurrent(drawn) : attention(drawn);
      if (description === undefined) throw refuse();
      yield* named(drawn, torchDefaults(description, stream), refuse);
      return;
    }
    default:
      yield* products(layer, drawn, stream, refuse);
  }
}

/** Dense layers, convolutions, embeddings: a weight and its bias. Keras' separable convolution is two of them. */
function* products(
  layer: ModelLayer,
  parameters: readonly ModelParameter[],
  stream: TorchStream,
  refuse: () => OutsetError,
): Generator<DrawnParameter> {
  const weights = parameters.filter(({ shape }) => shape.role === 'weight');
  const biases = parameters.filter(({ shape }) => shape.role === 'bias');
  if (weights.length + biases.length !== parameters.length || biases.length > 1 || weights.length === 0)
    throw refuse();
  for (const [i, weight] of weights.entries()) {
    const bias = i === weights.length - 1 ? biases.at(0) : undefined;
    const description = describe(layer, weight, bias !== undefined);
    if (description === undefined) throw refuse();
    const state = torchDefaults(description, stream);
    const layout = weight.shape.layout;
    if (layout === undefined) throw refuse();
    const order = torchOrder(layout);
    const values = state.get('weight') as Tensor<'float32'>;
    yield [weight.name, inFileOrder(weight, values.data, layer.kind === 'embedding' ? [0, 1] : order)];
    if (bias === undefined) continue;
    const drawn = state.get('bias') as Tensor<'float32'>;
    if (drawn.data.length !== elementCount(bias.dims)) throw refuse();
    yield [bias.name, tensor('float32', bias.shape.dims, drawn.data)];
  }
}

function describe(
  layer: ModelLayer,
  { variable, shape }: ModelParameter,
  bias: boolean,
): TorchLayer | undefined {
  const { layout, dims } = shape;
  if (layout === undefined || variable.startsWith('in_proj')) return undefined;
  const [inputs, outputs] = [dims[layout.inAxis], dims[layout.outAxis]];
  if (layer.kind === 'embedding') {
    // A table that is no nn.Embedding (positions, class tokens) starts as its model likes.
    if (!/^(?:weight|embeddings?)$/.test(variable) && layer.className !== 'Embedding') return undefined;
    return { type: 'Embedding', numEmbeddings: inputs, embeddingDim: outputs };
  }
  const kernelSize = layout.kernelAxes.map((axis) => dims[axis]);
  if (kernelSize.length === 0) return { type: 'Linear', inFeatures: inputs, outFeatures: outputs, bias };
  if (kernelSize.length > 3) return undefined;
  const axes = kernelSize.length as 1 | 2 | 3;
  const { groups } = layout;
  if (isDepthwise(layer.kind, layout)) {
    const outChannels = inputs * outputs;
    return { type: `Conv${axes}d`, inChannels: inputs, outChannels, kernelSize, groups: inputs, bias };
  }
  if (layout.transposed) {
    const outChannels = outputs * groups;
    return { type: `ConvTranspose${axes}d`, inChannels: inputs, outChannels, kernelSize, groups, bias };
  }
  return {
    type: `Conv${axes}d`,
    inChannels: inputs * groups,
    outChannels: outputs,
    kernelSize,
    groups,
    bias,
  };
}

/** nn.RNN, nn.LSTM, nn.GRU and their cells by PyTorch's names; other frameworks' gates are in another order. */
function recurrent(parameters: readonly ModelParameter[]): TorchLayer | undefined {
  const of = (name: string) => parameters.find(({ variable }) => variable === name)?.dims;
  const cell = of('weight_ih') !== undefined;
  const suffix = cell ? '' : '_l0';
  const [input, hidden] = [of(`weight_ih${suffix}`), of(`weight_hh${suffix}`)];
  if (input === undefined || hidden === undefined) return undefined;
  const projection = of('weight_hr_l0');
  const hiddenSize = projection?.[1] ?? hidden[1];
  const kind = ({ 1: 'RNN', 3: 'GRU', 4: 'LSTM' } as const)[(hidden[0] / hiddenSize) as 1 | 3 | 4];
  if (kind === undefined) return undefined;
  const bias = of(`bias_ih${suffix}`) !== undefined;
  if (cell) return { type: `${kind}Cell`, inputSize: input[1], hiddenSize, bias };
  const numLayers = parameters.filter(({ variable }) => /^weight_ih_l\d+$/.test(variable)).length;
  const bidirectional = of('weight_ih_l0_reverse') !== undefined;
  const projSize = projection?.[0] ?? 0;
  return { type: kind, inputSize: input[1], hiddenSize, numLayers, bias, bidirectional, projSize };
}

function attention(parameters: readonly ModelParameter[]): TorchLayer | undefined {
  const of = (name: string) => parameters.find(({ variable }) => variable === name)?.dims;
  const embedDim = of('out_proj.weight')?.[0];
  if (embedDim === undefined) return undefined;
  const sizes = { kdim: of('k_proj_weight')?.[1] ?? embedDim, vdim: of('v_proj_weight')?.[1] ?? embedDim };
  const bias = of('in_proj_bias') !== undefined;
  return {
    type: 'MultiheadAttention',
    embedDim,
    numHeads: 1,
    bias,
    addBiasKv: of('bias_k') !== undefined,
    ...sizes,
  };
}

/** Parameters that the file has under PyTorch's own names. */
function* named(
  parameters: readonly ModelParameter[],
  state: ReadonlyMap<string, Tensor>,
  refuse: () => OutsetError,
): Generator<DrawnParameter> {
  for (const parameter of parameters) {
    const values = state.get(parameter.variable);
    if (values === undefined || values.data.length !== elementCount(parameter.dims)) throw refuse();
    yield [parameter.name, tensor('float32', parameter.shape.dims, values.data as Float32Array)];
  }
}

function filled({ shape: { dims } }: ModelParameter, value: number): Tensor<'float32'> {
  return tensor('float32', dims, new Float32Array(elementCount(dims)).fill(value));
}
