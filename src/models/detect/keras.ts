/**
 * Architectures of Keras and TensorFlow.js: the configuration says what a layer is, the weights' file says how its
 * variables are called or numbered.
 */

import type { Hdf5File } from '../../formats/hdf5/hdf5.ts';
import type { StoredTensor } from '../../formats/stored-tensor.ts';
import { storedFloatTypes } from '../../formats/stored-tensor.ts';
import { activationFunctionNames } from '../../initializers/activation-functions.ts';
import type { Architecture, ModelLayer, WeightlessLayer } from '../model.ts';
import { layerOf, type Variable } from './layer-variables.ts';

/** A layer's place in the configuration. */
interface Configured {
  readonly className: string;
  readonly config: Readonly<Record<string, unknown>>;
  readonly order: number;
}

/** Variables of one layer of a file. */
export interface KerasGroup {
  /** Names from the outermost layer inwards, e.g. ['bidirectional', 'forward_gru', 'gru_cell']. */
  readonly path: readonly string[];
  readonly variables: readonly Variable[];
}

/** Layers nest at most so deep in a configuration. */
const deepest = 64;

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

/** The layers that a configuration lists, of Keras (`config.layers`) or TensorFlow.js (`model_config.config.layers`). */
function topLayers(configuration: unknown): WeightlessLayer[] {
  const at = (value: unknown, key: string): unknown =>
    typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[key] : undefined;
  const root = at(configuration, 'model_config') ?? configuration;
  const layers = at(at(root, 'config'), 'layers');
  return (Array.isArray(layers) ? layers : []).flatMap((one) => {
    const [className, config] = [at(one, 'class_name'), at(one, 'config')];
    const name = at(config, 'name');
    if (typeof className !== 'string' || typeof name !== 'string') return [];
    return [{ name, className, config: config as Record<string, unknown> }];
  });
}

/** Which tensor of the model is which dataset of the file. */
export interface KerasTensors {
  readonly groups: readonly KerasGroup[];
  /** Datasets that belong to no layer, e.g. the optimizer's. */
  readonly kept: readonly StoredTensor[];
  /** Path of the dataset behind each tensor's name. */
  readonly paths: ReadonlyMap<string, string>;
  readonly orderMeans: boolean;
}

/** The variables of an HDF5 file of Keras: `.weights.h5` of Keras 3 (numbered), or `.h5` (named). */
export function kerasTensors(file: Hdf5File, configuration: unknown): KerasTensors {
  const numbered = file.datasets.some(({ name }) => /(?:^|\/)vars\/\d+$/.test(name));
  return numbered ? numberedTensors(file, configuration) : namedTensors(file);
}

/** Keras 3: `layers/lstm/cell/vars/0`; an attribute of `vars` has the layer's own name. */
function numberedTensors(file: Hdf5File, configuration: unknown): KerasTensors {
  const configured = configuredLayers(configuration);
  const kept: StoredTensor[] = [];
  const paths = new Map<string, string>();
  const groups = new Map<string, { path: string[]; numbers: [number, StoredTensor][] }>();
  for (const dataset of file.datasets) {
    const match = /^(.*?)\/?vars\/(\d+)$/.exec(dataset.name);
    if (match === null || !/^(?:layers|_layer_checkpoint_dependencies)\//.test(match[1])) {
      kept.push(dataset);
      paths.set(dataset.name, dataset.name);
      continue;
    }
    const group = groups.get(match[1]);
    if (group === undefined) {
      groups.set(match[1], { path: ownPath(match[1], file), numbers: [[Number(match[2]), dataset]] });
    } else group.numbers.push([Number(match[2]), dataset]);
  }
  const result = [...groups].map(([prefix, { path, numbers }]): KerasGroup => {
    const known = lookUp(path, configured);
    const className = known?.className ?? classOf(prefix);
    numbers.sort(([a], [b]) => a - b);
    const isCell = /(?:^|\/)cell$/.test(prefix);
    const names = variableNames(isCell ? 'LSTM' : className, known?.config, numbers.length);
    const variables = numbers.map(([, dataset], i): Variable => {
      const variable = names[i] ?? `variable${i}`;
      const name = [...path, variable].join('/');
      paths.set(name, dataset.name);
      return { variable, stored: { name, type: dataset.type, dims: dataset.dims } };
    });
    return { path, variables };
  });
  return { groups: result, kept, paths, orderMeans: false };
}

/** `layers/dense_1/...` by the layers' own names: the outermost from its attribute, the inner ones from the path. */
function ownPath(prefix: string, file: Hdf5File): string[] {
  const parts = prefix.split('/');
  const path: string[] = [];
  for (let i = 0; i < parts.length; i++) {
    if (parts[i] === 'layers' || parts[i] === '_layer_checkpoint_dependencies') {
      if (i + 1 < parts.length) continue;
    }
    const direct = parts[i - 1] === 'layers';
    const name = file.attributes.get(`${parts.slice(0, i + 1).join('/')}/vars`)?.get('name');
    path.push(direct && typeof name === 'string' && name !== '' ? name : parts[i]);
  }
  return path;
}

