import { describe, expect, test } from 'vitest';
import { discrete, real, tinyRbm } from '../../../test/support/tiny-rbm.ts';
import { threefry } from '../../random/threefry-stream.ts';
import { bindRbm } from '../bound-rbm.ts';
import { energy, freeEnergy, freeEnergyOfHidden } from '../free-energy.ts';
import type { Rbm } from '../rbm.ts';
import type { DenseRows } from '../state-rows.ts';
import type { UnitSpec } from '../units/unit-spec.ts';
import { exactLogLikelihood } from './exact-likelihood.ts';
import { allStates, exactVisibleProbabilities, sampleExactly } from './exact-sampling.ts';
import { exactLogPartition } from './log-partition.ts';
import { exactGradient, exactMoments } from './moments.ts';

const kinds = Object.entries(discrete);
const pairs = kinds.flatMap(([a, makeA]) => kinds.map(([b, makeB]) => ({ a, b, makeA, makeB })));

function logSumExp(values: Float64Array): number {
  const largest = values.reduce((a, b) => Math.max(a, b), -Infinity);
  return largest + Math.log(values.reduce((sum, x) => sum + Math.exp(x - largest), 0));
}

/** Every pair of a row of `a` and a row of `b`. */
function product(a: DenseRows, b: DenseRows): [DenseRows, DenseRows] {
  const count = a.count * b.count;
  const repeat = (rows: DenseRows, index: (i: number) => number): DenseRows => {
    const data = new Float32Array(count * rows.width);
    for (let i = 0; i < count; i++) {
      data.set(rows.data.subarray(index(i) * rows.width, (index(i) + 1) * rows.width), i * rows.width);
    }
    return { form: 'dense', count, width: rows.width, data };
  };
  return [repeat(a, (i) => Math.floor(i / b.count)), repeat(b, (i) => i % b.count)];
}

describe.each(pairs)('$a visible, $b hidden', ({ makeA, makeB }) => {
  const rbm = tinyRbm(makeA(5), makeB(4), 3);

  test('log Z by visible states, by hidden states and by pairs of states', () => {
    const [v, h] = product(allStates(rbm.visible), allStates(rbm.hidden));
    const byPairs = logSumExp(energy(rbm, v, h).map((e) => -e));
    expect(exactLogPartition(rbm, { enumerate: 'visible' })).toBeCloseTo(byPairs, 10);
    expect(exactLogPartition(rbm, { enumerate: 'hidden' })).toBeCloseTo(byPairs, 10);
    const visible = freeEnergy(rbm, allStates(rbm.visible)).map((f) => -f);
    const hidden = freeEnergyOfHidden(rbm, allStates(rbm.hidden)).map((f) => -f);
    expect(logSumExp(visible)).toBeCloseTo(byPairs, 10);
    expect(logSumExp(hidden)).toBeCloseTo(byPairs, 10);
  });

  test('probabilities of the visible states add up to 1 and are those of the likelihood', () => {
    const p = exactVisibleProbabilities(rbm);
    expect(p.reduce((a, b) => a + b)).toBeCloseTo(1, 12);
    const logs = exactLogLikelihood(rbm, allStates(rbm.visible));
    for (const i of [0, 7, p.length - 1]) expect(Math.log(p[i])).toBeCloseTo(logs[i], 10);
  });

  test('moments are sums over pairs of states', () => {
    const [v, h] = product(allStates(rbm.visible), allStates(rbm.hidden));
    const logZ = exactLogPartition(rbm);
    const p = energy(rbm, v, h).map((e) => Math.exp(-e - logZ));
    const moments = exactMoments(rbm);
    const [m, n] = rbm.weights.dims;
    for (const [i, j] of [
      [0, 0],
      [m - 1, 1],
      [2, n - 1],
    ]) {
      const sum = p.reduce((s, x, k) => s + x * v.data[k * m + i] * h.data[k * n + j], 0);
      expect(moments.weights[i * n + j]).toBeCloseTo(sum, 10);
      expect(moments.visible.bias[i]).toBeCloseTo(
        p.reduce((s, x, k) => s + x * v.data[k * m + i], 0),
        10,
      );
      expect(moments.hidden.bias[j]).toBeCloseTo(
        p.reduce((s, x, k) => s + x * h.data[k * n + j], 0),
        10,
      );
    }
  });

  test('exact draws have the exact law: chi-square at a false-alarm rate of about 1e-6', () => {
    const n = 20_000;
    const p = exactVisibleProbabilities(rbm);
    const drawn = sampleExactly(rbm, n, threefry(5));
    const codes = new Map<string, number>();
    const states = allStates(rbm.visible);
    for (let s = 0; s < states.count; s++) {
      codes.set(listOf(states.data.subarray(s * states.width, (s + 1) * states.width)), s);
    }
    if (drawn.form !== 'sparse') throw new Error('expected lists');
    const seen = new Float64Array(p.length);
    for (let r = 0; r < n; r++) {
      seen[codes.get(drawn.indices.slice(drawn.offsets[r], drawn.offsets[r + 1]).join())!] += 1;
    }
    expectChiSquare(seen, p, n);
  });
});

