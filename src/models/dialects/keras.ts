/**
 * First weights of Keras 3: what `keras.utils.set_random_seed(seed)` and the constructors of the layers, in order, leave
 * behind. Every random initializer without a seed of its own, and every dropout layer, takes one seed when it is made.
 */

import { OutsetError } from '../../messages/error.ts';
import { KerasJaxStream, KerasStream, kerasSeeds, type Stream } from '../../random/index.ts';
import { elementCount, type Tensor, tensor } from '../../tensor/tensor.ts';
import type { ModelLayer, ModelParameter, WeightlessLayer } from '../model.ts';
import type { DrawnParameter, WeightDialect } from '../weight-dialect.ts';
import { inFileOrder, isDepthwise, kerasOrder, reordered } from './axis-order.ts';
import {
  drawKeras,
  isRandomInKeras,
  type KerasInitializer,
  readKerasInitializer,
} from './keras-initializers.ts';

/** Variables of the layers that are known, with the initializers that they have unless told otherwise. */
const glorot = { className: 'GlorotUniform', config: {} };
const zeros = { className: 'Zeros', config: {} };
const table = { className: 'RandomUniform', config: { minval: -0.05, maxval: 0.05 } };

interface KnownLayer {
  /** Variables and the option that names their initializer, in the order in which the constructor makes them. */
  readonly variables: readonly (readonly [variable: string, option: string, usual: KerasInitializer])[];
}

const product: KnownLayer = {
  variables: [
    ['kernel', 'kernel_initializer', glorot],
    ['bias', 'bias_initializer', zeros],
  ],
};
const depthwise: KnownLayer = {
  variables: [
    ['kernel', 'depthwise_initializer', glorot],
    ['bias', 'bias_initializer', zeros],
  ],
};
const separable: KnownLayer = {
  variables: [
    ['depthwise_kernel', 'depthwise_initializer', glorot],
    ['pointwise_kernel', 'pointwise_initializer', glorot],
    ['bias', 'bias_initializer', zeros],
  ],
};
const embedding: KnownLayer = { variables: [['embeddings', 'embeddings_initializer', table]] };

const known: Readonly<Record<string, KnownLayer>> = {
  Dense: product,
  Conv1D: product,
  Conv2D: product,
  Conv3D: product,
  Conv1DTranspose: product,
  Conv2DTranspose: product,
  Conv3DTranspose: product,
  DepthwiseConv1D: depthwise,
  DepthwiseConv2D: depthwise,
  SeparableConv1D: separable,
  SeparableConv2D: separable,
  Embedding: embedding,
};

/** Layers without weights that take a seed, unless they were given one. */
const seeded = /^(?:Dropout|SpatialDropout[123]D|AlphaDropout|GaussianDropout|GaussianNoise|Random\w+)$/;
/** Layers without weights that take none. */
const plain =
  /^(?:InputLayer|Activation|ReLU|LeakyReLU|ELU|Softmax|Flatten|Reshape|Permute|RepeatVector|Identity|Masking|Rescaling|Normalization|Add|Subtract|Multiply|Average|Maximum|Minimum|Concatenate|Dot|Cropping\dD|ZeroPadding\dD|UpSampling\dD|(?:Global)?(?:Max|Average)Pooling\dD|UnitNormalization|ActivityRegularization)$/;

/** @param makeStream the numbers of one seed on Keras' backend */
export function kerasWeights(
  name: string,
  versions: string,
  makeStream: (seed: number) => Stream,
): WeightDialect {
  return {
    name,
    versions,
    sequential: true,
    *draw(layers, seed) {
      const next = kerasSeeds(Number(seed));
      for (const layer of layers) {
        for (const before of layer.before ?? []) skipSeeds(name, before, next);
        yield* drawLayer(name, layer, next, makeStream);
      }
    },
  };
}

/** Keras on TensorFlow, its usual backend. */
export const kerasOnTensorflow = () =>
  kerasWeights('keras', 'Keras 3.15 on TensorFlow 2.21', (seed) => new KerasStream(seed));

/** Keras on JAX. */
export const kerasOnJax = () =>
  kerasWeights('keras-jax', 'Keras 3.15 on JAX 0.10', (seed) => new KerasJaxStream(seed));

