/** Do real units really learn? Against closed forms, the exact gradient, and on images. */
import { expect, test } from 'vitest';
import { discrete, real, tinyRbm } from '../../../test/support/tiny-rbm.ts';
import { loadMnist } from '../../data/node/mnist.ts';
import { threefry } from '../../random/threefry-stream.ts';
import { nodeRuntime } from '../../runtime/node.ts';
import { createRbm } from '../create-rbm.ts';
import { exactLogLikelihood } from '../enumeration/exact-likelihood.ts';
import { allStates, sampleExactly } from '../enumeration/exact-sampling.ts';
import { exactMoments } from '../enumeration/moments.ts';
import { createExactTrainer } from '../exact-trainer.ts';
import { freeEnergyOfHidden } from '../free-energy.ts';
import type { Rbm } from '../rbm.ts';
import type { RbmTrainingSpec } from '../rbm-training-spec.ts';
import type { DenseRows, StateRows } from '../state-rows.ts';
import type { UnitSpec } from '../units/unit-spec.ts';
import { createDenseTrainer } from './dense-trainer.ts';

const runtime = await nodeRuntime();

const spec: RbmTrainingSpec = {
  negative: { name: 'cd', steps: 1 },
  centered: true,
  offsetRate: 0.01,
  optimizer: { name: 'momentum', initial: 0.5, final: 0.9, switchEpoch: 5 },
  learningRate: 0.1,
  schedule: { name: 'cosine' },
  batchSize: 200,
  epochs: 80,
  weightDecay: { l1: 0, l2: 0 },
  grey: 'grey',
};

function meanLikelihood(rbm: Rbm, rows: StateRows): number {
  return exactLogLikelihood(rbm, rows).reduce((a, b) => a + b) / rows.count;
}

test('the visible law of a Gaussian-Bernoulli model is a mixture of 2^H normals', () => {
  const rbm = tinyRbm(real.gaussian(3), discrete.bernoulli(4), 5, 1);
  const n = 100_000;
  const drawn = sampleExactly(rbm, n, threefry(1)) as DenseRows;
  // Mixture: mean (bias + W h) / γ with weight exp(-F(h)), covariance diag(1 / γ) around it.
  const states = allStates(rbm.hidden);
  const p = freeEnergyOfHidden(rbm, states).map((f) => Math.exp(-f));
  const z = p.reduce((a, b) => a + b);
  const precision = Float64Array.from(rbm.visibleParameters.logPrecision!, Math.exp);
  const mean = new Float64Array(3);
  const second = new Float64Array(9);
  for (let s = 0; s < states.count; s++) {
    const centre = Float64Array.from(precision, (gamma, i) => {
      let field = rbm.visibleParameters.bias[i];
      for (let j = 0; j < 4; j++) field += rbm.weights.data[4 * i + j] * states.data[4 * s + j];
      return field / gamma;
    });
    for (let i = 0; i < 3; i++) {
      mean[i] += (p[s] / z) * centre[i];
      for (let k = 0; k < 3; k++) {
        second[3 * i + k] += (p[s] / z) * (centre[i] * centre[k] + (i === k ? 1 / precision[i] : 0));
      }
    }
  }
  const average = (f: (row: Float32Array) => number) => {
    let [sum, squares] = [0, 0];
    for (let r = 0; r < n; r++) {
      const x = f(drawn.data.subarray(3 * r, 3 * r + 3));
      sum += x;
      squares += x * x;
    }
    return { mean: sum / n, error: Math.sqrt((squares / n - (sum / n) ** 2) / n) };
  };
  const check = (seen: { mean: number; error: number }, expected: number) =>
    expect(Math.abs(seen.mean - expected)).toBeLessThan(4.5 * seen.error);
  for (let i = 0; i < 3; i++) {
    check(
      average((row) => row[i]),
      mean[i],
    );
    for (let k = 0; k <= i; k++)
      check(
        average((row) => row[i] * row[k]),
        second[3 * i + k],
      );
    expect(exactMoments(rbm).visible.bias[i]).toBeCloseTo(mean[i], 8);
  }
});

/** Two independent Laplace variables of variance 1, rotated. */
function rotatedLaplace(count: number, angle: number, seed: number): DenseRows {
  const u = threefry(seed)
    .child('laplace')
    .uniform(new Float64Array(2 * count), -0.5, 0.5);
  const s = u.map((x) => (-Math.sign(x) * Math.log(1 - 2 * Math.abs(x))) / Math.SQRT2);
  const data = new Float32Array(2 * count);
  for (let i = 0; i < count; i++) {
    data[2 * i] = Math.cos(angle) * s[2 * i] - Math.sin(angle) * s[2 * i + 1];
    data[2 * i + 1] = Math.sin(angle) * s[2 * i] + Math.cos(angle) * s[2 * i + 1];
  }
  return { form: 'dense', count, width: 2, data };
}

