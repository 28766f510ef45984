import { describe, expect, test } from 'vitest';
import { discrete, real, tinyRbm } from '../../../test/support/tiny-rbm.ts';
import { threefry } from '../../random/threefry-stream.ts';
import { float32 } from '../../tensor/tensor.ts';
import { sampleExactly } from '../enumeration/exact-sampling.ts';
import { exactLogPartition } from '../enumeration/log-partition.ts';
import type { Rbm } from '../rbm.ts';
import type { UnitSpec } from '../units/unit-spec.ts';
import { annealedImportanceSampling } from './annealed-importance-sampling.ts';
import { baseLogPartition, baseRate } from './base-rate.ts';
import { logInterval, summarizeWeights } from './log-weights.ts';
import { boundPartition } from './partition-bounds.ts';
import { equilibrate, reverseAis } from './reverse-ais.ts';
import { linearTemperatures, publishedTemperatures } from './temperatures.ts';

const layers: Record<string, (count: number) => UnitSpec> = {
  ...discrete,
  gaussian: real.gaussian,
  relu: real.relu,
};
/** Pairs of which one side can be enumerated, so that log Z is known. */
const pairs = Object.keys(layers).flatMap((visible) =>
  Object.keys(layers)
    .filter((hidden) => visible in discrete || hidden in discrete)
    .map((hidden) => ({ visible, hidden })),
);

describe('temperatures', () => {
  test('linear and published', () => {
    expect([...linearTemperatures(4)]).toEqual([0, 0.25, 0.5, 0.75, 1]);
    const betas = publishedTemperatures();
    expect(betas).toHaveLength(14_501);
    expect([betas[0], betas[1], betas[500], betas[501], betas[4500], betas[4501], betas[14_500]]).toEqual([
      0, 0.001, 0.5, 0.5001, 0.9, 0.90001, 1,
    ]);
    expect(betas.every((beta, i) => i === 0 || beta > betas[i - 1])).toBe(true);
  });

  test.each([0, 1.5, Number.NaN])('refuses %s steps', (count) => {
    expect(() => linearTemperatures(count)).toThrow(
      expect.objectContaining({ code: 'likelihood.bad_option' }),
    );
  });
});

describe('weights', () => {
  test('mean, error and effective number by hand, without overflow', () => {
    const { logMean, relativeError, effectiveSampleSize } = summarizeWeights(
      Float64Array.from([1, 3], (w) => Math.log(w) + 2000),
    );
    expect(logMean).toBeCloseTo(2000 + Math.log(2), 10);
    expect(relativeError).toBeCloseTo(1 / 2, 12);
    expect(effectiveSampleSize).toBeCloseTo(16 / 10, 12);
  });

  test('the interval is that of the mean weight, on the log scale', () => {
    const { below, above } = logInterval(0.1);
    expect(below).toBeCloseTo(-Math.log(0.7), 12);
    expect(above).toBeCloseTo(Math.log(1.3), 12);
    expect(logInterval(0.4).below).toBeNull();
  });
});

describe.each(pairs)('$visible visible, $hidden hidden', ({ visible, hidden }) => {
  const rbm = tinyRbm(layers[visible](5), layers[hidden](4), 7, 0.5);
  const exact = exactLogPartition(rbm);
  const temperatures = linearTemperatures(50);

  // 4 standard errors: with 22 comparisons a false alarm once in some 700 seeds.
  test('log Z within its own error, forward and back from exact samples', async () => {
    const stream = threefry(11);
    const forward = await annealedImportanceSampling(rbm, { stream, chains: 100, temperatures });
    expect(Math.abs(forward.logPartition - exact)).toBeLessThan(4 * forward.standardError);
    expect(forward.standardError).toBeLessThan(0.2);
    const start = sampleExactly(rbm, 100, stream.child('start'));
    const reverse = await reverseAis(rbm, { stream, start, temperatures });
    expect(Math.abs(reverse.logPartition - exact)).toBeLessThan(4 * reverse.standardError);
  });
});

