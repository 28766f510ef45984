import { describe, expect, test } from 'vitest';
import {
  binaryStates,
  inputsOf,
  labelledDbn,
  sigmoid,
  smallRbm,
  stateProbability,
} from '../../../test/support/small-dbn.ts';
import { threefry } from '../../random/threefry-stream.ts';
import { nodeRuntime } from '../../runtime/node.ts';
import { elementCount, float32, type Tensor } from '../../tensor/tensor.ts';
import type { Dbn } from '../dbn.ts';
import type { Rbm } from '../rbm.ts';
import { buildUpDownGraph, hiddenOffset, visibleOffset } from './up-down-graph.ts';
import { parametersOf, topNames, upDownSizes } from './up-down-parameters.ts';
import type { UpDownSpec } from './up-down-spec.ts';
import { createUpDownTrainer, type UpDownOptions } from './up-down-trainer.ts';

const runtime = await nodeRuntime();

const plain: UpDownSpec = {
  gibbs: [{ fromEpoch: 0, steps: 1 }],
  optimizer: { name: 'momentum', initial: 0, final: 0, switchEpoch: 0 },
  learningRate: 1,
  schedule: { name: 'constant' },
  batchSize: 2 ** 17,
  epochs: 1,
  l2: 0,
  centered: false,
  offsetRate: 0.01,
};

/** Many copies of one example. */
function copies(count: number, row: readonly number[], label: number) {
  const data = new Float32Array(count * row.length);
  for (let i = 0; i < count; i++) data.set(row, i * row.length);
  const rows = { form: 'dense', count, width: row.length, data } as const;
  return { data: rows, labels: new Int32Array(count).fill(label) };
}

/** What the parameters move by on average, by enumeration of every state on the way. */
function expectedUpdate(
  dbn: Dbn,
  row: readonly number[],
  label: number,
  steps: number,
): Map<string, number[]> {
  const bottom = dbn.layers[0].rbm;
  const top = dbn.layers[1].rbm;
  const recognition: Rbm = {
    ...bottom,
    weights: dbn.layers[0].recognition!.weights,
    hiddenParameters: { bias: dbn.layers[0].recognition!.hiddenBias },
  };
  const sums = new Map<string, number[]>();
  const add = (name: string, weight: number, values: readonly number[]) => {
    const sum = sums.get(name) ?? values.map(() => 0);
    sums.set(
      name,
      sum.map((value, i) => value + weight * values[i]),
    );
  };
  const outer = (a: readonly number[], b: readonly number[]) => a.flatMap((x) => b.map((y) => x * y));
  const minus = (a: readonly number[], b: readonly number[]) => a.map((x, i) => x - b[i]);
  const topStates = binaryStates(2).flatMap((pen) => [0, 1].map((y) => [...pen, y === 0 ? 1 : 0, y]));
  const topHidden = binaryStates(3);
  const gibbs = (from: readonly number[]) =>
    topStates.map((to) => {
      let total = 0;
      for (const hidden of topHidden) {
        const inputs = inputsOf(top, hidden, true);
        const labelWeights = [Math.exp(inputs[2]), Math.exp(inputs[3])];
        const pLabel =
          (to[2] === 1 ? labelWeights[0] : labelWeights[1]) / (labelWeights[0] + labelWeights[1]);
        const up = stateProbability(inputsOf(top, from, false), hidden);
        total += up * stateProbability(inputs.slice(0, 2), to.slice(0, 2)) * pLabel;
      }
      return total;
    });
  const means = (state: readonly number[]) => inputsOf(top, state, false).map(sigmoid);
  for (const h of binaryStates(2)) {
    const q = stateProbability(inputsOf(recognition, row, false), h);
    const v0 = [...h, label === 0 ? 1 : 0, label];
    const predicted = inputsOf(bottom, h, true).map(sigmoid);
    add('layer0.generative.weights', q, outer(minus(row, predicted), h));
    add('layer0.generative.bias', q, minus(row, predicted));
    let chain: number[] = topStates.map((state) => (state.join() === v0.join() ? 1 : 0));
    for (let i = 0; i < steps; i++) {
      const next = topStates.map(() => 0);
      for (const [from, p] of chain.entries())
        for (const [to, t] of gibbs(topStates[from]).entries()) next[to] += p * t;
      chain = next;
    }
    add(topNames.weights, q, outer(v0, means(v0)));
    add(topNames.visibleBias, q, v0);
    add(topNames.hiddenBias, q, means(v0));
    for (const [i, state] of topStates.entries()) {
      const p = q * chain[i];
      add(topNames.weights, -p, outer(state, means(state)));
      add(topNames.visibleBias, -p, state);
      add(topNames.hiddenBias, -p, means(state));
      const pen = state.slice(0, 2);
      const dream = inputsOf(bottom, pen, true).map(sigmoid);
      const error = minus(pen, inputsOf(recognition, dream, false).map(sigmoid));
      add('layer0.recognition.weights', p, outer(dream, error));
      add('layer0.recognition.bias', p, error);
    }
  }
  return sums;
}

