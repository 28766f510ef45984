import type { Stream } from '../random/stream.ts';
import type { Dims, Tensor } from '../tensor/tensor.ts';

/**
 * Where the inputs and outputs of a weight lie among its axes. Stated by the layer that owns the weight, never
 * guessed from its rank, so that fans are right for grouped, depthwise and transposed convolutions.
 */
export interface Layout {
  /** Axis that runs over inputs (of one group, if `groups` > 1 and the layer is not transposed). */
  readonly inAxis: number;
  /** Axis that runs over outputs (of one group, if `groups` > 1 and the layer is transposed). */
  readonly outAxis: number;
  /** Axes of the receptive field. */
  readonly kernelAxes: readonly number[];
  /** Number of groups of a grouped convolution; 1 otherwise. */
  readonly groups: number;
  /** True for a transposed convolution. */
  readonly transposed: boolean;
  /** Steps of the convolution, one per kernel axis; a transposed one spreads each input over kernel / stride outputs. */
  readonly strides?: readonly number[];
}

/** What a parameter is to its layer; decides which rule a start applies to it. */
export type ParameterRole = 'weight' | 'bias' | 'scale' | 'shift';

/** A parameter that waits for its first values. */
export interface ParameterShape {
  /** Full name, unique in the network, e.g. `dense1.weight`; names the random stream. */
  readonly name: string;
  readonly role: ParameterRole;
  readonly dims: Dims;
  /** Absent for parameters without inputs and outputs (scale, shift). */
  readonly layout?: Layout;
  /** Inputs that feed one output of the layer, for a bias too: its layer's. */
  readonly fanIn: number;
  /** Outputs that one input of the layer feeds. */
  readonly fanOut: number;
}

/** A rule: draws the first values of one parameter. Pure but for the stream. */
export type Initializer = (stream: Stream, parameter: ParameterShape) => Tensor<'float32'>;
