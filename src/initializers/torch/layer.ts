/**
 * Layers as PyTorch names them, for {@link torchDefaults}: the class, and the arguments of its constructor in camel case.
 *
 *   { type: 'Linear', inFeatures: 784, outFeatures: 300 }      nn.Linear(784, 300)
 *   'ReLU'                                                     nn.ReLU()
 *   [ ... ]                                                    nn.Sequential(...)
 *   { type: 'Named', layers: { fc1: ..., fc2: ... } }          a module of your own: self.fc1 = ..., self.fc2 = ...
 *
 * Arguments that do not touch the parameters (stride, dropout, eps ...) may be given and are not looked at.
 */

/** One layer, or several in the order in which the model makes them. */
export type TorchLayer = string | readonly TorchLayer[] | TorchModule;

/** Sizes of a kernel: one number for all axes, or one an axis. */
type Sizes = number | readonly number[];

/** Arguments without influence on the parameters. */
interface Ignored {
  readonly [argument: string]: unknown;
}

export interface LinearLayer extends Ignored {
  readonly type: 'Linear';
  readonly inFeatures: number;
  readonly outFeatures: number;
  readonly bias?: boolean;
}

export interface BilinearLayer extends Ignored {
  readonly type: 'Bilinear';
  readonly in1Features: number;
  readonly in2Features: number;
  readonly outFeatures: number;
  readonly bias?: boolean;
}

export interface ConvolutionLayer extends Ignored {
  readonly type: 'Conv1d' | 'Conv2d' | 'Conv3d' | 'ConvTranspose1d' | 'ConvTranspose2d' | 'ConvTranspose3d';
  readonly inChannels: number;
  readonly outChannels: number;
  readonly kernelSize: Sizes;
  readonly groups?: number;
  readonly bias?: boolean;
}

export interface EmbeddingLayer extends Ignored {
  readonly type: 'Embedding' | 'EmbeddingBag';
  readonly numEmbeddings: number;
  readonly embeddingDim: number;
  /** Row that is set to 0. */
  readonly paddingIdx?: number;
}

export interface RecurrentLayer extends Ignored {
  readonly type: 'RNN' | 'LSTM' | 'GRU';
  readonly inputSize: number;
  readonly hiddenSize: number;
  readonly numLayers?: number;
  readonly bias?: boolean;
  readonly bidirectional?: boolean;
  /** LSTM only. */
  readonly projSize?: number;
}

export interface RecurrentCellLayer extends Ignored {
  readonly type: 'RNNCell' | 'LSTMCell' | 'GRUCell';
  readonly inputSize: number;
  readonly hiddenSize: number;
  readonly bias?: boolean;
}

export interface AttentionLayer extends Ignored {
  readonly type: 'MultiheadAttention';
  readonly embedDim: number;
  readonly numHeads: number;
  readonly bias?: boolean;
  readonly addBiasKv?: boolean;
  readonly kdim?: number;
  readonly vdim?: number;
}

export interface TransformerLayer extends Ignored {
  readonly type: 'TransformerEncoderLayer' | 'TransformerDecoderLayer';
  readonly dModel: number;
  readonly nhead: number;
  /** Default 2048. */
  readonly dimFeedforward?: number;
  readonly bias?: boolean;
}

export interface TransformerEncoderStack extends Ignored {
  readonly type: 'TransformerEncoder';
  readonly encoderLayer: TransformerLayer;
  readonly numLayers: number;
  readonly norm?: TorchModule;
}

export interface TransformerDecoderStack extends Ignored {
  readonly type: 'TransformerDecoder';
  readonly decoderLayer: TransformerLayer;
  readonly numLayers: number;
  readonly norm?: TorchModule;
}

export interface TransformerModel extends Ignored {
  readonly type: 'Transformer';
  readonly dModel?: number;
  readonly nhead?: number;
  readonly numEncoderLayers?: number;
  readonly numDecoderLayers?: number;
  readonly dimFeedforward?: number;
  readonly bias?: boolean;
}

