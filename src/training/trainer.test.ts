import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { adamSpec, heStart, mlp, statefulSpec, twoSpirals } from '../../test/support/small-training.ts';
import { createNetwork } from '../network/create-network.ts';
import type { Network } from '../network/network.ts';
import { threefry } from '../random/threefry-stream.ts';
import { nodeRuntime } from '../runtime/node.ts';
import type { Tensor } from '../tensor/tensor.ts';
import { tensor } from '../tensor/tensor.ts';
import { decodeSnapshot, encodeSnapshot } from './snapshot.ts';
import type { TrainingSpec } from './spec.ts';
import { createTrainer, type Trainer, type TrainerOptions } from './trainer.ts';

const runtime = await nodeRuntime();
const train = twoSpirals(100, 1);
const test_ = twoSpirals(37, 2);

function start(network: Network, spec: TrainingSpec, more: Partial<TrainerOptions> = {}): Promise<Trainer> {
  const parameters = heStart(network, 3);
  return createTrainer({
    network,
    parameters,
    train,
    test: test_,
    spec,
    stream: threefry(4),
    runtime,
    ...more,
  });
}

/** Everything that must be equal bit for bit; the clock is not. */
function state(trainer: Trainer): unknown {
  const snapshot = trainer.snapshot();
  const words = (values: ReadonlyMap<string, Tensor<'float32'>>) =>
    [...values].map(([name, { data }]) => [
      name,
      [...new Uint32Array(data.buffer, data.byteOffset, data.length)],
    ]);
  return {
    step: snapshot.step,
    position: snapshot.position,
    parameters: words(snapshot.parameters),
    buffers: words(snapshot.buffers),
    optimizerState: snapshot.optimizerState.map(words),
    stepLosses: snapshot.history.stepLosses,
    epochs: snapshot.history.epochs.map(({ seconds: _, ...record }) => record),
  };
}

describe('history', () => {
  test('keeps step 0, the start as epoch 0, and the last short batch', async () => {
    const trainer = await start(mlp('relu', 8, 2), adamSpec);
    const before = await trainer.evaluate();
    expect(await trainer.train()).toBe('complete');
    const { stepLosses, epochs } = trainer.history;
    expect(trainer.stepsPerEpoch).toBe(4);
    expect(stepLosses).toHaveLength(12);
    expect(epochs.map(({ epoch, step }) => [epoch, step])).toEqual([
      [0, 0],
      [1, 4],
      [2, 8],
      [3, 12],
    ]);
    expect(epochs[0]).toMatchObject({
      trainLoss: null,
      testLoss: before.loss,
      testAccuracy: before.accuracy,
    });
    // Batches of 32, 32, 32 and 4 examples.
    const weighted =
      (stepLosses[4]! * 32 + stepLosses[5]! * 32 + stepLosses[6]! * 32 + stepLosses[7]! * 4) / 100;
    expect(epochs[2].trainLoss).toBeCloseTo(weighted, 12);
    await trainer.dispose();
  });

  test('an epoch sees every example once, in another order each time', async () => {
    // With a rate of 0 and one example per batch, the losses of an epoch are those of the examples in its order.
    const trainer = await start(mlp('relu', 4, 2), { ...adamSpec, batchSize: 1, learningRate: 0, epochs: 2 });
    await trainer.train();
    const losses = trainer.history.stepLosses as number[];
    const [first, second] = [losses.slice(0, 100), losses.slice(100)];
    expect(first).not.toEqual(second);
    expect([...first].sort()).toEqual([...second].sort());
    expect(new Set(first).size).toBeGreaterThan(95);
    await trainer.dispose();
  });
});

