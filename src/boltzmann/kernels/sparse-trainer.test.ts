import { describe, expect, test } from 'vitest';
import { expectedCd } from '../../../test/support/expected-cd.ts';
import { kernelGradient } from '../../../test/support/kernel-gradient.ts';
import { checkStationarity } from '../../../test/support/stationarity.ts';
import { discrete, tinyRbm } from '../../../test/support/tiny-rbm.ts';
import { threefry } from '../../random/index.ts';
import { nodeThreads } from '../../runtime/node-threads.ts';
import { selectRows, sparseRows } from '../convert-rows.ts';
import { allStates, exactVisibleProbabilities, sampleExactly } from '../enumeration/exact-sampling.ts';
import { exactGradient } from '../enumeration/moments.ts';
import type { Rbm } from '../rbm.ts';
import type { RbmTrainer } from '../rbm-trainer.ts';
import type { RbmTrainingSpec } from '../rbm-training-spec.ts';
import type { StateRows } from '../state-rows.ts';
import { SparseSampler } from './sparse-sampler.ts';
import { createSparseTrainer, type SparseTrainerOptions } from './sparse-trainer.ts';

const sides = {
  bernoulli: [discrete.bernoulli(5), discrete.bernoulli(4)],
  spin: [discrete.spin(5), discrete.spin(4)],
  potts: [discrete.potts(3), discrete.potts(2)],
} as const;
const kinds = Object.keys(sides) as (keyof typeof sides)[];
const pairs = kinds.flatMap((v) => kinds.map((h) => ({ v, h })));
const modelOf = ({ v, h }: (typeof pairs)[number]) => tinyRbm(sides[v][0], sides[h][1], 3, 0.5);

const spec: RbmTrainingSpec = {
  negative: { name: 'cd', steps: 1 },
  centered: false,
  offsetRate: 0.01,
  optimizer: { name: 'momentum', initial: 0, final: 0, switchEpoch: 0 },
  learningRate: 0,
  schedule: { name: 'constant' },
  batchSize: 20_000,
  epochs: 1,
  weightDecay: { l1: 0, l2: 0 },
  grey: 'threshold',
};

/** Six patterns of a model, again and again: 20,000 rows. */
function repeatedRows(rbm: Rbm, count = 20_000): { patterns: StateRows; rows: StateRows } {
  const patterns = sampleExactly(rbm, 6, threefry(9));
  return {
    patterns,
    rows: selectRows(
      patterns,
      Uint32Array.from({ length: count }, (_, i) => i % 6),
    ),
  };
}

async function gradientOf(
  rbm: Rbm,
  rows: StateRows,
  changes: Partial<RbmTrainingSpec>,
): Promise<Float64Array> {
  const options = { rbm, data: rows, spec: { ...spec, ...changes }, stream: threefry(4) };
  const trainer = await createSparseTrainer(options);
  await trainer.train();
  return kernelGradient(trainer, rbm);
}

/**
 * Largest difference of a mean of 20,000 draws from its expectation: |state| <= 1, so the standard error of an entry is at
 * most 1 / sqrt(20000) = 0.0071; at 5.5 of them one entry is a false alarm with 4e-8. The rows are the six patterns in equal
 * numbers but for two, which is below 1e-4.
 */
const bound = 5.5 / Math.sqrt(20_000) + 1e-4;

function expectClose(got: Float64Array, expected: ArrayLike<number>): void {
  for (let i = 0; i < got.length; i++) expect(Math.abs(got[i] - expected[i])).toBeLessThan(bound);
}

