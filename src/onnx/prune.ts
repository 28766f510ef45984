import { OutsetError } from '../messages/error.ts';
import { valuesRead } from './captured.ts';
import type { Graph, ValueInfo } from './graph.ts';

/**
 * The part of a graph that the wanted outputs need: nodes and constants that do not reach them go, inputs stay, so
 * that callers may feed the same values.
 * @param outputs names of values anywhere in the graph; default: the graph's own outputs
 * @throws onnx.unknown_value
 */
export function pruneGraph(
  graph: Graph,
  outputs: readonly string[] = graph.outputs.map(({ name }) => name),
): Graph {
  const wanted: ValueInfo[] = outputs.map((name) => {
    const type = graph.types.get(name);
    if (type === undefined) throw new OutsetError('onnx.unknown_value', { value: name, graph: graph.name });
    return { name, dtype: type.dtype, dims: type.dims };
  });
  const needed = new Set(outputs);
  // Backwards in topological order: when a node is looked at, all of its readers have been.
  const nodes = graph.nodes.toReversed().filter((node) => {
    if (!node.outputs.some((name) => needed.has(name))) return false;
    for (const name of valuesRead(node)) needed.add(name);
    return true;
  });
  nodes.reverse();
  const kept = new Set([...graph.inputs.map(({ name }) => name), ...nodes.flatMap((node) => node.outputs)]);
  const initializers = new Map([...graph.initializers].filter(([name]) => needed.has(name)));
  for (const name of initializers.keys()) kept.add(name);
  return {
    name: graph.name,
    inputs: graph.inputs,
    outputs: wanted,
    initializers,
    nodes,
    types: new Map([...graph.types].filter(([name]) => kept.has(name))),
  };
}
