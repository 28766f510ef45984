import { describe, expect, test } from 'vitest';
import { binaryStates, inputsOf, labelledDbn, sigmoid } from '../../../test/support/small-dbn.ts';
import { threefry } from '../../random/threefry-stream.ts';
import { nodeRuntime } from '../../runtime/node.ts';
import type { DenseRows } from '../state-rows.ts';
import { generateSamples } from './generate.ts';
import { labelScores, readOutError } from './read-out.ts';

const runtime = await nodeRuntime();
const dbn = labelledDbn();
const { rbm: bottom, recognition } = dbn.layers[0];
const { rbm: top } = dbn.layers[1];

/** Unnormalized probability of a state of the top RBM's visible layer. */
function topWeight(pen: readonly number[], label: number): number {
  const v = [...pen, label === 0 ? 1 : 0, label];
  const linear = v.reduce((sum, x, i) => sum + x * top.visibleParameters.bias[i], 0);
  return inputsOf(top, v, false).reduce((p, x) => p * (1 + Math.exp(x)), Math.exp(linear));
}

/** Means of the visible units and of the label, by enumeration. */
function exactMeans(labels: readonly number[]) {
  let z = 0;
  let ones = 0;
  const visible = [0, 0, 0];
  for (const pen of binaryStates(2)) {
    for (const label of labels) {
      const weight = topWeight(pen, label);
      z += weight;
      ones += weight * label;
      for (const [i, x] of inputsOf(bottom, pen, true).entries()) visible[i] += weight * sigmoid(x);
    }
  }
  return { visible: visible.map((sum) => sum / z), label: ones / z };
}

describe('generateSamples', () => {
  const count = 20_000;
  // Means of numbers in [0, 1]: Hoeffding at 1e-9 each.
  const bound = Math.sqrt(Math.log(2 / 1e-9) / (2 * count));

  test.each([
    ['free', undefined, [0, 1]],
    ['label 1', new Int32Array(count).fill(1), [1]],
  ] as const)('%s: means as by enumeration', async (_, labels, possible) => {
    const made = await generateSamples(dbn, { count, steps: 60, labels, stream: threefry(2), runtime });
    const exact = exactMeans(possible);
    for (const [i, expected] of exact.visible.entries()) {
      let sum = 0;
      for (let row = 0; row < count; row++) sum += made.visible[row * 3 + i];
      expect(Math.abs(sum / count - expected)).toBeLessThan(bound);
    }
    const ones = made.labels!.reduce((sum, label) => sum + label, 0) / count;
    expect(Math.abs(ones - exact.label)).toBeLessThan(labels === undefined ? bound : 1e-12);
  });

  test('bad input', async () => {
    const options = { count: 2, steps: 1, stream: threefry(1), runtime };
    const rejects = (change: object, code: string) =>
      expect(generateSamples(dbn, { ...options, ...change })).rejects.toMatchObject({ code });
    await rejects({ labels: Int32Array.of(0, 2) }, 'dbn.labels');
    await rejects({ labels: Int32Array.of(0) }, 'dbn.label_count');
    await rejects({ count: 0 }, 'dbn.bad_value');
    await rejects({ steps: 0.5 }, 'dbn.bad_value');
    await expect(
      generateSamples(
        { layers: dbn.layers.slice(0, 1), labels: 0 },
        { ...options, labels: Int32Array.of(0, 1) },
      ),
    ).rejects.toMatchObject({ code: 'dbn.no_labels' });
  });
});

describe('generative read-out', () => {
  const rows: DenseRows = {
    form: 'dense',
    count: 5,
    width: 3,
    data: threefry(6).uniform(new Float32Array(15)),
  };

  test('scores are log p(label | means below) up to a constant, by enumeration of the hidden states', async () => {
    const scores = await labelScores(dbn, rows, runtime);
    for (let row = 0; row < rows.count; row++) {
      const layer = {
        ...bottom,
        weights: recognition!.weights,
        hiddenParameters: { bias: recognition!.hiddenBias },
      };
      const pen = inputsOf(layer, rows.data.subarray(row * 3, row * 3 + 3), false).map(sigmoid);
      const weights = [0, 1].map((label) => {
        const v = [...pen, label === 0 ? 1 : 0, label];
        const visible = v.reduce((sum, x, i) => sum + x * top.visibleParameters.bias[i], 0);
        const inputs = inputsOf(top, v, false);
        return binaryStates(3).reduce(
          (sum, h) => sum + Math.exp(visible + h.reduce((s, x, j) => s + x * inputs[j], 0)),
          0,
        );
      });
      expect(scores[row * 2 + 1] - scores[row * 2]).toBeCloseTo(Math.log(weights[1] / weights[0]), 4);
    }
  });

  test('error rate', async () => {
    const scores = await labelScores(dbn, rows, runtime);
    const best = Int32Array.from({ length: 5 }, (_, i) => (scores[2 * i + 1] > scores[2 * i] ? 1 : 0));
    expect(await readOutError(dbn, rows, best, runtime)).toBe(0);
    best[3] = 1 - best[3];
    expect(await readOutError(dbn, rows, best, runtime)).toBeCloseTo(0.2);
    await expect(readOutError(dbn, rows, new Int32Array(4), runtime)).rejects.toMatchObject({
      code: 'dbn.label_count',
    });
    await expect(
      labelScores({ ...dbn, layers: dbn.layers.slice(0, 1), labels: 0 }, rows, runtime),
    ).rejects.toMatchObject({
      code: 'dbn.no_labels',
    });
  });
});
