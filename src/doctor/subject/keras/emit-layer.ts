/** Graph nodes of one layer of Keras. Signals stay channels-first from one convolution to the next. */
import { OutsetError } from '../../../messages/error.ts';
import { appendActivation } from '../../../network/activations.ts';
import type { ActivationName } from '../../../network/spec.ts';
import type { GraphBuilder } from '../../../onnx/builder.ts';
import { dataTypeCode } from '../../../onnx/data-types.ts';
import { elementCount, float32 } from '../../../tensor/tensor.ts';
import type { KerasLayer } from './layer-list.ts';

/** A value, and whether its channels lie on axis 1 although Keras has them last. */
export interface Signal {
  readonly value: string;
  readonly first: boolean;
}

export interface KerasEmission {
  readonly builder: GraphBuilder;
  readonly where: string;
  /** Graph value of a layer's variable; undefined where the layer has none of that name. */
  readonly weight: (layer: string, variable: string) => string | undefined;
}

/** @throws doctor.keras_layer for layers that have no nodes here */
export function emitLayer(layer: KerasLayer, inputs: readonly Signal[], emission: KerasEmission): Signal {
  const { builder, weight } = emission;
  const { className, config, name } = layer;
  const refuse = () =>
    new OutsetError('doctor.keras_layer', { where: emission.where, layer: name, className });
  const [input] = inputs;
  if (input === undefined || config.data_format === 'channels_first') throw refuse();
  const op = builder.op.bind(builder);
  const variable = (wanted: string) => {
    const found = weight(name, wanted);
    if (found === undefined) throw refuse();
    return found;
  };
  const activated = (signal: Signal) => activate(config.activation, signal, builder, refuse);
  const withBias = ({ value, first }: Signal): Signal => {
    const bias = config.use_bias === false ? undefined : weight(name, 'bias');
    if (bias === undefined) return { value, first };
    const spatial = builder.dims(value).length - 2;
    const shaped =
      first && spatial > 0 ? op('Reshape', [bias, builder.ints([-1, ...new Array(spatial).fill(1)])]) : bias;
    return { value: op('Add', [value, shaped]), first };
  };
  switch (className) {
    case 'Dropout':
    case 'SpatialDropout1D':
    case 'SpatialDropout2D':
    case 'GaussianNoise':
    case 'GaussianDropout':
    case 'ActivityRegularization':
      return input;
    case 'Activation':
      return activated(input);
    case 'ReLU':
      if (config.max_value != null || Number(config.threshold ?? 0) !== 0) throw refuse();
      return {
        ...input,
        value: op('LeakyRelu', [input.value], { alpha: Number(config.negative_slope ?? 0) }),
      };
    case 'LeakyReLU':
      return {
        ...input,
        value: op('LeakyRelu', [input.value], {
          alpha: Number(config.negative_slope ?? config.alpha ?? 0.3),
        }),
      };
    case 'ELU':
      return { ...input, value: op('Elu', [input.value], { alpha: Number(config.alpha ?? 1) }) };
    case 'Softmax':
      return activate('softmax', input, builder, refuse);
    case 'Dense':
      return activated(
        withBias({ value: op('MatMul', [last(input, builder).value, variable('kernel')]), first: false }),
      );
    case 'Conv1D':
    case 'Conv2D':
    case 'DepthwiseConv2D':
    case 'DepthwiseConv1D':
      return activated(withBias(convolve(layer, first(input, builder), variable, builder, refuse)));
    case 'MaxPooling1D':
    case 'MaxPooling2D':
    case 'AveragePooling1D':
    case 'AveragePooling2D': {
      const from = first(input, builder);
      const rank = builder.dims(from.value).length - 2;
      const size = listOf(config.pool_size, rank, 2);
      const attributes = {
        kernel_shape: size,
        strides: config.strides == null ? size : listOf(config.strides, rank, 1),
        auto_pad: padding(config.padding, refuse),
      };
      return {
        value: op(className.startsWith('Max') ? 'MaxPool' : 'AveragePool', [from.value], attributes),
        first: true,
      };
    }
    case 'GlobalAveragePooling1D':
    case 'GlobalAveragePooling2D':
    case 'GlobalMaxPooling1D':
    case 'GlobalMaxPooling2D': {
      const from = first(input, builder);
      const axes = builder
        .dims(from.value)
        .map((_, axis) => axis)
        .slice(2);
      const operator = className.includes('Average') ? 'ReduceMean' : 'ReduceMax';
      const keepdims = config.keepdims === true ? 1 : 0;
      return { value: op(operator, [from.value, builder.ints(axes)], { keepdims }), first: keepdims === 1 };
    }
    case 'Flatten':
      return { value: op('Flatten', [last(input, builder).value], { axis: 1 }), first: false };
    case 'Reshape': {
      const from = last(input, builder);
      const target = Array.isArray(config.target_shape) ? config.target_shape.map(Number) : [];
      return {
        value: op('Reshape', [from.value, builder.ints([builder.dims(from.value)[0], ...target])]),
        first: false,
      };
    }
    case 'BatchNormalization': {
      const from = first(input, builder);
      const dims = builder.dims(from.value);
      if (![-1, dims.length - 1].includes(axisOf(config.axis))) throw refuse();
      const filled = (value: number) => builder.constant(float32([dims[1]], new Array(dims[1]).fill(value)));
      const operands = [
        weight(name, 'gamma') ?? filled(1),
        weight(name, 'beta') ?? filled(0),
        variable('moving_mean'),
        variable('moving_variance'),
      ];
      return {
        value: op('BatchNormalization', [from.value, ...operands], {
          epsilon: Number(config.epsilon ?? 1e-3),
        }),
        first: true,
      };
    }
    case 'LayerNormalization': {
      const from = last(input, builder);
      const dims = builder.dims(from.value);
      if (![-1, dims.length - 1].includes(axisOf(config.axis)) || config.rms_scaling === true) throw refuse();
      const units = dims[dims.length - 1];
      const scale = weight(name, 'gamma') ?? builder.constant(float32([units], new Array(units).fill(1)));
      const shift = weight(name, 'beta');
      return {
        value: op('LayerNormalization', [from.value, scale, ...(shift === undefined ? [] : [shift])], {
          axis: -1,
          epsilon: Number(config.epsilon ?? 1e-3),
        }),
        first: false,
      };
    }
    case 'Embedding': {
      const { dtype } = builder.type(input.value);
      const ids = dtype.startsWith('float')
        ? op('Cast', [input.value], { to: dataTypeCode('int32') })
        : input.value;
      return { value: op('Gather', [variable('embeddings'), ids], { axis: 0 }), first: false };
    }
    case 'Add':
    case 'Multiply':
    case 'Subtract': {
      const same = inputs.every((one) => one.first) ? inputs : inputs.map((one) => last(one, builder));
      const operator = { Add: 'Add', Multiply: 'Mul', Subtract: 'Sub' }[className];
      const value = same.map((one) => one.value).reduce((a, b) => op(operator, [a, b]));
      return { value, first: same[0].first };
    }
    case 'Concatenate': {
      const same = inputs.map((one) => last(one, builder).value);
      return { value: op('Concat', same, { axis: Number(config.axis ?? -1) }), first: false };
    }
    default:
      throw refuse();
  }
}

