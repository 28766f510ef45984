/** Parameters and buffers of normalization layers, which are not drawn: scale 1, shift 0, mean 0, variance 1. */

import { tensor } from '../../tensor/tensor.ts';
import type { LayerBuilder } from './dense-layers.ts';
import { ones, zeros } from './fill.ts';
import { moduleState } from './module-state.ts';

/** BatchNorm and InstanceNorm; `standard` is the default of both flags. */
export const batchNorm =
  (standard: boolean): LayerBuilder =>
  (_stream, given, dtype) => {
    const dims = [given.count('numFeatures', 0)];
    const state = moduleState();
    if (given.flag('affine', standard)) {
      state.parameters.set('weight', ones(dims, { dtype }));
      state.parameters.set('bias', zeros(dims, { dtype }));
    }
    if (given.flag('trackRunningStats', standard)) {
      state.buffers.set('running_mean', zeros(dims, { dtype }));
      state.buffers.set('running_var', ones(dims, { dtype }));
      state.buffers.set('num_batches_tracked', tensor('int64', [], new BigInt64Array(1)));
    }
    return state;
  };

/** LayerNorm, and RMSNorm, which has no bias. */
export const shapeNorm =
  (withBias: boolean): LayerBuilder =>
  (_stream, given, dtype) => {
    const dims = given.sizes('normalizedShape');
    const state = moduleState();
    if (given.flag('elementwiseAffine', true)) {
      state.parameters.set('weight', ones(dims, { dtype }));
      if (withBias && given.flag('bias', true)) state.parameters.set('bias', zeros(dims, { dtype }));
    }
    return state;
  };

export const groupNorm: LayerBuilder = (_stream, given, dtype) => {
  const channels = given.count('numChannels');
  if (channels % given.count('numGroups') !== 0) given.refuse('numGroups', `divides ${channels}`);
  if (!given.flag('affine', true)) return moduleState();
  return moduleState([
    ['weight', ones([channels], { dtype })],
    ['bias', zeros([channels], { dtype })],
  ]);
};
