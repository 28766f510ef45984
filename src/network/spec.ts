/**
 * A network as plain JSON: what the command line, files and the lab exchange.
 * Sizes are given without the batch axis; images are channels first, [channels, height, width].
 */

/** Activation functions by their names on the surface. */
export type ActivationName =
  | 'linear'
  | 'relu'
  | 'leaky-relu'
  | 'elu'
  | 'selu'
  | 'celu'
  | 'gelu'
  | 'gelu-tanh'
  | 'silu'
  | 'mish'
  | 'sigmoid'
  | 'hard-sigmoid'
  | 'tanh'
  | 'hard-tanh'
  | 'softplus'
  | 'softsign'
  | 'hard-swish'
  | 'erf'
  | 'sin';

/** Fully connected: y = activation(x W + b), W of shape [inputs, units]. */
export interface DenseSpec {
  readonly type: 'dense';
  readonly name?: string;
  readonly units: number;
  /** Default 'linear'. */
  readonly activation?: ActivationName;
  /** Default true. */
  readonly bias?: boolean;
}

/** Convolution over [channels, height, width]; weight [channels out, channels in / groups, kernel, kernel]. */
export interface ConvSpec {
  readonly type: 'conv';
  readonly name?: string;
  readonly channels: number;
  /** Default 3. */
  readonly kernel?: number | readonly [number, number];
  /** Default 1. */
  readonly stride?: number | readonly [number, number];
  /** 'same' (default), 'valid', or pixels on every side. */
  readonly padding?: 'same' | 'valid' | number;
  /** Default 1. */
  readonly dilation?: number;
  /** Default 1. */
  readonly groups?: number;
  readonly activation?: ActivationName;
  readonly bias?: boolean;
}

export interface PoolSpec {
  readonly type: 'max-pool' | 'average-pool';
  readonly name?: string;
  /** Default 2. */
  readonly size?: number;
  /** Default `size`. */
  readonly stride?: number;
  /** Pixels on every side; default 0. */
  readonly padding?: number;
}

export interface GlobalAveragePoolSpec {
  readonly type: 'global-average-pool';
  readonly name?: string;
}

export interface FlattenSpec {
  readonly type: 'flatten';
  readonly name?: string;
}

export interface ActivationSpec {
  readonly type: 'activation';
  readonly name?: string;
  readonly activation: ActivationName;
}

/** Batch, layer or group normalization with learned scale (1) and shift (0). */
export interface NormSpec {
  readonly type: 'batch-norm' | 'layer-norm' | 'group-norm';
  readonly name?: string;
  /** Added to the variance; default 1e-5. */
  readonly epsilon?: number;
  /** Weight of the old running statistics, batch-norm only; default 0.9. */
  readonly momentum?: number;
  /** group-norm only; default 8. */
  readonly groups?: number;
}

/** Inverted dropout: in training each value is zeroed with probability `rate` and the rest divided by 1 - rate. */
export interface DropoutSpec {
  readonly type: 'dropout';
  readonly name?: string;
  readonly rate: number;
}

/** y = x + scale * layers(x); where the shapes differ, x passes through a learned 1x1 convolution or dense map. */
export interface ResidualSpec {
  readonly type: 'residual';
  readonly name?: string;
  readonly layers: readonly LayerSpec[];
  /** Default 1. `learned`: a parameter of one number, for SkipInit, ReZero and Fixup. */
  readonly scale?: number | 'learned';
}

export type LayerSpec =
  | DenseSpec
  | ConvSpec
  | PoolSpec
  | GlobalAveragePoolSpec
  | FlattenSpec
  | ActivationSpec
  | NormSpec
  | DropoutSpec
  | ResidualSpec;

/** A feed-forward network. The last layer gives the logits (or the regression outputs). */
export interface NetworkSpec {
  readonly name?: string;
  /** Shape of one example, e.g. [784] or [1, 28, 28]. */
  readonly input: readonly number[];
  readonly layers: readonly LayerSpec[];
}