describe('up-down learning', () => {
  test.each([1, 3])('the mean update with %i Gibbs steps is the one by enumeration', async (steps) => {
    const dbn = labelledDbn();
    const row = [1, 0, 0.5];
    const options: UpDownOptions = {
      dbn,
      ...copies(plain.batchSize, row, 1),
      spec: { ...plain, gibbs: [{ fromEpoch: 0, steps }] },
      stream: threefry(7),
      runtime,
    };
    const trainer = await createUpDownTrainer(options);
    await trainer.train();
    const before = parametersOf(dbn);
    const after = parametersOf(trainer.dbn());
    const expected = expectedUpdate(dbn, row, 1, steps);
    expect([...expected.keys()].sort()).toEqual([...before.keys()].sort());
    // An entry is a mean of numbers that span at most 2, so by Hoeffding it is further off than this with a
    // probability of 1e-9 at most.
    const bound = Math.sqrt((2 * Math.log(2 / 1e-9)) / plain.batchSize);
    for (const [name, values] of expected) {
      for (const [i, value] of values.entries()) {
        const moved = after.get(name)!.data[i] - before.get(name)!.data[i];
        expect(Math.abs(moved - value), `${name}[${i}]`).toBeLessThan(bound);
      }
    }
    await trainer.dispose();
  });

  test('the centred signal is the plain one in other coordinates, decay apart', async () => {
    const dbn = labelledDbn();
    const sizes = upDownSizes(dbn);
    const stream = threefry(3);
    const l2 = 0.1;
    const run = async (centered: boolean) => {
      const { graph, gradients } = buildUpDownGraph(sizes, 8, 2, { l2, centered });
      const feeds: Record<string, Tensor> = Object.fromEntries(parametersOf(dbn));
      for (const { name, dims } of graph.inputs) {
        feeds[name] ??= float32(dims, stream.child(name).uniform(new Float32Array(elementCount(dims))));
      }
      const program = await runtime.compile(graph);
      const results = await program.run(feeds);
      await program.dispose();
      const of = (name: string) => Array.from(results[gradients.get(name)!].data as Float32Array);
      const input = (name: string) => Array.from((feeds[name]?.data ?? []) as Float32Array);
      return { of, mu: input(visibleOffset), lambda: input(hiddenOffset) };
    };
    const raw = await run(false);
    const { of, mu, lambda } = await run(true);
    const decay = Array.from(dbn.layers[1].rbm.weights.data, (w) => l2 * w);
    const [dv, dh] = [raw.of(topNames.visibleBias), raw.of(topNames.hiddenBias)];
    const statistics = raw.of(topNames.weights).map((g, at) => {
      const [i, j] = [Math.floor(at / 3), at % 3];
      return g - decay[at] - mu[i] * dh[j] - dv[i] * lambda[j];
    });
    const close = (got: number[], expected: number[]) => {
      for (const [i, value] of expected.entries()) expect(got[i]).toBeCloseTo(value, 5);
    };
    close(
      of(topNames.weights),
      statistics.map((g, at) => g + decay[at]),
    );
    close(
      of(topNames.visibleBias),
      dv.map((g, i) => g - lambda.reduce((s, l, j) => s + statistics[i * 3 + j] * l, 0)),
    );
    close(
      of(topNames.hiddenBias),
      dh.map((g, j) => g - mu.reduce((s, m, i) => s + statistics[i * 3 + j] * m, 0)),
    );
  });

  const training = (): UpDownOptions => ({
    dbn: labelledDbn(),
    data: { form: 'dense', count: 50, width: 3, data: threefry(5).uniform(new Float32Array(150)) },
    labels: Int32Array.from({ length: 50 }, (_, i) => i % 2),
    spec: {
      ...plain,
      gibbs: [
        { fromEpoch: 0, steps: 1 },
        { fromEpoch: 2, steps: 3 },
      ],
      optimizer: { name: 'momentum', initial: 0.5, final: 0.9, switchEpoch: 1 },
      learningRate: 0.05,
      schedule: { name: 'cosine' },
      batchSize: 8,
      epochs: 4,
      l2: 1e-3,
      centered: true,
    },
    stream: threefry(11),
    runtime,
  });

  test('resumed from a snapshot in the middle of an epoch: the same bits', async () => {
    const whole = await createUpDownTrainer(training());
    await whole.train();
    const stopped = await createUpDownTrainer(training());
    const stop = new AbortController();
    await stopped.train({ untilEpoch: 1 });
    // The signal is looked at before every step: three more of the second epoch.
    let looks = 0;
    const signal = Object.defineProperty(stop.signal, 'aborted', { get: () => ++looks > 3 });
    expect(await stopped.train({ signal })).toBe('aborted');
    expect(stopped.step).toBe(9);
    const resumed = await createUpDownTrainer(training());
    resumed.restore(stopped.snapshot());
    expect(await resumed.train()).toBe('complete');
    expect(parametersOf(resumed.dbn())).toEqual(parametersOf(whole.dbn()));
    expect(resumed.history.map(({ seconds: _, ...rest }) => rest)).toEqual(
      whole.history.map(({ seconds: _, ...rest }) => rest),
    );
    expect(whole.history.at(-1)?.reconstructionError).toBeLessThan(whole.history[1].reconstructionError!);
    const other = await createUpDownTrainer({ ...training(), stream: threefry(12) });
    expect(() => other.restore(stopped.snapshot())).toThrow(
      expect.objectContaining({ code: 'dbn.snapshot_mismatch' }),
    );
    for (const trainer of [whole, stopped, resumed, other]) await trainer.dispose();
  });

  test('one thread or two: the same bits', async () => {
    const outcomes = [];
    for (const threads of [1, 2]) {
      const trainer = await createUpDownTrainer({ ...training(), compile: { threads } });
      await trainer.train();
      outcomes.push(parametersOf(trainer.dbn()));
      await trainer.dispose();
    }
    expect(outcomes[0]).toEqual(outcomes[1]);
  });

  test('a rate that overflows: stops at the step and keeps the state before it', async () => {
    const trainer = await createUpDownTrainer({
      ...training(),
      spec: { ...training().spec, learningRate: 3e38, centered: false },
    });
    expect(await trainer.train()).toBe('not-finite');
    expect(trainer.finding?.step).toBe(trainer.step);
    await trainer.dispose();
  });

  test.each([
    ['labels', { labels: Int32Array.from({ length: 50 }, () => 2) }, { code: 'dbn.labels' }],
    [
      'number of labels',
      { labels: new Int32Array(49) },
      { code: 'dbn.label_count', details: { expected: 50, got: 49 } },
    ],
    ['no labels', { labels: undefined }, { code: 'dbn.label_count' }],
    ['batch', { spec: { ...training().spec, batchSize: 51 } }, { code: 'dbn.too_few_examples' }],
    ['gibbs', { spec: { ...training().spec, gibbs: [] } }, { code: 'dbn.bad_value' }],
    ['rate', { spec: { ...training().spec, learningRate: Number.NaN } }, { code: 'dbn.bad_value' }],
    [
      'width',
      { data: { form: 'dense', count: 50, width: 2, data: new Float32Array(100) } },
      { code: 'boltzmann.bad_rows' },
    ],
    [
      'range',
      { data: { form: 'dense', count: 50, width: 3, data: new Float32Array(150).fill(2) } },
      { code: 'boltzmann.bad_state' },
    ],
    [
      'layers',
      { dbn: { labels: 0, layers: [{ rbm: smallRbm(3, 2, 1) }, { rbm: smallRbm(3, 2, 1) }] } },
      { code: 'dbn.layers_mismatch' },
    ],
  ])('bad input: %s', async (_, change, issue) => {
    await expect(
      createUpDownTrainer({ ...training(), ...(change as Partial<UpDownOptions>) }),
    ).rejects.toMatchObject(issue);
  });
});
