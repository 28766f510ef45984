/**
 * Moves labels apart that would overlap: each keeps its order and comes as near to where it belongs as the others
 * allow (pools of touching labels are centred on the mean of their wishes).
 *
 * @param wanted  where each label would like its middle
 * @param height  space that a label takes
 * @param range   first and last allowed middle
 * @returns the middles, in the order of `wanted`
 */
export function placeLabels(
  wanted: readonly number[],
  height: number,
  [first, last]: readonly [number, number],
): number[] {
  const order = wanted.map((_, i) => i).sort((a, b) => wanted[a] - wanted[b] || a - b);
  const step = Math.min(height, (last - first) / Math.max(1, wanted.length - 1));
  interface Pool {
    members: number[];
    sum: number;
  }
  const start = ({ members, sum }: Pool) => {
    const middle = sum / members.length;
    const from = middle - (step * (members.length - 1)) / 2;
    return Math.max(first, Math.min(last - step * (members.length - 1), from));
  };
  const pools: Pool[] = [];
  for (const index of order) {
    let pool: Pool = { members: [index], sum: wanted[index] };
    for (let before = pools.at(-1); before !== undefined; before = pools.at(-1)) {
      if (start(before) + step * before.members.length <= start(pool)) break;
      pools.pop();
      pool = { members: [...before.members, ...pool.members], sum: before.sum + pool.sum };
    }
    pools.push(pool);
  }
  const placed = new Array<number>(wanted.length);
  for (const pool of pools) {
    const from = start(pool);
    pool.members.forEach((index, k) => {
      placed[index] = from + k * step;
    });
  }
  return placed;
}
