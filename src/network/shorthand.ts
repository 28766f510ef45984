import { OutsetError } from '../messages/error.ts';
import { nearestNames } from '../messages/nearest.ts';
import { elementCount } from '../tensor/tensor.ts';
import { activationNames } from './activations.ts';
import type { ActivationName, ConvSpec, LayerSpec, NetworkSpec } from './spec.ts';

/**
 * What a short form is completed from: the shape of one example and the number of outputs (classes, or 1).
 */
export interface ShorthandData {
  readonly input: readonly number[];
  readonly outputs: number;
}

/** What stands behind the colons, for every hidden layer. */
interface HiddenOptions {
  activation: ActivationName;
  norm: 'batch-norm' | 'layer-norm' | 'group-norm' | undefined;
  dropout: number;
  residual: 'no' | 'fixed' | 'learned';
}

const optionNames = ['batch-norm', 'layer-norm', 'group-norm', 'residual', 'dropout'];
const grammar = "a size such as 256 or 128x50, or c32, c32k5s2, p, g in an image's network, separated by -";

/**
 * Reads the short form of a network.
 *
 *   sizes[:activation][:option...]      e.g. `784-256-256-10:relu`, `256-256:tanh:dropout=0.3`
 *
 * The parts between `-` are, first to last:
 * - the input: `784`, `28x28` or `3x32x32` (channels first), with as many values as an example has;
 * - hidden layers: `256` dense units, `128x50` fifty layers of 128; `c32` a same-padded 3x3 convolution with 32 channels, `c32k5s2` with kernel 5
 *   and stride 2; `p` 2x2 max pooling, `g` global average pooling;
 * - the output: the number of outputs of the data.
 *
 * Numbers alone have either both ends or neither: `784-256-10` and `256` are the same network on MNIST. If only one
 * end fits the data (`785-256-10`, `784-256-7`, `256-10`) that is an error, not a hidden layer. Where the first part is
 * no number (`c32-p-10`), the input comes from the data and the output may be written or not.
 *
 * Options: an activation (default relu), `batch-norm`, `layer-norm` or `group-norm` between each hidden layer and its
 * activation, `dropout=rate` behind each, `residual` around each hidden layer whose input is already the output of one (`residual=learned`
 * with a learned factor on each branch).
 *
 * @throws network.shorthand_syntax, network.shorthand_input, network.shorthand_option
 */
export function parseNetwork(text: string, data: ShorthandData): NetworkSpec {
  const [sizes, ...optionTexts] = text.trim().split(':');
  const options = parseOptions(text, optionTexts);
  const parts = repeated(text, sizes.split('-'));
  const { input, given } = takeInput(text, parts, data);
  const hidden = takeOutput(text, parts, data, given);
  const layers: LayerSpec[] = [];
  for (const [i, part] of hidden.entries()) {
    const layer = parseLayer(text, part);
    if (layer.type === 'dense' || layer.type === 'conv') layers.push(...dress(layer, options, i > 0));
    else layers.push(layer);
  }
  layers.push({ type: 'dense', units: data.outputs });
  return { input, layers };
}

/** More layers than any network has, so that a typing error is no memory error. */
const mostLayers = 100_000;

/** `128x50` behind the input is fifty times `128`, `c32x3` three times `c32`. */
function repeated(text: string, parts: readonly string[]): string[] {
  const all = parts.flatMap((part, i) => {
    const match = i === 0 ? null : /^(\d+|c\d+(?:k\d+)?(?:s\d+)?)x([1-9]\d{0,5})$/.exec(part);
    if (match === null) return [part];
    if (Number(match[2]) > mostLayers) throw syntax(text, part, `at most ${mostLayers} layers`);
    return Array.from({ length: Number(match[2]) }, () => match[1]);
  });
  if (all.length > mostLayers) throw syntax(text, text, `at most ${mostLayers} layers`);
  return all;
}

/**
 * Input and number of outputs as a short form writes them: a text with both ends needs no data. Undefined where an end is
 * missing.
 */
export function shorthandEnds(text: string): ShorthandData | undefined {
  const parts = text.trim().split(':')[0].split('-');
  const last = parts[parts.length - 1];
  if (parts.length < 2 || !/^\d+$/.test(last) || !/^\d+(x\d+)*$/.test(parts[0])) return undefined;
  const sizes = parts[0].split('x').map(Number);
  const outputs = Number(last);
  if (outputs < 1 || sizes.some((size) => size < 1)) return undefined;
  return { input: sizes.length === 2 ? [1, ...sizes] : sizes, outputs };
}

function syntax(text: string, part: string, expected: string): OutsetError {
  return new OutsetError('network.shorthand_syntax', { text, part, expected });
}

