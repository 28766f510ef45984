/**
 * First weights of Flax's Linen modules: `model.init(jax.random.key(seed), x)`. A layer's numbers depend on the seed and
 * on its path of names, not on the order of the layers.
 */

import { OutsetError } from '../../messages/error.ts';
import { JaxStream, type ThreefryMode } from '../../random/index.ts';
import { elementCount, type Tensor, tensor } from '../../tensor/tensor.ts';
import type { ModelLayer, ModelParameter } from '../model.ts';
import type { DrawnParameter, WeightDialect } from '../weight-dialect.ts';
import { flaxOrder, inFileOrder, isDepthwise, reordered } from './axis-order.ts';

const fround = Math.fround;
/** Standard deviation of a normal distribution cut at 2, in single precision, as JAX divides by it. */
const truncatedStd = fround(0.87962566103423978);

/**
 * Kernels of Dense, DenseGeneral, Conv and ConvTranspose by LeCun's truncated normal, embeddings by 1 / sqrt(width),
 * biases 0, scales 1. Cells of recurrent layers are refused.
 */
export function flaxWeights(name: string, mode: ThreefryMode): WeightDialect {
  return {
    name,
    versions: 'JAX 0.10, Flax Linen 0.12',
    sequential: false,
    *draw(layers, seed) {
      const root = new JaxStream(seed, mode);
      for (const layer of layers) yield* drawLayer(name, layer, root);
    },
  };
}

function* drawLayer(dialect: string, layer: ModelLayer, root: JaxStream): Generator<DrawnParameter> {
  const path = layer.name.split(/[./]/).filter((part, i) => !(i === 0 && part === 'params') && part !== '');
  const cell = /(?:LSTM|GRU|RNN|Simple)\w*Cell/.test(layer.name);
  const drawn = layer.parameters.filter(({ fixed }) => fixed === undefined);
  for (const [i, parameter] of drawn.entries()) {
    const { role, layout, dims } = parameter.shape;
    if (role !== 'weight') {
      yield [parameter.name, filled(parameter, role === 'scale' ? 1 : 0)];
      continue;
    }
    if (cell || layer.kind === 'recurrent' || layer.kind === 'attention' || layout === undefined) {
      throw new OutsetError('models.dialect_layer', {
        dialect,
        layer: layer.name,
        kind: layer.className ?? layer.kind,
      });
    }
    let scope = root;
    for (const part of path) scope = scope.child(part);
    const stream = scope.child(i + 1);
    const values = new Float32Array(elementCount(dims));
    if (layer.kind === 'embedding') {
      const [entries, width] = dims;
      // JAX takes both fans of a table from its first axis; what is left is the width.
      stream.normal(
        values,
        0,
        fround(Math.sqrt(fround(1 / (entries * ((entries * width) / entries / entries))))),
      );
      yield [parameter.name, inFileOrder(parameter, values, [0, 1])];
      continue;
    }
    const order = flaxOrder(layout);
    const shape = isDepthwise(layer.kind, layout) ? [1] : reordered(dims, order).slice(0, -1);
    const fanIn = isDepthwise(layer.kind, layout)
      ? layout.kernelAxes.reduce((product, axis) => product * dims[axis], 1)
      : shape.reduce((product, length) => product * length, 1);
    const std = fround(fround(Math.sqrt(fround(1 / fanIn))) / truncatedStd);
    stream.truncatedNormal(values, { std });
    yield [parameter.name, inFileOrder(parameter, values, order)];
  }
}

function filled({ shape: { dims } }: ModelParameter, value: number): Tensor<'float32'> {
  return tensor('float32', dims, new Float32Array(elementCount(dims)).fill(value));
}