describe('resuming', () => {
  test('from any step gives the same bits, through a file', async () => {
    const network = createNetwork(statefulSpec);
    const spec: TrainingSpec = { ...adamSpec, schedule: { name: 'cosine', warmupSteps: 3 } };
    const whole = await start(network, spec);
    await whole.train();
    const resumed = await start(network, spec);
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 0, max: 12 }), async (stopAt) => {
        const first = await start(network, spec);
        for (let i = 0; i < stopAt; i++) await first.trainStep();
        const { tensors, metadata } = encodeSnapshot(first.snapshot());
        await first.dispose();
        resumed.restore(decodeSnapshot(tensors, JSON.parse(JSON.stringify(metadata))));
        await resumed.train();
        expect(state(resumed)).toEqual(state(whole));
      }),
      { numRuns: 13, seed: 1, endOnFailure: true },
    );
    await whole.dispose();
    await resumed.dispose();
  });

  test('a snapshot is a copy', async () => {
    const trainer = await start(mlp('relu', 4, 2), adamSpec);
    const snapshot = trainer.snapshot();
    const before = snapshot.parameters.get('dense1.weight')!.data.slice();
    await trainer.trainEpoch();
    expect(snapshot.parameters.get('dense1.weight')!.data).toEqual(before);
    expect(snapshot.history.stepLosses).toEqual([]);
    await trainer.dispose();
  });

  test.each([
    ['seed', { stream: threefry(5) }, 'streamCheck'],
    ['batch size', { spec: { ...adamSpec, batchSize: 16 } }, 'settings'],
    ['data', { train: twoSpirals(90, 1) }, 'examples'],
  ] as const)('with another %s is refused', async (_, more, what) => {
    const trainer = await start(mlp('relu', 4, 2), adamSpec);
    const other = await start(mlp('relu', 4, 2), adamSpec, more);
    expect(() => other.restore(trainer.snapshot())).toThrow(
      expect.objectContaining({
        code: 'training.snapshot_mismatch',
        details: expect.objectContaining({ what }),
      }),
    );
    await trainer.dispose();
    await other.dispose();
  });

  test('what is not a snapshot is refused', () => {
    expect(() => decodeSnapshot(new Map(), { format: 'other' })).toThrow(/format/);
    expect(() => decodeSnapshot(new Map(), null)).toThrow(/format/);
  });
});

test('threads do not change a bit', async () => {
  const network = mlp('tanh', 64, 64, 2);
  const one = await start(network, { ...adamSpec, batchSize: 100 });
  const two = await start(network, { ...adamSpec, batchSize: 100 }, { compile: { threads: 2 } });
  await one.train();
  await two.train();
  expect(state(two)).toEqual(state(one));
  await one.dispose();
  await two.dispose();
});

test('learns the two spirals', async () => {
  const network = mlp('relu', 32, 32, 2);
  const trainer = await start(
    network,
    { ...adamSpec, epochs: 80 },
    { train: twoSpirals(400, 1), test: twoSpirals(200, 2) },
  );
  await trainer.train();
  const [first, last] = [trainer.history.epochs[0], trainer.history.epochs.at(-1)!];
  expect(first.testAccuracy).toBeLessThan(0.75);
  expect(last.testAccuracy).toBeGreaterThan(0.99);
  await trainer.dispose();
});

describe('stopping', () => {
  test('an abort stops between steps and can be resumed', async () => {
    const network = mlp('relu', 4, 2);
    const trainer = await start(network, adamSpec);
    const controller = new AbortController();
    const onProgress = () => controller.abort();
    expect(await trainer.train({ signal: controller.signal, onProgress, progressMs: 0 })).toBe('aborted');
    expect(trainer.step).toBe(1);
    expect(await trainer.train()).toBe('complete');
    const whole = await start(network, adamSpec);
    await whole.train();
    expect(state(trainer)).toEqual(state(whole));
    await trainer.dispose();
    await whole.dispose();
  });

  test('messages get through while it trains', async () => {
    const trainer = await start(mlp('relu', 4, 2), { ...adamSpec, epochs: 100_000 });
    const controller = new AbortController();
    setTimeout(() => controller.abort(), 200);
    expect(await trainer.train({ signal: controller.signal })).toBe('aborted');
    await trainer.dispose();
  });
});

