import { describe, expect, test } from 'vitest';
import { adamSpec, heStart, mlp, twoSpirals } from '../../../test/support/small-training.ts';
import { dbnLabels } from '../../messages/labels/dbn.ts';
import { threefry } from '../../random/threefry-stream.ts';
import { nodeRuntime } from '../../runtime/node.ts';
import { compareStarts, summarize, verdictOf } from './compare-starts.ts';
import { type FinetuneOptions, type FinetuneState, finetune } from './finetune.ts';
import { chooseLabelled } from './label-subset.ts';

const runtime = await nodeRuntime();
const network = mlp('tanh', 24, 24, 2);
const options: FinetuneOptions = {
  network,
  values: heStart(network, 1),
  train: twoSpirals(200, 1),
  validation: twoSpirals(100, 2),
  test: twoSpirals(150, 3),
  spec: { ...adamSpec, epochs: 30 },
  stream: threefry(4),
  runtime,
};

describe('finetune', () => {
  test('keeps the weights of the best validation epoch and stops when patience is over', async () => {
    const result = await finetune({ ...options, patience: 3 });
    const accuracies = result.history.epochs.slice(1).map(({ testAccuracy }) => testAccuracy!);
    const best = Math.max(...accuracies);
    expect(result.epoch).toBe(1 + accuracies.indexOf(best));
    expect(result.end).toBe('stopped-early');
    expect(result.history.epochs.at(-1)!.epoch).toBe(result.epoch + 3);
    // The kept weights give that validation result again.
    const again = await finetune({
      ...options,
      values: result.values,
      test: options.validation!,
      spec: { ...options.spec, epochs: 0 },
    });
    expect(again.test.accuracy).toBe(best);
  });

  test('without validation examples the last weights are kept', async () => {
    const result = await finetune({ ...options, validation: undefined });
    expect([result.end, result.epoch]).toEqual(['complete', 30]);
    expect(result.test.accuracy).toBe(result.history.epochs.at(-1)!.testAccuracy);
  });

  test('resumed after an epoch: the same bits', async () => {
    let state: FinetuneState | undefined;
    const whole = await finetune({
      ...options,
      onEpoch: ({ epoch }, take) => {
        if (epoch === 11) state = take();
      },
    });
    const resumed = await finetune({ ...options, resume: state });
    expect(resumed.values).toEqual(whole.values);
    expect(resumed.epoch).toBe(whole.epoch);
  });
});

describe('compareStarts', () => {
  test('the same batches for every start, and a verdict over the seeds', async () => {
    const zeros = new Map(
      [...heStart(network, 0)].map(([name, value]) => [
        name,
        { ...value, data: new Float32Array(value.data.length) },
      ]),
    );
    const comparison = await compareStarts({
      ...options,
      starts: [
        { name: 'he', parameters: async (_, __, seed) => heStart(network, seed) },
        { name: 'he again', parameters: async (_, __, seed) => heStart(network, seed) },
        { name: 'zeros', parameters: async () => zeros },
      ],
      seeds: [0, 1, 2],
      train: () => options.train,
      validation: undefined,
    });
    const [he, again, zero] = comparison.results;
    expect(he.measures).toEqual(again.measures);
    expect(he.mean).toBeLessThan(zero.mean);
    expect(comparison.verdict).toMatchObject({
      kind: 'no-difference',
      other: 'he again',
      difference: 0,
      seeds: 3,
    });
  });

  test('intervals are those of Student', () => {
    // scipy 1.17: t.interval(0.95, 2, loc=mean, scale=sem) of [1, 2, 4]
    const { mean, halfWidth } = summarize('a', [1, 2, 4], 0);
    expect(mean).toBeCloseTo(2.3333333);
    expect(halfWidth).toBeCloseTo(3.79459, 3);
    const verdict = (a: number[], b: number[]) =>
      verdictOf([summarize('a', a, 0), summarize('b', b, 0)], 'error')!;
    expect(verdict([1, 2, 3], [2.1, 3, 4]).kind).toBe('better');
    expect(verdict([2.1, 3, 4], [1, 2, 3]).kind).toBe('worse');
    expect(verdict([1, 2, 3], [3, 2, 1]).kind).toBe('no-difference');
    expect(verdict([1], [2]).kind).toBe('one-seed');
    expect(verdictOf([summarize('a', [1], 0)], 'loss')).toBeNull();
    for (const measures of [[1, 2, 3], [2.1, 3, 4], [9, 1, 5], [1]]) {
      for (const language of ['en', 'ko'] as const) {
        const text = dbnLabels.verdict[language](
          verdict(measures, [1.5, 2.5, 3.5].slice(0, measures.length)),
        );
        expect(text).not.toMatch(/undefined|NaN/);
      }
    }
  });

  test('needs a start and a seed', async () => {
    const empty = { ...options, starts: [], seeds: [1], train: () => options.train, validation: undefined };
    await expect(compareStarts(empty)).rejects.toMatchObject({ code: 'dbn.bad_value' });
  });
});

describe('chooseLabelled', () => {
  const labels = Int32Array.from({ length: 100 }, (_, i) => (i < 50 ? 0 : i < 90 ? 1 : 2));
  const pick = (count: number, draw: 'balanced' | 'random', seed = 0) =>
    chooseLabelled(labels, { count, classes: 3, draw, stream: threefry(seed) });

  test('balanced: as many of each class', () => {
    const rows = pick(10, 'balanced');
    const counts = [0, 0, 0];
    for (const row of rows) counts[labels[row]] += 1;
    expect(counts).toEqual([4, 3, 3]);
    expect([...rows]).toEqual([...rows].sort((a, b) => a - b));
    expect(pick(10, 'balanced')).toEqual(rows);
    expect(pick(10, 'balanced', 1)).not.toEqual(rows);
  });

  test('random: no row twice', () => {
    expect(new Set(pick(100, 'random')).size).toBe(100);
  });

  test('bad input', () => {
    const issue = (code: string, details: object) => expect.objectContaining({ code, details });
    expect(() => pick(33, 'balanced')).toThrow(
      issue('dbn.too_few_labelled', { label: 2, wanted: 11, available: 10 }),
    );
    expect(() => pick(101, 'random')).toThrow(expect.objectContaining({ code: 'dbn.bad_value' }));
    expect(() => pick(0, 'random')).toThrow(expect.objectContaining({ code: 'dbn.bad_value' }));
    expect(() => chooseLabelled(labels, { count: 3, classes: 2, stream: threefry(0) })).toThrow(
      issue('dbn.labels', { example: 90, classes: 2, got: 2 }),
    );
  });
});
