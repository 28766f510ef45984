/**
 * An order in which every item comes after those that it depends on; items that are in order already keep theirs.
 * @param dependencies for each item, the positions of the items that it needs
 * @returns positions in order, or those of the items on or behind a cycle
 */
export function topologicalOrder(
  dependencies: readonly (readonly number[])[],
): { readonly order: readonly number[] } | { readonly stuck: readonly number[] } {
  const readers: number[][] = dependencies.map(() => []);
  const waiting = dependencies.map((needed, item) => {
    for (const other of needed) readers[other].push(item);
    return needed.length;
  });
  if (dependencies.every((needed, item) => needed.every((other) => other < item))) {
    return { order: dependencies.map((_, item) => item) };
  }
  const order = [...waiting.keys()].filter((item) => waiting[item] === 0);
  for (let at = 0; at < order.length; at++) {
    for (const reader of readers[order[at]]) {
      waiting[reader] -= 1;
      if (waiting[reader] === 0) order.push(reader);
    }
  }
  if (order.length === dependencies.length) return { order };
  return { stuck: [...waiting.keys()].filter((item) => waiting[item] > 0) };
}