describe('a value that is not finite', () => {
  const network = mlp('relu', 6, 5, 2);

  async function finding(change: (values: Map<string, Tensor<'float32'>>) => void, spec = adamSpec) {
    const values = new Map(heStart(network, 3));
    change(values);
    const trainer = await start(network, spec, { parameters: values });
    expect(await trainer.train()).toBe('not-finite');
    const { history, step, finding: found } = trainer;
    await trainer.dispose();
    return { history, step, found };
  }

  test('in the weights names their layer', async () => {
    const { found, history } = await finding((values) => {
      values.get('dense2.weight')!.data[7] = Number.NaN;
    });
    expect(found).toEqual({ kind: 'not-finite', step: 0, layer: 'dense2', where: 'weights' });
    expect(history.stepLosses).toEqual([null]);
    expect(history.epochs).toHaveLength(1);
    expect(history.epochs[0].testLoss).toBeNull();
  });

  test('in the pre-activations names their layer', async () => {
    const { found } = await finding((values) => {
      values.get('dense1.weight')!.data.fill(1e20);
      values.get('dense2.weight')!.data.fill(1e20);
    });
    expect(found).toMatchObject({ layer: 'dense2', where: 'pre-activations' });
  });

  test('in a gradient alone is found though the loss is finite', async () => {
    // Two opposite pairs of huge weights cancel in the logits, so the loss is log 2; on the way back they meet the
    // large activations of the first layer, and the product overflows.
    const wide = createNetwork({
      input: [2],
      layers: [
        { type: 'dense', units: 3, activation: 'relu' },
        { type: 'dense', units: 2, activation: 'sigmoid' },
        { type: 'dense', units: 2 },
      ],
    });
    const values = new Map(heStart(wide, 3));
    values.get('dense1.weight')!.data.fill(0);
    values.get('dense1.bias')!.data.fill(1e10);
    values.get('dense2.weight')!.data.fill(0);
    values.get('dense3.weight')!.data.set([3e38, -3e38, -3e38, 3e38]);
    const trainer = await start(wide, adamSpec, { parameters: values });
    expect(await trainer.train()).toBe('not-finite');
    expect(trainer.finding).toEqual({ kind: 'not-finite', step: 0, layer: 'dense2', where: 'gradient' });
    expect(trainer.history.stepLosses[0]).toBeCloseTo(Math.log(2), 6);
    expect([...trainer.parameters.get('dense2.weight')!.data]).toEqual([0, 0, 0, 0, 0, 0]);
    await trainer.dispose();
  });

  test('after some steps leaves the last state and the history before it', async () => {
    const spec: TrainingSpec = { ...adamSpec, optimizer: { name: 'sgd' }, learningRate: 1e12, epochs: 20 };
    const { found, step, history } = await finding(() => {}, spec);
    expect(found!.step).toBe(step);
    expect(step).toBeGreaterThan(0);
    expect(history.stepLosses).toHaveLength(step + 1);
    expect(history.stepLosses.slice(0, -1)).not.toContain(null);
    expect(history.stepLosses.at(-1)).toBeNull();
  });
});

describe('bad input', () => {
  const network = mlp('relu', 4, 2);
  const labels = (...values: number[]) => tensor('int32', [values.length], Int32Array.from(values));
  const rows = (count: number, width: number) =>
    tensor('float32', [count, width], new Float32Array(count * width));

  test.each([
    ['no examples', { train: { features: rows(0, 2), answers: labels() } }, 'training.examples_mismatch'],
    [
      'features of another width',
      { train: { features: rows(2, 3), answers: labels(0, 1) } },
      'training.examples_mismatch',
    ],
    ['too few labels', { train: { features: rows(2, 2), answers: labels(0) } }, 'training.examples_mismatch'],
    [
      'a label beyond the classes',
      { test: { features: rows(2, 2), answers: labels(0, 2) } },
      'training.examples_mismatch',
    ],
    ['a missing parameter', { parameters: new Map() }, 'training.parameters_mismatch'],
    ['an unknown loss', { spec: { ...adamSpec, loss: 'hinge' } }, 'training.unknown_name'],
    ['a batch of none', { spec: { ...adamSpec, batchSize: 0 } }, 'training.bad_value'],
    [
      'a rate that is not a number',
      { spec: { ...adamSpec, learningRate: Number.NaN } },
      'training.bad_value',
    ],
    [
      'a sequential stream',
      { stream: { ...threefry(1), dialect: 'numpy-legacy' } },
      'training.sequential_stream',
    ],
  ] as [string, Partial<TrainerOptions>, string][])('%s', async (_, more, code) => {
    await expect(start(network, adamSpec, more)).rejects.toMatchObject({ code });
  });
});
