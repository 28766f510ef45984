import type { GraphIndex } from './graph-index.ts';
import type { Normalization } from './normalizations.ts';
import type { Product } from './products.ts';

/**
 * For every value: does it reach the next product through a normalization, on every way?
 * @returns test of a value
 */
export function normalizedBefore(
  index: GraphIndex,
  products: readonly Product[],
  normalizations: ReadonlyMap<string, Normalization>,
): (value: string) => boolean {
  const signals = new Map<number, number>(products.map(({ position, signal }) => [position, signal]));
  /** 1: reaches a product as it is; 2: through a normalization. */
  const reached = new Map<string, number>();
  const look = (value: string): number => {
    let result = 0;
    const normalization = normalizations.get(value);
    for (const { position, operand } of index.readers(value)) {
      if (normalization?.nodes.has(position)) result |= 2;
      else if (signals.has(position)) result |= signals.get(position) === operand ? 1 : 0;
      else for (const output of index.node(position).outputs) result |= reached.get(output) ?? 0;
    }
    return result;
  };
  for (const node of index.graph.nodes.toReversed()) {
    for (const output of node.outputs) if (output !== '') reached.set(output, look(output));
  }
  return (value) => reached.get(value) === 2;
}