function convolve(
  { className, config }: KerasLayer,
  { value }: Signal,
  variable: (name: string) => string,
  builder: GraphBuilder,
  refuse: () => OutsetError,
): Signal {
  const kernel = variable('kernel');
  const dims = builder.dims(kernel);
  const rank = dims.length - 2;
  const spatial = dims.slice(0, rank).map((_, axis) => axis);
  const depthwise = className.startsWith('Depthwise');
  const order = depthwise ? [rank, rank + 1, ...spatial] : [rank + 1, rank, ...spatial];
  let weight = builder.op('Transpose', [kernel], { perm: order });
  if (depthwise) {
    const channels = elementCount(dims.slice(rank));
    weight = builder.op('Reshape', [weight, builder.ints([channels, 1, ...dims.slice(0, rank)])]);
  }
  const attributes = {
    group: depthwise ? dims[rank] : Number(config.groups ?? 1),
    strides: listOf(config.strides, rank, 1),
    dilations: listOf(config.dilation_rate, rank, 1),
    kernel_shape: dims.slice(0, rank),
    auto_pad: padding(config.padding, refuse),
  };
  return { value: builder.op('Conv', [value, weight], attributes), first: true };
}

const activations: Readonly<Record<string, ActivationName>> = {
  ...{
    linear: 'linear',
    relu: 'relu',
    tanh: 'tanh',
    sigmoid: 'sigmoid',
    selu: 'selu',
    elu: 'elu',
    gelu: 'gelu',
  },
  ...{ silu: 'silu', swish: 'silu', mish: 'mish', softplus: 'softplus', softsign: 'softsign' },
};

function activate(given: unknown, signal: Signal, builder: GraphBuilder, refuse: () => OutsetError): Signal {
  const inner = typeof given === 'object' && given !== null ? (given as { config?: unknown }).config : given;
  const name = inner ?? 'linear';
  if (name === 'softmax') {
    const from = last(signal, builder);
    return { value: builder.op('Softmax', [from.value], { axis: -1 }), first: false };
  }
  if (typeof name !== 'string' || !Object.hasOwn(activations, name)) throw refuse();
  const output = builder.fresh(name);
  return { ...signal, value: appendActivation(builder, activations[name], signal.value, { output }) };
}

function moved(value: string, toFirst: boolean, builder: GraphBuilder): string {
  const rank = builder.dims(value).length;
  const middle = Array.from({ length: rank - 2 }, (_, i) => i + (toFirst ? 1 : 2));
  return builder.op('Transpose', [value], { perm: toFirst ? [0, rank - 1, ...middle] : [0, ...middle, 1] });
}

function first(signal: Signal, builder: GraphBuilder): Signal {
  if (signal.first || builder.dims(signal.value).length < 3) return { ...signal, first: true };
  return { value: moved(signal.value, true, builder), first: true };
}

function last(signal: Signal, builder: GraphBuilder): Signal {
  if (!signal.first || builder.dims(signal.value).length < 3) return { ...signal, first: false };
  return { value: moved(signal.value, false, builder), first: false };
}

function padding(value: unknown, refuse: () => OutsetError): string {
  if (value === 'same') return 'SAME_UPPER';
  if (value === undefined || value === 'valid') return 'VALID';
  throw refuse();
}

function listOf(value: unknown, length: number, usual: number): number[] {
  if (Array.isArray(value)) return value.map(Number);
  return new Array<number>(length).fill(typeof value === 'number' ? value : usual);
}

function axisOf(value: unknown): number {
  return Array.isArray(value) ? (value.length === 1 ? Number(value[0]) : Number.NaN) : Number(value ?? -1);
}
