import { describe, expect, test } from 'vitest';
import { barsAndStripes, bestLogLikelihood, shiftingBar } from '../../test/support/patterns.ts';
import { discrete, real, tinyRbm } from '../../test/support/tiny-rbm.ts';
import { threefry } from '../random/threefry-stream.ts';
import { createRbm } from './create-rbm.ts';
import { exactLogLikelihood } from './enumeration/exact-likelihood.ts';
import { sampleExactly } from './enumeration/exact-sampling.ts';
import { exactGradient } from './enumeration/moments.ts';
import { createExactTrainer } from './exact-trainer.ts';
import type { Rbm } from './rbm.ts';
import type { RbmTrainerOptions } from './rbm-trainer.ts';
import type { RbmTrainingSpec } from './rbm-training-spec.ts';
import type { StateRows } from './state-rows.ts';

const plain: RbmTrainingSpec = {
  negative: { name: 'exact' },
  centered: false,
  offsetRate: 0.01,
  optimizer: { name: 'momentum', initial: 0, final: 0, switchEpoch: 0 },
  learningRate: 0.5,
  schedule: { name: 'constant' },
  batchSize: 14,
  epochs: 1,
  weightDecay: { l1: 0, l2: 0 },
  grey: 'grey',
};

function options(
  change: Partial<RbmTrainerOptions> = {},
  spec: Partial<RbmTrainingSpec> = {},
): RbmTrainerOptions {
  return {
    rbm: tinyRbm(discrete.bernoulli(9), discrete.bernoulli(4), 1, 0.5),
    data: barsAndStripes(3, 'distinct'),
    stream: threefry(0),
    spec: { ...plain, ...spec },
    ...change,
  };
}

function meanLikelihood(rbm: Rbm, rows: StateRows): number {
  return exactLogLikelihood(rbm, rows).reduce((a, b) => a + b) / rows.count;
}

test('bars and stripes 3 x 3: the optimum is reached to 1e-3 and never exceeded', async () => {
  const data = barsAndStripes(3, 'distinct');
  const best = bestLogLikelihood(data);
  const rbm = createRbm(discrete.bernoulli(9), discrete.bernoulli(12), {
    stream: threefry(1),
    weightStd: 0.1,
    data,
  });
  const trainer = await createExactTrainer(
    options({ rbm, data }, { optimizer: { name: 'adam' }, learningRate: 0.02, epochs: 5000 }),
  );
  let largest = -Infinity;
  for (let epoch = 500; epoch <= 5000 && best - largest > 1e-3; epoch += 500) {
    await trainer.train({ untilEpoch: epoch });
    largest = Math.max(largest, meanLikelihood(trainer.rbm(), data));
    expect(largest).toBeLessThanOrEqual(best + 1e-9);
  }
  expect(best - largest).toBeLessThan(1e-3);
}, 120_000);

test('one plain step adds rate times the exact gradient', async () => {
  const given = options();
  const gradient = exactGradient(given.rbm, given.data);
  const trainer = await createExactTrainer(given);
  expect(await trainer.train()).toBe('complete');
  const after = trainer.rbm();
  const check = (now: Float32Array, before: Float32Array, slope: Float64Array) => {
    now.forEach((x, k) => {
      expect(x).toBeCloseTo(before[k] + 0.5 * slope[k], 6);
    });
  };
  check(after.weights.data, given.rbm.weights.data, gradient.weights);
  check(after.visibleParameters.bias, given.rbm.visibleParameters.bias, gradient.visible.bias);
  check(after.hiddenParameters.bias, given.rbm.hiddenParameters.bias, gradient.hidden.bias);
  expect(trainer.history.map(({ epoch, step }) => [epoch, step])).toEqual([
    [0, 0],
    [1, 1],
  ]);
});