describe('on a strong model', () => {
  const rbm = tinyRbm(discrete.bernoulli(10), discrete.bernoulli(8), 3, 1.5);
  const exact = exactLogPartition(rbm);

  test('the error falls with the number of temperatures', async () => {
    const errors: number[] = [];
    for (const count of [10, 100, 1000]) {
      const { logPartition, standardError, effectiveSampleSize } = await annealedImportanceSampling(rbm, {
        stream: threefry(1),
        chains: 100,
        temperatures: linearTemperatures(count),
      });
      expect(Math.abs(logPartition - exact)).toBeLessThan(4 * standardError);
      expect(effectiveSampleSize).toBeGreaterThan(1);
      errors.push(standardError);
    }
    expect(errors[1]).toBeLessThan(errors[0] / 1.5);
    expect(errors[2]).toBeLessThan(errors[1] / 1.5);
    expect(errors[2]).toBeLessThan(0.05);
  });

  // 4 standard errors: a false alarm once in 16,000 seeds. Ten temperatures, so that the weights vary much.
  test('1000 weights have the mean Z, and 1000 reverse weights from exact samples the mean 1 / Z', async () => {
    const temperatures = linearTemperatures(10);
    const stream = threefry(5);
    const forward = await annealedImportanceSampling(rbm, { stream, chains: 1000, temperatures });
    expect(Math.abs(zScore(forward.logEstimates, exact))).toBeLessThan(4);
    const start = sampleExactly(rbm, 1000, stream.child('start'));
    const reverse = await reverseAis(rbm, { stream, start, temperatures });
    expect(Math.abs(zScore(reverse.logEstimates, -exact))).toBeLessThan(4);
    // Each log estimate alone errs to its side, on average.
    expect(mean(forward.logEstimates)).toBeLessThan(exact);
    expect(-mean(reverse.logEstimates)).toBeGreaterThan(exact);
  });

  test('a base with the means of the data gives the same log Z', async () => {
    const data = sampleExactly(rbm, 500, threefry(2));
    const { logPartition, standardError } = await annealedImportanceSampling(rbm, {
      stream: threefry(4),
      data,
      temperatures: linearTemperatures(300),
    });
    expect(Math.abs(logPartition - exact)).toBeLessThan(3 * standardError);
    const base = baseRate(rbm, data);
    const alone = { ...rbm, weights: float32([10, 8], new Float32Array(80)), visibleParameters: base };
    const silent = { ...alone, hiddenParameters: { bias: new Float32Array(8) } };
    expect(baseLogPartition({ rbm, base })).toBeCloseTo(exactLogPartition(silent), 10);
  });

  test('same seed, same bits; another seed, other bits', async () => {
    const run = async (seed: number) =>
      (
        await annealedImportanceSampling(rbm, {
          stream: threefry(seed),
          chains: 5,
          temperatures: linearTemperatures(250),
        })
      ).logEstimates;
    expect(await run(1)).toEqual(await run(1));
    expect(await run(1)).not.toEqual(await run(2));
  });

  test('progress is told to the end', async () => {
    const told: number[] = [];
    await annealedImportanceSampling(rbm, {
      stream: threefry(1),
      chains: 2,
      temperatures: linearTemperatures(250),
      onProgress: (done, of) => told.push(done / of),
    });
    expect(told).toEqual([0.4, 0.8, 1]);
  });
});

