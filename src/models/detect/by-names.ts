/** Architectures from the names and shapes of tensors alone: safetensors and npz files, as PyTorch, Keras or Flax name them. */

import type { StoredTensor } from '../../formats/stored-tensor.ts';
import { storedFloatTypes } from '../../formats/stored-tensor.ts';
import type { Architecture, ModelLayer } from '../model.ts';
import { layerOf, type Variable } from './layer-variables.ts';

/**
 * Sorts tensors into layers by their names.
 * @param tensors in the order of the file
 * @param orderMeans true if the order of the file is that of the layers; otherwise they are sorted by their names,
 *   numbers as numbers
 */
export function architectureByNames(tensors: readonly StoredTensor[], orderMeans: boolean): Architecture {
  const groups = new Map<string, Variable[]>();
  for (const stored of tensors) {
    const { layer, variable } = splitName(stored.name);
    const group = groups.get(layer);
    if (group === undefined) groups.set(layer, [{ variable, stored }]);
    else group.push({ variable, stored });
  }
  const names = [...groups.keys()];
  if (!orderMeans) names.sort(compareNaturally);
  const hasTransposedDense = tensors.some((one) => isTransposedDense(one, groups));
  const layers: ModelLayer[] = [];
  const unclear: StoredTensor[] = [];
  let channelsBefore: number | undefined;
  for (const name of names) {
    const variables = groups.get(name) as Variable[];
    const { layer, rest } = layerOf(variables, { name, className: '', channelsBefore, hasTransposedDense });
    unclear.push(...rest);
    if (layer === undefined) continue;
    layers.push(layer);
    const shape = layer.parameters[0].shape;
    if (layer.kind === 'conv' && shape.layout !== undefined)
      channelsBefore = shape.dims[shape.layout.outAxis];
  }
  const unknown = unclear.filter((one) => storedFloatTypes.includes(one.type) && one.dims.length >= 2);
  const kept = unclear.filter((one) => !unknown.includes(one));
  const orderKnown = orderMeans || isNumbered(layers.map(({ name }) => name));
  return { layers: withAttention(layers), kept, unknown, orderKnown };
}

/** `layer1.0.conv1.weight` is variable `weight` of layer `layer1.0.conv1`; `:0` of TensorFlow is no part of a name. */
export function splitName(name: string): { readonly layer: string; readonly variable: string } {
  const plain = name.replace(/:\d+$/, '');
  const at = Math.max(plain.lastIndexOf('.'), plain.lastIndexOf('/'));
  return { layer: plain.slice(0, Math.max(0, at)), variable: plain.slice(at + 1) };
}

function isTransposedDense({ name, dims }: StoredTensor, groups: ReadonlyMap<string, Variable[]>): boolean {
  const { layer, variable } = splitName(name);
  if (variable !== 'weight' || dims.length !== 2 || !/(?:^|\.)c_(?:attn|fc|proj)$/.test(layer)) return false;
  const bias = groups.get(layer)?.find((one) => one.variable === 'bias')?.stored.dims;
  return bias?.length === 1 && bias[0] === dims[1] && dims[0] !== dims[1];
}

/** In PyTorch the projection of the result belongs to the attention: `attn.in_proj_weight`, `attn.out_proj.weight`. */
function withAttention(layers: readonly ModelLayer[]): ModelLayer[] {
  const owners = new Set(layers.filter(({ kind }) => kind === 'attention').map(({ name }) => name));
  const result: ModelLayer[] = [];
  const projections = new Map(
    layers.flatMap((layer) => {
      const owner = /^(.*)\.out_proj$/.exec(layer.name)?.[1];
      return owner !== undefined && owners.has(owner) ? [[owner, layer] as const] : [];
    }),
  );
  const absorbed = new Set(projections.values());
  for (const layer of layers) {
    if (absorbed.has(layer)) continue;
    const projection = projections.get(layer.name);
    const extra = (projection?.parameters ?? []).map((one) => ({
      ...one,
      variable: `out_proj.${one.variable}`,
    }));
    result.push(extra.length === 0 ? layer : { ...layer, parameters: [...layer.parameters, ...extra] });
  }
  return result;
}

/** Names in the order of their parts, numbers as numbers. */
function compareNaturally(a: string, b: string): number {
  const left = partsOf(a);
  const right = partsOf(b);
  for (let i = 0; i < Math.min(left.length, right.length); i++) {
    const [x, y] = [left[i], right[i]];
    if (x === y) continue;
    if (/^\d+$/.test(x) && /^\d+$/.test(y)) return Number(x) - Number(y);
    return x < y ? -1 : 1;
  }
  return left.length - right.length;
}

function partsOf(name: string): string[] {
  return name.split(/(\d+)|[./]/).filter((part) => part !== undefined && part !== '');
}

/** True if neighbours differ first in a number (`3.weight` after `0.weight`): then the names tell the order. */
function isNumbered(names: readonly string[]): boolean {
  for (let i = 1; i < names.length; i++) {
    const left = names[i - 1].split(/[./]/);
    const right = names[i].split(/[./]/);
    const at = left.findIndex((part, k) => part !== right[k]);
    if (at < 0 || !/^\d+$/.test(left[at]) || !/^\d+$/.test(right[at] ?? '')) return false;
  }
  return true;
}
