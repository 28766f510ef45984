import { describe, expect, test } from 'vitest';
import { discrete, real, tinyRbm } from '../../test/support/tiny-rbm.ts';
import { threefry } from '../random/threefry-stream.ts';
import { checkRbm } from './check-rbm.ts';
import { createRbm } from './create-rbm.ts';
import type { Rbm } from './rbm.ts';
import type { UnitSpec } from './units/unit-spec.ts';

const make = { ...discrete, ...real };
type Kind = keyof typeof make;
const kinds = Object.keys(make) as Kind[];

function withWeights(visible: UnitSpec, hidden: UnitSpec, weights: number[]): Rbm {
  const rbm = createRbm(visible, hidden, { stream: threefry(0), weightStd: 0 });
  rbm.weights.data.set(weights);
  return rbm;
}

describe('pairs of units', () => {
  test.each(kinds.flatMap((a) => kinds.map((b) => [a, b] as const)))('%s-%s with small weights', (a, b) => {
    expect(() => checkRbm(tinyRbm(make[a](4), make[b](3), 1, 0.05))).not.toThrow();
  });

  const bounded = kinds.flatMap((a) =>
    Object.keys(discrete).flatMap((b) => [[a, b as Kind] as const, [b as Kind, a] as const]),
  );
  test.each(bounded)('%s-%s exists however large the weights', (a, b) => {
    expect(() => checkRbm(tinyRbm(make[a](4), make[b](3), 1, 50))).not.toThrow();
  });

  test('Gaussian-Gaussian: exactly while the joint precision is positive definite', () => {
    // Precisions 1: the joint precision has eigenvalues 1 ± singular values of W; here sqrt(2) w.
    const at = (w: number) => withWeights(real.gaussian(2), real.gaussian(1), [w, w]);
    expect(() => checkRbm(at(0.7071))).not.toThrow();
    expect(() => checkRbm(at(-0.7071))).not.toThrow();
    for (const w of [0.7072, -0.7072, 3]) {
      expect(() => checkRbm(at(w))).toThrow(expect.objectContaining({ code: 'boltzmann.not_normalizable' }));
    }
  });

  test('rectified pairs: negative weights are harmless, large positive ones are refused', () => {
    for (const [a, b] of [
      ['relu', 'relu'],
      ['relu', 'nrelu'],
      ['nrelu', 'nrelu'],
    ] as const) {
      expect(() => checkRbm(withWeights(make[a](2), make[b](2), [-9, -9, -9, -9]))).not.toThrow();
      expect(() => checkRbm(withWeights(make[a](2), make[b](2), [0.9, -9, -9, 0.9]))).not.toThrow();
      expect(() => checkRbm(withWeights(make[a](2), make[b](2), [1.1, -9, -9, 0.5]))).toThrow(
        expect.objectContaining({ code: 'boltzmann.not_shown_normalizable' }),
      );
    }
  });

  test('rectified-Gaussian: what the Gaussian side couples negatively is harmless', () => {
    // A - W Bᵀ⁻¹ W = [[1 - w², w²], [w², 1 - w²]] for W = (w, -w): copositive while w < 1, definite while w² < 1/2.
    const pair = (w: number) => [
      withWeights(real.relu(2), real.gaussian(1), [w, -w]),
      withWeights(real.gaussian(1), real.relu(2), [w, -w]),
    ];
    for (const rbm of pair(0.9)) expect(() => checkRbm(rbm)).not.toThrow();
    for (const rbm of pair(1.1)) {
      expect(() => checkRbm(rbm)).toThrow(
        expect.objectContaining({ code: 'boltzmann.not_shown_normalizable' }),
      );
    }
  });
});

describe('malformed models', () => {
  const rbm = tinyRbm(discrete.bernoulli(3), real.gaussian(2), 1);
  const cases: [string, Rbm, string][] = [
    ['unknown units', { ...rbm, visible: { kind: 'quark', count: 3 } as never }, 'boltzmann.bad_units'],
    ['no units', { ...rbm, visible: { kind: 'bernoulli', count: 0 } }, 'boltzmann.bad_units'],
    ['one state', { ...rbm, visible: { kind: 'potts', count: 3, states: 1 } }, 'boltzmann.bad_units'],
    ['wrong shape', { ...rbm, visible: { kind: 'bernoulli', count: 4 } }, 'boltzmann.bad_rbm'],
    ['short bias', { ...rbm, visibleParameters: { bias: new Float32Array(2) } }, 'boltzmann.bad_rbm'],
    ['NaN bias', { ...rbm, visibleParameters: { bias: Float32Array.of(0, NaN, 0) } }, 'boltzmann.bad_rbm'],
    ['no precision', { ...rbm, hiddenParameters: { bias: new Float32Array(2) } }, 'boltzmann.bad_rbm'],
    [
      'infinite precision',
      { ...rbm, hiddenParameters: { bias: new Float32Array(2), logPrecision: Float32Array.of(0, 90) } },
      'boltzmann.bad_rbm',
    ],
    [
      'precision where there is none',
      { ...rbm, visibleParameters: { bias: new Float32Array(3), logPrecision: new Float32Array(3) } },
      'boltzmann.bad_rbm',
    ],
    [
      'infinite weight',
      { ...rbm, weights: { ...rbm.weights, data: new Float32Array(6).fill(Infinity) } },
      'boltzmann.bad_rbm',
    ],
  ];
  test.each(cases)('%s', (_, bad, code) => {
    expect(() => checkRbm(bad)).toThrow(expect.objectContaining({ code }));
  });
});