export interface BatchNormLayer extends Ignored {
  readonly type:
    | 'BatchNorm1d'
    | 'BatchNorm2d'
    | 'BatchNorm3d'
    | 'SyncBatchNorm'
    | 'InstanceNorm1d'
    | 'InstanceNorm2d'
    | 'InstanceNorm3d';
  readonly numFeatures: number;
  /** Default true, for InstanceNorm false. */
  readonly affine?: boolean;
  /** Default true, for InstanceNorm false. */
  readonly trackRunningStats?: boolean;
}

export interface ShapeNormLayer extends Ignored {
  readonly type: 'LayerNorm' | 'RMSNorm';
  readonly normalizedShape: Sizes;
  readonly elementwiseAffine?: boolean;
  /** LayerNorm only. */
  readonly bias?: boolean;
}

export interface GroupNormLayer extends Ignored {
  readonly type: 'GroupNorm';
  readonly numGroups: number;
  readonly numChannels: number;
  readonly affine?: boolean;
}

export interface PReLULayer extends Ignored {
  readonly type: 'PReLU';
  /** Default 1. */
  readonly numParameters?: number;
  /** Default 0.25. */
  readonly init?: number;
}

/** Modules of a model's own class, by the names of the attributes, in the order in which its constructor makes them. */
export interface NamedModules {
  readonly type: 'Named';
  readonly layers: Readonly<Record<string, TorchLayer>>;
}

/** A layer without parameters, such as ReLU, Dropout or MaxPool2d. */
export interface PlainLayer extends Ignored {
  readonly type: PlainLayerName;
}

/** A layer with its arguments. */
export type TorchModule =
  | LinearLayer
  | BilinearLayer
  | ConvolutionLayer
  | EmbeddingLayer
  | RecurrentLayer
  | RecurrentCellLayer
  | AttentionLayer
  | TransformerLayer
  | TransformerEncoderStack
  | TransformerDecoderStack
  | TransformerModel
  | BatchNormLayer
  | ShapeNormLayer
  | GroupNormLayer
  | PReLULayer
  | NamedModules
  | PlainLayer;

/** The layers of PyTorch that have nothing to initialize. */
export const plainLayers = [
  'Identity',
  'Flatten',
  'Unflatten',
  'ReLU',
  'ReLU6',
  'LeakyReLU',
  'RReLU',
  'ELU',
  'CELU',
  'SELU',
  'GELU',
  'SiLU',
  'Mish',
  'Sigmoid',
  'LogSigmoid',
  'Tanh',
  'Tanhshrink',
  'Softplus',
  'Softsign',
  'Softshrink',
  'Hardshrink',
  'Hardtanh',
  'Hardsigmoid',
  'Hardswish',
  'Threshold',
  'GLU',
  'Softmin',
  'Softmax',
  'Softmax2d',
  'LogSoftmax',
  'Dropout',
  'Dropout1d',
  'Dropout2d',
  'Dropout3d',
  'AlphaDropout',
  'FeatureAlphaDropout',
  'MaxPool1d',
  'MaxPool2d',
  'MaxPool3d',
  'AvgPool1d',
  'AvgPool2d',
  'AvgPool3d',
  'LPPool1d',
  'LPPool2d',
  'AdaptiveMaxPool1d',
  'AdaptiveMaxPool2d',
  'AdaptiveMaxPool3d',
  'AdaptiveAvgPool1d',
  'AdaptiveAvgPool2d',
  'AdaptiveAvgPool3d',
  'ReflectionPad1d',
  'ReflectionPad2d',
  'ReplicationPad1d',
  'ReplicationPad2d',
  'ZeroPad2d',
  'ConstantPad1d',
  'ConstantPad2d',
  'ConstantPad3d',
  'PixelShuffle',
  'PixelUnshuffle',
  'Upsample',
  'UpsamplingNearest2d',
  'UpsamplingBilinear2d',
  'LocalResponseNorm',
  'ChannelShuffle',
  'Fold',
  'Unfold',
  'CosineSimilarity',
] as const;

export type PlainLayerName = (typeof plainLayers)[number];
