/** Networks: from a spec or its short form to graph nodes and named parameters. */
export { activationNames, appendActivation, leakyReluSlope } from './activations.ts';
export { createNetwork, featuresInput } from './create-network.ts';
export type {
  BlockInfo,
  BufferShape,
  LayerInfo,
  MaskShape,
  Network,
  NetworkGraph,
  ParameterValues,
} from './network.ts';
export { parseNetworkSpec } from './parse-spec.ts';
export { networkTitle, parseNetwork, type ShorthandData } from './shorthand.ts';
export type {
  ActivationName,
  ActivationSpec,
  ConvSpec,
  DenseSpec,
  DropoutSpec,
  FlattenSpec,
  GlobalAveragePoolSpec,
  LayerSpec,
  NetworkSpec,
  NormSpec,
  PoolSpec,
  ResidualSpec,
} from './spec.ts';
