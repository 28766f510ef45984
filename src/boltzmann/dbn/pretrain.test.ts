import { describe, expect, test } from 'vitest';
import { threefry } from '../../random/threefry-stream.ts';
import { nodeRuntime } from '../../runtime/node.ts';
import type { RbmTrainingSpec } from '../rbm-training-spec.ts';
import type { DenseRows } from '../state-rows.ts';
import { createLabelRbmTrainer } from './label-rbm-trainer.ts';
import { createPretrainer, type PretrainOptions, pretrainDbn } from './pretrain.ts';
import type { RbmProblem } from './rbm-problem.ts';
import { readOutError } from './read-out.ts';
import { hiddenMeans, sampleRows } from './upward.ts';

const runtime = await nodeRuntime();

const spec: RbmTrainingSpec = {
  negative: { name: 'cd', steps: 1 },
  centered: false,
  offsetRate: 0.01,
  optimizer: { name: 'momentum', initial: 0.5, final: 0.8, switchEpoch: 2 },
  learningRate: 0.1,
  schedule: { name: 'constant' },
  batchSize: 10,
  epochs: 4,
  weightDecay: { l1: 0, l2: 1e-4 },
  grey: 'grey',
};

/** Two kinds of rows with a little noise, and which kind each is. */
function twoKinds(count: number): { rows: DenseRows; labels: Int32Array } {
  const uniform = threefry(1).uniform(new Float32Array(count * 8));
  const data = uniform.map((u, i) => ((i % 8 < 4 === (Math.floor(i / 8) % 2 === 0)) === u > 0.05 ? 1 : 0));
  return {
    rows: { form: 'dense', count, width: 8, data },
    labels: Int32Array.from({ length: count }, (_, i) => i % 2),
  };
}

const { rows, labels } = twoKinds(200);

function options(problems: RbmProblem[] = []): PretrainOptions {
  return {
    visible: { kind: 'bernoulli', count: 8 },
    layers: [
      { hidden: { kind: 'bernoulli', count: 6 }, spec, weightStd: 0.1 },
      { hidden: { kind: 'bernoulli', count: 5 }, spec, weightStd: 0.1 },
      { hidden: { kind: 'bernoulli', count: 12 }, spec: { ...spec, epochs: 15 }, weightStd: 0.1 },
    ],
    data: rows,
    labels: { classes: 2, values: labels },
    stream: threefry(3),
    createTrainer: (problem) => {
      problems.push(problem);
      return createLabelRbmTrainer(problem, runtime);
    },
    runtime,
  };
}

