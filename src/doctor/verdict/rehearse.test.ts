import { expect, test } from 'vitest';
import { quadrants } from '../../../test/support/quadrants.ts';
import { createNetwork, parseNetwork } from '../../network/index.ts';
import { threefry } from '../../random/index.ts';
import { nodeRuntime } from '../../runtime/node.ts';
import { parseStart } from '../../starts/index.ts';
import { tensor } from '../../tensor/tensor.ts';
import type { TrainingPlan } from '../diagnosis.ts';
import { subjectFromNetwork } from '../subject/from-network.ts';
import { conditionsOf } from './conditions.ts';
import { rehearse } from './rehearse.ts';
import { copyToTrain, planGradients } from './trainable-copy.ts';

const runtime = await nodeRuntime();
const { features, labels } = quadrants(128);
const batch = { inputs: { features }, labels };
const sgd = (learningRate: number): TrainingPlan => ({
  optimizer: { name: 'sgd' },
  learningRate,
  steps: 3000,
});

async function subjectOf(text: string, start: string, input = 32, outputs = 4) {
  const network = createNetwork(parseNetwork(text, { input: [input], outputs }));
  return subjectFromNetwork(network, await parseStart(start).parameters(network, { stream: threefry(3) }));
}

test('one update of a linear layer is the closed form', async () => {
  const subject = await subjectOf('32-4', 'zeros');
  const copy = await copyToTrain(subject, batch, sgd(0.5), planGradients(subject, 8), runtime);
  const rows = [3, 1, 4, 15, 9, 2, 6, 5];
  const before = await copy.update(rows, 2, false);
  expect(before?.loss).toBeCloseTo(Math.log(4), 6);
  // Logits after w -= rate X'(p - y) / n and b -= rate mean(p - y), with p = 1/4.
  const x = rows.map((row) => features.data.subarray(row * 32, (row + 1) * 32));
  const residual = rows.map((row) =>
    Array.from({ length: 4 }, (_, k) => 0.25 - Number(labels.data[row] === k)),
  );
  const losses = rows.map((row, i) => {
    const logits = Array.from({ length: 4 }, (_, k) =>
      rows.reduce((sum, _, j) => {
        const product = x[i].reduce((total, value, d) => total + value * x[j][d], 1);
        return sum - (product * residual[j][k]) / rows.length;
      }, 0),
    );
    return Math.log(logits.reduce((sum, z) => sum + Math.exp(z), 0)) - logits[labels.data[row]];
  });
  const mean = losses.reduce((sum, loss) => sum + loss, 0) / rows.length;
  expect((await copy.answer(rows)).loss).toBeCloseTo(mean, 4);
  await copy.dispose();
});

test('the part that tells examples apart moves no bias of the last layer', async () => {
  const subject = await subjectOf('32-4', 'zeros');
  const zero = { ...batch, inputs: { features: tensor('float32', [128, 32], new Float32Array(128 * 32)) } };
  const copy = await copyToTrain(subject, zero, sgd(0.5), planGradients(subject, 8), runtime);
  const rows = [0, 1, 2, 3, 4, 5, 6, 7];
  await copy.update(rows, 1, true);
  expect((await copy.answer(rows)).loss).toBeCloseTo(Math.log(4), 6);
  await copy.update(rows, 1, false);
  expect((await copy.answer(rows)).loss).not.toBeCloseTo(Math.log(4), 3);
  await copy.dispose();
});

test('a rehearsal gives the same every time and leaves the weights as they are', async () => {
  const subject = await subjectOf('32-32-4:tanh', 'glorot-normal');
  const weights = [...subject.parameters.values()].map(({ data }) => Float32Array.from(data));
  const one = await rehearse(subject, batch, sgd(0.1), runtime, 40);
  expect(await rehearse(subject, batch, sgd(0.1), runtime, 40)).toEqual(one);
  expect([...subject.parameters.values()].map(({ data }) => data)).toEqual(weights);
  expect(one).toMatchObject({ updates: 40, inTimeLapse: false });
  expect(one?.right).toBeGreaterThan(0.5);
  expect(one?.heldOut).toBeGreaterThan(0.3);
});

test('time-lapse tells a plateau that ends from one that does not', async () => {
  const small = await rehearse(
    await subjectOf('32-32-32-4:tanh', 'normal(std=0.05)'),
    batch,
    sgd(0.05),
    runtime,
    60,
  );
  expect(small).toMatchObject({ inTimeLapse: true });
  expect(small?.escapesAt).toBeGreaterThan(60);
  const deep = `${Array(20).fill(32).join('-')}-4:relu`;
  const dead = await rehearse(await subjectOf(deep, 'normal(std=0.01)'), batch, sgd(0.05), runtime, 60);
  expect(dead).toMatchObject({ inTimeLapse: false, escapesAt: null });
  const [ends, never] = [small, dead].map((one) =>
    conditionsOf(one as NonNullable<typeof one>, { steps: 3000 }),
  );
  expect(ends.escape).toBeGreaterThan(never.escape);
  expect(never.escape).toBeCloseTo(Math.log10(1 / 3), 6);
});

test('numbers that are not finite end it', async () => {
  const subject = await subjectOf('32-32-32-4:relu', 'normal(std=3)');
  const broken = await rehearse(subject, batch, sgd(1e6), runtime, 40);
  expect(broken).toMatchObject({ escapesAt: null, inTimeLapse: false });
});

test('the number of updates follows from the cost, by count', async () => {
  const [small, large] = await Promise.all(
    ['32-32-4:relu', `32-${Array(49).fill(128).join('-')}-4:relu`].map(async (text) =>
      rehearse(await subjectOf(text, 'he-normal'), batch, sgd(0.01), runtime),
    ),
  );
  expect(small?.updates).toBe(300);
  expect(large?.updates).toBeGreaterThanOrEqual(24);
  expect(large?.updates).toBeLessThan(100);
});
