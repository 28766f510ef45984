import fc from 'fast-check';
import { expect, test } from 'vitest';
import { topologicalOrder } from './topological-order.ts';

test('every item comes after those that it needs, whatever order they were written in', () => {
  const graphs = fc
    .integer({ min: 1, max: 12 })
    .chain((count) =>
      fc.tuple(
        fc.shuffledSubarray([...Array(count).keys()], { minLength: count }),
        fc.array(fc.tuple(fc.nat(count - 1), fc.nat(count - 1)), { maxLength: 30 }),
      ),
    );
  fc.assert(
    fc.property(graphs, ([rank, edges]) => {
      const needs = rank.map(() => new Set<number>());
      for (const [a, b] of edges) if (rank[a] > rank[b]) needs[a].add(b);
      const sorted = topologicalOrder(needs.map((set) => [...set]));
      if (!('order' in sorted)) throw new Error('no cycle was built in');
      expect([...sorted.order].sort((a, b) => a - b)).toEqual([...rank.keys()]);
      const position = new Map(sorted.order.map((item, at) => [item, at]));
      for (const [item, set] of needs.entries()) {
        for (const other of set) expect(position.get(other)).toBeLessThan(position.get(item) ?? -1);
      }
    }),
    { numRuns: 300, seed: 1 },
  );
});

test('an order that is right already stays', () => {
  expect(topologicalOrder([[], [], [0], [1], [2, 3]])).toEqual({ order: [0, 1, 2, 3, 4] });
});

test('a cycle is reported with what hangs on it', () => {
  expect(topologicalOrder([[2], [0], [1], [], [2]])).toEqual({ stuck: [0, 1, 2, 4] });
});
