import { readFileSync } from 'node:fs';
import path from 'node:path';
import { toBinary } from '@bufbuild/protobuf';
import { expect, test } from 'vitest';
import { appendGradient } from '../../autodiff/index.ts';
import { GraphBuilder } from '../../onnx/builder.ts';
import { ModelProtoSchema } from '../../onnx/protobuf/onnx_pb.generated.ts';
import { parseModel } from '../../onnx/read.ts';
import { encodeModel } from '../../onnx/write.ts';
import { threefry } from '../../random/index.ts';
import { nodeRuntime } from '../../runtime/node.ts';
import { float32, int64, type Tensor } from '../../tensor/index.ts';
import { diagnose } from '../diagnose.ts';
import type { Subject } from '../subject.ts';
import { batchFor } from './batch.ts';
import { subjectFromOnnx } from './from-onnx.ts';

const fixtures = path.resolve(import.meta.dirname, '../../../test/fixtures/doctor');
const fixture = (name: string) => new Uint8Array(readFileSync(path.join(fixtures, `${name}.onnx`)));
interface Reference {
  readonly input: number[];
  readonly dims: number[];
  readonly output: number[];
}
const references: Record<string, Reference> = JSON.parse(
  readFileSync(path.join(fixtures, 'torch.json'), 'utf8'),
);

async function run(
  subject: Subject,
  inputs: Readonly<Record<string, Tensor>>,
  mode: 'training' | 'inference',
) {
  const size = Object.values(inputs)[0].dims[0];
  const graph = subject.build?.(size, mode);
  if (graph === undefined) throw new Error(subject.notRunnable?.en);
  const program = await (await nodeRuntime()).compile(graph.builder.build());
  const feeds = { ...inputs, ...Object.fromEntries([...graph.fixed, ...subject.parameters]) };
  const result = (await program.run(feeds))[graph.outputs[0]];
  await program.dispose();
  return result;
}

/** What PyTorch gave, before the function that ends in probabilities. */
function agrees(subject: Subject, got: Tensor, { output }: Reference): void {
  const numbers = Array.from(got.data, Number);
  const width = subject.outputDims.at(-1) ?? 1;
  if (subject.endsInSigmoid) {
    for (const [i, z] of numbers.entries()) expect(1 / (1 + Math.exp(-z))).toBeCloseTo(output[i], 4);
    return;
  }
  for (let start = 0; start < numbers.length; start += width) {
    const row = numbers.slice(start, start + width);
    const sum = row.reduce((a, z) => a + Math.exp(z), 0);
    for (const [i, z] of row.entries()) {
      expect(subject.endsInSoftmax ? Math.exp(z) / sum : z).toBeCloseTo(output[start + i], 4);
    }
  }
}

const runnable = Object.keys(references).filter((name) => name !== 'lstm');

test.each(runnable)('%s gives what PyTorch gives, and every parameter has a gradient', async (name) => {
  const subject = await subjectFromOnnx(fixture(name), { where: name });
  expect(subject.notRunnable).toBeUndefined();
  const { input, dims } = references[name];
  const [{ name: inputName, dtype }] = subject.inputs;
  const value = dtype === 'int64' ? int64(dims, input) : float32(dims, input);
  agrees(subject, await run(subject, { [inputName]: value }, 'inference'), references[name]);
  expect(subject.withoutGradient).toEqual([]);
  const graph = subject.build?.(5);
  if (graph === undefined) throw new Error('not built');
  const { builder, outputs } = graph;
  const loss = builder.op('ReduceSum', [builder.op('Mul', [outputs[0], outputs[0]])], { keepdims: 0 });
  const gradients = appendGradient(builder, loss, [...subject.parameters.keys()]);
  for (const gradient of gradients.values()) builder.output(gradient);
  const program = await (await nodeRuntime()).compile(builder.build());
  const batch = batchFor(subject, { size: 5, seed: 1 });
  const feeds = { ...batch.inputs, ...Object.fromEntries(subject.parameters) };
  const results = await program.run(feeds, [...gradients.values()]);
  for (const [parameter, gradient] of gradients) {
    const numbers = Array.from(results[gradient].data, Number);
    expect(numbers.every(Number.isFinite), parameter).toBe(true);
  }
  await program.dispose();
});

