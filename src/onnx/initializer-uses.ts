/** Which operators take the initializers of a graph, as its author wrote it. */

import type { GraphProto, NodeProto } from './protobuf/onnx_pb.generated.ts';

/** Graphs nest at most so deep. */
const deepest = 64;

/** One operator that takes an initializer. */
export interface InitializerUse {
  /** Number of the node in the file. */
  readonly position: number;
  /** Name of the node, or its operator if it has none. */
  readonly node: string;
  readonly operator: string;
  /** Position among the node's inputs. */
  readonly operand: number;
  /** Order of the axes in which the node sees the initializer; undefined: as stored. */
  readonly permutation: readonly number[] | undefined;
  /** Attributes that are whole numbers or lists of them. */
  readonly attributes: Readonly<Record<string, number | readonly number[]>>;
  /** Operator that takes the node's result, past an added bias; '' if there is none. */
  readonly next: string;
  /** Operators and initializers among the node's other inputs: by position, the producer or 'initializer'. */
  readonly sources: readonly string[];
  /** Numbers of the nodes that make the inputs; -1 for what no node makes. */
  readonly makers: readonly number[];
}

/** What a value is made of: an initializer behind operators that only rename, convert or transpose it. */
interface Alias {
  readonly name: string;
  readonly permutation: readonly number[] | undefined;
}

/**
 * The uses of each initializer, by name, in the order of the nodes; looked at through operators that only rename,
 * convert or transpose.
 */
export function initializerUses(
  graph: GraphProto,
  names: ReadonlySet<string>,
): Map<string, InitializerUse[]> {
  const uses = new Map<string, InitializerUse[]>();
  const aliases = new Map<string, Alias>([...names].map((name) => [name, { name, permutation: undefined }]));
  const nodes: NodeProto[] = [];
  collect(graph, nodes, 0);
  const producers = new Map<string, { operator: string; position: number }>();
  const consumers = new Map<string, NodeProto>();
  for (const [position, node] of nodes.entries()) {
    const operator = node.opType ?? '';
    for (const output of node.output) if (output !== '') producers.set(output, { operator, position });
    for (const input of node.input) if (input !== '' && !consumers.has(input)) consumers.set(input, node);
  }
  for (const [position, node] of nodes.entries()) {
    const operator = node.opType ?? '';
    const attributes = numericAttributes(node);
    const first = aliases.get(node.input[0] ?? '');
    if (first !== undefined && node.output.length === 1) {
      const passed = passThrough(operator, attributes, first);
      if (passed !== undefined) {
        aliases.set(node.output[0], passed);
        continue;
      }
    }
    const sources = node.input.map((input) =>
      aliases.has(input) ? 'initializer' : (producers.get(input)?.operator ?? ''),
    );
    for (const [operand, input] of node.input.entries()) {
      const alias = aliases.get(input);
      if (alias === undefined) continue;
      const name = (node.name ?? '') === '' ? operator : (node.name ?? '');
      const use: InitializerUse = {
        position,
        node: name,
        operator,
        operand,
        permutation: alias.permutation,
        attributes,
        next: nextOperator(node, consumers, aliases),
        sources,
        makers: node.input.map((input) => producers.get(input)?.position ?? -1),
      };
      const known = uses.get(alias.name);
      if (known === undefined) uses.set(alias.name, [use]);
      else known.push(use);
    }
  }
  return uses;
}

/** All nodes, those of subgraphs after the node that holds them. */
function collect(graph: GraphProto, nodes: NodeProto[], depth: number): void {
  for (const node of graph.node) {
    nodes.push(node);
    if (depth > deepest) continue;
    for (const { g } of node.attribute) if (g !== undefined) collect(g, nodes, depth + 1);
  }
}

function passThrough(
  operator: string,
  attributes: InitializerUse['attributes'],
  alias: Alias,
): Alias | undefined {
  if (operator === 'Identity' || operator === 'Cast') return alias;
  const { perm } = attributes;
  if (operator !== 'Transpose' || !Array.isArray(perm)) return undefined;
  const before = alias.permutation;
  return { name: alias.name, permutation: before === undefined ? perm : perm.map((axis) => before[axis]) };
}

function numericAttributes(node: NodeProto): Record<string, number | readonly number[]> {
  const result: Record<string, number | readonly number[]> = {};
  for (const { name = '', i, ints, type } of node.attribute) {
    if (type === 2) result[name] = Number(i ?? 0n);
    else if (type === 7) result[name] = ints.map(Number);
  }
  return result;
}

/** What happens to a node's result next; the addition of a bias is looked past. */
function nextOperator(
  node: NodeProto,
  consumers: ReadonlyMap<string, NodeProto>,
  aliases: ReadonlyMap<string, Alias>,
): string {
  let next = consumers.get(node.output[0] ?? '');
  for (let step = 0; step < 4 && next !== undefined; step++) {
    const addsBias = next.opType === 'Add' && next.input.some((input) => aliases.has(input));
    const normalizes = next.opType === 'BatchNormalization';
    if (!addsBias && !normalizes) return next.opType ?? '';
    next = consumers.get(next.output[0] ?? '');
  }
  return '';
}