describe.each(pairs)('$v visible, $h hidden units', (pair) => {
  const rbm = modelOf(pair);

  test('Gibbs chains leave the law of the model alone, on two threads too', async () => {
    let sampler: SparseSampler | undefined;
    const kernel = async (states: StateRows, sweep: number): Promise<StateRows> => {
      sampler ??= await SparseSampler.open({
        rbm,
        start: states,
        stream: threefry(sweep),
        threads: 2,
        host: nodeThreads,
      });
      sampler.advance(1);
      return sampler.states();
    };
    const law = exactVisibleProbabilities(rbm);
    const results = await checkStationarity({ units: rbm.visible, law, seed: 5, kernel });
    sampler?.dispose();
    for (const { totalVariation, bound: limit } of results) expect(totalVariation).toBeLessThan(limit);
  });

  test.each([1, 3])('CD-%i has the expectation that the transition matrix gives', async (steps) => {
    const { patterns, rows } = repeatedRows(rbm);
    const got = await gradientOf(rbm, rows, { negative: { name: 'cd', steps } });
    expectClose(got, expectedCd(rbm, patterns, steps).weights);
  });

  test.each([
    { name: 'pcd', steps: 40 },
    { name: 'parallel-tempering', steps: 20, temperatures: 4 },
  ] as const)('$name comes to the exact gradient', async (negative) => {
    const { patterns, rows } = repeatedRows(rbm);
    expectClose(await gradientOf(rbm, rows, { negative }), exactGradient(rbm, patterns).weights);
  });

  test('the centred gradient is the plain one minus the offsets times the mean differences', async () => {
    const { patterns, rows } = repeatedRows(rbm);
    const plain = exactGradient(rbm, patterns);
    const got = await gradientOf(rbm, rows, { centered: true, negative: { name: 'pcd', steps: 40 } });
    const width = plain.hidden.bias.length;
    const { mean } = moments(rbm, patterns);
    const lambda = rbm.hidden.kind === 'potts' ? 1 / rbm.hidden.states : rbm.hidden.kind === 'spin' ? 0 : 0.5;
    const expected = plain.weights.map((g, at) => {
      const [i, j] = [Math.floor(at / width), at % width];
      return g - mean[i] * plain.hidden.bias[j] - lambda * plain.visible.bias[i];
    });
    expectClose(got, expected);
  });
});

test('a label unit beside Bernoulli units is one softmax unit: chains keep the law of one-hot labels', async () => {
  const labels = 3;
  const rbm = tinyRbm(discrete.bernoulli(4 + labels), discrete.bernoulli(4), 6, 0.7);
  // The law of all Bernoulli states, given that exactly one label is on.
  const states = allStates(rbm.visible);
  const law = exactVisibleProbabilities(rbm);
  for (let state = 0; state < states.count; state++) {
    const row = states.data.subarray(state * states.width, (state + 1) * states.width);
    if (row.subarray(4).reduce((a, b) => a + b) !== 1) law[state] = 0;
  }
  const total = law.reduce((a, b) => a + b);
  let sampler: SparseSampler | undefined;
  const kernel = async (start: StateRows): Promise<StateRows> => {
    sampler ??= await SparseSampler.open({ rbm, start, stream: threefry(8), labels });
    sampler.advance(1);
    return sampler.states();
  };
  const check = { units: rbm.visible, law: law.map((p) => p / total), seed: 5, kernel };
  for (const { totalVariation, bound: limit } of await checkStationarity(check)) {
    expect(totalVariation).toBeLessThan(limit);
  }
});

function moments(rbm: Rbm, rows: StateRows): { mean: Float64Array } {
  const lists = sparseRows(rbm.visible, rows);
  const off = rbm.visible.kind === 'spin' ? -1 : 0;
  const on = new Float64Array(rows.width);
  for (let at = 0; at < lists.offsets[rows.count]; at++) on[lists.indices[at]] += 1 / rows.count;
  return { mean: on.map((p) => off + (1 - off) * p) };
}

/** Rows of levels: a ninth of the columns is on, another between. */
function levels(count: number, width: number): StateRows {
  const data = threefry(2).uniform(new Float32Array(count * width));
  return {
    form: 'dense',
    count,
    width,
    data: data.map((x) => (x < 1 / 9 ? 1 : x < 2 / 9 ? x : 0)),
  };
}

const wide = tinyRbm(discrete.bernoulli(37), discrete.bernoulli(43), 1, 0.1);
const learning: RbmTrainingSpec = {
  ...spec,
  learningRate: 0.05,
  batchSize: 24,
  epochs: 2,
  centered: true,
  optimizer: { name: 'momentum', initial: 0.5, final: 0.9, switchEpoch: 1 },
};
const settings: Readonly<Record<string, Partial<RbmTrainingSpec>>> = {
  'CD-1': {},
  'CD-2 of grey levels': { negative: { name: 'cd', steps: 2 }, grey: 'grey' },
  'levels drawn anew, Adam': { grey: 'resampled', optimizer: { name: 'adam' }, learningRate: 0.001 },
  'PCD with more chains than rows': { negative: { name: 'pcd', steps: 1, chains: 31 } },
  'PCD, plain, decay': {
    negative: { name: 'pcd', steps: 2 },
    centered: false,
    weightDecay: { l1: 1e-3, l2: 1e-3 },
  },
  'parallel tempering, sparse': {
    negative: { name: 'parallel-tempering', steps: 1, temperatures: 3 },
    sparsity: { target: 0.1, cost: 0.2, decay: 0.9 },
  },
};

