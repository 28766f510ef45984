import { describe, expect, test } from 'vitest';
import { barsAndStripes } from '../../../test/support/patterns.ts';
import { discrete, real, tinyRbm } from '../../../test/support/tiny-rbm.ts';
import { threefry } from '../../random/threefry-stream.ts';
import { nodeRuntime } from '../../runtime/node.ts';
import { sampleVisibleFromHidden } from '../conditionals.ts';
import { sparseRows } from '../convert-rows.ts';
import { createRbm } from '../create-rbm.ts';
import { exactLogLikelihood } from '../enumeration/exact-likelihood.ts';
import { allStates, sampleExactly } from '../enumeration/exact-sampling.ts';
import type { RbmTrainingSpec } from '../rbm-training-spec.ts';
import type { DenseRows, StateRows } from '../state-rows.ts';
import type { UnitSpec } from '../units/unit-spec.ts';
import { createDenseTrainer, type DenseTrainerOptions } from './dense-trainer.ts';

const runtime = await nodeRuntime();

const usual: RbmTrainingSpec = {
  negative: { name: 'cd', steps: 1 },
  centered: true,
  offsetRate: 0.01,
  optimizer: { name: 'momentum', initial: 0.5, final: 0.9, switchEpoch: 2 },
  learningRate: 0.05,
  schedule: { name: 'constant' },
  batchSize: 32,
  epochs: 4,
  weightDecay: { l1: 0, l2: 1e-4 },
  grey: 'grey',
};

function options(
  change: Partial<DenseTrainerOptions> = {},
  spec: Partial<RbmTrainingSpec> = {},
): DenseTrainerOptions {
  const source = tinyRbm(discrete.bernoulli(8), discrete.bernoulli(3), 1, 2);
  return {
    rbm: createRbm(discrete.bernoulli(8), discrete.bernoulli(5), { stream: threefry(3), weightStd: 0.05 }),
    data: sampleExactly(source, 150, threefry(2)),
    stream: threefry(0),
    runtime,
    spec: { ...usual, ...spec },
    ...change,
  };
}

const pairs: [string, UnitSpec, UnitSpec][] = [
  ['gaussian-bernoulli', real.gaussian(3), discrete.bernoulli(4)],
  ['potts-relu', discrete.potts(3), real.relu(3)],
  ['spin-nrelu', discrete.spin(6), real.nrelu(3)],
  ['relu-gaussian', real.relu(3), real.gaussian(2)],
];

describe.each(pairs)('%s', (_, visible, hidden) => {
  const data = (): StateRows => {
    const source = tinyRbm(visible, hidden, 5, 0.3);
    const h: DenseRows = {
      form: 'dense',
      count: 70,
      width: source.weights.dims[1],
      data: new Float32Array(70 * source.weights.dims[1]),
    };
    return sampleVisibleFromHidden(
      source,
      hidden.kind === 'bernoulli' ? sparseRows(hidden, h) : h,
      threefry(1),
    );
  };
  const given = (spec: Partial<RbmTrainingSpec>) =>
    options(
      { rbm: createRbm(visible, hidden, { stream: threefry(3) }), data: data() },
      { learningRate: 0.01, ...spec },
    );

  test.each(['cd', 'pcd'] as const)(
    '%s: stopped anywhere and resumed, the bits are the same',
    async (name) => {
      const spec = {
        negative: { name, steps: 2 },
        optimizer: name === 'cd' ? usual.optimizer : ({ name: 'adam' } as const),
        grey: visible.kind === 'spin' ? ('resampled' as const) : usual.grey,
        sparsity: { target: 0.1, cost: 0.01, decay: 0.9 },
      };
      const straight = await createDenseTrainer(given(spec));
      expect(await straight.train()).toBe('complete');
      const stopped = await createDenseTrainer(given(spec));
      const controller = new AbortController();
      const train = stopped.train({ signal: controller.signal, onProgress: () => controller.abort() });
      expect(await train).toBe('aborted');
      const resumed = await createDenseTrainer(given(spec));
      resumed.restore(stopped.snapshot());
      await resumed.train();
      expect(resumed.snapshot().arrays).toEqual(straight.snapshot().arrays);
      expect(resumed.rbm()).toEqual(straight.rbm());
      for (const trainer of [straight, stopped, resumed]) await trainer.dispose();
    },
  );
});

test('the same bits for one and two threads of the engine', async () => {
  const run = async (threads: number) => {
    const trainer = await createDenseTrainer(options({ compile: { threads } }));
    await trainer.train();
    await trainer.dispose();
    return trainer.rbm();
  };
  expect(await run(2)).toEqual(await run(1));
});

