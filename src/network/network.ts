import type { ParameterShape } from '../initializers/initializer.ts';
import type { GraphBuilder } from '../onnx/builder.ts';
import type { Dims, Tensor } from '../tensor/tensor.ts';
import type { ActivationName, LayerSpec, NetworkSpec } from './spec.ts';

/** Values of all parameters (and buffers) of a network, by name. */
export type ParameterValues = ReadonlyMap<string, Tensor<'float32'>>;

/** A layer with weights (dense, conv), as the signal passes it: where to look when tracing. */
export interface LayerInfo {
  /** Unique, e.g. `dense1`. */
  readonly name: string;
  readonly type: LayerSpec['type'];
  /** 1 for the first layer with weights. */
  readonly depth: number;
  /** Name of the weight parameter and of the graph value. */
  readonly weight: string;
  readonly bias?: string;
  readonly activation: ActivationName;
  /** Graph value z = x W + b. */
  readonly preActivation: string;
  /** Graph value activation(z), or z itself for a linear layer. */
  readonly output: string;
}

/** A residual block: what lies in its branch, for starts that treat branches unlike the rest. */
export interface BlockInfo {
  readonly name: string;
  /** Names of the layers with weights in the branch, first to last. */
  readonly layers: readonly string[];
  /** Names of all parameters in the branch, in order. */
  readonly parameters: readonly string[];
  /** Name of the layer on the shortcut, if shapes differ. */
  readonly projection?: string;
  /** Parameter that scales the branch, if it is learned. */
  readonly scale?: string;
}

/** State that training updates without gradient: running mean and variance of batch normalization. */
export interface BufferShape {
  readonly name: string;
  readonly dims: Dims;
  readonly initial: number;
}

/** A random mask that training feeds: 0 or 1 / keep, one number per value. */
export interface MaskShape {
  /** Name of the graph input. */
  readonly name: string;
  readonly dims: Dims;
  /** Probability that a value is kept. */
  readonly keep: number;
}

/** A network compiled to graph nodes for one batch size; loss, gradient or probes may be appended to the builder. */
export interface NetworkGraph {
  readonly builder: GraphBuilder;
  /** Graph input [batch, ...input]. */
  readonly features: string;
  /** Value [batch, ...outputs]; not yet declared as a graph output. */
  readonly logits: string;
  /** Dropout masks to feed; empty for inference. */
  readonly masks: readonly MaskShape[];
  /** In training, buffer name -> value that holds its updated state. */
  readonly updatedBuffers: ReadonlyMap<string, string>;
}

/** A validated network: its parameters and how to build its graph. Parameters and buffers are graph inputs by name. */
export interface Network {
  readonly spec: NetworkSpec;
  /** In order of the layers, weight before bias. */
  readonly parameters: readonly ParameterShape[];
  readonly buffers: readonly BufferShape[];
  /** Layers with weights, first to last. */
  readonly layers: readonly LayerInfo[];
  /** Residual blocks, an outer one after those inside it. */
  readonly blocks: readonly BlockInfo[];
  /** Shape of the output without the batch axis. */
  readonly outputDims: Dims;
  readonly parameterCount: number;
  /** Short form, e.g. `784-256-256-10:relu`, or a summary where no short form exists. */
  readonly title: string;
  build(batch: number, mode: 'training' | 'inference'): NetworkGraph;
}
