import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { discrete, real, tinyRbm } from '../../test/support/tiny-rbm.ts';
import { threefry } from '../random/threefry-stream.ts';
import { float32 } from '../tensor/tensor.ts';
import { inputHiddenFromVisible, meanHiddenFromVisible, sampleHiddenFromVisible } from './conditionals.ts';
import { denseRows, selectRows, sparseRows } from './convert-rows.ts';
import { createRbm } from './create-rbm.ts';
import { allStates } from './enumeration/exact-sampling.ts';
import { exactLogPartition } from './enumeration/log-partition.ts';
import { freeEnergy, freeEnergyOfHidden } from './free-energy.ts';
import type { Rbm } from './rbm.ts';

interface PeerCase {
  readonly weights: number[][];
  readonly visibleBias: number[];
  readonly hiddenBias: number[];
  readonly rows: number[][];
  readonly freeEnergy: number[];
  readonly hiddenMeans: number[][];
}

const fixture = new URL('../../test/fixtures/sklearn-rbm.json', import.meta.url);
const { cases: peers } = JSON.parse(readFileSync(fixture, 'utf8')) as { cases: PeerCase[] };

test.each(peers)(
  'free energy and hidden means are those of scikit-learn: $hiddenBias.length units',
  (peer) => {
    const [m, n] = [peer.weights.length, peer.weights[0].length];
    const rbm: Rbm = {
      visible: discrete.bernoulli(m),
      hidden: discrete.bernoulli(n),
      weights: float32([m, n], peer.weights.flat()),
      visibleParameters: { bias: Float32Array.from(peer.visibleBias) },
      hiddenParameters: { bias: Float32Array.from(peer.hiddenBias) },
    };
    const data = Float32Array.from(peer.rows.flat());
    const rows = { form: 'dense', count: peer.rows.length, width: m, data } as const;
    const close = (got: ArrayLike<number>, expected: number[], digits: number) => {
      expect(got.length).toBe(expected.length);
      expected.forEach((x, i) => {
        expect(got[i]).toBeCloseTo(x, digits);
      });
    };
    close(freeEnergy(rbm, rows), peer.freeEnergy, 10);
    close(meanHiddenFromVisible(rbm, rows).data, peer.hiddenMeans.flat(), 6);
  },
);

describe('lists and dense rows give the same', () => {
  test.each(Object.entries(discrete))('%s', (_, make) => {
    const rbm = tinyRbm(make(5), discrete.bernoulli(7), 3);
    const rows = allStates(rbm.visible);
    const lists = sparseRows(rbm.visible, rows);
    const [a, b] = [freeEnergy(rbm, rows), freeEnergy(rbm, lists)];
    a.forEach((x, i) => {
      expect(b[i]).toBeCloseTo(x, 12);
    });
    const [c, d] = [inputHiddenFromVisible(rbm, rows).data, inputHiddenFromVisible(rbm, lists).data];
    c.forEach((x, i) => {
      expect(d[i]).toBeCloseTo(x, 5);
    });
  });

  test('grey levels beside indices', () => {
    const rbm = tinyRbm(discrete.spin(40), discrete.bernoulli(5), 3);
    const data = threefry(1).uniform(new Float32Array(200), -1, 1);
    const rows = { form: 'dense', count: 5, width: 40, data } as const;
    const lists = sparseRows(rbm.visible, rows);
    expect(lists.values).toBeDefined();
    freeEnergy(rbm, lists).forEach((x, i) => {
      expect(x).toBeCloseTo(freeEnergy(rbm, rows)[i], 5);
    });
  });
});

test('flipping a visible bit with its parameters shifts all free energies by the bias', () => {
  const rbm = tinyRbm(discrete.bernoulli(4), discrete.bernoulli(5), 1);
  const states = allStates(rbm.visible);
  const before = freeEnergy(rbm, states);
  const b = rbm.visibleParameters.bias[2];
  const flipped: Rbm = {
    ...rbm,
    weights: { ...rbm.weights, data: rbm.weights.data.map((w, k) => (Math.floor(k / 5) === 2 ? -w : w)) },
    visibleParameters: { bias: rbm.visibleParameters.bias.map((x, i) => (i === 2 ? -x : x)) },
    hiddenParameters: {
      bias: rbm.hiddenParameters.bias.map((c, j) => c + rbm.weights.data[2 * 5 + j]),
    },
  };
  const mirrored = { ...states, data: states.data.map((x, k) => (k % 4 === 2 ? 1 - x : x)) };
  freeEnergy(flipped, mirrored).forEach((f, i) => {
    // Sums of single-precision parameters were rounded.
    expect(f).toBeCloseTo(before[i] + b, 5);
  });
});

test('units that are exchanged with their parameters change nothing', () => {
  const rbm = tinyRbm(discrete.bernoulli(3), real.relu(4), 1, 0.4);
  const order = [2, 0, 3, 1];
  const exchanged: Rbm = {
    ...rbm,
    weights: {
      ...rbm.weights,
      data: rbm.weights.data.map((_, k) => rbm.weights.data[Math.floor(k / 4) * 4 + order[k % 4]]),
    },
    hiddenParameters: {
      bias: rbm.hiddenParameters.bias.map((_, j) => rbm.hiddenParameters.bias[order[j]]),
      logPrecision: rbm.hiddenParameters.logPrecision!.map(
        (_, j) => rbm.hiddenParameters.logPrecision![order[j]],
      ),
    },
  };
  const states = allStates(rbm.visible);
  const before = freeEnergy(rbm, states);
  freeEnergy(exchanged, states).forEach((f, i) => {
    expect(f).toBeCloseTo(before[i], 12);
  });
});

