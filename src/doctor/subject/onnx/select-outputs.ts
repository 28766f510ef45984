/** Which part of a model is examined: what its first outputs of real numbers need. */
import { create } from '@bufbuild/protobuf';
import {
  type GraphProto,
  type NodeProto,
  ValueInfoProtoSchema,
} from '../../../onnx/protobuf/onnx_pb.generated.ts';

/** Outputs that are worth an examination: tensors of real numbers, and what classifiers put into lists of maps. */
export function realOutputs(graph: GraphProto): string[] {
  const makers = new Map(graph.node.flatMap((node) => node.output.map((output) => [output, node] as const)));
  return graph.output.flatMap(({ name = '', type }) => {
    const kind = type?.value;
    if (kind?.case === 'tensorType') {
      const code = kind.value.elemType ?? 0;
      return code === 1 || code === 0 ? [name] : [];
    }
    const maker = makers.get(name);
    // scikit-learn: probabilities as a list of dictionaries.
    return maker?.opType === 'ZipMap' && maker.input.length > 0 ? [maker.input[0]] : [];
  });
}

/** Keeps the nodes that an output needs and makes it the only output, in place. */
export function keepOutput(graph: GraphProto, output: string): void {
  const makers = new Map(graph.node.flatMap((node) => node.output.map((name) => [name, node] as const)));
  const needed = new Set<NodeProto>();
  const waiting = [output];
  const seen = new Set(waiting);
  const want = (name: string) => {
    if (!seen.has(name)) waiting.push(name);
    seen.add(name);
  };
  for (let name = waiting.pop(); name !== undefined; name = waiting.pop()) {
    const node = makers.get(name);
    if (node === undefined || needed.has(node)) continue;
    needed.add(node);
    readsOf(node, want, 0);
  }
  graph.node = graph.node.filter((node) => needed.has(node));
  const declared = graph.output.find(({ name }) => name === output);
  graph.output = [declared ?? create(ValueInfoProtoSchema, { name: output })];
  graph.valueInfo = [];
}

function readsOf(node: NodeProto, want: (name: string) => void, depth: number): void {
  for (const name of node.input) want(name);
  if (depth > 64) return;
  for (const { g } of node.attribute) {
    if (g === undefined) continue;
    for (const inner of g.node) readsOf(inner, want, depth + 1);
    for (const { name } of g.output) want(name ?? '');
  }
}
