/** Layers from the names and shapes of their variables: what every detector shares. */

import { type StoredTensor, storedFloatTypes } from '../../formats/stored-tensor.ts';
import type { LayerKind, ModelLayer, ModelParameter } from '../model.ts';
import {
  depthwiseParameter,
  embeddingParameter,
  inOut,
  inOutKernel,
  kernelOutIn,
  outIn,
  plainParameter,
  type WeightLayout,
  weightParameter,
} from '../parameter-view.ts';

/** A variable of a layer: its name there, and the tensor. */
export interface Variable {
  readonly variable: string;
  readonly stored: StoredTensor;
}

/** What is known of a layer besides its variables. */
export interface LayerHints {
  readonly name: string;
  /** The framework's class, e.g. `Conv2D`; '' if unknown. */
  readonly className: string;
  readonly config?: Readonly<Record<string, unknown>>;
  readonly activation?: string;
  /** Outputs of the convolution before, to tell a depthwise one from one with a single input channel. */
  readonly channelsBefore?: number;
  /** The file holds weights of GPT-2's `Conv1D`, which are [in, out] under PyTorch's names. */
  readonly hasTransposedDense?: boolean;
}

export interface FoundLayer {
  readonly layer: ModelLayer | undefined;
  /** Variables that nobody knows. */
  readonly rest: readonly StoredTensor[];
}

/** Variables with a fixed start, or none: name -> role and value. */
const statistics: Readonly<Record<string, { role: 'scale' | 'shift'; fixed: number }>> = {
  running_mean: { role: 'shift', fixed: 0 },
  running_var: { role: 'scale', fixed: 1 },
  num_batches_tracked: { role: 'shift', fixed: 0 },
  moving_mean: { role: 'shift', fixed: 0 },
  moving_variance: { role: 'scale', fixed: 1 },
  mean: { role: 'shift', fixed: 0 },
  var: { role: 'scale', fixed: 1 },
};

/** The layer that a set of variables makes. */
export function layerOf(variables: readonly Variable[], hints: LayerHints): FoundLayer {
  const floats = variables.filter(({ stored }) => storedFloatTypes.includes(stored.type));
  const has = (name: string) => floats.some(({ variable }) => variable === name);
  const kind = kindOf(floats, has, hints);
  const weights: ModelParameter[] = [];
  const others: ModelParameter[] = [];
  const rest: StoredTensor[] = [];
  for (const { variable, stored } of variables) {
    const weight = isWeightName(variable) ? weightOf(kind, variable, stored, floats, hints) : undefined;
    if (weight !== undefined) weights.push(weight);
  }
  const fansOf = weights.at(0)?.shape;
  for (const { variable, stored } of variables) {
    if (weights.some(({ name }) => name === stored.name)) continue;
    const other = otherOf(kind, variable, stored, fansOf, hints);
    if (other === undefined) rest.push(stored);
    else others.push(other);
  }
  const rank = ({ shape, fixed }: ModelParameter) =>
    fixed !== undefined ? 2 : shape.role === 'shift' ? 1 : 0;
  others.sort((a, b) => rank(a) - rank(b));
  const parameters = [...weights, ...others];
  if (parameters.length === 0 || kind === undefined) return { layer: undefined, rest };
  const { name, className, config, activation } = hints;
  return {
    layer: {
      name,
      kind,
      parameters,
      ...(className === '' ? {} : { className }),
      ...(config === undefined ? {} : { config }),
      ...(activation === undefined ? {} : { activation }),
    },
    rest,
  };
}

const weightNames =
  /^(?:weight|kernel|depthwise_kernel|pointwise_kernel|recurrent_kernel|embeddings?|in_proj_weight|[qkv]_proj_weight|weight_(?:ih|hh|hr)_l\d+(?:_reverse)?|weight_(?:ih|hh)|(?:pos|position|patch|token|cls|class|absolute|relative|mask|dist|register)\w*)$/;