const described = (subject: Subject) =>
  subject.layers.map(({ name, type, activation, normalized, weight, unitAxis }) => {
    return `${name} ${type} ${weight.fanIn}>${weight.fanOut} ${activation}${normalized ? ' norm' : ''} @${unitAxis}`;
  });

test('layers are known by name, fans, activation and normalization', async () => {
  const layers = async (name: string) => described(await subjectFromOnnx(fixture(name), { where: name }));
  expect(await layers('mlp-softmax-fixed')).toEqual(['1 dense 6>5 silu norm @1', '4 dense 5>3 linear @1']);
  expect(await layers('activations')).toEqual(
    [
      'hard-swish',
      'gelu-tanh',
      'mish',
      'relu',
      'leaky-relu',
      'softplus',
      'hard-tanh',
      'elu',
      'softsign',
      'prelu',
    ]
      .map((activation, i) => `${2 * i} dense 4>4 ${activation} @1`)
      .concat('20 dense 4>1 linear @1'),
  );
  expect(await layers('separable')).toEqual([
    '0 conv 9>9 hard-sigmoid @1',
    '2 conv 2>4 relu norm @1',
    '5 conv-transpose 8>8 tanh @1',
    '7 conv 2>1 linear @1',
  ]);
  expect(await layers('encoder-tokens')).toEqual([
    'embed embedding 1>8 linear @2',
    'encoder.layers.0.self_attn attention 8>24 linear @2',
    'encoder.layers.0.self_attn.out_proj dense 8>8 linear norm @1',
    'encoder.layers.0.linear1 dense 8>16 gelu @2',
    'encoder.layers.0.linear2 dense 16>8 linear norm @2',
    'head dense 8>4 linear @1',
  ]);
});

test('residual blocks are sums of a value with what layers made of it', async () => {
  const { blocks } = await subjectFromOnnx(fixture('resnet'));
  expect(blocks[0].parameters).toHaveLength(6);
  expect(blocks.map(({ layers, projection }) => [layers, projection])).toEqual([
    [['layer1.conv1', 'layer1.conv2'], undefined],
    [['layer2.conv1', 'layer2.conv2'], 'layer2.downsample.0'],
  ]);
});

test('a model of a fixed batch takes others, example by example the same', async () => {
  const subject = await subjectFromOnnx(fixture('mlp-softmax-fixed'));
  expect(subject.inputs[0].dims).toEqual([-1, 2, 3]);
  const { inputs } = batchFor(subject, { size: 3, seed: 2 });
  const together = await run(subject, inputs, 'inference');
  const all = inputs.input.data as Float32Array;
  for (let i = 0; i < 3; i++) {
    const one = { input: float32([1, 2, 3], all.subarray(6 * i, 6 * i + 6)) };
    const alone = Array.from((await run(subject, one, 'inference')).data, Number);
    for (const [k, value] of alone.entries()) expect(Number(together.data[3 * i + k])).toBeCloseTo(value, 5);
  }
});

test('in training, batch normalization takes the statistics of the batch', async () => {
  const subject = await subjectFromOnnx(fixture('resnet'));
  const { inputs } = batchFor(subject, { size: 4, seed: 2 });
  const one = await run(subject, inputs, 'training');
  const doubled = float32(
    inputs.input.dims,
    Array.from(inputs.input.data as Float32Array, (value) => 2 * value),
  );
  const other = await run(subject, { input: doubled }, 'training');
  // The first convolution has no bias, so its scale is normalized away.
  for (const [i, value] of Array.from(one.data, Number).entries()) {
    expect(Number(other.data[i])).toBeCloseTo(value, 3);
  }
});

