import { OutsetError } from '../../messages/error.ts';
import { createNetwork } from '../../network/create-network.ts';
import type { LayerInfo, Network, ParameterValues } from '../../network/network.ts';
import type { LayerSpec, NetworkSpec } from '../../network/spec.ts';
import { elementCount, type Tensor, tensor } from '../../tensor/tensor.ts';
import type { Subject, SubjectGraph, SubjectLayer, SubjectMode } from '../subject.ts';

/**
 * The subject of a network of ours. Dropout masks are ones; running statistics are those given, or fresh ones.
 * @param values every parameter by name; running statistics of batch normalization may be among them
 * @throws network.* where the spec is not well formed, doctor.parameter where a value is absent or has another shape
 */
export function subjectFromNetwork(spec: NetworkSpec, values: ParameterValues): Subject {
  const network = createNetwork(spec);
  for (const { name, dims } of network.parameters) checkValue(network, name, dims, values.get(name));
  const statistics = new Map(
    network.buffers.map(({ name, dims, initial }) => {
      const given = values.get(name);
      if (given !== undefined) checkValue(network, name, dims, given);
      return [name, given ?? filled(dims, initial)] as const;
    }),
  );
  const shapes = new Map(network.parameters.map((shape) => [shape.name, shape]));
  const normalized = normalizedWeights(network);
  const { features, logits } = network.build(1, 'inference');
  const hasOutput = network.layers.some(({ output }) => output === logits);
  const build = (batch: number, mode: SubjectMode = 'training'): SubjectGraph => {
    const graph = network.build(batch, mode);
    const masks = graph.masks.map(({ name, dims }) => [name, filled(dims, 1)] as const);
    graph.builder.output(graph.logits);
    return {
      builder: graph.builder,
      inputs: [graph.features],
      fixed: new Map([...statistics, ...masks]),
      outputs: [graph.logits],
    };
  };
  return {
    title: network.title,
    origin: 'network',
    inputs: [{ name: features, dtype: 'float32', dims: [-1, ...spec.input] }],
    layers: network.layers.map((info, at): SubjectLayer => {
      const weight = shapes.get(info.weight);
      if (weight === undefined) throw new Error('a layer without its weight');
      const bias = info.bias === undefined ? undefined : shapes.get(info.bias);
      const isConv = weight.layout !== undefined && weight.layout.kernelAxes.length > 0;
      return {
        name: info.name,
        depth: info.depth,
        type: isConv ? 'conv' : 'dense',
        weight,
        ...(bias === undefined ? {} : { bias }),
        preActivation: info.preActivation,
        output: info.output,
        activation: info.activation,
        unitAxis: 1,
        normalized: normalized.has(info.weight),
        last: hasOutput ? info.output === logits : at === network.layers.length - 1,
      };
    }),
    blocks: network.blocks,
    outputDims: network.outputDims,
    endsInSoftmax: false,
    endsInSigmoid: false,
    parameters: new Map(network.parameters.map(({ name }) => [name, values.get(name) as Tensor<'float32'>])),
    parameterShapes: network.parameters,
    storedAs: new Map(network.parameters.map(({ name }) => [name, 'float32'])),
    build,
    withoutGradient: [],
  };
}

/** Weights behind which a normalization comes before the next weights. */
function normalizedWeights(network: Network): Set<string> {
  const found = new Set<string>();
  const inOrder: readonly LayerInfo[] = network.layers;
  let at = -1;
  const visit = (layers: readonly LayerSpec[]): void => {
    for (const layer of layers) {
      if (layer.type === 'dense' || layer.type === 'conv') {
        do at += 1;
        while (at < inOrder.length && inOrder[at].type === 'residual');
      } else if (layer.type === 'residual') visit(layer.layers);
      else if (layer.type.endsWith('-norm') && at >= 0 && at < inOrder.length) found.add(inOrder[at].weight);
    }
  };
  visit(network.spec.layers);
  return found;
}

function checkValue(
  network: Network,
  name: string,
  dims: readonly number[],
  value: Tensor<'float32'> | undefined,
): void {
  if (value !== undefined && value.dims.join() === dims.join()) return;
  const got = value === undefined ? null : [...value.dims];
  throw new OutsetError('doctor.parameter', { where: network.title, name, expected: [...dims], got });
}

function filled(dims: readonly number[], value: number): Tensor<'float32'> {
  return tensor('float32', dims, new Float32Array(elementCount(dims)).fill(value));
}