function isWeightName(variable: string): boolean {
  return weightNames.test(variable);
}

function kindOf(
  floats: readonly Variable[],
  has: (name: string) => boolean,
  { className, name }: LayerHints,
): LayerKind | undefined {
  if (/Transpose$/.test(className)) return 'conv-transpose';
  if (/^(?:Depthwise|Separable)?Conv\d?D?$/.test(className) || has('depthwise_kernel')) return 'conv';
  if (/^Embedding/.test(className) || has('embeddings') || has('embedding')) return 'embedding';
  if (has('recurrent_kernel') || floats.some(({ variable }) => /^weight_[ih]h/.test(variable)))
    return 'recurrent';
  if (has('in_proj_weight') || has('q_proj_weight')) return 'attention';
  const main = floats.find(({ variable }) => variable === 'weight' || variable === 'kernel');
  if (main === undefined) {
    if (floats.some(({ variable, stored }) => isWeightName(variable) && stored.dims.length >= 2))
      return 'embedding';
    if (has('alpha')) return 'prelu';
    return floats.some(({ variable }) => isNormName(variable) || variable in statistics) ? 'norm' : undefined;
  }
  const rank = main.stored.dims.length;
  if (rank === 1) {
    const prelu = !has('bias') && (/prelu|(?:^|[._/])act/i.test(name) || main.stored.dims[0] === 1);
    return prelu ? 'prelu' : 'norm';
  }
  if (rank === 2)
    return main.variable === 'weight' && isEmbeddingName(name) && !has('bias') ? 'embedding' : 'dense';
  if (main.variable === 'kernel' && (isHeads(name) || className === 'EinsumDense')) return 'dense';
  if (rank > 5) return undefined;
  return isTransposedConv(main, floats, name) ? 'conv-transpose' : 'conv';
}

function isEmbeddingName(name: string): boolean {
  return /emb|(?:^|[._/])w[tp]e$|(?:^|[._/])(?:tok|shared|lookup)/i.test(name);
}

/** Projections of attention over several heads, whose outputs (or inputs) lie on two axes. */
function isHeads(name: string): boolean {
  return /(?:^|[._/])(?:query|key|value|out|attention_output)(?:_dense)?$/.test(name) || /_dense$/.test(name);
}

function isNormName(variable: string): boolean {
  return /^(?:gamma|beta|scale)$/.test(variable);
}

/** A transposed convolution has its outputs on the second axis (PyTorch): the bias tells, or the name. */
function isTransposedConv(
  { variable, stored }: Variable,
  floats: readonly Variable[],
  name: string,
): boolean {
  const named = /transpose|deconv|upconv|(?:^|[._])up\d*$/i.test(name);
  if (variable === 'kernel') return /conv\d?d?_?transpose/i.test(name) && !/ConvTranspose_\d+$/.test(name);
  const bias = floats.find((one) => one.variable === 'bias')?.stored.dims;
  if (bias?.length === 1 && stored.dims[0] !== stored.dims[1]) {
    if (bias[0] === stored.dims[0]) return false;
    return bias[0] === stored.dims[1] || named;
  }
  return named;
}

