/** The variables of an HDF5 file of Keras, sorted by layers. */

import type { Hdf5File } from '../../formats/hdf5/hdf5.ts';
import type { StoredTensor } from '../../formats/stored-tensor.ts';
import { configuredLayers, lookUp } from './keras-configuration.ts';
import type { Variable } from './layer-variables.ts';

/** Variables of one layer of a file. */
export interface KerasGroup {
  /** Names from the outermost layer inwards, e.g. ['bidirectional', 'forward_gru', 'gru_cell']. */
  readonly path: readonly string[];
  readonly variables: readonly Variable[];
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
