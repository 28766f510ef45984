/** Default parameters of attention and of the layers of Transformers, in the order in which PyTorch draws them. */

import type { TorchStream } from '../../random/index.ts';
import type { TorchPrecision } from './blank.ts';
import type { LayerBuilder } from './dense-layers.ts';
import { weightAndBias } from './dense-layers.ts';
import { ones, zeros } from './fill.ts';
import { type ModuleState, moduleState } from './module-state.ts';
import { xavierNormal, xavierUniform } from './scaled.ts';

interface AttentionSizes {
  readonly embed: number;
  readonly kdim: number;
  readonly vdim: number;
  readonly bias: boolean;
  readonly biasKv: boolean;
}

export const attention: LayerBuilder = (stream, given, dtype) => {
  const embed = given.count('embedDim');
  if (embed % given.count('numHeads') !== 0) given.refuse('numHeads', `divides ${embed}`);
  return attentionState(
    stream,
    {
      embed,
      kdim: given.count('kdim', 1, embed),
      vdim: given.count('vdim', 1, embed),
      bias: given.flag('bias', true),
      biasKv: given.flag('addBiasKv', false),
    },
    dtype,
  );
};

/** The output projection is drawn first, as a Linear layer; its bias is then set to 0. */
function attentionState(stream: TorchStream, sizes: AttentionSizes, dtype: TorchPrecision): ModuleState {
  const { embed, kdim, vdim, bias, biasKv } = sizes;
  const output = weightAndBias(stream, [embed, embed], bias ? embed : undefined, dtype);
  const state = moduleState([], [['out_proj', output]]);
  const add = (name: string, ...dims: number[]) =>
    state.parameters.set(name, xavierUniform(stream, dims, { dtype }));
  if (kdim === embed && vdim === embed) {
    add('in_proj_weight', 3 * embed, embed);
  } else {
    add('q_proj_weight', embed, embed);
    add('k_proj_weight', embed, kdim);
    add('v_proj_weight', embed, vdim);
  }
  if (bias) {
    state.parameters.set('in_proj_bias', zeros([3 * embed], { dtype }));
    output.parameters.set('bias', zeros([embed], { dtype }));
  }
  if (biasKv) {
    state.parameters.set('bias_k', xavierNormal(stream, [1, 1, embed], { dtype }));
    state.parameters.set('bias_v', xavierNormal(stream, [1, 1, embed], { dtype }));
  }
  return state;
}

/** TransformerEncoderLayer, or with `cross` attention to another sequence as well, TransformerDecoderLayer. */
export const transformerLayer =
  (cross: boolean): LayerBuilder =>
  (stream, given, dtype) => {
    const embed = given.count('dModel');
    if (embed % given.count('nhead') !== 0) given.refuse('nhead', `divides ${embed}`);
    const hidden = given.count('dimFeedforward', 1, 2048);
    const bias = given.flag('bias', true);
    const sizes = { embed, kdim: embed, vdim: embed, bias, biasKv: false };
    const state = moduleState();
    state.modules.set('self_attn', attentionState(stream, sizes, dtype));
    if (cross) state.modules.set('multihead_attn', attentionState(stream, sizes, dtype));
    state.modules.set('linear1', weightAndBias(stream, [hidden, embed], bias ? hidden : undefined, dtype));
    state.modules.set('linear2', weightAndBias(stream, [embed, hidden], bias ? embed : undefined, dtype));
    for (const name of cross ? ['norm1', 'norm2', 'norm3'] : ['norm1', 'norm2']) {
      state.modules.set(name, layerNorm(embed, bias, dtype));
    }
    return state;
  };

/** A LayerNorm over one axis. */
export function layerNorm(length: number, bias: boolean, dtype: TorchPrecision): ModuleState {
  const state = moduleState([['weight', ones([length], { dtype })]]);
  if (bias) state.parameters.set('bias', zeros([length], { dtype }));
  return state;
}
