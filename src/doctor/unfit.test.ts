/** What does not fit, is damaged or is too large: said in a sentence, and whatever can be examined is. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { nodeRuntime } from '../runtime/node.ts';
import { float32, tensor } from '../tensor/index.ts';
import { diagnose } from './diagnose.ts';
import type { ExaminationBatch } from './measure/batch.ts';
import { batchFor } from './subject/batch.ts';
import { subjectFromOnnx } from './subject/from-onnx.ts';

const fixtures = path.resolve(import.meta.dirname, '../../test/fixtures/doctor');
const fixture = (name: string) => new Uint8Array(readFileSync(path.join(fixtures, `${name}.onnx`)));
const runtime = await nodeRuntime();

async function issueOf(batch: ExaminationBatch, name = 'mlp') {
  const subject = await subjectFromOnnx(fixture(name), { where: name });
  return diagnose({ subject, batch, runtime }).then(
    () => undefined,
    (error) => error,
  );
}

test.each([Number.NaN, Number.POSITIVE_INFINITY])(
  'an .onnx file with the weight %s gets a finding that names the layer',
  async (bad) => {
    const healthy = await subjectFromOnnx(fixture('mlp'));
    const weight = healthy.parameters.get('2.weight');
    const broken = float32(weight?.dims ?? [], Array.from(weight?.data ?? []).with(7, bad));
    const [{ content }] = (await healthy.rewrite?.(new Map([['2.weight', broken]]))) ?? [];
    const subject = await subjectFromOnnx(content as Uint8Array);
    const { findings, verdict } = await diagnose({ subject, batch: batchFor(subject), runtime });
    const finding = findings.find(({ code }) => code === 'not-finite');
    expect(finding).toMatchObject({ severity: 'error', layers: ['2'] });
    expect(verdict.name).toBe('will-not-learn');
  },
);

test.each([
  ['another width', { input: float32([4, 5], new Array(20).fill(0)) }, 'float32 [4, 5]'],
  ['another element type', { input: tensor('int32', [4, 6], new Int32Array(24)) }, 'int32 [4, 6]'],
  ['no example', { input: float32([0, 6], []) }, 'float32 [0, 6]'],
  ['another name', { image: float32([4, 6], new Array(24).fill(0)) }, '-'],
])('a batch of %s: which input expects what', async (_name, inputs, got) => {
  expect(await issueOf({ inputs, data: 'given' })).toMatchObject({
    code: 'trace.batch',
    details: { what: 'input', expected: 'float32 [batch, 6]', got },
  });
});

test('labels and targets that do not fit', async () => {
  const inputs = { input: float32([4, 6], new Array(24).fill(0.5)) };
  const labels = tensor('int32', [4], Int32Array.of(0, 1, 3, 2));
  expect(await issueOf({ inputs, labels, data: 'given' })).toMatchObject({
    code: 'trace.batch',
    details: { what: 'labels', expected: 'int32 [4], 0 … 2', got: '3' },
  });
  const targets = float32([4, 2], new Array(8).fill(0));
  expect(await issueOf({ inputs, targets, data: 'given' })).toMatchObject({
    code: 'trace.batch',
    details: { what: 'targets', expected: '[4, 3]', got: '[4, 2]' },
  });
});

test.each(['mlp', 'cnn', 'encoder-tokens'])(
  '%s, where there is memory for less: the weights alone, and why',
  async (name) => {
    const whole = await subjectFromOnnx(fixture(name), { where: name });
    const { fixed, perExample } = whole.memory ?? { fixed: 0, perExample: 0 };
    const enough = fixed + 2 * perExample;
    expect((await subjectFromOnnx(fixture(name), { mostBytes: enough })).build).toBeDefined();
    const subject = await subjectFromOnnx(fixture(name), { where: name, mostBytes: enough - 1 });
    expect(subject.build).toBeUndefined();
    for (const language of ['en', 'ko'] as const) expect(subject.notRunnable?.[language]).toMatch(/GB/);
    const { measurement, verdict, findings } = await diagnose({ subject, batch: batchFor(subject), runtime });
    expect(verdict.name).toBe('unknown');
    expect(measurement.layers.length).toBeGreaterThan(1);
    for (const { weights, activations } of measurement.layers) {
      expect(weights.count).toBeGreaterThan(0);
      expect(activations).toBeNull();
    }
    for (const { code } of findings) expect(code).not.toMatch(/forward|backward/);
  },
);

test('memory: what a pass needs grows with the batch as the values of the graph do, and a batch is cut to what there is', async () => {
  const subject = await subjectFromOnnx(fixture('mlp'));
  // The input, sums and activations of both hidden layers, and the outputs, each with its gradient.
  const { fixed, perExample } = subject.memory ?? { fixed: 0, perExample: 0 };
  expect(perExample).toBeGreaterThanOrEqual(2 * 4 * (6 + 5 + 5 + 4 + 4 + 3));
  expect(perExample).toBeLessThan(2 * 4 * 27 * 4);
  expect(batchFor(subject, { size: 100, mostBytes: fixed + 10.5 * perExample }).size).toBe(10);
  expect(batchFor(subject, { size: 100, mostBytes: 1 }).size).toBe(1);
  expect(batchFor(subject, { size: 100 }).size).toBe(100);
});
