/** Residual blocks: sums of a value with what layers made of it. */
import type { BlockInfo } from '../../../network/network.ts';
import type { GraphIndex } from './graph-index.ts';
import type { WeightSource } from './weight-sources.ts';

interface NamedProduct {
  readonly name: string;
  readonly position: number;
  readonly type: string;
}

/** Beyond this many words of bit sets blocks are not looked for. */
const mostWords = 2 ** 24;

/**
 * Every Add of two values of which one saw all the layers that the other saw, and more. Where the other way holds one
 * layer of its own, it is a projection.
 */
export function residualBlocks(
  index: GraphIndex,
  products: readonly NamedProduct[],
  sources: ReadonlyMap<string, WeightSource>,
  parameters: readonly string[],
): BlockInfo[] {
  const { nodes, inputs } = index.graph;
  const width = Math.ceil((products.length + parameters.length + 1) / 32);
  if (width * (nodes.length + 1) > mostWords) return [];
  const bitOfParameter = new Map(parameters.map((name, i) => [name, products.length + 1 + i]));
  const bitOfPosition = new Map(products.map(({ position }, i) => [position, i + 1]));
  const seen = new Map<string, Uint32Array>();
  for (const { name } of inputs.filter((input) => !sources.has(input.name)))
    seen.set(
      name,
      Uint32Array.from({ length: width }, (_, i) => (i === 0 ? 1 : 0)),
    );
  const blocks: BlockInfo[] = [];
  for (const [position, node] of nodes.entries()) {
    const all = new Uint32Array(width);
    for (const input of node.inputs) {
      const parameter = sources.get(input)?.parameter;
      const bit = parameter === undefined ? undefined : bitOfParameter.get(parameter);
      if (bit !== undefined) all[bit >> 5] |= 1 << (bit & 31);
      for (const [i, word] of (seen.get(input) ?? []).entries()) all[i] |= word;
    }
    const bit = bitOfPosition.get(position);
    if (bit !== undefined) all[bit >> 5] |= 1 << (bit & 31);
    for (const output of node.outputs) if (!sources.has(output)) seen.set(output, all);
    if (node.operator !== 'Add' || node.inputs.length !== 2) continue;
    const [a, b] = node.inputs.map((input) => seen.get(input));
    if (a === undefined || b === undefined) continue;
    const names = (more: Uint32Array, less: Uint32Array) =>
      products.filter((_, i) => has(more, i + 1) && !has(less, i + 1));
    const [first, second] = [names(a, b), names(b, a)];
    const [branch, other] = first.length >= second.length ? [first, second] : [second, first];
    if (branch.length === 0 || other.length > 1 || branch.length === other.length) continue;
    if ([...branch, ...other].some(({ type }) => type === 'embedding')) continue;
    const [more, less] = first.length >= second.length ? [a, b] : [b, a];
    const branchValue = node.inputs[first.length >= second.length ? 0 : 1];
    const scale = learnedScale(index, branchValue, sources);
    blocks.push({
      name: node.name,
      layers: branch.map(({ name }) => name),
      parameters: parameters.filter((_, i) => {
        const at = products.length + 1 + i;
        return has(more, at) && !has(less, at);
      }),
      ...(other.length === 1 ? { projection: other[0].name } : {}),
      ...(scale === undefined ? {} : { scale }),
    });
  }
  return blocks;
}

function has(bits: Uint32Array, bit: number): boolean {
  return ((bits[bit >> 5] >>> (bit & 31)) & 1) === 1;
}

function learnedScale(
  index: GraphIndex,
  value: string,
  sources: ReadonlyMap<string, WeightSource>,
): string | undefined {
  const maker = index.maker(value);
  if (maker?.operator !== 'Mul') return undefined;
  return maker.inputs.map((input) => sources.get(input)?.parameter).find((name) => name !== undefined);
}
