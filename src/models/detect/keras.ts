/**
 * Architectures of Keras and TensorFlow.js: the configuration says what a layer is, the weights' file says how its
 * variables are called or numbered.
 */

import type { StoredTensor } from '../../formats/stored-tensor.ts';
import { storedFloatTypes } from '../../formats/stored-tensor.ts';
import { activationFunctionNames } from '../../initializers/activation-functions.ts';
import type { Architecture, ModelLayer } from '../model.ts';
import { configuredLayers, lookUp, topLayers } from './keras-configuration.ts';
import type { KerasGroup } from './keras-tensors.ts';
import { layerOf } from './layer-variables.ts';

/**
 * Sorts groups of variables into layers.
 * @param configuration the model's `config` (Keras) or `modelTopology` (TensorFlow.js), if the file has one
 * @param orderMeans true if the order of the groups is that of the layers
 */
export function kerasArchitecture(
  groups: readonly KerasGroup[],
  configuration: unknown,
  orderMeans: boolean,
): Architecture {
  const configured = configuredLayers(configuration);
  const layers: { order: number; layer: ModelLayer }[] = [];
  const kept: StoredTensor[] = [];
  const unknown: StoredTensor[] = [];
  for (const [at, { path, variables }] of groups.entries()) {
    const known = lookUp(path, configured);
    const className = known?.className ?? '';
    const { layer, rest } = layerOf(variables, {
      name: path.join('/'),
      className,
      config: known?.config,
      activation: activationOf(known?.config.activation),
    });
    for (const one of rest) {
      (storedFloatTypes.includes(one.type) && one.dims.length >= 2 ? unknown : kept).push(one);
    }
    if (layer !== undefined)
      layers.push({ order: orderMeans ? at : (known?.order ?? 2 ** 30) + at / 2 ** 20, layer });
  }
  layers.sort((a, b) => a.order - b.order);
  const orderKnown = orderMeans || configured.size > 0;
  const found = layers.map(({ layer }) => layer);
  return { layers: withWeightless(found, configuration), kept, unknown, orderKnown };
}

/** Notes before each layer which layers without weights the model makes there, as far as it is a plain list. */
function withWeightless(layers: readonly ModelLayer[], configuration: unknown): ModelLayer[] {
  const list = topLayers(configuration);
  let at = 0;
  return layers.map((layer) => {
    const own = layer.name.split('/')[0];
    const position = list.findIndex(({ name }, i) => i >= at && name === own);
    if (position < 0) return layer;
    const before = list.slice(at, position);
    at = position + 1;
    return before.length === 0 ? layer : { ...layer, before };
  });
}

function activationOf(value: unknown): string | undefined {
  if (typeof value !== 'string') return undefined;
  const name = value === 'swish' ? 'silu' : value.replaceAll('_', '-');
  return (activationFunctionNames as readonly string[]).includes(name) ? name : undefined;
}
