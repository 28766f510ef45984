/**
 * The weights that a model of PyTorch starts with: what `torch.manual_seed(seed); model = nn.Sequential(...)` leaves in
 * `model.state_dict()`.
 */

import { OutsetError } from '../../messages/error.ts';
import { nearestNames } from '../../messages/nearest.ts';
import { TorchStream, type TorchStreamOptions } from '../../random/index.ts';
import type { Tensor } from '../../tensor/tensor.ts';
import { attention, layerNorm, transformerLayer } from './attention-layers.ts';
import type { TorchPrecision, TorchTensor } from './blank.ts';
import { bilinear, convolution, embedding, type LayerBuilder, linear, prelu } from './dense-layers.ts';
import { plainLayers, type TorchLayer } from './layer.ts';
import { LayerArguments } from './layer-arguments.ts';
import { copyModule, type ModuleState, moduleState, replaceParameters, stateDict } from './module-state.ts';
import { batchNorm, groupNorm, shapeNorm } from './norm-layers.ts';
import { recurrent, recurrentCell } from './recurrent-layers.ts';
import { xavierUniform } from './scaled.ts';

export interface TorchDefaultsOptions extends TorchStreamOptions {
  /** What `torch.set_default_dtype` was given, default `float32`. */
  readonly dtype?: TorchPrecision;
}

/**
 * Exactly the weights that PyTorch gives to new layers.
 *
 * @param layers  a layer, or a list of layers, which is an `nn.Sequential`; see `layer.ts`
 * @param seed  what `torch.manual_seed` got; or a stream, whose sequence goes on, for models that are made in parts
 * @returns the tensors of `state_dict()`, by name and in its order: parameters, and buffers such as running_mean
 * @throws initializers.unknown_torch_layer, initializers.bad_parameter, random.bad_torch_seed
 * @example
 * const layers = [{ type: 'Linear', inFeatures: 784, outFeatures: 300 }, 'ReLU', { type: 'Linear', inFeatures: 300, outFeatures: 10 }];
 * torchDefaults(layers, 0).get('0.weight')?.data[0]; // -0.00026738643646240234
 */
export function torchDefaults(
  layers: TorchLayer,
  seed: number | bigint | TorchStream,
  options: TorchDefaultsOptions = {},
): Map<string, Tensor> {
  const stream = seed instanceof TorchStream ? seed : new TorchStream(seed, options);
  return stateDict(build(stream, layers, options.dtype ?? 'float32', 0));
}

const builders: Readonly<Record<string, LayerBuilder>> = {
  Linear: linear,
  Bilinear: bilinear,
  Conv1d: convolution(1, false),
  Conv2d: convolution(2, false),
  Conv3d: convolution(3, false),
  ConvTranspose1d: convolution(1, true),
  ConvTranspose2d: convolution(2, true),
  ConvTranspose3d: convolution(3, true),
  Embedding: embedding,
  EmbeddingBag: embedding,
  RNN: recurrent(1),
  LSTM: recurrent(4),
  GRU: recurrent(3),
  RNNCell: recurrentCell(1),
  LSTMCell: recurrentCell(4),
  GRUCell: recurrentCell(3),
  MultiheadAttention: attention,
  TransformerEncoderLayer: transformerLayer(false),
  TransformerDecoderLayer: transformerLayer(true),
  BatchNorm1d: batchNorm(true),
  BatchNorm2d: batchNorm(true),
  BatchNorm3d: batchNorm(true),
  SyncBatchNorm: batchNorm(true),
  InstanceNorm1d: batchNorm(false),
  InstanceNorm2d: batchNorm(false),
  InstanceNorm3d: batchNorm(false),
  LayerNorm: shapeNorm(true),
  RMSNorm: shapeNorm(false),
  GroupNorm: groupNorm,
  PReLU: prelu,
};

/** Layers made of other layers. */
const containers = ['Named', 'TransformerEncoder', 'TransformerDecoder', 'Transformer'];

/** The layers that have parameters. */
export const torchLayerNames: readonly string[] = [...Object.keys(builders), ...containers];

function build(stream: TorchStream, layer: TorchLayer, dtype: TorchPrecision, depth: number): ModuleState {
  if (depth > 100) unknown('...');
  const inner = (child: unknown) => build(stream, child as TorchLayer, dtype, depth + 1);
  if (Array.isArray(layer)) {
    return moduleState(
      [],
      layer.map((child, index) => [String(index), inner(child)] as const),
    );
  }
  const module = typeof layer === 'string' ? { type: layer } : (layer as { readonly type: string });
  if (typeof module !== 'object' || module === null || typeof module.type !== 'string')
    unknown(String(layer));
  const { type } = module;
  const given = new LayerArguments(type, module as unknown as Readonly<Record<string, unknown>>);
  if (Object.hasOwn(builders, type)) return builders[type](stream, given, dtype);
  if ((plainLayers as readonly string[]).includes(type)) return moduleState();
  if (type === 'Named') {
    const layers = given.raw('layers');
    if (typeof layers !== 'object' || layers === null) given.refuse('layers', '{ name: layer, ... }');
    return moduleState(
      [],
      Object.entries(layers as Readonly<Record<string, unknown>>).map(
        ([name, child]) => [name, inner(child)] as const,
      ),
    );
  }
  if (type === 'TransformerEncoder') return stack(given, inner(given.raw('encoderLayer')), inner);
  if (type === 'TransformerDecoder') return stack(given, inner(given.raw('decoderLayer')), inner);
  if (type === 'Transformer') return transformer(stream, given, dtype);
  return unknown(type);
}

/** A stack copies the layer that it is given: all of its layers start with the same weights. */
function stack(
  given: LayerArguments,
  layer: ModuleState,
  inner: (child: unknown) => ModuleState,
): ModuleState {
  const state = copies(layer, given.count('numLayers'));
  const norm = given.raw('norm');
  if (norm !== undefined && norm !== null) state.modules.set('norm', inner(norm));
  return state;
}

function copies(layer: ModuleState, count: number): ModuleState {
  const layers = Array.from({ length: count }, (_, index) => [String(index), copyModule(layer)] as const);
  return moduleState([], [['layers', moduleState([], layers)]]);
}

/** `nn.Transformer`: both stacks as above; then every matrix is drawn anew by Xavier's rule. */
function transformer(stream: TorchStream, given: LayerArguments, dtype: TorchPrecision): ModuleState {
  const dModel = given.count('dModel', 1, 512);
  const bias = given.flag('bias', true);
  const layer = new LayerArguments('Transformer', {
    dModel,
    nhead: given.count('nhead', 1, 8),
    dimFeedforward: given.count('dimFeedforward', 1, 2048),
    bias,
  });
  const state = moduleState();
  for (const [name, cross, layers] of [
    ['encoder', false, given.count('numEncoderLayers', 1, 6)],
    ['decoder', true, given.count('numDecoderLayers', 1, 6)],
  ] as const) {
    const half = copies(transformerLayer(cross)(stream, layer, dtype), layers);
    half.modules.set('norm', layerNorm(dModel, bias, dtype));
    state.modules.set(name, half);
  }
  replaceParameters(state, (parameter) =>
    parameter.dims.length > 1 ? (xavierUniform(stream, parameter.dims, { dtype }) as TorchTensor) : parameter,
  );
  return state;
}

function unknown(type: string): never {
  const names = [...torchLayerNames, ...plainLayers];
  throw new OutsetError('initializers.unknown_torch_layer', { type, near: nearestNames(type, names) });
}
