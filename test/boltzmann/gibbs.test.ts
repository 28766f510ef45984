/** The reference conditionals as a Gibbs sampler: exact chains stay exact, and CD-k tends to the exact gradient. */
import { expect, test } from 'vitest';
import { sampleHiddenFromVisible, sampleVisibleFromHidden } from '../../src/boltzmann/conditionals.ts';
import { exactGradient } from '../../src/boltzmann/enumeration/moments.ts';
import { threefry } from '../../src/random/threefry-stream.ts';
import { expectedCd, gibbsMatrix } from '../support/expected-cd.ts';
import { barsAndStripes, bestLogLikelihood, plantedPotts, shiftingBar } from '../support/patterns.ts';
import {
  checkStationarity,
  empiricalLaw,
  hiddenLaw,
  scaledRbm,
  totalVariation,
  visibleLaw,
} from '../support/stationarity.ts';
import { discrete, real, tinyRbm } from '../support/tiny-rbm.ts';

const pairs = [
  ['bernoulli', 'bernoulli'],
  ['spin', 'spin'],
  ['potts', 'bernoulli'],
  ['bernoulli', 'potts'],
  ['bernoulli', 'gaussian'],
  ['spin', 'relu'],
] as const;

test.each(pairs)('%s-%s: block Gibbs leaves the visible law alone', async (visible, hidden) => {
  const make = { ...discrete, ...real };
  const rbm = tinyRbm(make[visible](4), make[hidden](3), 9, 0.7);
  const stream = threefry(3).child('gibbs');
  const results = await checkStationarity({
    units: rbm.visible,
    law: visibleLaw(rbm),
    chains: 8000,
    seed: 1,
    after: [1, 4],
    kernel: (states, sweep) => {
      const at = stream.child(sweep);
      const h = sampleHiddenFromVisible(rbm, states, at.child('hidden'));
      return sampleVisibleFromHidden(rbm, h, at.child('visible'));
    },
  });
  for (const { totalVariation, bound } of results) expect(totalVariation).toBeLessThan(bound);
});

test('tempered chains have the law of the scaled model, and hidden chains that of the hidden layer', async () => {
  const rbm = tinyRbm(discrete.bernoulli(4), discrete.bernoulli(4), 5, 1);
  const half = scaledRbm(rbm, 0.5);
  const stream = threefry(8);
  const [last] = await checkStationarity({
    units: rbm.hidden,
    law: hiddenLaw(rbm, 0.5),
    chains: 8000,
    seed: 2,
    after: [3],
    kernel: (h, sweep) => {
      const v = sampleVisibleFromHidden(half, h, stream.child(sweep).child('v'));
      return sampleHiddenFromVisible(half, v, stream.child(sweep).child('h'));
    },
  });
  expect(last.totalVariation).toBeLessThan(last.bound);
});

test('the check sees a kernel that samples one unit a little wrong', async () => {
  const rbm = tinyRbm(discrete.bernoulli(4), discrete.bernoulli(3), 9, 0.7);
  const wrong = {
    ...rbm,
    visibleParameters: { bias: rbm.visibleParameters.bias.map((b, i) => b + (i ? 0 : 0.35)) },
  };
  const stream = threefry(3);
  const [result] = await checkStationarity({
    units: rbm.visible,
    law: visibleLaw(rbm),
    seed: 1,
    after: [1],
    kernel: (v) =>
      sampleVisibleFromHidden(wrong, sampleHiddenFromVisible(rbm, v, stream.child('h')), stream.child('v')),
  });
  expect(result.totalVariation).toBeGreaterThan(result.bound);
});

test('Gibbs transition matrix: rows add up to 1, the law is its fixed point', () => {
  const rbm = tinyRbm(discrete.potts(3), discrete.spin(3), 4);
  const matrix = gibbsMatrix(rbm);
  const law = visibleLaw(rbm);
  const n = law.length;
  for (let b = 0; b < n; b++) {
    let [row, fixed] = [0, 0];
    for (let a = 0; a < n; a++) {
      row += matrix[b * n + a];
      fixed += law[a] * matrix[a * n + b];
    }
    expect(row).toBeCloseTo(1, 12);
    expect(fixed).toBeCloseTo(law[b], 12);
  }
});

test('the bias of CD-k shrinks with k and vanishes from exact samples', () => {
  const rbm = tinyRbm(discrete.bernoulli(4), discrete.bernoulli(3), 2, 1.5);
  const rows = barsAndStripes(2, 'distinct');
  const exact = exactGradient(rbm, rows);
  const errors = [1, 2, 4, 8, 16, 32].map((k) => {
    const cd = expectedCd(rbm, rows, k);
    return Math.hypot(...cd.weights.map((x, i) => x - exact.weights[i]));
  });
  for (let i = 1; i < errors.length; i++) expect(errors[i]).toBeLessThan(errors[i - 1]);
  expect(errors[0]).toBeGreaterThan(0.01);
  expect(errors[5]).toBeLessThan(1e-3 * errors[0]);
});

test('synthetic data: sizes and best likelihoods of both conventions', () => {
  expect(bestLogLikelihood(barsAndStripes(2, 'distinct'))).toBeCloseTo(-1.791759, 6);
  expect(bestLogLikelihood(barsAndStripes(3, 'distinct'))).toBeCloseTo(-2.639057, 6);
  expect(bestLogLikelihood(barsAndStripes(4, 'distinct'))).toBeCloseTo(-3.401197, 6);
  expect(16 * bestLogLikelihood(barsAndStripes(3, 'multiset'))).toBeCloseTo(-41.5888, 4);
  expect(32 * bestLogLikelihood(barsAndStripes(4, 'multiset'))).toBeCloseTo(-108.131, 3);
  const bar = shiftingBar(9, 1);
  expect(bar.count * bestLogLikelihood(bar)).toBeCloseTo(-19.775, 4);
  const { rows, model, probabilities } = plantedPotts(5, 3, 2, 4000, 6);
  expect(totalVariation(empiricalLaw(model.visible, rows), probabilities)).toBeLessThan(0.1);
});