test('the centred step is the plain step of the model in v - mu, h - lambda', async () => {
  // A visible layer of flipped bits has the flipped model: the centred step commutes with the flip, the plain does not.
  const data = barsAndStripes(3, 'distinct');
  const rbm = tinyRbm(discrete.bernoulli(9), discrete.bernoulli(4), 1, 0.5);
  const flippedData = { ...data, data: data.data.map((x) => 1 - x) };
  const flip = (model: Rbm): Rbm => ({
    ...model,
    weights: { ...model.weights, data: model.weights.data.map((w) => -w) },
    visibleParameters: { bias: model.visibleParameters.bias.map((b) => -b) },
    hiddenParameters: {
      bias: model.hiddenParameters.bias.map((c, j) => {
        let sum = c;
        for (let i = 0; i < 9; i++) sum += model.weights.data[4 * i + j];
        return sum;
      }),
    },
  });
  const gap = async (centered: boolean) => {
    const change = { centered, epochs: 5 };
    const a = await createExactTrainer(options({ rbm, data }, change));
    const b = await createExactTrainer(options({ rbm: flip(rbm), data: flippedData }, change));
    await a.train();
    await b.train();
    const expected = flip(a.rbm());
    return Math.max(...b.rbm().weights.data.map((w, k) => Math.abs(w - expected.weights.data[k])));
  };
  expect(await gap(true)).toBeLessThan(1e-5);
  expect(await gap(false)).toBeGreaterThan(1e-2);
});

test('whole-number weights are repeated rows', async () => {
  const data = shiftingBar(9, 2);
  const weights = Float32Array.of(1, 2, 3, 1, 1, 2, 1, 1, 2);
  const repeated = [...weights].flatMap((w, row) => new Array<number>(w).fill(row));
  const copies = Float32Array.from(repeated.flatMap((row) => [...data.data.subarray(9 * row, 9 * row + 9)]));
  const spec = { batchSize: 9, epochs: 3, centered: true };
  const a = await createExactTrainer(options({ data, weights }, spec));
  const b = await createExactTrainer(
    options(
      { data: { ...data, count: repeated.length, data: copies } },
      { ...spec, batchSize: repeated.length },
    ),
  );
  await a.train();
  await b.train();
  a.rbm().weights.data.forEach((w, k) => {
    expect(b.rbm().weights.data[k]).toBeCloseTo(w, 6);
  });
  expect(a.history.at(-1)!.reconstructionError).toBeCloseTo(b.history.at(-1)!.reconstructionError!, 6);
});

test('other units: likelihood rises, precisions are learned', async () => {
  const source = tinyRbm(real.gaussian(2), discrete.spin(2), 3, 1.5);
  const data = sampleExactly(source, 200, threefry(2));
  const rbm = createRbm(real.gaussian(2), discrete.spin(3), { stream: threefry(1), weightStd: 0.1 });
  const trainer = await createExactTrainer(
    options({ rbm, data }, { batchSize: 200, epochs: 500, optimizer: { name: 'adam' }, learningRate: 0.05 }),
  );
  const before = meanLikelihood(trainer.rbm(), data);
  await trainer.train();
  const after = meanLikelihood(trainer.rbm(), data);
  expect(after).toBeGreaterThan(before + 0.2);
  // The optimum of the data is at least what their source gives them, up to a slow end of the ascent.
  expect(after).toBeGreaterThan(meanLikelihood(source, data) - 0.02);
  expect(trainer.rbm().visibleParameters.logPrecision!.every((x) => Math.abs(x) > 1e-3)).toBe(true);
});

describe('resuming', () => {
  const change = {
    epochs: 6,
    batchSize: 5,
    centered: true,
    optimizer: { name: 'adam' },
    grey: 'resampled',
  } as const;

  test('a restored snapshot goes on with the same bits', async () => {
    const straight = await createExactTrainer(options({}, change));
    await straight.train();
    const first = await createExactTrainer(options({}, change));
    await first.train({ untilEpoch: 2 });
    const second = await createExactTrainer(options({}, change));
    second.restore(first.snapshot());
    await second.train();
    expect(second.rbm()).toEqual(straight.rbm());
    expect(second.snapshot().arrays).toEqual(straight.snapshot().arrays);
    const timeless = (trainer: typeof straight) =>
      trainer.history.map((record) => ({ ...record, seconds: 0 }));
    expect(timeless(second)).toEqual(timeless(straight));
  });

  test('in the middle of an epoch, after an abort', async () => {
    const straight = await createExactTrainer(options({}, change));
    await straight.train();
    const stopped = await createExactTrainer(options({}, change));
    const controller = new AbortController();
    let seen = 0;
    const train = stopped.train({
      signal: controller.signal,
      onProgress: () => {
        seen += 1;
        controller.abort();
      },
    });
    expect(await train).toBe('aborted');
    expect(seen).toBe(1);
    const resumed = await createExactTrainer(options({}, change));
    resumed.restore(stopped.snapshot());
    expect(resumed.step).toBe(stopped.step);
    await resumed.train();
    expect(resumed.rbm()).toEqual(straight.rbm());
  });

  test('a snapshot of another training is refused', async () => {
    const trainer = await createExactTrainer(options({}, change));
    const others = [
      options({ stream: threefry(1) }, change),
      options({}, { ...change, learningRate: 0.1 }),
      options({ rbm: tinyRbm(discrete.bernoulli(9), discrete.bernoulli(5), 1, 0.5) }, change),
      options({ data: barsAndStripes(3, 'multiset') }, change),
    ];
    for (const other of others) {
      const snapshot = (await createExactTrainer(other)).snapshot();
      expect(() => trainer.restore(snapshot)).toThrow(
        expect.objectContaining({ code: 'boltzmann.snapshot_mismatch' }),
      );
    }
  });
});