/** Keras 2 and `.h5` of Keras 3: attributes list layers and weights; a weight's name is its path in the layer's group. */
function namedTensors(file: Hdf5File): KerasTensors {
  const root = file.groups.includes('model_weights') ? 'model_weights' : '';
  const at = (...parts: string[]) => parts.filter((part) => part !== '').join('/');
  const datasets = new Map(file.datasets.map((dataset) => [dataset.name, dataset]));
  const paths = new Map<string, string>();
  const groups: KerasGroup[] = [];
  const taken = new Set<string>();
  for (const layer of listed(file, root, 'layer_names')) {
    const byPath = new Map<string, Variable[]>();
    for (const weight of listed(file, at(root, layer), 'weight_names')) {
      const path = at(root, layer, weight);
      const dataset = datasets.get(path);
      if (dataset === undefined || taken.has(path)) continue;
      taken.add(path);
      const parts = weight.replace(/:\d+$/, '').split('/');
      const from = parts.indexOf(layer);
      const inner = from < 0 ? [layer, ...parts.slice(-1)] : parts.slice(from);
      const plain = inner.join('/');
      const name = paths.has(plain) ? path : plain;
      paths.set(name, path);
      const key = inner.slice(0, -1).join('/');
      const variable = {
        variable: inner[inner.length - 1],
        stored: { name, type: dataset.type, dims: dataset.dims },
      };
      const known = byPath.get(key);
      if (known === undefined) byPath.set(key, [variable]);
      else known.push(variable);
    }
    for (const [key, variables] of byPath) groups.push({ path: key.split('/'), variables });
  }
  const kept = file.datasets.filter(({ name }) => !taken.has(name));
  for (const { name } of kept) paths.set(name, name);
  return { groups, kept, paths, orderMeans: true };
}

function listed(file: Hdf5File, group: string, attribute: string): string[] {
  const attributes = file.attributes.get(group);
  const names: string[] = [];
  // Lists beyond 64 KB are cut into name0, name1, ...
  for (let i = -1; i < 1_000_000; i++) {
    const value = attributes?.get(i < 0 ? attribute : `${attribute}${i}`);
    if (value === undefined && i >= 0) break;
    if (Array.isArray(value)) names.push(...(value as string[]));
  }
  return names;
}

/** Every layer of a configuration by its name, those within other layers too. */
function configuredLayers(configuration: unknown): Map<string, Configured> {
  const found = new Map<string, Configured>();
  const visit = (value: unknown, depth: number): void => {
    if (typeof value !== 'object' || value === null || depth > deepest) return;
    if (Array.isArray(value)) {
      for (const one of value) visit(one, depth + 1);
      return;
    }
    const { class_name: className, config } = value as Record<string, unknown>;
    if (
      typeof className === 'string' &&
      typeof config === 'object' &&
      config !== null &&
      !Array.isArray(config)
    ) {
      const { name } = config as Record<string, unknown>;
      if (typeof name === 'string' && !found.has(name)) {
        found.set(name, { className, config: config as Record<string, unknown>, order: found.size });
      }
    }
    for (const inner of Object.values(value)) visit(inner, depth + 1);
  };
  visit(configuration, 0);
  return found;
}

/** The innermost layer of a path that the configuration knows. */
function lookUp(
  path: readonly string[],
  configured: ReadonlyMap<string, Configured>,
): Configured | undefined {
  for (let i = path.length - 1; i >= 0; i--) {
    const known = configured.get(path[i]);
    if (known !== undefined) return known;
  }
  return undefined;
}

const classes = [
  'Dense',
  'EinsumDense',
  'Embedding',
  'Conv1D',
  'Conv2D',
  'Conv3D',
  'Conv1DTranspose',
  'Conv2DTranspose',
  'Conv3DTranspose',
  'DepthwiseConv1D',
  'DepthwiseConv2D',
  'SeparableConv1D',
  'SeparableConv2D',
  'BatchNormalization',
  'LayerNormalization',
  'GroupNormalization',
  'RMSNormalization',
  'LSTM',
  'GRU',
  'SimpleRNN',
  'PReLU',
];
const snakeCase = (name: string) =>
  name
    .replace(/\W+/g, '')
    .replace(/(.)([A-Z][a-z]+)/g, '$1_$2')
    .replace(/([a-z])([A-Z])/g, '$1_$2')
    .toLowerCase();
const classOfSnake = new Map(classes.map((name) => [snakeCase(name), name]));

/** The class behind a group's name, which Keras makes from it: `conv2d_transpose_1`. */
function classOf(prefix: string): string {
  for (const part of prefix.split('/').reverse()) {
    const found = classOfSnake.get(part.replace(/_\d+$/, ''));
    if (found !== undefined) return found;
  }
  return '';
}

/** Names of the variables that a layer saves by number. */
function variableNames(
  className: string,
  config: Readonly<Record<string, unknown>> | undefined,
  count: number,
): readonly string[] {
  if (/^Separable/.test(className)) return ['depthwise_kernel', 'pointwise_kernel', 'bias'];
  if (/^(?:LSTM|GRU|SimpleRNN)/.test(className)) return ['kernel', 'recurrent_kernel', 'bias'];
  if (className === 'Embedding') return ['embeddings'];
  if (className === 'PReLU') return ['alpha'];
  if (className === 'RMSNormalization') return ['scale'];
  if (/Normalization$/.test(className)) {
    const affine = [
      ...(config?.scale === false ? [] : ['gamma']),
      ...(config?.center === false || config?.rms_scaling === true ? [] : ['beta']),
    ];
    const names = className === 'BatchNormalization' ? [...affine, 'moving_mean', 'moving_variance'] : affine;
    return names.length === count ? names : [];
  }
  return ['kernel', 'bias'];
}

function activationOf(value: unknown): string | undefined {
  if (typeof value !== 'string') return undefined;
  const name = value === 'swish' ? 'silu' : value.replaceAll('_', '-');
  return (activationFunctionNames as readonly string[]).includes(name) ? name : undefined;
}
