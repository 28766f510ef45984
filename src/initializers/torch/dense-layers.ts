/** Default parameters of Linear, Bilinear, convolutions and embeddings. */

import type { TorchStream } from '../../random/index.ts';
import type { Dims } from '../../tensor/tensor.ts';
import type { TorchPrecision } from './blank.ts';
import { constant, normal, uniform } from './fill.ts';
import type { LayerArguments } from './layer-arguments.ts';
import { type ModuleState, moduleState } from './module-state.ts';
import { kaimingUniform, shapeFans } from './scaled.ts';

/** What makes the parameters of one kind of layer, in the order in which PyTorch draws them. */
export type LayerBuilder = (stream: TorchStream, given: LayerArguments, dtype: TorchPrecision) => ModuleState;

/**
 * `kaiming_uniform_(a = sqrt 5)` for the weight, which is U(-1/sqrt(fanIn), 1/sqrt(fanIn)); the same bounds for the bias.
 * PyTorch reads fanIn off the shape, so that a transposed convolution has the product of out / groups and kernel.
 */
export function weightAndBias(
  stream: TorchStream,
  dims: Dims,
  biasLength: number | undefined,
  dtype: TorchPrecision,
): ModuleState {
  const state = moduleState([['weight', kaimingUniform(stream, dims, { a: Math.sqrt(5), dtype })]]);
  if (biasLength !== undefined) {
    const { fanIn } = shapeFans('torch bias', dims);
    const bound = fanIn > 0 ? 1 / Math.sqrt(fanIn) : 0;
    state.parameters.set('bias', uniform(stream, [biasLength], { a: -bound, b: bound, dtype }));
  }
  return state;
}

export const linear: LayerBuilder = (stream, given, dtype) => {
  const dims = [given.count('outFeatures', 0), given.count('inFeatures', 0)];
  return weightAndBias(stream, dims, given.flag('bias', true) ? dims[0] : undefined, dtype);
};

export const bilinear: LayerBuilder = (stream, given, dtype) => {
  const dims = [given.count('outFeatures', 0), given.count('in1Features'), given.count('in2Features', 0)];
  const bound = 1 / Math.sqrt(dims[1]);
  const state = moduleState([['weight', uniform(stream, dims, { a: -bound, b: bound, dtype })]]);
  if (given.flag('bias', true)) {
    state.parameters.set('bias', uniform(stream, [dims[0]], { a: -bound, b: bound, dtype }));
  }
  return state;
};

/** Convolution over `axes` axes; the weight of a transposed one is [in, out / groups, kernel...]. */
export const convolution =
  (axes: number, transposed: boolean): LayerBuilder =>
  (stream, given, dtype) => {
    const inputs = given.count('inChannels');
    const outputs = given.count('outChannels');
    const groups = given.count('groups', 1, 1);
    if (inputs % groups !== 0 || outputs % groups !== 0)
      given.refuse('groups', `divides ${inputs}, ${outputs}`);
    const kernel = given.sizes('kernelSize', axes);
    const channels = transposed ? [inputs, outputs / groups] : [outputs, inputs / groups];
    const biasLength = given.flag('bias', true) ? outputs : undefined;
    return weightAndBias(stream, [...channels, ...kernel], biasLength, dtype);
  };

export const embedding: LayerBuilder = (stream, given, dtype) => {
  const dims = [given.count('numEmbeddings', 0), given.count('embeddingDim', 0)];
  const weight = normal(stream, dims, { dtype });
  const padding = given.raw('paddingIdx');
  if (padding !== undefined && padding !== null) {
    const index = given.number('paddingIdx', 0);
    const row = index < 0 ? dims[0] + index : index;
    if (!Number.isInteger(row) || row < 0 || row >= dims[0]) {
      given.refuse('paddingIdx', `whole, ${-dims[0]} ... ${dims[0] - 1}`);
    }
    weight.data.fill(0, row * dims[1], (row + 1) * dims[1]);
  }
  return moduleState([['weight', weight]]);
};

export const prelu: LayerBuilder = (_stream, given, dtype) =>
  moduleState([
    ['weight', constant([given.count('numParameters', 1, 1)], given.number('init', 0.25), { dtype })],
  ]);