test('a rate that overflows stops at the step, names it and keeps the last good state', async () => {
  const given = options({}, { learningRate: 1e40, epochs: 20 });
  const trainer = await createExactTrainer(given);
  expect(await trainer.train()).toBe('not-finite');
  expect(trainer.finding).not.toBeNull();
  expect(trainer.finding!.step).toBe(trainer.step);
  expect(trainer.rbm().weights.data.every((w) => Number.isFinite(w))).toBe(true);
});

describe('bad input', () => {
  const nine = barsAndStripes(3, 'distinct');
  const cases: [string, Partial<RbmTrainerOptions>, Partial<RbmTrainingSpec>, string][] = [
    ['no rows', { data: { ...nine, count: 0, data: new Float32Array(0) } }, {}, 'boltzmann.no_rows'],
    ['fewer rows than the batch', {}, { batchSize: 15 }, 'boltzmann.few_rows'],
    ['value outside', { data: { ...nine, data: nine.data.map((x) => 2 * x) } }, {}, 'boltzmann.bad_state'],
    ['NaN', { data: { ...nine, data: nine.data.map(() => NaN) } }, {}, 'boltzmann.bad_state'],
    ['constant data', { data: { ...nine, data: nine.data.map(() => 1) } }, {}, 'boltzmann.constant_data'],
    ['zero weight', { weights: new Float32Array(14) }, {}, 'boltzmann.bad_weight'],
    ['short weights', { weights: Float32Array.of(1) }, {}, 'boltzmann.bad_weights'],
    ['negative rate', {}, { learningRate: -1 }, 'boltzmann.bad_training'],
    ['batch of 0', {}, { batchSize: 0 }, 'boltzmann.bad_training'],
    ['momentum 1', {}, { optimizer: { ...plain.optimizer, final: 1 } as never }, 'boltzmann.bad_training'],
    ['unknown phase', {}, { negative: { name: 'magic' } as never }, 'boltzmann.bad_training'],
    ['no steps', {}, { negative: { name: 'cd', steps: 0 } }, 'boltzmann.bad_training'],
    ['unknown levels', {}, { grey: 'gray' as never }, 'boltzmann.bad_training'],
    ['another phase', {}, { negative: { name: 'cd', steps: 1 } }, 'boltzmann.wrong_trainer'],
    [
      'too many states',
      {
        rbm: tinyRbm(discrete.bernoulli(30), discrete.bernoulli(30), 1),
        data: { form: 'dense', count: 14, width: 30, data: threefry(1).uniform(new Float32Array(420)) },
      },
      {},
      'boltzmann.cannot_enumerate',
    ],
  ];
  test.each(cases)('%s', async (_, change, spec, code) => {
    await expect(createExactTrainer(options(change, spec))).rejects.toThrow(
      expect.objectContaining({ code }),
    );
  });

  test('columns that are constant or empty are learned around', async () => {
    const data = { ...nine, data: nine.data.map((x, k) => (k % 9 === 0 ? 0 : k % 9 === 1 ? 1 : x)) };
    const trainer = await createExactTrainer(options({ data }, { epochs: 50 }));
    expect(await trainer.train()).toBe('complete');
    expect(Number.isFinite(meanLikelihood(trainer.rbm(), data))).toBe(true);
  });
});