describe('bounds', () => {
  test('forward below, reverse above, chains agree on a model that mixes', async () => {
    const rbm = tinyRbm(discrete.bernoulli(10), discrete.bernoulli(6), 3, 0.5);
    const exact = exactLogPartition(rbm);
    const data = sampleExactly(rbm, 300, threefry(1));
    const { forward, reverse, agreement } = await boundPartition(rbm, {
      stream: threefry(2),
      data,
      temperatures: linearTemperatures(200),
      sweeps: 50,
    });
    expect(agreement.agree).toBe(true);
    expect(reverse.warnings).toEqual([]);
    expect([forward.side, reverse.side]).toEqual(['lower-bound', 'upper-bound']);
    expect(Math.abs(forward.logPartition - exact)).toBeLessThan(3 * forward.standardError);
    expect(Math.abs(reverse.logPartition - exact)).toBeLessThan(3 * reverse.standardError);
  });

  test('chains that start in one of two modes and never leave it are found out', async () => {
    const rbm = twoModes(12);
    const exact = exactLogPartition(rbm);
    // Nine tenths of the data are in one mode, which has half of the model's probability.
    const ones = { form: 'dense', count: 200, width: 12, data: new Float32Array(2400).fill(1) } as const;
    const data = { ...ones, data: ones.data.map((_, i) => (i < 240 ? 0 : 1)) };
    const { reverse, agreement } = await boundPartition(rbm, {
      stream: threefry(3),
      data,
      chains: 400,
      temperatures: linearTemperatures(100),
      sweeps: 20,
    });
    expect(agreement.agree).toBe(false);
    expect(reverse.warnings).toContain('chains-not-equilibrated');
    // The base of the model's own biases has nearly all units off. Reverse runs from the mode where they are off never
    // see the other one and find half of Z.
    const zeros = { ...ones, data: new Float32Array(2400) };
    const stuck = await reverseAis(rbm, {
      stream: threefry(3),
      start: zeros,
      temperatures: linearTemperatures(300),
    });
    expect(Math.abs(stuck.logPartition - (exact - Math.LN2))).toBeLessThan(4 * stuck.standardError);
    expect(stuck.standardError).toBeLessThan(0.15);
  });

  test('equilibrated chains have the law of the model: means within 4.5 standard errors', async () => {
    const rbm = tinyRbm(discrete.bernoulli(8), discrete.spin(5), 9, 0.7);
    const start = { form: 'dense', count: 2000, width: 8, data: new Float32Array(16_000) } as const;
    const rows = await equilibrate(rbm, start, 60, { stream: threefry(1) });
    const drawn = sampleExactly(rbm, 20_000, threefry(8));
    if (rows.form !== 'sparse' || drawn.form !== 'sparse') throw new Error('expected lists');
    for (let unit = 0; unit < 8; unit++) {
      const p = drawn.indices.filter((one) => one === unit).length / 20_000;
      const q = rows.indices.filter((one) => one === unit).length / 2000;
      expect(Math.abs(p - q)).toBeLessThan(4.5 * Math.sqrt((p * (1 - p)) / 2000 + (p * (1 - p)) / 20_000));
    }
  });
});

describe('refusals', () => {
  const rbm = tinyRbm(discrete.bernoulli(3), discrete.bernoulli(2), 1);
  const stream = threefry(1);

  test.each([
    ['one chain', { chains: 1 }, 'likelihood.no_chains'],
    ['no temperature', { temperatures: Float64Array.of(0) }, 'likelihood.bad_option'],
    ['falling temperatures', { temperatures: Float64Array.of(0, 0.5, 0.4, 1) }, 'likelihood.bad_option'],
    ['not from 0', { temperatures: Float64Array.of(0.1, 1) }, 'likelihood.bad_option'],
    ['not to 1', { temperatures: Float64Array.of(0, 0.9) }, 'likelihood.bad_option'],
    ['NaN', { temperatures: Float64Array.of(0, Number.NaN, 1) }, 'likelihood.bad_option'],
  ] as const)('%s', async (_, options, code) => {
    await expect(annealedImportanceSampling(rbm, { stream, ...options })).rejects.toMatchObject({ code });
  });

  test('stepped sigmoid units, rows of another width, half a sweep', async () => {
    const stepped = tinyRbm(discrete.bernoulli(3), real.nrelu(2), 1);
    await expect(annealedImportanceSampling(stepped, { stream })).rejects.toMatchObject({
      code: 'likelihood.no_chain',
    });
    const start = { form: 'dense', count: 2, width: 2, data: new Float32Array(4) } as const;
    await expect(reverseAis(rbm, { stream, start })).rejects.toMatchObject({ code: 'boltzmann.bad_rows' });
    await expect(
      equilibrate(rbm, { ...start, width: 3, data: new Float32Array(6) }, 0.5, { stream }),
    ).rejects.toMatchObject({ code: 'likelihood.bad_option' });
  });
});

/** One hidden unit that ties all visible units together: all on or all off, equally probable. */
function twoModes(count: number): Rbm {
  const strength = 4;
  return {
    visible: { kind: 'bernoulli', count },
    hidden: { kind: 'bernoulli', count: 1 },
    weights: float32([count, 1], new Float32Array(count).fill(2 * strength)),
    visibleParameters: { bias: new Float32Array(count).fill(-strength) },
    hiddenParameters: { bias: Float32Array.of(-strength * count) },
  };
}

function mean(values: Float64Array): number {
  return values.reduce((sum, one) => sum + one, 0) / values.length;
}

/** How many standard errors the mean of exp(estimates - exact) is away from 1. */
function zScore(logEstimates: Float64Array, exact: number): number {
  const ratios = logEstimates.map((one) => Math.exp(one - exact));
  const center = mean(ratios);
  const variance = ratios.reduce((sum, one) => sum + (one - center) ** 2, 0) / (ratios.length - 1);
  return (center - 1) / Math.sqrt(variance / ratios.length);
}