test('a gauge of Potts units: the same number added to all states of a unit shifts all free energies', () => {
  const rbm = tinyRbm(discrete.potts(3), discrete.bernoulli(4), 1);
  const states = allStates(rbm.visible);
  const before = freeEnergy(rbm, states);
  const shifted = {
    ...rbm,
    visibleParameters: { bias: rbm.visibleParameters.bias.map((b, i) => (i < 3 ? b + 2 : b)) },
  };
  freeEnergy(shifted, states).forEach((f, i) => {
    expect(f).toBeCloseTo(before[i] - 2, 5);
  });
});

test('Gaussian hidden units rescaled by 2 leave differences of the free energy', () => {
  const rbm = tinyRbm(discrete.bernoulli(4), real.gaussian(3), 1);
  const states = allStates(rbm.visible);
  const before = freeEnergy(rbm, states);
  const scaled: Rbm = {
    ...rbm,
    weights: { ...rbm.weights, data: rbm.weights.data.map((w) => 2 * w) },
    hiddenParameters: {
      bias: rbm.hiddenParameters.bias.map((c) => 2 * c),
      logPrecision: rbm.hiddenParameters.logPrecision!.map((x) => x + Math.log(4)),
    },
  };
  freeEnergy(scaled, states).forEach((f, i) => {
    expect(f - before[i]).toBeCloseTo(3 * Math.log(2), 6);
  });
});

test('Gaussian with Gaussian units: the free energy integrates to log Z', () => {
  const rbm = tinyRbm(real.gaussian(1), real.gaussian(2), 5, 0.4);
  const n = 20_001;
  const data = Float32Array.from({ length: n }, (_, i) => -20 + (40 * i) / (n - 1));
  const f = freeEnergy(rbm, { form: 'dense', count: n, width: 1, data });
  const z = f.reduce((sum, x) => sum + Math.exp(-x), 0) * (40 / (n - 1));
  // The grid is in single precision, spaced 0.002: rounding of its points averages out.
  expect(exactLogPartition(rbm)).toBeCloseTo(Math.log(z), 6);
  const swapped = freeEnergyOfHidden(tinyRbm(real.gaussian(1), real.gaussian(1), 5, 0.4), {
    form: 'dense',
    count: n,
    width: 1,
    data,
  });
  const hidden = swapped.reduce((sum, x) => sum + Math.exp(-x), 0) * (40 / (n - 1));
  expect(exactLogPartition(tinyRbm(real.gaussian(1), real.gaussian(1), 5, 0.4))).toBeCloseTo(
    Math.log(hidden),
    6,
  );
});

test("a row's draw depends on its own state and number only", () => {
  const rbm = tinyRbm(discrete.bernoulli(6), discrete.potts(4), 2);
  const rows = allStates(rbm.visible);
  const all = denseRows(rbm.hidden, sampleHiddenFromVisible(rbm, rows, threefry(4)));
  const first = selectRows(rows, [0, 1, 2]);
  const three = denseRows(rbm.hidden, sampleHiddenFromVisible(rbm, first, threefry(4)));
  expect(three.data).toEqual(all.data.subarray(0, 3 * all.width));
});

test('a new model: visible biases are the logits of the data, constant columns finite', () => {
  const data = Float32Array.of(0, 1, 1, 0, 0, 1, 0, 1, 0, 0, 1, 1);
  const rbm = createRbm(discrete.bernoulli(3), discrete.bernoulli(100), {
    stream: threefry(1),
    data: { form: 'dense', count: 4, width: 3, data },
  });
  // The first column is always 0: it counts as seen on half a time, p = 1 / 8.
  const expected = [Math.log(1 / 7), Math.log(3), Math.log(3)];
  rbm.visibleParameters.bias.forEach((b, i) => {
    expect(b).toBeCloseTo(expected[i], 5);
  });
  const std = Math.hypot(...rbm.weights.data) / Math.sqrt(300);
  // Standard error of a standard deviation of 300 numbers: 4.1 %.
  expect(Math.abs(std / 0.01 - 1)).toBeLessThan(4.5 * 0.041);
});

test('hiddenPrior: the odds of one unit alone, the visible units summed out', () => {
  for (const visible of [real.gaussian(4), discrete.potts(2)]) {
    const options = { stream: threefry(1), weightStd: 1, hiddenPrior: 0.1 };
    const rbm = createRbm(visible, discrete.bernoulli(3), options);
    const states = { form: 'dense', count: 2, width: 3, data: Float32Array.of(0, 0, 0, 0, 1, 0) } as const;
    const [none, alone] = freeEnergyOfHidden(rbm, states);
    expect(none - alone).toBeCloseTo(Math.log(0.1 / 0.9), 5);
  }
  for (const bad of [{ hiddenPrior: 0 }, { hiddenPrior: NaN }]) {
    expect(() =>
      createRbm(discrete.bernoulli(2), discrete.bernoulli(2), { stream: threefry(1), ...bad }),
    ).toThrow(expect.objectContaining({ code: 'boltzmann.bad_training' }));
  }
});
