/** Models in forms that PyTorch does not export, held against those who can compute them: test/peers/doctor_models_onnx.py. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { nodeRuntime } from '../../runtime/node.ts';
import { float32 } from '../../tensor/index.ts';
import { diagnose } from '../diagnose.ts';
import { openSubject } from '../node/open-subject.ts';
import type { Subject } from '../subject.ts';
import { batchFor } from './batch.ts';
import { subjectFromOnnx } from './from-onnx.ts';

const fixtures = path.resolve(import.meta.dirname, '../../../test/fixtures/doctor');
const file = (name: string) => path.join(fixtures, name);
const references: Record<string, { input: number[]; dims: number[]; output: number[] }> = JSON.parse(
  readFileSync(file('onnx.json'), 'utf8'),
);

async function outputs(
  subject: Subject,
  dims: readonly number[],
  input: readonly number[],
): Promise<number[]> {
  const graph = subject.build?.(dims[0], 'inference');
  if (graph === undefined) throw new Error(subject.notRunnable?.en);
  const program = await (await nodeRuntime()).compile(graph.builder.build());
  const feeds = { [subject.inputs[0].name]: float32(dims, input), ...Object.fromEntries(subject.parameters) };
  const result = (await program.run(feeds))[graph.outputs[0]];
  await program.dispose();
  const width = subject.outputDims.at(-1) ?? 1;
  const numbers = Array.from(result.data, Number);
  if (!subject.endsInSoftmax) return numbers;
  return numbers.map((z, i) => {
    const row = numbers.slice(i - (i % width), i - (i % width) + width);
    return Math.exp(z) / row.reduce((sum, one) => sum + Math.exp(one), 0);
  });
}

/** What a batch of noise went through: layers forward, layers back, and what stood in the way. */
async function ways(subject: Subject) {
  const { measurement } = await diagnose({ subject, batch: batchFor(subject), runtime: await nodeRuntime() });
  const { layers, backwardMissing } = measurement;
  return {
    forward: layers.filter(({ activations }) => activations !== null).length,
    backward: layers.filter(({ gradients }) => gradients !== null && gradients.weights !== null).length,
    missing: backwardMissing?.operators ?? [],
  };
}

describe.each([
  // float32 where the reference is float64 or float32 in another order: a few units of the last place of each sum.
  ['sklearn', 1e-5, { forward: 2, backward: 2, missing: [] }],
  ['half', 1e-5, { forward: 2, backward: 2, missing: [] }],
  ['quantized', 1e-5, { forward: 2, backward: 2, missing: [] }],
  ['switched', 1e-5, { forward: 6, backward: 1, missing: ['RNN', 'GRU'] }],
])('%s', (name, tolerance, expected) => {
  test('gives what the reference gives, and is examined', async () => {
    const subject = await openSubject(file(`${name}.onnx`));
    const { input, dims, output } = references[name];
    const got = await outputs(subject, dims, input);
    expect(got.length).toBe(output.length);
    for (const [i, value] of got.entries()) expect(Math.abs(value - output[i])).toBeLessThan(tolerance);
    expect(await ways(subject)).toEqual(expected);
  });
});

test('half precision is known for what it is, and written back as such', async () => {
  const subject = await openSubject(file('half.onnx'));
  expect([...subject.storedAs.values()]).toEqual(new Array(4).fill('float16'));
  const weight = subject.parameters.get('fc2.weight');
  const changed = float32(
    [3, 5],
    Array.from(weight?.data ?? [], (value) => value / 2),
  );
  const [{ content }] = (await subject.rewrite?.(new Map([['fc2.weight', changed]]))) ?? [];
  const again = await subjectFromOnnx(content as Uint8Array);
  // Halving is exact in every precision.
  expect(again.parameters.get('fc2.weight')?.data).toEqual(changed.data);
  expect(again.storedAs.get('fc2.weight')).toBe('float16');
});

