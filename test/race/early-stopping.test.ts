import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { encodeCheckpoint, readCheckpoint } from '../../src/cli/race/checkpoint-file.ts';
import { createNetwork } from '../../src/network/create-network.ts';
import { parseNetwork } from '../../src/network/index.ts';
import { holdOut } from '../../src/race/early-stopping.ts';
import type { ResumeState } from '../../src/race/open-contestant.ts';
import type { RaceSpec } from '../../src/race/result.ts';
import { type ContestantRun, runContestant } from '../../src/race/run-contestant.ts';
import { threefry } from '../../src/random/index.ts';
import { nodeRuntime } from '../../src/runtime/node.ts';
import { float32, tensor } from '../../src/tensor/tensor.ts';
import { createEvaluator } from '../../src/training/evaluator.ts';
import type { Examples } from '../../src/training/examples.ts';

const runtime = await nodeRuntime();

/** Points of the plane whose class is drawn, mostly by the side that they lie on: soon learned by heart. */
function noisySides(count: number, seed: number): Examples {
  const stream = threefry(seed);
  const features = stream.child('points').normal(new Float32Array(2 * count));
  const noise = stream.child('noise').uniform(new Float32Array(count));
  const labels = Int32Array.from({ length: count }, (_, i) =>
    Number(features[2 * i] > 0 !== noise[i] < 0.25),
  );
  return { features: float32([count, 2], features), answers: tensor('int32', [count], labels) };
}

const network = parseNetwork('2-64-64-2:relu', { input: [2], outputs: 2 });
const spec: RaceSpec = {
  data: 'sides',
  preprocessing: 'none',
  network,
  starts: ['he-normal'],
  stream: 'threefry',
  training: {
    loss: 'softmax-cross-entropy',
    optimizer: { name: 'adam' },
    learningRate: 0.01,
    schedule: { name: 'constant' },
    batchSize: 20,
    epochs: 60,
  },
  earlyStopping: { validation: 60, patience: 5 },
  seeds: [3],
};
const [train, held] = [noisySides(160, 1), noisySides(400, 2)];
const run = (more: Partial<ContestantRun> = {}) =>
  runContestant({
    contestant: { id: 'one', start: 'he-normal', seed: 3 },
    spec,
    train,
    test: held,
    runtime,
    threads: 1,
    flushSubnormals: false,
    ...more,
  });

/** Without times. */
const numbersOf = ({
  result: { seconds: _, history, ...rest },
  weights,
}: Awaited<ReturnType<typeof run>>) => ({
  rest,
  losses: history.stepLosses,
  epochs: history.epochs.map(({ seconds: __, ...record }) => record),
  weights: [...weights].map(([name, { data }]) => [name, [...data]]),
});

describe('early stopping', () => {
  test('ends before the last epoch, with the weights and the history of the best one', async () => {
    const { result, weights } = await run();
    const trained = result.earlyStopping?.trainedEpochs as number;
    const kept = result.history.epochs.at(-1)?.epoch as number;
    expect(trained).toBeLessThan(60);
    expect(trained - kept).toBe(5);
    expect(result.history.stepLosses).toHaveLength(kept * 5);
    expect(result.traces.at(-1)?.step).toBe(kept * 5);
    const [, validation] = holdOut(train, 60, threefry(3).child('validation'));
    const evaluate = async (examples: Examples) => {
      const evaluator = await createEvaluator(
        createNetwork(network),
        spec.training.loss,
        examples,
        runtime,
        {},
      );
      const evaluation = await evaluator.evaluate(weights);
      await evaluator.dispose();
      return evaluation;
    };
    expect(1 - ((await evaluate(validation)).accuracy as number)).toBe(result.earlyStopping?.measure);
    expect((await evaluate(held)).accuracy).toBe(result.history.epochs.at(-1)?.testAccuracy);
  });

  test('the held-out examples are not trained on, and together with the others they are all', () => {
    const [rest, validation] = holdOut(train, 60, threefry(3).child('validation'));
    const points = ({ features: { data } }: Examples) =>
      Array.from({ length: data.length / 2 }, (_, i) => `${data[2 * i]} ${data[2 * i + 1]}`);
    const both = [...points(rest), ...points(validation)];
    expect([points(rest).length, points(validation).length]).toEqual([100, 60]);
    expect(both.sort()).toEqual(points(train).sort());
  });

  test('a run that is stopped anywhere and resumed from its file gives the same bits', async () => {
    const states: ResumeState[] = [];
    const whole = numbersOf(
      await run({ checkpointEverySeconds: 0, onCheckpoint: (state) => states.push(state) }),
    );
    // Between the end of an epoch and the look at the held-out examples.
    const unseen = states.filter(({ snapshot, watch }) => snapshot.epoch > (watch?.seen ?? 0));
    expect(unseen.length).toBeGreaterThan(2);
    const stop = new AbortController();
    await run({
      signal: stop.signal,
      onProgress: ({ step }) => step >= 20 && stop.abort(),
      onCheckpoint: (state) => states.push(state),
    });
    const folder = mkdtempSync(path.join(tmpdir(), 'outset-early-stopping-'));
    try {
      for (const [i, state] of [unseen[1], unseen.at(-1), states.at(-1)].entries()) {
        const file = path.join(folder, `${i}.safetensors`);
        writeFileSync(file, encodeCheckpoint(state as ResumeState));
        expect(numbersOf(await run({ resume: readCheckpoint(file) }))).toEqual(whole);
      }
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
});