test('an LSTM gives what PyTorch gives, and is named as what stands before gradients', async () => {
  const subject = await subjectFromOnnx(fixture('lstm'));
  expect(subject.withoutGradient).toEqual(['LSTM']);
  const { input, dims } = references.lstm;
  const value = float32(dims, input);
  agrees(subject, await run(subject, { [subject.inputs[0].name]: value }, 'inference'), references.lstm);
  expect(subject.layers.map(({ type }) => type)).toEqual([...new Array(4).fill('recurrent'), 'dense']);
  const runtime = await nodeRuntime();
  const { measurement } = await diagnose({ subject, batch: batchFor(subject), runtime });
  expect(measurement.backwardMissing).toEqual({ operators: ['LSTM'] });
  expect(measurement.layers.map(({ activations }) => activations !== null)).toEqual(new Array(5).fill(true));
  const withGradient = measurement.layers.filter(
    ({ gradients }) => gradients !== null && gradients.weights !== null,
  );
  expect(withGradient.map(({ layer }) => layer)).toEqual(['fc']);
});

/** The file with another name for an operator. */
function renamed(name: string, operator: string, wanted: string): Uint8Array {
  const model = parseModel(fixture(name));
  for (const node of model.graph?.node ?? []) if (node.opType === operator) node.opType = wanted;
  return toBinary(ModelProtoSchema, model);
}

test('operators that are not known leave the weights, with the reason in both languages', async () => {
  const subject = await subjectFromOnnx(renamed('lstm', 'LSTM', 'LongShortTermMemory'));
  expect(subject.build).toBeUndefined();
  expect(subject.notRunnable?.en).toMatch(/LongShortTermMemory/);
  expect(subject.notRunnable?.ko).toMatch(/LongShortTermMemory/);
  expect(subject.layers.map(({ type }) => type)).toContain('dense');
  expect(subject.parameters.get('fc.weight')?.dims).toEqual([2, 4]);
});

test('the file is written again with other values', async () => {
  const subject = await subjectFromOnnx(fixture('mlp'));
  const value = float32([5, 6], new Array(30).fill(0.25));
  const [{ content }] = (await subject.rewrite?.(new Map([['0.weight', value]]))) ?? [];
  const again = await subjectFromOnnx(content as Uint8Array);
  expect(again.parameters.get('0.weight')?.data).toEqual(value.data);
  expect(again.parameters.get('2.weight')).toEqual(subject.parameters.get('2.weight'));
});

test('a loop runs forward; it is named where the weights that it reads get no gradient', async () => {
  const builder = new GraphBuilder('loop');
  const drawn = (...dims: number[]) =>
    threefry(3)
      .child(dims.join())
      .normal(new Float32Array(dims[0] * dims[1]));
  const x = builder.input('x', 'float32', [4, 6]);
  const first = builder.constant(float32([6, 5], drawn(6, 5)), 'first.weight');
  const inner = builder.constant(float32([5, 5], drawn(5, 5)), 'inner.weight');
  const last = builder.constant(float32([5, 3], drawn(5, 3)), 'last.weight');
  const body = new GraphBuilder('body', builder);
  body.input('iteration', 'int64', []);
  const again = body.input('again', 'bool', []);
  const state = body.input('state', 'float32', [4, 5]);
  const next = body.op('Tanh', [body.op('MatMul', [state, inner])]);
  for (const value of [body.op('Identity', [again]), next]) body.output(value);
  const trips = builder.constant(int64([], [3]));
  const [looped] = builder.ops('Loop', [trips, '', builder.op('MatMul', [x, first])], 1, {
    body: { kind: 'graph', value: body.build() },
  });
  builder.output(builder.op('MatMul', [looped, last], {}, { output: 'y' }));
  const subject = await subjectFromOnnx(encodeModel(builder.build()));
  expect(subject.fixedBatch).toBe(4);
  expect(subject.withoutGradient).toEqual(['Loop']);
  const { measurement } = await diagnose({ subject, batch: batchFor(subject), runtime: await nodeRuntime() });
  expect(measurement.backwardMissing).toEqual({ operators: ['Loop'] });
  const ways = measurement.layers.map(({ layer, activations, gradients }) => [
    layer,
    activations !== null,
    gradients !== null && gradients.weights !== null,
  ]);
  expect(ways).toEqual([
    ['first', true, false],
    ['last', true, true],
  ]);
});
