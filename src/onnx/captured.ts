import type { Graph, GraphNode } from './graph.ts';

/** Every value that a node reads: its operands, and what its subgraphs take from the graph around them. */
export function valuesRead(node: GraphNode): Set<string> {
  const names = new Set(node.inputs.filter((name) => name !== ''));
  for (const attribute of Object.values(node.attributes)) {
    if (attribute.kind !== 'graph') continue;
    for (const name of capturedValues(attribute.value)) names.add(name);
  }
  return names;
}

/** Values that a subgraph uses without making them: they belong to a graph around it. */
export function capturedValues(graph: Graph): Set<string> {
  const own = new Set<string>(graph.initializers.keys());
  for (const { name } of graph.inputs) own.add(name);
  for (const node of graph.nodes) for (const name of node.outputs) own.add(name);
  const captured = new Set<string>();
  const read = (name: string) => {
    if (!own.has(name)) captured.add(name);
  };
  for (const node of graph.nodes) for (const name of valuesRead(node)) read(name);
  for (const { name } of graph.outputs) read(name);
  return captured;
}