function skipSeeds(dialect: string, { name, className, config }: WeightlessLayer, next: () => number): void {
  if (plain.test(className)) return;
  if (!seeded.test(className)) throw refusal(dialect, name, className);
  if (config.seed === undefined || config.seed === null) next();
}

function* drawLayer(
  dialect: string,
  layer: ModelLayer,
  next: () => number,
  makeStream: (seed: number) => Stream,
): Generator<DrawnParameter> {
  const { className = usualClass(layer), config = {} } = layer;
  const parameters = layer.parameters.filter(({ fixed }) => fixed === undefined);
  if (layer.kind === 'norm' || layer.kind === 'prelu') {
    for (const parameter of parameters) {
      const option = `${parameter.variable}_initializer`;
      const usual = parameter.shape.role === 'scale' ? { className: 'Ones', config: {} } : zeros;
      const initializer = readKerasInitializer(config[option]) ?? usual;
      if (isRandomInKeras(initializer)) throw refusal(dialect, layer.name, className);
      const values = drawKeras(initializer, parameter.dims, undefined);
      if (values === undefined) throw refusal(dialect, layer.name, className);
      yield [parameter.name, tensor('float32', parameter.shape.dims, values)];
    }
    return;
  }
  const description = Object.hasOwn(known, className) ? known[className] : undefined;
  if (description === undefined || layer.name.includes('/')) throw refusal(dialect, layer.name, className);
  // All seeds are taken first: the constructor makes every initializer, `use_bias` or not.
  const initializers = description.variables.map(([variable, option, usual]) => {
    const initializer = config[option] === undefined ? usual : readKerasInitializer(config[option]);
    if (initializer === undefined) throw refusal(dialect, layer.name, className);
    const given = initializer.config.seed;
    const own = typeof given === 'number' ? given : undefined;
    return { variable, initializer, seed: isRandomInKeras(initializer) ? (own ?? next()) : undefined };
  });
  for (const parameter of parameters) {
    const found = initializers.find(({ variable }) => variable === kerasVariable(parameter, className));
    if (found === undefined) throw refusal(dialect, layer.name, className);
    const stream = found.seed === undefined ? undefined : makeStream(found.seed);
    yield [parameter.name, drawParameter(layer, parameter, found.initializer, stream, className, dialect)];
  }
}

function drawParameter(
  layer: ModelLayer,
  parameter: ModelParameter,
  initializer: KerasInitializer,
  stream: Stream | undefined,
  className: string,
  dialect: string,
): Tensor<'float32'> {
  const { layout, dims, role } = parameter.shape;
  const order =
    role !== 'weight' || layout === undefined
      ? dims.map((_, axis) => axis)
      : layer.kind === 'embedding'
        ? [0, 1]
        : kerasOrder(layout, isDepthwise(layer.kind, layout));
  const values = drawKeras(initializer, reordered(dims, order), stream);
  if (values?.length !== elementCount(dims)) throw refusal(dialect, layer.name, className);
  return inFileOrder(parameter, values, order);
}

/** The class of a layer that another framework wrote, or of a file of weights alone. */
function usualClass({ kind, parameters }: ModelLayer): string {
  const layout = parameters.find(({ shape }) => shape.role === 'weight')?.shape.layout;
  const axes = layout?.kernelAxes.length ?? 0;
  if (kind === 'dense') return 'Dense';
  if (kind === 'embedding') return 'Embedding';
  if (kind === 'conv-transpose') return `Conv${axes}DTranspose`;
  if (kind !== 'conv') return kind;
  if (parameters.some(({ variable }) => variable === 'pointwise_kernel')) return `SeparableConv${axes}D`;
  return layout?.transposed === true ? `DepthwiseConv${axes}D` : `Conv${axes}D`;
}

/** Keras' name of a variable that another framework may have named. */
function kerasVariable({ variable, shape }: ModelParameter, className: string): string {
  if (shape.role === 'bias') return 'bias';
  if (className === 'Embedding') return 'embeddings';
  return variable.endsWith('wise_kernel') && className.startsWith('Separable') ? variable : 'kernel';
}

function refusal(dialect: string, layer: string, kind: string): OutsetError {
  return new OutsetError('models.dialect_layer', { dialect, layer, kind });
}