/** Indices of the columns at the upper value, as index lists name them. */
function listOf(row: Float32Array): string {
  return [...row.keys()].filter((i) => row[i] === 1).join();
}

/** Cells of small expectation are joined; mean k and variance 2 k of chi-square, 5.5 standard deviations. */
function expectChiSquare(seen: Float64Array, p: Float64Array, n: number): void {
  let [rest, restSeen, sum, cells] = [0, 0, 0, 0];
  p.forEach((q, i) => {
    if (q * n < 10) {
      rest += q;
      restSeen += seen[i];
    } else {
      sum += (seen[i] - q * n) ** 2 / (q * n);
      cells += 1;
    }
  });
  if (rest * n > 1) sum += (restSeen - rest * n) ** 2 / (rest * n);
  expect(sum).toBeLessThan(cells + 5.5 * Math.sqrt(2 * cells) + 10);
}

describe('real units beside discrete ones', () => {
  test.each(Object.entries(real))('%s hidden: either side is integrated', (_, make) => {
    const rbm = tinyRbm(discrete.bernoulli(6), make(3), 4, 0.5);
    const p = exactVisibleProbabilities(rbm);
    expect(p.reduce((a, b) => a + b)).toBeCloseTo(1, 12);
    // The same model the other way round enumerates its hidden layer.
    expect(exactLogPartition(transpose(rbm))).toBeCloseTo(exactLogPartition(rbm), 10);
  });

  test('a Gaussian with one Bernoulli unit is a mixture of two normals', () => {
    const rbm = tinyRbm(real.gaussian(1), discrete.bernoulli(1), 8);
    const gamma = Math.exp(rbm.visibleParameters.logPrecision![0]);
    const b = rbm.visibleParameters.bias[0];
    const w = rbm.weights.data[0];
    const part = (bias: number) => (bias * bias) / (2 * gamma) + 0.5 * Math.log((2 * Math.PI) / gamma);
    const expected = Math.log(Math.exp(part(b)) + Math.exp(rbm.hiddenParameters.bias[0] + part(b + w)));
    expect(exactLogPartition(rbm)).toBeCloseTo(expected, 12);
  });
});

const gradientPairs: [string, UnitSpec, UnitSpec][] = [
  ['bernoulli-bernoulli', discrete.bernoulli(4), discrete.bernoulli(3)],
  ['spin-potts', discrete.spin(4), discrete.potts(2)],
  ['gaussian-bernoulli', real.gaussian(3), discrete.bernoulli(4)],
  ['relu-spin', real.relu(3), discrete.spin(3)],
  ['bernoulli-gaussian', discrete.bernoulli(4), real.gaussian(2)],
  ['bernoulli-nrelu', discrete.bernoulli(4), real.nrelu(2)],
];

