import { describe, expect, test } from 'vitest';
import { discrete, real, tinyRbm } from '../../../test/support/tiny-rbm.ts';
import { threefry } from '../../random/threefry-stream.ts';
import type { JudgedNumber as ReportedNumber } from '../../report/boltzmann/rbm-report-data.ts';
import { exactLogLikelihood } from '../enumeration/exact-likelihood.ts';
import { sampleExactly } from '../enumeration/exact-sampling.ts';
import { exactLogPartition } from '../enumeration/log-partition.ts';
import { judgeRbm } from './judge-rbm.ts';
import type { JudgedNumber } from './judgement.ts';
import { compareMoments } from './moment-comparison.ts';
import { linearTemperatures } from './temperatures.ts';

const rbm = tinyRbm(discrete.bernoulli(8), discrete.bernoulli(5), 3, 0.6);
const train = sampleExactly(rbm, 300, threefry(1));
const test_ = sampleExactly(rbm, 200, threefry(2));
const options = { stream: threefry(3), train, test: test_, convention: 'binary' } as const;

function find(numbers: readonly JudgedNumber[], quantity: string, method: string): JudgedNumber {
  const found = numbers.find((one) => one.quantity === quantity && one.method === method);
  if (found === undefined) throw new Error(`${quantity} by ${method} is missing`);
  return found;
}

describe('judgeRbm', () => {
  test('a small model: everything exact, plain JSON, and what the report takes', async () => {
    const judgement = await judgeRbm(rbm, { ...options, samples: train });
    expect(JSON.parse(JSON.stringify(judgement))).toEqual(judgement);
    const reported: readonly ReportedNumber[] = judgement.numbers;
    expect(reported.map(({ quantity, method, standing }) => `${quantity} ${method} ${standing}`)).toEqual([
      'log-partition exact exact',
      'train-log-likelihood exact exact',
      'test-log-likelihood exact exact',
      'train-pseudo-likelihood pseudo-exact indication',
      'train-pseudo-likelihood pseudo-stochastic indication',
      'test-pseudo-likelihood pseudo-exact indication',
      'test-pseudo-likelihood pseudo-stochastic indication',
      'free-energy-gap data-average indication',
      'reconstruction-error data-average indication',
    ]);
    const likelihood = exactLogLikelihood(rbm, test_);
    const mean = likelihood.reduce((sum, one) => sum + one, 0) / likelihood.length;
    const number = find(judgement.numbers, 'test-log-likelihood', 'exact');
    expect(number.value).toBeCloseTo(mean, 10);
    expect([number.examples, number.convention, number.interval]).toEqual([200, 'binary', null]);
    expect(judgement.singularValues).toHaveLength(5);
    expect(judgement.samples?.means.rms).toBeLessThan(4 * (judgement.samples?.means.expected ?? 0));
    expect(find(judgement.numbers, 'reconstruction-error', 'data-average').warnings).toEqual([
      'data-average-only',
    ]);
  });

  test('by annealing: forward is optimistic, reverse conservative, both around the exact number', async () => {
    const exact = exactLogPartition(rbm);
    const { numbers, estimates, agreement } = await judgeRbm(rbm, {
      ...options,
      likelihood: 'ais',
      temperatures: linearTemperatures(200),
      sweeps: 30,
    });
    const forward = find(numbers, 'test-log-likelihood', 'ais');
    const reverse = find(numbers, 'test-log-likelihood', 'reverse-ais');
    expect([forward.standing, reverse.standing]).toEqual(['upper-bound', 'lower-bound']);
    const logZ = find(numbers, 'log-partition', 'ais');
    expect(logZ.standing).toBe('lower-bound');
    expect(Math.abs(logZ.value - exact)).toBeLessThan(4 * estimates[0].standardError);
    const likelihood = exactLogLikelihood(rbm, test_);
    const mean = likelihood.reduce((sum, one) => sum + one, 0) / likelihood.length;
    expect(forward.value - mean).toBeCloseTo(exact - logZ.value, 10);
    // The interval turns over with the sign.
    expect((forward.interval?.high ?? 0) - forward.value).toBeCloseTo(
      logZ.value - (logZ.interval?.low ?? 0),
      10,
    );
    expect(agreement?.agree).toBe(true);
    expect(estimates).toHaveLength(2);
    expect(JSON.stringify(estimates)).not.toContain('logEstimates');
  });

  test('grey levels have no likelihood, and no pseudo-likelihood', async () => {
    const data = new Float32Array(400).map((_, i) => (i % 5) / 4);
    const grey = { form: 'dense', count: 50, width: 8, data } as const;
    const { numbers } = await judgeRbm(rbm, { ...options, train: grey, test: grey, convention: 'grey' });
    expect(find(numbers, 'test-log-likelihood', 'exact').standing).toBe('indication');
    expect(numbers.filter(({ quantity }) => quantity.includes('pseudo'))).toEqual([]);
  });

  test('real visible units: densities, no pseudo-likelihood; without log Z when asked', async () => {
    const gaussian = tinyRbm(real.gaussian(4), discrete.bernoulli(3), 5, 0.4);
    const rows = sampleExactly(gaussian, 100, threefry(1));
    const asked = { ...options, train: rows, test: rows, convention: 'real' } as const;
    const { numbers } = await judgeRbm(gaussian, asked);
    expect(find(numbers, 'test-log-likelihood', 'exact').convention).toBe('real');
    expect(find(numbers, 'free-energy-gap', 'data-average').value).toBe(0);
    const without = await judgeRbm(gaussian, { ...asked, likelihood: 'none' });
    expect(without.numbers.map(({ quantity }) => quantity)).toEqual([
      'free-energy-gap',
      'reconstruction-error',
    ]);
  });

  test('no more examples than asked; no rows are refused', async () => {
    const { numbers } = await judgeRbm(rbm, { ...options, examples: 20, pseudoExamples: 5 });
    expect(find(numbers, 'test-log-likelihood', 'exact').examples).toBe(20);
    expect(find(numbers, 'test-pseudo-likelihood', 'pseudo-exact').examples).toBe(5);
    const none = { form: 'dense', count: 0, width: 8, data: new Float32Array(0) } as const;
    await expect(judgeRbm(rbm, { ...options, test: none })).rejects.toMatchObject({
      code: 'boltzmann.no_rows',
    });
  });
});