function optionsOf(changes: Partial<RbmTrainingSpec>): SparseTrainerOptions {
  const data = levels(100, 37);
  const weights = Float32Array.from({ length: 100 }, (_, i) => 1 + (i % 3));
  return {
    rbm: wide,
    data,
    weights,
    spec: { ...learning, ...changes },
    stream: threefry(11),
    validation: data,
  };
}

function stateOf(trainer: RbmTrainer): unknown {
  const { step, epoch, history, arrays } = trainer.snapshot();
  return { step, epoch, history: history.map((record) => ({ ...record, seconds: 0 })), arrays: [...arrays] };
}

describe.each(Object.entries(settings))('%s', (_, changes) => {
  test('gives the same bits on one, two and three threads', async () => {
    const states: unknown[] = [];
    for (const threads of [1, 2, 3]) {
      const trainer = await createSparseTrainer({ ...optionsOf(changes), threads, host: nodeThreads });
      await trainer.train();
      states.push(stateOf(trainer));
      await trainer.dispose();
    }
    expect(states[1]).toEqual(states[0]);
    expect(states[2]).toEqual(states[0]);
  });

  test('stopped within an epoch and resumed ends with the same bits', async () => {
    const whole = await createSparseTrainer(optionsOf(changes));
    await whole.train();
    const first = await createSparseTrainer(optionsOf(changes));
    const stop = new AbortController();
    await first.train({ untilEpoch: 1 });
    const end = first.train({ signal: stop.signal });
    stop.abort();
    await end;
    const second = await createSparseTrainer(optionsOf(changes));
    second.restore(first.snapshot());
    await second.train();
    expect(stateOf(second)).toEqual(stateOf(whole));
    expect(second.rbm()).toEqual(whole.rbm());
  });
});

test('an example of weight 2 is as good as two examples', async () => {
  const rows = levels(8, 37);
  const twice = selectRows(rows, [0, 0, 1, 1, 2, 3, 4, 5, 6, 7]);
  const weights = Float32Array.from([2, 2, 1, 1, 1, 1, 1, 1]);
  // One persistent chain, from the first example: it does not depend on the number of examples.
  const changes = { ...spec, negative: { name: 'pcd', steps: 1, chains: 1 }, learningRate: 0.1 } as const;
  const run = async (data: StateRows, extra: { weights?: Float32Array }) => {
    const own = { ...changes, batchSize: data.count };
    const trainer = await createSparseTrainer({ rbm: wide, data, spec: own, stream: threefry(1), ...extra });
    await trainer.train();
    return trainer.rbm().weights.data;
  };
  const [a, b] = [await run(rows, { weights }), await run(twice, {})];
  for (let i = 0; i < a.length; i++) expect(Math.abs(a[i] - b[i])).toBeLessThan(1e-6);
});

test('a rate that overflows stops at its step, with the last good state', async () => {
  const trainer = await createSparseTrainer(optionsOf({ learningRate: 3e38, batchSize: 10 }));
  expect(await trainer.train()).toBe('not-finite');
  expect(trainer.finding).toEqual({ step: trainer.step, what: 'weights' });
  const finite = (values: Float32Array) => values.every((x) => Number.isFinite(x));
  const rbm = trainer.rbm();
  expect(
    finite(rbm.weights.data) && finite(rbm.hiddenParameters.bias) && finite(rbm.visibleParameters.bias),
  ).toBe(true);
});

test.each([
  [{ threads: 2 }, 'boltzmann.bad_threads'],
  [{ rbm: tinyRbm({ kind: 'gaussian', count: 37 }, discrete.bernoulli(3), 1, 0.1) }, 'boltzmann.not_sparse'],
  [{ spec: { ...learning, batchSize: 101 } }, 'boltzmann.few_rows'],
  [{ spec: { ...learning, negative: { name: 'pcd', steps: 1, chains: 30_000 } } }, 'boltzmann.too_wide'],
  [{ weights: new Float32Array(100) }, 'boltzmann.bad_weight'],
] as const)('%o is refused', async (changes, code) => {
  const options = { ...optionsOf({}), ...changes } as SparseTrainerOptions;
  await expect(createSparseTrainer(options)).rejects.toMatchObject({ code });
});