test.each(gradientPairs)(
  '%s: exact gradient is the finite difference of the likelihood',
  (_, visible, hidden) => {
    const rbm = tinyRbm(visible, hidden, 6, 0.5);
    const source = tinyRbm(visible, hidden, 7, 0.5);
    const rows = sampleExactly(source, 7, threefry(1));
    const rowWeights = Float32Array.of(1, 2, 0.5, 1, 3, 1, 0.25);
    const gradient = exactGradient(rbm, rows, rowWeights);
    const total = rowWeights.reduce((a, b) => a + b);
    const mean = () =>
      exactLogLikelihood(rbm, rows).reduce((sum, x, i) => sum + rowWeights[i] * x, 0) / total;
    const parts: [string, Float32Array, Float64Array][] = [
      ['weights', rbm.weights.data, gradient.weights],
      ['visible bias', rbm.visibleParameters.bias, gradient.visible.bias],
      ['hidden bias', rbm.hiddenParameters.bias, gradient.hidden.bias],
    ];
    for (const layer of ['visible', 'hidden'] as const) {
      const { logPrecision } = rbm[`${layer}Parameters`];
      if (logPrecision) parts.push([`${layer} precision`, logPrecision, gradient[layer].logPrecision!]);
    }
    for (const [name, values, slopes] of parts) {
      for (let i = 0; i < values.length; i++) {
        const at = values[i];
        // Steps of the single-precision parameters; Richardson's extrapolation removes the error of order h².
        const slope = (h: number) => {
          values[i] = at + h;
          const [x1, up] = [values[i], mean()];
          values[i] = at - h;
          const [x0, down] = [values[i], mean()];
          values[i] = at;
          return (up - down) / (x1 - x0);
        };
        const extrapolated = (4 * slope(2 ** -7) - slope(2 ** -6)) / 3;
        expect(Math.abs(slopes[i] - extrapolated), `${name}[${i}]`).toBeLessThan(
          1e-6 * (1 + Math.abs(slopes[i])),
        );
      }
    }
  },
);

test('large weights: products that would overflow are not formed', () => {
  const rbm = tinyRbm(discrete.bernoulli(9), discrete.spin(8), 2, 60);
  const logZ = exactLogPartition(rbm, { enumerate: 'visible' });
  expect(exactLogPartition(rbm, { enumerate: 'hidden' })).toBeCloseTo(logZ, 8);
  expect(Number.isFinite(logZ)).toBe(true);
});

test('more than 2^25 states are refused, grey levels have no likelihood', () => {
  const wide = tinyRbm(discrete.bernoulli(30), discrete.potts(20), 1);
  expect(() => exactLogPartition(wide)).toThrow(
    expect.objectContaining({ code: 'boltzmann.cannot_enumerate' }),
  );
  const small = tinyRbm(discrete.bernoulli(2), discrete.bernoulli(2), 1);
  const grey: DenseRows = { form: 'dense', count: 1, width: 2, data: Float32Array.of(0.5, 1) };
  expect(() => exactLogLikelihood(small, grey)).toThrow(
    expect.objectContaining({ code: 'boltzmann.grey_likelihood' }),
  );
});

test('bound weights are those of the model', () => {
  const rbm = tinyRbm(discrete.bernoulli(2), discrete.bernoulli(3), 1);
  expect(bindRbm(rbm).weights).toBe(rbm.weights.data);
});

function transpose(rbm: Rbm): Rbm {
  const [m, n] = rbm.weights.dims;
  const data = Float32Array.from(
    rbm.weights.data,
    (_, k) => rbm.weights.data[(k % m) * n + Math.floor(k / m)],
  );
  return {
    visible: rbm.hidden,
    hidden: rbm.visible,
    weights: { dtype: 'float32', dims: [n, m], data },
    visibleParameters: rbm.hiddenParameters,
    hiddenParameters: rbm.visibleParameters,
  };
}