describe('compareMoments', () => {
  const spec = discrete.bernoulli(3);
  const rows = (data: readonly number[]) =>
    ({ form: 'dense', count: data.length / 3, width: 3, data: Float32Array.from(data) }) as const;

  test('by hand', () => {
    const samples = rows([1, 1, 0, 0, 0, 0]);
    const examples = rows([1, 1, 1, 0, 0, 0, 1, 1, 0, 0, 0, 1]);
    const { means, covariances, activity } = compareMoments(spec, samples, examples);
    expect(means.largest).toBeCloseTo(0.5, 12);
    expect(means.rms).toBeCloseTo(Math.sqrt(0.25 / 3), 12);
    expect(means.expected).toBeCloseTo(Math.sqrt(0.25 * (1 / 2 + 1 / 4)), 12);
    // Data: C12 = 1/4, C13 = C23 = 0. Samples: C12 = 1/4, C13 = C23 = 0.
    expect(covariances?.relativeError).toBeCloseTo(0, 12);
    expect(covariances?.correlation).toBeCloseTo(1, 12);
    expect(covariances?.slope).toBeCloseTo(1, 12);
    expect(activity.samples.mean).toBe(1);
    expect(activity.examples.mean).toBe(1.5);
    expect(activity.sampleShares.reduce((sum, one) => sum + one, 0)).toBeCloseTo(1, 12);
  });

  test('samples of independent units have the means of the data and none of its structure', () => {
    const strong = tinyRbm(discrete.bernoulli(8), discrete.bernoulli(4), 4, 2);
    const data = sampleExactly(strong, 4000, threefry(1));
    const again = sampleExactly(strong, 4000, threefry(2));
    const good = compareMoments(strong.visible, again, data);
    expect(good.covariances?.correlation).toBeGreaterThan(0.95);
    expect(good.means.rms).toBeLessThan(3 * good.means.expected);
    const independent = { ...strong, weights: { ...strong.weights, data: new Float32Array(32) } };
    const bad = compareMoments(strong.visible, sampleExactly(independent, 4000, threefry(3)), data);
    expect(Math.abs(bad.covariances?.slope ?? 1)).toBeLessThan(0.1);
  });

  test('one column has no pairs; sparse and dense rows give the same', () => {
    const one = { form: 'dense', count: 2, width: 1, data: Float32Array.of(0, 1) } as const;
    expect(compareMoments(discrete.bernoulli(1), one, one).covariances).toBeNull();
    const sparse = {
      form: 'sparse',
      count: 2,
      width: 3,
      offsets: Uint32Array.of(0, 2, 2),
      indices: Uint16Array.of(0, 1),
    } as const;
    const dense = rows([1, 1, 0, 0, 0, 0]);
    expect(compareMoments(spec, sparse, dense)).toEqual(compareMoments(spec, dense, dense));
  });
});