test('quantized weights are layers of real numbers', async () => {
  const { layers, parameters } = await openSubject(file('quantized.onnx'));
  expect(
    layers.map(({ weight, activation }) => `${weight.name} ${weight.fanIn}>${weight.fanOut} ${activation}`),
  ).toEqual(['fc1.weight 6>5 relu', 'fc2.weight 5>3 linear']);
  // Steps of 0.01, 0.02 and 0.03 along the outputs.
  const weight = parameters.get('fc2.weight')?.data ?? [];
  for (const [i, value] of Array.from(weight).entries()) {
    const steps = value / (0.01 * (1 + Math.floor(i / 5)));
    expect(Math.abs(steps - Math.round(steps))).toBeLessThan(1e-4);
  }
});

test('a number that the model asks for chooses its branch, the first that it is compared with unless it is said', async () => {
  const bytes = new Uint8Array(readFileSync(file('switched.onnx')));
  const usual = await subjectFromOnnx(bytes);
  expect(usual.inputs.map(({ name }) => name)).toEqual(['x']);
  expect(usual.parameters.has('wide.weight')).toBe(true);
  const other = await subjectFromOnnx(bytes, { switches: { rate: 8000 } });
  expect(other.parameters.has('narrow.weight')).toBe(true);
  expect(other.parameters.has('wide.weight')).toBe(false);
  const value = float32([6, 3], new Array(18).fill(0.25));
  const [{ content }] = (await other.rewrite?.(new Map([['narrow.weight', value]]))) ?? [];
  const again = await subjectFromOnnx(content as Uint8Array, { switches: { rate: 8000 } });
  expect(again.parameters.get('narrow.weight')?.data).toEqual(value.data);
  await expect(subjectFromOnnx(bytes, { switches: { rate: 0.5 } })).rejects.toMatchObject({
    code: 'doctor.switch_value',
  });
});

test('a layers model of TensorFlow.js gives tanh of tanh, and every layer is examined', async () => {
  const subject = await openSubject(file('tfjs/model.json'));
  expect(subject.origin).toBe('tfjs');
  const bytes = readFileSync(file('tfjs/group1-shard1of1.bin'));
  const numbers = new Float32Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length));
  const input = Array.from({ length: 32 }, (_, i) => Math.sin(i));
  let at = 0;
  let signal = input.map(Number);
  for (const [inputs, units, activate] of [
    [16, 24, Math.tanh],
    [24, 24, Math.tanh],
    [24, 4, (value: number) => value],
  ] as const) {
    const kernel = numbers.subarray(at, at + inputs * units);
    const bias = numbers.subarray(at + inputs * units, at + (inputs + 1) * units);
    at += (inputs + 1) * units;
    signal = Array.from({ length: 2 * units }, (_, i) => {
      const [example, unit] = [Math.floor(i / units), i % units];
      let sum = bias[unit];
      for (let k = 0; k < inputs; k++) sum += signal[example * inputs + k] * kernel[k * units + unit];
      return activate(sum);
    });
  }
  expect(at).toBe(numbers.length);
  const got = await outputs(subject, [2, 16], input);
  for (const [i, value] of got.entries()) expect(Math.abs(value - signal[i])).toBeLessThan(1e-5);
  expect(await ways(subject)).toEqual({ forward: 3, backward: 3, missing: [] });
});

test('noise for a model that standardizes its input has the means and deviations that the scaler expects', async () => {
  const subject = await openSubject(file('sklearn.onnx'));
  const size = 4000;
  const { X } = batchFor(subject, { size }).inputs;
  // Of the irises, in centimetres, as scikit-learn's description of the data set has them (deviations to three digits).
  const [means, deviations] = [
    [5.843, 3.057, 3.758, 1.199],
    [0.825, 0.434, 1.759, 0.76],
  ];
  for (let k = 0; k < 4; k++) {
    const column = Array.from({ length: size }, (_, i) => Number(X.data[4 * i + k]));
    const mean = column.reduce((sum, value) => sum + value, 0) / size;
    const std = Math.sqrt(column.reduce((sum, value) => sum + (value - mean) ** 2, 0) / size);
    // 5 standard errors: 1 / sqrt(n) of the mean, 1 / sqrt(2 n) of the deviation.
    expect(Math.abs(mean - means[k])).toBeLessThan((5 * deviations[k]) / Math.sqrt(size) + 1e-3);
    expect(Math.abs(std - deviations[k])).toBeLessThan((5 * deviations[k]) / Math.sqrt(2 * size) + 1e-3);
  }
});