test.each(['cd', 'pcd'] as const)(
  '%s: the likelihood of a small model rises towards that of its source',
  async (name) => {
    const source = tinyRbm(discrete.bernoulli(8), discrete.bernoulli(3), 1, 2);
    const data = sampleExactly(source, 2000, threefry(2));
    const validation = sampleExactly(source, 200, threefry(4));
    const trainer = await createDenseTrainer(
      options({ data, validation }, { negative: { name, steps: 5 }, epochs: 30, batchSize: 100 }),
    );
    const mean = (rows: StateRows) => {
      const logs = exactLogLikelihood(trainer.rbm(), rows);
      return logs.reduce((a, b) => a + b) / rows.count;
    };
    const before = mean(data);
    expect(await trainer.train()).toBe('complete');
    const best = exactLogLikelihood(source, data).reduce((a, b) => a + b) / 2000;
    expect(before).toBeLessThan(best - 0.3);
    expect(mean(data)).toBeGreaterThan(best - 0.1);
    const { history } = trainer;
    expect(history).toHaveLength(31);
    expect(history[30].reconstructionError!).toBeLessThan(history[1].reconstructionError!);
    expect(Math.abs(history[30].freeEnergyGap!)).toBeLessThan(1);
    expect(history[30].hiddenActivity!).toBeGreaterThan(0);
    await trainer.dispose();
  },
);

test('sample weights: an example of weight 3 is three examples', async () => {
  const patterns = barsAndStripes(2, 'distinct');
  const weights = Float32Array.of(3, 1, 1, 1, 1, 1);
  const many = (rows: DenseRows, w: Float32Array | undefined) => {
    const copies: number[] = [];
    const of: number[] = [];
    for (let k = 0; k < 3000; k++) {
      for (let row = 0; row < 6; row++) {
        const times = w === undefined ? weights[row] : 1;
        for (let t = 0; t < times; t++) {
          copies.push(...rows.data.subarray(4 * row, 4 * row + 4));
          of.push(weights[row]);
        }
      }
    }
    const count = copies.length / 4;
    return { data: { form: 'dense', count, width: 4, data: Float32Array.from(copies) } as const, of };
  };
  const run = async (weighted: boolean) => {
    const { data, of } = many(patterns, weighted ? weights : undefined);
    const rbm = tinyRbm(discrete.bernoulli(4), discrete.bernoulli(3), 2, 1);
    const change = weighted ? { rbm, data, weights: Float32Array.from(of) } : { rbm, data };
    const trainer = await createDenseTrainer(
      options(change, { batchSize: data.count, epochs: 1, learningRate: 1, centered: false }),
    );
    await trainer.train();
    await trainer.dispose();
    return trainer.rbm().weights.data;
  };
  const [a, b] = [await run(true), await run(false)];
  // Two estimates from at least 18,000 rows, weights up to 3 times the mean: 5 standard errors of their difference.
  a.forEach((w, k) => {
    expect(Math.abs(w - b[k])).toBeLessThan(5 * 0.5 * Math.sqrt(3 / 18_000));
  });
});

test('sparsity pushes the mean activity to its target', async () => {
  const activity = async (cost: number) => {
    const trainer = await createDenseTrainer(
      options({}, { sparsity: { target: 0.1, cost, decay: 0.9 }, epochs: 100 }),
    );
    await trainer.train();
    await trainer.dispose();
    return trainer.history.at(-1)!.hiddenActivity!;
  };
  expect(await activity(0)).toBeGreaterThan(0.3);
  expect(await activity(5)).toBeLessThan(0.16);
});

describe('what goes wrong', () => {
  test('a rate that overflows stops at the step, names it and keeps the last good state', async () => {
    const trainer = await createDenseTrainer(options({}, { learningRate: 1e38, epochs: 20 }));
    expect(await trainer.train()).toBe('not-finite');
    expect(trainer.finding!.step).toBe(trainer.step);
    expect(trainer.rbm().weights.data.every((w) => Number.isFinite(w))).toBe(true);
    await trainer.dispose();
  });

  test('Gaussian with Gaussian units stop before they cannot be normalized', async () => {
    const data = threefry(8).normal(new Float32Array(400));
    for (let row = 0; row < 100; row++) data[4 * row + 1] = data[4 * row] * 1.01;
    const rbm = createRbm(real.gaussian(4), real.gaussian(2), { stream: threefry(3) });
    const trainer = await createDenseTrainer(
      options(
        { rbm, data: { form: 'dense', count: 100, width: 4, data } },
        { learningRate: 5, epochs: 20, weightDecay: { l1: 0, l2: 0 } },
      ),
    );
    expect(await trainer.train()).toBe('not-finite');
    expect(trainer.finding!.what).toBe('partition function');
    await trainer.dispose();
  });

  test('phases that only other trainers have', async () => {
    for (const negative of [
      { name: 'exact' },
      { name: 'parallel-tempering', steps: 1, temperatures: 4 },
    ] as const) {
      await expect(createDenseTrainer(options({}, { negative }))).rejects.toThrow(
        expect.objectContaining({ code: 'boltzmann.wrong_trainer' }),
      );
    }
  });

  test('constant data', async () => {
    const states = allStates(discrete.bernoulli(8));
    const data = { ...states, data: states.data.map(() => 1) };
    await expect(createDenseTrainer(options({ data }))).rejects.toThrow(
      expect.objectContaining({ code: 'boltzmann.constant_data' }),
    );
  });
});