function parseOptions(text: string, optionTexts: readonly string[]): HiddenOptions {
  const options: HiddenOptions = { activation: 'relu', norm: undefined, dropout: 0, residual: 'no' };
  for (const option of optionTexts) {
    const [name, value] = option.split('=');
    if (name === 'dropout') {
      const rate = value === undefined || value === '' ? Number.NaN : Number(value);
      if (!(rate >= 0 && rate < 1)) throw syntax(text, option, 'dropout=rate with 0 <= rate < 1');
      options.dropout = rate;
    } else if (name === 'residual' && value === 'learned') {
      options.residual = 'learned';
    } else if (value !== undefined) {
      throw syntax(text, option, `'${name}' without a value`);
    } else if (name === 'batch-norm' || name === 'layer-norm' || name === 'group-norm') {
      options.norm = name;
    } else if (name === 'residual') {
      options.residual = 'fixed';
    } else if ((activationNames as readonly string[]).includes(name)) {
      options.activation = name as ActivationName;
    } else {
      const known = [...activationNames, ...optionNames];
      throw new OutsetError('network.shorthand_option', {
        text,
        option: name,
        near: nearestNames(name, known),
        known,
      });
    }
  }
  return options;
}

/** Removes the input from the front of `parts`, if it is there. */
function takeInput(
  text: string,
  parts: string[],
  data: ShorthandData,
): { input: readonly number[]; given: boolean } {
  const count = elementCount(data.input);
  const first = parts[0];
  const isImageNetwork = parts.some((part) => /^(c\d|p$|g$)/.test(part));
  if (/^\d+(x\d+)+$/.test(first)) {
    parts.shift();
    const sizes = first.split('x').map(Number);
    const dims = sizes.length === 2 ? [1, ...sizes] : sizes;
    if (elementCount(dims) !== count) {
      throw new OutsetError('network.shorthand_input', { text, expected: [...data.input], got: sizes });
    }
    return { input: dims, given: true };
  }
  if (first === String(count) && parts.length > 1) {
    parts.shift();
    return { input: isImageNetwork ? data.input : [count], given: true };
  }
  if (parts.length > 1 && /^\d+$/.test(first) && parts[parts.length - 1] === String(data.outputs)) {
    throw new OutsetError('network.shorthand_input', {
      text,
      expected: [...data.input],
      got: [Number(first)],
    });
  }
  return { input: isImageNetwork ? imageOf(data.input) : [count], given: false };
}

/** [784] as [1, 28, 28] where it is the square that it looks like; the network itself complains about the rest. */
function imageOf(input: readonly number[]): readonly number[] {
  if (input.length !== 1) return input;
  const side = Math.round(Math.sqrt(input[0]));
  return side * side === input[0] ? [1, side, side] : input;
}

/** Removes the output from the end of `parts`, if it is there; returns the hidden ones. */
function takeOutput(
  text: string,
  parts: readonly string[],
  data: ShorthandData,
  inputGiven: boolean,
): string[] {
  const last = parts[parts.length - 1];
  const written = inputGiven || !/^\d+$/.test(parts[0]);
  if (written && last === String(data.outputs)) return parts.slice(0, -1);
  if (inputGiven) {
    throw syntax(
      text,
      last ?? '',
      `the ${data.outputs} outputs of the data at the end (...-${data.outputs})`,
    );
  }
  return [...parts];
}

function parseLayer(text: string, part: string): LayerSpec {
  const conv = /^c(\d+)(?:k(\d+))?(?:s(\d+))?$/.exec(part);
  if (/^\d+$/.test(part) && Number(part) > 0) return { type: 'dense', units: Number(part) };
  if (conv !== null && Number(conv[1]) > 0) {
    return {
      type: 'conv',
      channels: Number(conv[1]),
      ...(conv[2] === undefined ? {} : { kernel: Number(conv[2]) }),
      ...(conv[3] === undefined ? {} : { stride: Number(conv[3]) }),
    };
  }
  if (part === 'p') return { type: 'max-pool' };
  if (part === 'g') return { type: 'global-average-pool' };
  throw syntax(text, part, grammar);
}

/** A hidden layer with its normalization, activation, dropout and shortcut. */
function dress(
  layer: Extract<LayerSpec, { type: 'dense' | 'conv' }>,
  options: HiddenOptions,
  inside: boolean,
): LayerSpec[] {
  const { activation, norm, dropout, residual } = options;
  const body: LayerSpec[] =
    norm === undefined
      ? [activation === 'linear' ? layer : { ...layer, activation }]
      : [{ ...layer, bias: false }, { type: norm }, { type: 'activation', activation }];
  const block: LayerSpec[] =
    residual === 'no' || !inside
      ? body
      : [{ type: 'residual', layers: body, ...(residual === 'learned' ? { scale: 'learned' } : {}) }];
  if (dropout > 0) block.push({ type: 'dropout', rate: dropout });
  return block;
}

