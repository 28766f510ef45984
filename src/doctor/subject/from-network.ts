import type { ParameterShape } from '../../initializers/initializer.ts';
import { OutsetError } from '../../messages/error.ts';
import type { LayerInfo, Network, ParameterValues } from '../../network/network.ts';
import type { LayerSpec } from '../../network/spec.ts';
import { elementCount, type Tensor, tensor } from '../../tensor/tensor.ts';
import type { Subject, SubjectGraph, SubjectLayer, SubjectMode } from '../subject.ts';

/**
 * A network of Outset's with its first weights, ready to be examined. Batch normalization uses the batch, as in training;
 * dropout keeps everything, so that two examinations are equal.
 *
 * @param values every parameter of the network; running statistics too, if at hand
 * @throws trace.parameter where a parameter is missing or has another shape
 */
export function subjectFromNetwork(network: Network, values: ParameterValues): Subject {
  for (const { name, dims } of network.parameters) {
    const value = values.get(name);
    if (value === undefined || value.dims.join() !== dims.join()) {
      throw new OutsetError('trace.parameter', {
        name,
        expected: [...dims],
        got: value === undefined ? null : [...value.dims],
      });
    }
  }
  const shapes = new Map(network.parameters.map((shape) => [shape.name, shape]));
  const normalized = normalizedWeights(network);
  return {
    title: network.title,
    origin: 'network',
    inputs: [{ name: 'features', dtype: 'float32', dims: [-1, ...network.spec.input] }],
    layers: network.layers.map((layer, i) =>
      subjectLayer(layer, shapes, normalized.has(layer.weight), i === network.layers.length - 1),
    ),
    blocks: network.blocks,
    outputDims: network.outputDims,
    endsInSoftmax: false,
    endsInSigmoid: false,
    parameters: new Map(network.parameters.map(({ name }) => [name, values.get(name) as Tensor<'float32'>])),
    parameterShapes: network.parameters,
    storedAs: new Map(network.parameters.map(({ name }) => [name, 'float32'])),
    build: (batch, mode = 'training') => buildGraph(network, values, batch, mode),
    withoutGradient: [],
  };
}

function subjectLayer(
  layer: LayerInfo,
  shapes: ReadonlyMap<string, ParameterShape>,
  normalized: boolean,
  last: boolean,
): SubjectLayer {
  const weight = shapes.get(layer.weight) as ParameterShape;
  const bias = layer.bias === undefined ? undefined : shapes.get(layer.bias);
  return {
    name: layer.name,
    depth: layer.depth,
    type: layer.type === 'conv' ? 'conv' : 'dense',
    weight,
    ...(bias === undefined ? {} : { bias }),
    preActivation: layer.preActivation,
    output: layer.output,
    activation: layer.activation,
    unitAxis: layer.type === 'conv' ? 1 : weight.dims.length - 1,
    normalized,
    last,
  };
}

/** Weights behind which a normalization comes before the next ones. */
function normalizedWeights({ spec, layers }: Network): Set<string> {
  const found = new Set<string>();
  let at = -1;
  const walk = (list: readonly LayerSpec[]) => {
    for (const layer of list) {
      if (layer.type === 'dense' || layer.type === 'conv') {
        // The projection of a block stands among the layers, but not in the spec.
        do at += 1;
        while (layers[at]?.type === 'residual');
      } else if (layer.type === 'residual') walk(layer.layers);
      else if (layer.type.endsWith('-norm') && at >= 0) found.add(layers[at].weight);
    }
  };
  walk(spec.layers);
  return found;
}

function buildGraph(
  network: Network,
  values: ParameterValues,
  batch: number,
  mode: SubjectMode,
): SubjectGraph {
  const { builder, features, logits, masks } = network.build(batch, mode);
  builder.output(logits);
  const fixed = new Map<string, Tensor>();
  for (const { name, dims, initial } of network.buffers) {
    const size = elementCount(dims);
    fixed.set(name, values.get(name) ?? tensor('float32', dims, new Float32Array(size).fill(initial)));
  }
  for (const { name, dims } of masks) {
    fixed.set(name, tensor('float32', dims, new Float32Array(elementCount(dims)).fill(1)));
  }
  return { builder, inputs: [features], fixed, outputs: [logits] };
}