test.each(['cd', 'pcd'] as const)(
  'independent components in the plane by %s: directions, precision and the likelihood of the exact gradient',
  async (name) => {
    const angle = 0.5;
    const data = rotatedLaplace(10_000, angle, 1);
    const held = rotatedLaplace(50_000, angle, 2);
    // Four units along the axes, half a radian off the sources.
    const start = createRbm(real.gaussian(2), discrete.bernoulli(4), {
      stream: threefry(1),
      weightStd: 0,
      data,
      hiddenPrior: 0.02,
    });
    start.weights.data.set([2, -2, 0, 0, 0, 0, 2, -2]);
    start.hiddenParameters.bias.fill(-6);
    const trainer = await createDenseTrainer({
      rbm: start,
      data,
      stream: threefry(3),
      runtime,
      spec: { ...spec, negative: { name, steps: 1 }, learningRate: name === 'cd' ? 0.1 : 0.05 },
    });
    expect(await trainer.train()).toBe('complete');
    await trainer.dispose();
    const exact = await createExactTrainer({
      rbm: start,
      data,
      stream: threefry(3),
      spec: { ...spec, negative: { name: 'exact' }, optimizer: { name: 'adam' }, learningRate: 0.05 },
    });
    await exact.train();
    const learned = trainer.rbm();
    const likelihood = meanLikelihood(learned, held);
    // A normal of the same variance has -(1 + log 2 π) = -2.838, the sources themselves -(2 + log 2) = -2.693; PyDeep's
    // GRBM with four units gives -2.74 on such data.
    expect(likelihood).toBeGreaterThan(-2.75);
    expect(likelihood).toBeGreaterThan(meanLikelihood(exact.rbm(), held) - 0.005);
    // Hidden units come in pairs along the sources.
    const w = learned.weights.data;
    for (let j = 0; j < 4; j++) {
      const direction = Math.atan2(w[4 + j], w[j]) - angle;
      const off = direction - (Math.PI / 2) * Math.round(direction / (Math.PI / 2));
      expect(Math.abs(off)).toBeLessThan(0.1);
    }
    // What is left around the components is narrower than the data.
    for (const x of learned.visibleParameters.logPrecision!) expect(x).toBeGreaterThan(0.4);
  },
  60_000,
);

/** Mean correlation of neighbouring pixels of the filters, in units of what a hidden unit adds to a pixel's mean. */
function smoothness({ weights, hidden, visibleParameters }: Rbm): number {
  const n = hidden.count;
  let total = 0;
  for (let j = 0; j < n; j++) {
    let [product, square, count] = [0, 0, 0];
    const at = (i: number) => weights.data[i * n + j] / Math.exp(visibleParameters.logPrecision?.[i] ?? 0);
    for (let i = 0; i < 784; i++) {
      square += at(i) ** 2;
      if (i % 28 < 27) {
        product += at(i) * at(i + 1);
        count += 1;
      }
    }
    total += product / count / (square / 784) / n;
  }
  return total;
}

const mnistPairs: [string, UnitSpec, UnitSpec, Partial<RbmTrainingSpec>, number][] = [
  ['Gaussian-Bernoulli', real.gaussian(784), discrete.bernoulli(64), { learningRate: 0.02 }, 0.7],
  ['Bernoulli-NReLU', discrete.bernoulli(784), real.nrelu(64), { learningRate: 0.02 }, 0.5],
  ['Bernoulli-ReLU', discrete.bernoulli(784), real.relu(64), { learningRate: 0.02 }, 0.5],
];

test.each(mnistPairs)(
  '%s on MNIST: reconstructs, with smooth filters',
  async (_, visible, hidden, change, share) => {
    const { train } = await loadMnist();
    const count = 3000;
    const data: DenseRows = { form: 'dense', count, width: 784, data: train.features.slice(0, 784 * count) };
    const rbm = createRbm(visible, hidden, { stream: threefry(1), data });
    const trainer = await createDenseTrainer({
      rbm,
      data,
      stream: threefry(1),
      runtime,
      spec: { ...spec, batchSize: 100, epochs: 20, weightDecay: { l1: 0, l2: 2e-4 }, ...change },
    });
    expect(await trainer.train()).toBe('complete');
    await trainer.dispose();
    const { history } = trainer;
    // 52.7 is the variance of the images: what their mean alone leaves.
    expect(history.at(-1)!.reconstructionError!).toBeLessThan(52.7 * share);
    expect(smoothness(rbm)).toBeLessThan(0.2);
    expect(smoothness(trainer.rbm())).toBeGreaterThan(0.5);
  },
  120_000,
);
