import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { discrete, real, tinyRbm } from '../../../test/support/tiny-rbm.ts';
import { threefry } from '../../random/threefry-stream.ts';
import { float32 } from '../../tensor/tensor.ts';
import { meanHiddenFromVisible } from '../conditionals.ts';
import { allStates } from '../enumeration/exact-sampling.ts';
import { freeEnergy } from '../free-energy.ts';
import type { Rbm } from '../rbm.ts';
import type { DenseRows } from '../state-rows.ts';
import { pseudoLikelihood, stochasticPseudoLikelihood } from './pseudo-likelihood.ts';

interface Fixture {
  readonly cases: readonly {
    readonly weights: readonly (readonly number[])[];
    readonly hiddenBias: readonly number[];
    readonly visibleBias: readonly number[];
    readonly rows: readonly (readonly number[])[];
    readonly freeEnergy: readonly number[];
    readonly hiddenMeans: readonly (readonly number[])[];
    readonly conditionals: readonly (readonly number[])[];
    readonly scoreMean: number;
  }[];
}
const fixture = JSON.parse(readFileSync('test/fixtures/sklearn-rbm.json', 'utf8')) as Fixture;

const hiddenLayers = { ...discrete, ...real };
const pairs = Object.entries(discrete).flatMap(([visible, makeVisible]) =>
  Object.entries(hiddenLayers).map(([hidden, makeHidden]) => ({ visible, hidden, makeVisible, makeHidden })),
);

describe.each(pairs)('$visible visible, $hidden hidden', ({ makeVisible, makeHidden }) => {
  const rbm = tinyRbm(makeVisible(4), makeHidden(3), 5, 0.6);

  test('is the sum of conditionals by brute force', () => {
    const states = allStates(rbm.visible);
    const energies = freeEnergy(rbm, states);
    const values = pseudoLikelihood(rbm, states);
    const radix = rbm.visible.kind === 'potts' ? rbm.visible.states : 2;
    for (let row = 0; row < states.count; row++) {
      let sum = 0;
      for (let unit = 0; unit < 4; unit++) {
        const place = radix ** unit;
        const digit = Math.floor(row / place) % radix;
        const others = Array.from({ length: radix }, (_, s) => energies[row + (s - digit) * place]);
        sum += -energies[row] - Math.log(others.reduce((total, one) => total + Math.exp(-one), 0));
      }
      expect(values[row]).toBeCloseTo(sum, 10);
    }
  });
});

describe('scikit-learn', () => {
  test.each(fixture.cases.map((one, i) => ({ i, ...one })))('model $i', (one) => {
    const [visible, hidden] = [one.visibleBias.length, one.hiddenBias.length];
    const rbm: Rbm = {
      visible: { kind: 'bernoulli', count: visible },
      hidden: { kind: 'bernoulli', count: hidden },
      weights: float32([visible, hidden], one.weights.flat()),
      visibleParameters: { bias: Float32Array.from(one.visibleBias) },
      hiddenParameters: { bias: Float32Array.from(one.hiddenBias) },
    };
    const rows: DenseRows = {
      form: 'dense',
      count: one.rows.length,
      width: visible,
      data: Float32Array.from(one.rows.flat()),
    };
    freeEnergy(rbm, rows).forEach((value, row) => {
      expect(value).toBeCloseTo(one.freeEnergy[row], 10);
    });
    const means = meanHiddenFromVisible(rbm, rows).data;
    for (const [i, value] of one.hiddenMeans.flat().entries()) expect(means[i]).toBeCloseTo(value, 6);
    const exact = pseudoLikelihood(rbm, rows);
    for (const [row, scores] of one.conditionals.entries()) {
      expect(exact[row]).toBeCloseTo(
        scores.reduce((sum, score) => sum + score, 0),
        10,
      );
    }
    // The mean of 48,000 random bits of score_samples: 4.5 standard errors, a false alarm once in 100,000.
    const spread = one.conditionals.map((scores, row) =>
      scores.reduce((sum, score) => sum + (visible * score - exact[row]) ** 2 / visible, 0),
    );
    const error = Math.sqrt(spread.reduce((sum, variance) => sum + variance, 0) / rows.count ** 2 / 4000);
    const mean = exact.reduce((sum, value) => sum + value, 0) / rows.count;
    expect(Math.abs(mean - one.scoreMean)).toBeLessThan(4.5 * error);
  });
});

describe('the stochastic estimate', () => {
  test('is unbiased: 4.5 standard errors over 20,000 draws of one row', () => {
    const rbm = tinyRbm(discrete.bernoulli(6), discrete.spin(4), 2);
    const data = new Float32Array(20_000 * 6).map((_, i) => (i % 6 < 3 ? 1 : 0));
    const rows = { form: 'dense', count: 20_000, width: 6, data } as const;
    const values = stochasticPseudoLikelihood(rbm, rows, threefry(3));
    const mean = values.reduce((sum, one) => sum + one, 0) / values.length;
    const variance = values.reduce((sum, one) => sum + (one - mean) ** 2, 0) / (values.length - 1);
    const [exact] = pseudoLikelihood(rbm, { ...rows, count: 1, data: data.subarray(0, 6) });
    expect(Math.abs(mean - exact)).toBeLessThan(4.5 * Math.sqrt(variance / values.length));
    expect(new Set(values).size).toBe(6);
  });
});

describe('refusals', () => {
  test('real visible units and grey levels', () => {
    const rows = { form: 'dense', count: 1, width: 2, data: Float32Array.of(0.5, 1) } as const;
    expect(() => pseudoLikelihood(tinyRbm(real.gaussian(2), discrete.bernoulli(2), 1), rows)).toThrow(
      expect.objectContaining({ code: 'likelihood.no_pseudo_likelihood' }),
    );
    expect(() => pseudoLikelihood(tinyRbm(discrete.bernoulli(2), discrete.bernoulli(2), 1), rows)).toThrow(
      expect.objectContaining({ code: 'boltzmann.grey_likelihood' }),
    );
  });

  test('large weights take the slow path and agree with brute force', () => {
    const rbm = tinyRbm(discrete.spin(3), discrete.bernoulli(2), 4, 30);
    const states = allStates(rbm.visible);
    const energies = freeEnergy(rbm, states);
    const values = pseudoLikelihood(rbm, states);
    for (let row = 0; row < 8; row++) {
      let sum = 0;
      for (let unit = 0; unit < 3; unit++)
        sum -= Math.log1p(Math.exp(energies[row] - energies[row ^ (1 << unit)]));
      expect(Math.abs(values[row] - sum)).toBeLessThan(1e-9 * Math.abs(sum) + 1e-12);
    }
  });
});
