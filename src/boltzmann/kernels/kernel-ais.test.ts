import { describe, expect, test } from 'vitest';
import { discrete, tinyRbm } from '../../../test/support/tiny-rbm.ts';
import { threefry } from '../../random/index.ts';
import { nodeThreads } from '../../runtime/node-threads.ts';
import { sampleExactly } from '../enumeration/exact-sampling.ts';
import { exactLogPartition } from '../enumeration/log-partition.ts';
import { annealedImportanceSampling } from '../judge/annealed-importance-sampling.ts';
import { kernelAis } from './kernel-ais.ts';

const linear = (count: number) => Float64Array.from({ length: count + 1 }, (_, i) => i / count);
const pairs = [
  ['bernoulli', discrete.bernoulli(9), 'bernoulli', discrete.bernoulli(7)],
  ['spin', discrete.spin(9), 'spin', discrete.spin(7)],
  ['potts', discrete.potts(5), 'bernoulli', discrete.bernoulli(7)],
  ['spin', discrete.spin(9), 'bernoulli', discrete.bernoulli(7)],
  ['bernoulli', discrete.bernoulli(9), 'spin', discrete.spin(7)],
] as const;

describe.each(pairs)('%s, %o visible and %s, %o hidden units', (_v, visible, _h, hidden) => {
  const rbm = tinyRbm(visible, hidden, 2, 0.6);

  // 2,000 runs: the mean of w / Z is 1 within 5 standard errors of the mean; a false alarm has 6e-7. Few temperatures give
  // terms above the limit of the polynomials, many stay below it.
  test.each([3, 10, 1000])('the weights of %i temperatures are unbiased', async (count) => {
    const exact = exactLogPartition(rbm);
    const { logEstimates } = await annealedImportanceSampling(rbm, {
      stream: threefry(count),
      chains: 2000,
      temperatures: linear(count),
      data: sampleExactly(rbm, 500, threefry(8)),
      engine: kernelAis(),
    });
    const ratios = logEstimates.map((one) => Math.exp(one - exact));
    const mean = ratios.reduce((a, b) => a + b) / ratios.length;
    const variance = ratios.reduce((a, b) => a + (b - mean) ** 2, 0) / (ratios.length - 1);
    expect(Math.abs(mean - 1)).toBeLessThan(5 * Math.sqrt(variance / ratios.length));
    if (count === 1000) expect(Math.sqrt(variance)).toBeLessThan(0.2);
  });
});

test('the same bits on two threads', async () => {
  const rbm = tinyRbm(discrete.bernoulli(30), discrete.bernoulli(20), 2, 0.3);
  const run = (threads: number) =>
    annealedImportanceSampling(rbm, {
      stream: threefry(1),
      chains: 13,
      temperatures: linear(300),
      engine: kernelAis({ threads, host: nodeThreads }),
    });
  expect(await run(2)).toEqual(await run(1));
});
