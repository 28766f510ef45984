/** Keras' initializers as its files describe them, drawn with Keras' own numbers. */

import type { Stream } from '../../random/index.ts';
import { type Dims, elementCount } from '../../tensor/tensor.ts';

/** An initializer of a layer's configuration. */
export interface KerasInitializer {
  readonly className: string;
  readonly config: Readonly<Record<string, unknown>>;
}

/** Standard deviation of a normal distribution cut at 2. */
const truncatedStd = 0.87962566103423978;

type Mode = 'fan_in' | 'fan_out' | 'fan_avg';
type Distribution = 'truncated_normal' | 'untruncated_normal' | 'uniform';

/** Special cases of variance scaling. */
const scalings: Readonly<Record<string, readonly [scale: number, mode: Mode, distribution: Distribution]>> = {
  GlorotUniform: [1, 'fan_avg', 'uniform'],
  GlorotNormal: [1, 'fan_avg', 'truncated_normal'],
  HeUniform: [2, 'fan_in', 'uniform'],
  HeNormal: [2, 'fan_in', 'truncated_normal'],
  LecunUniform: [1, 'fan_in', 'uniform'],
  LecunNormal: [1, 'fan_in', 'truncated_normal'],
};

const shorthands: Readonly<Record<string, string>> = {
  glorot_uniform: 'GlorotUniform',
  glorot_normal: 'GlorotNormal',
  he_uniform: 'HeUniform',
  he_normal: 'HeNormal',
  lecun_uniform: 'LecunUniform',
  lecun_normal: 'LecunNormal',
  uniform: 'RandomUniform',
  random_uniform: 'RandomUniform',
  normal: 'RandomNormal',
  random_normal: 'RandomNormal',
  truncated_normal: 'TruncatedNormal',
  zeros: 'Zeros',
  ones: 'Ones',
};

const fixed = ['Zeros', 'Ones', 'Constant'];
const random = [
  ...Object.keys(scalings),
  'VarianceScaling',
  'RandomNormal',
  'RandomUniform',
  'TruncatedNormal',
];

/** An initializer of a configuration; undefined for one that is not known or has a seed that is no number. */
export function readKerasInitializer(value: unknown): KerasInitializer | undefined {
  if (typeof value === 'string') {
    const className = Object.hasOwn(shorthands, value) ? shorthands[value] : value;
    return isKnown(className) ? { className, config: {} } : undefined;
  }
  if (typeof value !== 'object' || value === null) return undefined;
  const { class_name: className, config } = value as Record<string, unknown>;
  if (typeof className !== 'string' || !isKnown(className)) return undefined;
  const options = typeof config === 'object' && config !== null ? (config as Record<string, unknown>) : {};
  const { seed = null, input_axes: inputs = null, output_axes: outputs = null } = options;
  if ((seed !== null && typeof seed !== 'number') || inputs !== null || outputs !== null) return undefined;
  return { className, config: options };
}

function isKnown(className: string): boolean {
  return fixed.includes(className) || random.includes(className);
}

/** True if the initializer draws random numbers, and so takes a seed. */
export function isRandomInKeras({ className }: KerasInitializer): boolean {
  return random.includes(className);
}

/**
 * Values by an initializer; undefined if its options are not known.
 * @param dims in the order of Keras, from which it takes the fans
 */
export function drawKeras(
  { className, config }: KerasInitializer,
  dims: Dims,
  stream: Stream | undefined,
): Float32Array | undefined {
  const out = new Float32Array(elementCount(dims));
  const number = (key: string, usual: number) =>
    typeof config[key] === 'number' ? (config[key] as number) : usual;
  if (className === 'Zeros') return out;
  if (className === 'Ones') return out.fill(1);
  if (className === 'Constant') return out.fill(number('value', 0));
  if (stream === undefined) return undefined;
  if (className === 'RandomNormal') return stream.normal(out, number('mean', 0), number('stddev', 0.05));
  if (className === 'RandomUniform')
    return stream.uniform(out, number('minval', -0.05), number('maxval', 0.05));
  if (className === 'TruncatedNormal') {
    return stream.truncatedNormal(out, { mean: number('mean', 0), std: number('stddev', 0.05) });
  }
  const [scale, mode, distribution] = Object.hasOwn(scalings, className)
    ? scalings[className]
    : [number('scale', 1), config.mode ?? 'fan_in', config.distribution ?? 'truncated_normal'];
  const fan = fanOf(dims, mode);
  if (fan === undefined) return undefined;
  const variance = scale / Math.max(1, fan);
  if (distribution === 'uniform') {
    const limit = Math.sqrt(3 * variance);
    return stream.uniform(out, -limit, limit);
  }
  if (distribution === 'untruncated_normal') return stream.normal(out, 0, Math.sqrt(variance));
  if (distribution !== 'truncated_normal') return undefined;
  return stream.truncatedNormal(out, { std: Math.sqrt(variance) / truncatedStd });
}

/** Keras' fans: the last two axes are inputs and outputs, whatever the layer is. */
function fanOf(dims: Dims, mode: unknown): number | undefined {
  const inputs = dims.length < 2 ? (dims[0] ?? 1) : dims[dims.length - 2];
  const outputs = dims.length === 0 ? 1 : dims[dims.length - 1];
  const field = dims.slice(0, -2).reduce((product, length) => product * length, 1);
  if (mode === 'fan_in') return inputs * field;
  if (mode === 'fan_out') return outputs * field;
  return mode === 'fan_avg' ? (inputs * field + outputs * field) / 2 : undefined;
}
