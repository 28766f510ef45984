import type { Graph } from '../onnx/graph.ts';
import type { Network, ParameterValues } from './network.ts';

/**
 * A network with its weights as one graph for inference: one input with the features, the parameters inside.
 * @param batch  examples that the graph takes at once
 */
export function networkGraphWithValues(network: Network, values: ParameterValues, batch = 1): Graph {
  const { builder, features, logits } = network.build(batch, 'inference');
  builder.output(logits);
  const graph = builder.build();
  const inputs = graph.inputs.filter(({ name }) => !values.has(name));
  if (inputs.some(({ name }) => name !== features)) throw new Error('a parameter has no value');
  return { ...graph, inputs, initializers: new Map([...values, ...graph.initializers]) };
}