/**
 * The short form of a network, e.g. `784-256-256-10:relu`; where none gives exactly this network back, a summary such
 * as `1x28x28, 7 layers, 34826 parameters` without the parameters: `1x28x28, 7 layers`.
 */
export function networkTitle(spec: NetworkSpec): string {
  if (spec.name !== undefined) return spec.name;
  const last = spec.layers[spec.layers.length - 1];
  const summary = `${spec.input.join('x')}, ${spec.layers.length} layers`;
  if (last.type !== 'dense') return summary;
  const text = writeShort(spec);
  try {
    const back = parseNetwork(text, { input: spec.input, outputs: last.units });
    return JSON.stringify(canonical(back)) === JSON.stringify(canonical(spec)) ? text : summary;
  } catch {
    return summary;
  }
}

function writeShort(spec: NetworkSpec): string {
  const [channels, ...size] = spec.input;
  const parts = [spec.input.length === 3 && channels === 1 ? size.join('x') : spec.input.join('x')];
  const options = new Set<string>();
  const write = (layers: readonly LayerSpec[]) => {
    for (const layer of layers) {
      if (layer.type === 'dense') parts.push(String(layer.units));
      else if (layer.type === 'conv') parts.push(writeConv(layer));
      else if (layer.type === 'max-pool') parts.push('p');
      else if (layer.type === 'global-average-pool') parts.push('g');
      else if (layer.type === 'dropout') options.add(`dropout=${layer.rate}`);
      else if (layer.type === 'residual') {
        options.add(layer.scale === 'learned' ? 'residual=learned' : 'residual');
        write(layer.layers);
      } else if (layer.type !== 'activation' && layer.type !== 'flatten') options.add(layer.type);
    }
  };
  write(spec.layers);
  const activation = activationsOf(spec.layers)[0] ?? 'linear';
  const isDeep = parts.length > 2;
  return [counted(parts).join('-'), ...(isDeep ? [activation] : []), ...options].join(':');
}

/** Five or more equal parts in a row are written with their number. */
function counted(parts: readonly string[]): string[] {
  const result: string[] = [];
  for (let i = 0; i < parts.length; ) {
    let end = i + 1;
    while (i > 0 && end < parts.length - 1 && parts[end] === parts[i]) end++;
    const many = end - i >= 5 && /^(?:\d+|c[\dks]+)$/.test(parts[i]);
    result.push(...(many ? [`${parts[i]}x${end - i}`] : parts.slice(i, end)));
    i = end;
  }
  return result;
}

function activationsOf(layers: readonly LayerSpec[]): ActivationName[] {
  return layers.flatMap((layer) =>
    layer.type === 'residual'
      ? activationsOf(layer.layers)
      : 'activation' in layer && layer.activation !== undefined
        ? [layer.activation]
        : [],
  );
}

function writeConv({ channels, kernel = 3, stride = 1 }: ConvSpec): string {
  const size = typeof kernel === 'number' ? kernel : kernel[0];
  const step = typeof stride === 'number' ? stride : stride[0];
  return `c${channels}${size === 3 ? '' : `k${size}`}${step === 1 ? '' : `s${step}`}`;
}

/** The same network with its defaults left out and its keys in one order, to compare two specs. */
function canonical(spec: NetworkSpec): unknown {
  const layer = (one: LayerSpec): unknown =>
    Object.entries(one)
      .filter(([key, value]) => value !== undefined && !isDefault(one.type, key, value))
      .map(([key, value]) => [key, key === 'layers' ? (value as LayerSpec[]).map(layer) : value])
      .sort(([a], [b]) => (a < b ? -1 : 1));
  return [[...spec.input], spec.layers.map(layer)];
}

function isDefault(type: LayerSpec['type'], key: string, value: unknown): boolean {
  const defaults: Readonly<Record<string, unknown>> = {
    kernel: 3,
    padding: type === 'conv' ? 'same' : 0,
    dilation: 1,
    size: 2,
    bias: true,
    scale: 1,
    epsilon: 1e-5,
    momentum: 0.9,
    groups: type === 'group-norm' ? 8 : 1,
    stride: type === 'conv' ? 1 : 2,
  };
  if (key === 'activation') return type !== 'activation' && value === 'linear';
  return key in defaults && defaults[key] === value;
}