function weightOf(
  kind: LayerKind | undefined,
  variable: string,
  stored: StoredTensor,
  floats: readonly Variable[],
  hints: LayerHints,
): ModelParameter | undefined {
  const { dims } = stored;
  const rank = dims.length;
  if (!storedFloatTypes.includes(stored.type) || rank < 2) return undefined;
  const { className, config = {} } = hints;
  const groups = typeof config.groups === 'number' ? config.groups : 1;
  const strides = stridesOf(config.strides, rank - 2);
  const keras = /kernel|^embeddings?$/.test(variable);
  const make = (layout: WeightLayout) => weightParameter(stored, variable, layout);
  if (variable === 'depthwise_kernel' || /^Depthwise/.test(className))
    return depthwiseParameter(stored, variable);
  if (kind === 'embedding') return embeddingParameter(stored, variable);
  if (kind === 'recurrent' || kind === 'attention') return make({ axes: keras ? inOut(rank) : outIn(rank) });
  if (kind === 'dense') {
    if (rank > 2) return make({ axes: headAxes(rank, dims, floats, hints.name) });
    return make({ axes: keras || isTransposedDense(stored, floats, hints) ? inOut(2) : outIn(2) });
  }
  if (kind === 'conv-transpose') {
    return make({ axes: keras ? kernelOutIn(rank) : inOutKernel(rank), transposed: true, groups, strides });
  }
  if (kind !== 'conv') return undefined;
  if (keras && variable === 'kernel' && /depthwise/i.test(hints.name))
    return depthwiseParameter(stored, variable);
  if (keras) return make({ axes: inOut(rank), groups, strides });
  const single = dims[1] === 1 && dims[0] > 1;
  const depthwise =
    single && (/(?:^|[._])(?:dw|depth)/i.test(hints.name) || dims[0] === hints.channelsBefore);
  return make({ axes: outIn(rank), groups: depthwise ? dims[0] : groups, strides });
}

/** GPT-2 stores its dense weights [in, out]; the bias tells, and where it cannot, the names of its layers do. */
function isTransposedDense(
  { dims }: StoredTensor,
  floats: readonly Variable[],
  { name, hasTransposedDense }: LayerHints,
): boolean {
  const bias = floats.find((one) => one.variable === 'bias')?.stored.dims;
  if (bias?.length === 1 && dims[0] !== dims[1]) return bias[0] === dims[1];
  return hasTransposedDense === true && /(?:^|\.)c_(?:attn|proj|fc)$|(?:^|\.)q_attn$/.test(name);
}

/** [in, heads, width] for query, key and value; [heads, width, out] for the projection of the result. */
function headAxes(rank: number, dims: readonly number[], floats: readonly Variable[], name: string) {
  const bias = floats.find((one) => one.variable === 'bias')?.stored.dims;
  const output = bias === undefined ? /out/.test(name) : bias.length === 1 && bias[0] === dims[rank - 1];
  return Array.from({ length: rank }, (_, i) => {
    if (output) return i < rank - 1 ? ('in' as const) : ('out' as const);
    return i === 0 ? ('in' as const) : ('out' as const);
  });
}

function stridesOf(value: unknown, count: number): readonly number[] | undefined {
  if (typeof value === 'number') return new Array<number>(count).fill(value);
  if (!Array.isArray(value) || value.length !== count) return undefined;
  return value.every((one) => Number.isInteger(one) && one >= 1) ? (value as number[]) : undefined;
}

function otherOf(
  kind: LayerKind | undefined,
  variable: string,
  stored: StoredTensor,
  fansOf: { readonly fanIn: number; readonly fanOut: number } | undefined,
  { className, name }: LayerHints,
): ModelParameter | undefined {
  if (
    Object.hasOwn(statistics, variable) &&
    (kind === 'norm' || kind === undefined || variable.includes('_'))
  ) {
    const { role, fixed } = statistics[variable];
    return plainParameter(stored, variable, role, undefined, fixed);
  }
  if (!storedFloatTypes.includes(stored.type)) return undefined;
  if (kind === 'prelu') {
    const keras = variable === 'alpha' || className === 'PReLU' || /p_re_lu/.test(name);
    return plainParameter(stored, variable, 'shift', undefined, keras ? 0 : 0.25);
  }
  if (kind === 'norm') {
    if (variable === 'weight' || variable === 'gamma' || variable === 'scale') {
      return plainParameter(stored, variable, 'scale');
    }
    return variable === 'bias' || variable === 'beta' ? plainParameter(stored, variable, 'shift') : undefined;
  }
  if (/^(?:bias|in_proj_bias|bias_[ihkv]h?(?:_l\d+(?:_reverse)?)?)$/.test(variable) && kind !== undefined) {
    return plainParameter(stored, variable, 'bias', fansOf);
  }
  return undefined;
}
