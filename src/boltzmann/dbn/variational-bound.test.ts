import { expect, test } from 'vitest';
import {
  binaryStates,
  inputsOf,
  labelledDbn,
  smallRbm,
  stateProbability,
} from '../../../test/support/small-dbn.ts';
import { threefry } from '../../random/threefry-stream.ts';
import { tensor } from '../../tensor/tensor.ts';
import type { Dbn } from '../dbn.ts';
import { exactLogLikelihood } from '../enumeration/exact-likelihood.ts';
import { exactLogPartition } from '../enumeration/log-partition.ts';
import type { Rbm } from '../rbm.ts';
import type { DenseRows } from '../state-rows.ts';
import { variationalBound } from './variational-bound.ts';

/** The RBM with visible and hidden exchanged. */
function turned({ visible, hidden, weights, visibleParameters, hiddenParameters }: Rbm): Rbm {
  const [rows, columns] = weights.dims;
  const data = new Float32Array(rows * columns);
  for (let i = 0; i < rows; i++)
    for (let j = 0; j < columns; j++) data[j * rows + i] = weights.data[i * columns + j];
  return {
    visible: hidden,
    hidden: visible,
    weights: tensor('float32', [columns, rows], data),
    visibleParameters: hiddenParameters,
    hiddenParameters: visibleParameters,
  };
}

function allRows(width: number): DenseRows {
  const states = binaryStates(width);
  return { form: 'dense', count: states.length, width, data: Float32Array.from(states.flat()) };
}

/** log p(v) of a net of two layers, by enumeration of the hidden states. */
function exactLog(dbn: Dbn, row: readonly number[]): number {
  const [bottom, top] = dbn.layers.map(({ rbm }) => rbm);
  const hiddenStates = binaryStates(bottom.hidden.count);
  const labels = Array.from({ length: Math.max(1, dbn.labels) }, (_, y) =>
    Array.from({ length: dbn.labels }, (_, i) => (i === y ? 1 : 0)),
  );
  const weight = (pen: readonly number[]) =>
    labels.reduce((sum, label) => {
      const v = [...pen, ...label];
      const linear = v.reduce((total, x, i) => total + x * top.visibleParameters.bias[i], 0);
      return sum + inputsOf(top, v, false).reduce((p, x) => p * (1 + Math.exp(x)), Math.exp(linear));
    }, 0);
  const z = hiddenStates.reduce((sum, h) => sum + weight(h), 0);
  const p = hiddenStates.reduce(
    (sum, h) => sum + (weight(h) / z) * stateProbability(inputsOf(bottom, h, true), row),
    0,
  );
  return Math.log(p);
}

test('a layer that begins as the transpose of the one below: the bound is the log-likelihood below', () => {
  const rbm = smallRbm(6, 4, 1);
  const dbn: Dbn = { layers: [{ rbm }, { rbm: turned(rbm) }], labels: 0 };
  const rows = allRows(6);
  const topLogPartition = exactLogPartition(turned(rbm));
  const bound = variationalBound(dbn, rows, { topLogPartition, average: 'exact' });
  const exact = exactLogLikelihood(rbm, rows);
  for (let row = 0; row < rows.count; row++) expect(bound.perRow[row]).toBeCloseTo(exact[row], 6);
  expect(bound.mean).toBeCloseTo(exact.reduce((sum, value) => sum + value, 0) / rows.count, 6);
});

test.each([
  ['6-4-6', { layers: [{ rbm: smallRbm(6, 4, 1) }, { rbm: smallRbm(4, 6, 2) }], labels: 0 } satisfies Dbn],
  ['with labels and recognition weights', labelledDbn()],
])('%s: never above log p(v), and estimated within its error', (_, dbn) => {
  const width = dbn.layers[0].rbm.visible.count;
  const rows = allRows(width);
  const logZ = Math.log(
    binaryStates(dbn.layers[0].rbm.hidden.count).reduce((sum, pen) => {
      const { rbm } = dbn.layers[1];
      const labels =
        dbn.labels === 0
          ? [[]]
          : [
              [1, 0],
              [0, 1],
            ];
      return labels.reduce((total, label) => {
        const v = [...pen, ...label];
        const linear = v.reduce((s, x, i) => s + x * rbm.visibleParameters.bias[i], 0);
        return total + inputsOf(rbm, v, false).reduce((p, x) => p * (1 + Math.exp(x)), Math.exp(linear));
      }, sum);
    }, 0),
  );
  const bound = variationalBound(dbn, rows, { topLogPartition: logZ, average: 'exact' });
  const states = binaryStates(width);
  let gap = 0;
  for (const [i, state] of states.entries()) {
    const exact = exactLog(dbn, state);
    expect(bound.perRow[i]).toBeLessThanOrEqual(exact + 1e-9);
    gap += exact - bound.perRow[i];
  }
  expect(gap).toBeGreaterThan(0.01);
  // One row many times: then the standard error is that of the samples, and 5 of them are passed once in 1.7 million.
  const repeated: DenseRows = {
    form: 'dense',
    count: 4000,
    width,
    data: new Float32Array(4000 * width).fill(1),
  };
  const estimate = variationalBound(dbn, repeated, {
    topLogPartition: logZ,
    average: { samples: 1, stream: threefry(4) },
  });
  expect(Math.abs(estimate.mean - bound.perRow[states.length - 1])).toBeLessThan(5 * estimate.standardError);
});

test('too many units to enumerate', () => {
  const dbn: Dbn = { layers: [{ rbm: smallRbm(2, 21, 1) }, { rbm: smallRbm(21, 2, 2) }], labels: 0 };
  expect(() => variationalBound(dbn, allRows(2), { topLogPartition: 0, average: 'exact' })).toThrow(
    expect.objectContaining({
      code: 'dbn.too_large',
      details: expect.objectContaining({ units: 21, limit: 20 }),
    }),
  );
});