describe('pretrainDbn', () => {
  test('each layer learns what the ones below make of the data; the top learns the labels', async () => {
    const problems: RbmProblem[] = [];
    const seen: string[] = [];
    const dbn = await pretrainDbn(options(problems), {
      onEpoch: (layer, { epoch }) => void seen.push(`${layer}.${epoch}`),
      onLayer: (layer) => void seen.push(`done ${layer}`),
    });
    expect(seen.slice(0, 7)).toEqual(['0.0', '0.1', '0.2', '0.3', '0.4', 'done 0', '1.0']);
    expect(dbn.labels).toBe(2);
    expect(dbn.layers.map(({ rbm }) => rbm.weights.dims)).toEqual([
      [8, 6],
      [6, 5],
      [7, 12],
    ]);
    expect(problems.map(({ labels, data }) => [labels, data.form, data.width])).toEqual([
      [0, 'dense', 8],
      [0, 'sparse', 6],
      [2, 'sparse', 7],
    ]);
    // The label of row r stands in one of the last two columns.
    const top = problems[2].data;
    if (top.form !== 'sparse') throw new Error('sparse');
    for (let row = 0; row < top.count; row++)
      expect(top.indices[top.offsets[row + 1] - 1]).toBe(5 + labels[row]);
    expect(await readOutError(dbn, rows, labels, runtime)).toBeLessThan(0.05);
  });

  test('stopped in the second layer and resumed: the same bits', async () => {
    const whole = await pretrainDbn(options());
    const first = createPretrainer(options());
    const stop = new AbortController();
    const end = await first.train({
      signal: stop.signal,
      onEpoch: (layer, { epoch }) => {
        if (layer === 1 && epoch === 2) stop.abort();
      },
    });
    expect(end).toBe('aborted');
    const snapshot = first.snapshot();
    expect([first.layer, snapshot.finished.length, snapshot.current?.epoch]).toEqual([1, 1, 2]);
    const second = createPretrainer(options());
    await second.restore(snapshot);
    expect(await second.train()).toBe('complete');
    expect(second.dbn()).toEqual(whole);
    expect(second.histories.map((records) => records.length)).toEqual([5, 5, 16]);
    const other = createPretrainer({ ...options(), upward: 'means' });
    await expect(other.restore(snapshot)).rejects.toMatchObject({ code: 'dbn.snapshot_mismatch' });
    await first.dispose();
  });

  test('means go up as grey levels', async () => {
    const problems: RbmProblem[] = [];
    await pretrainDbn({ ...options(problems), upward: 'means' });
    expect(problems.map(({ data }) => data.form)).toEqual(['dense', 'dense', 'dense']);
    const data = problems[1].data;
    expect(data.form === 'dense' && data.data.some((value) => value > 0.01 && value < 0.99)).toBe(true);
  });

  test('a rate that overflows names layer and step', async () => {
    const layers = [options().layers[0], { ...options().layers[1], spec: { ...spec, learningRate: 1e38 } }];
    await expect(pretrainDbn({ ...options(), layers, labels: undefined })).rejects.toMatchObject({
      code: 'dbn.not_finite',
      details: expect.objectContaining({ layer: 2 }),
    });
  });

  test.each([
    ['no layers', { layers: [] }, 'dbn.bad_value'],
    [
      'fewer rows than a batch',
      { layers: [{ ...options().layers[0], spec: { ...spec, batchSize: 201 } }] },
      'dbn.too_few_examples',
    ],
    ['label out of range', { labels: { classes: 2, values: labels.map((l) => l + 1) } }, 'dbn.labels'],
    ['too few labels', { labels: { classes: 2, values: labels.slice(1) } }, 'dbn.label_count'],
    ['another width', { visible: { kind: 'bernoulli', count: 9 } }, 'boltzmann.bad_rows'],
    [
      'labels over Gaussian units',
      { layers: [{ hidden: { kind: 'gaussian', count: 3 }, spec }] },
      'dbn.unsupported_units',
    ],
  ])('bad input: %s', async (_, change, code) => {
    await expect(
      pretrainDbn({ ...options(), ...(change as Partial<PretrainOptions>) }),
    ).rejects.toMatchObject({ code });
  });

  test('the top trainer refuses what it cannot do', async () => {
    const layers = [
      { ...options().layers[0], spec: { ...spec, negative: { name: 'pcd', steps: 1 } as const } },
    ];
    await expect(pretrainDbn({ ...options(), layers })).rejects.toMatchObject({ code: 'dbn.bad_value' });
  });
});

test('sampled rows have the means they were drawn from', () => {
  const means: DenseRows = { form: 'dense', count: 20_000, width: 2, data: new Float32Array(40_000) };
  for (let i = 0; i < 40_000; i++) means.data[i] = i % 2 === 0 ? 0.3 : 0.9;
  // 6 standard errors of a mean of 20,000.
  for (const [kind, share] of [
    ['bernoulli', 0.3],
    ['spin', 0.65],
  ] as const) {
    const drawn = sampleRows({ kind, count: 2 }, means, threefry(2));
    if (drawn.form !== 'sparse') throw new Error('sparse');
    const on = drawn.indices.filter((index) => index === 0).length / 20_000;
    expect(Math.abs(on - share)).toBeLessThan(6 * Math.sqrt((share * (1 - share)) / 20_000));
  }
  const potts = { ...means, data: means.data.map((_, i) => (i % 2 === 0 ? 0.2 : 0.8)) };
  const drawn = sampleRows({ kind: 'potts', count: 1, states: 2 }, potts, threefry(2));
  if (drawn.form !== 'sparse') throw new Error('sparse');
  expect(drawn.indices).toHaveLength(20_000);
  const zeros = drawn.indices.filter((index) => index === 0).length / 20_000;
  expect(Math.abs(zeros - 0.2)).toBeLessThan(6 * Math.sqrt(0.16 / 20_000));
});

test('hidden means take the recognition weights, in chunks as in one go', async () => {
  const dbn = await pretrainDbn({ ...options(), layers: options().layers.slice(0, 1), labels: undefined });
  const many = twoKinds(2300).rows;
  const layer = dbn.layers[0];
  const all = await hiddenMeans(layer, many, runtime);
  const one = await hiddenMeans(layer, { ...many, count: 1, data: many.data.slice(-8) }, runtime);
  expect([...all.data.slice(-6)]).toEqual([...one.data]);
  const bias = new Float32Array(6).fill(100);
  const biased = await hiddenMeans(
    { ...layer, recognition: { weights: layer.rbm.weights, hiddenBias: bias } },
    rows,
    runtime,
  );
  expect(biased.data.every((value) => value === 1)).toBe(true);
});
