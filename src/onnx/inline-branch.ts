/** Branches of an If as part of the graph around it: whichever the condition chooses, or both where it depends on data. */

import { tryBroadcast } from './broadcast.ts';
import type { GraphBuilder } from './builder.ts';
import type { Graph, ValueType } from './graph.ts';
import type { GraphProto, NodeProto } from './protobuf/onnx_pb.generated.ts';

/** What the names of a file are called in the graph that is built. */
export type Names = ReadonlyMap<string, string>;

/** The branch that a known condition takes; undefined for damaged nodes, which the usual way refuses. */
export function branchOf(proto: NodeProto, condition: boolean): GraphProto | undefined {
  const wanted = condition ? 'then_branch' : 'else_branch';
  return proto.attribute.find(({ name }) => name === wanted)?.g;
}

/**
 * Names for the values of a branch in the graph around it: their own where nothing has them, so that weights keep theirs.
 * @param outer names that hold around the branch
 * @param reserved names that the graph around it gives to values of its own
 */
export function branchNames(
  branch: GraphProto,
  outer: Names,
  reserved: ReadonlySet<string>,
  builder: GraphBuilder,
): Map<string, string> {
  const names = new Map(outer);
  const own = [
    ...branch.initializer.map(({ name }) => name ?? ''),
    ...branch.node.flatMap(({ output }) => output),
  ];
  const given = new Set<string>();
  for (const name of own) {
    if (name === '') continue;
    const taken = builder.has(name) || reserved.has(name) || given.has(name);
    const used = taken ? builder.fresh(name) : name;
    given.add(used);
    names.set(name, used);
  }
  return names;
}

/** Whether `Where(condition, yes, no)` says the same as an If of these branches, for one example or for each of a batch. */
export function canSelect(condition: ValueType, yes: Graph, no: Graph): boolean {
  return (
    yes.outputs.length === no.outputs.length &&
    yes.outputs.every(({ dtype, dims }, i) => {
      const other = no.outputs[i];
      const joined = tryBroadcast(condition.dims, dims);
      return dtype === other.dtype && `${dims}` === `${other.dims}` && `${joined}` === `${dims}`;
    })
  );
}
