/** Weights that torch, NumPy, JAX and Keras drew (test/peers/drawn_weights.py), and our own. */
import { describe, expect, test } from 'vitest';
import fixture from '../../../test/fixtures/drawn-weights.json' with { type: 'json' };
import { convChannelsLast, denseInOut, denseOutIn, parameterShape } from '../../initializers/fans.ts';
import type { ParameterShape } from '../../initializers/initializer.ts';
import { createNetwork } from '../../network/index.ts';
import { openStream } from '../../random/index.ts';
import { parseStart } from '../../starts/index.ts';
import { type Tensor, tensor } from '../../tensor/tensor.ts';
import { subjectFromNetwork } from '../subject/from-network.ts';
import type { Subject } from '../subject.ts';
import { recoverSeed } from './recover-seed.ts';
import { subjectProvenance } from './subject-provenance.ts';

function weightsOnly(
  shapes: readonly ParameterShape[],
  values: ReadonlyMap<string, Tensor<'float32'>>,
): Subject {
  return {
    title: 'weights',
    origin: 'safetensors',
    inputs: [],
    layers: [],
    blocks: [],
    outputDims: [],
    endsInSoftmax: false,
    endsInSigmoid: false,
    parameters: values,
    parameterShapes: shapes,
    storedAs: new Map(shapes.map(({ name }) => [name, 'float32'])),
    withoutGradient: [],
  };
}

function drawnBy(name: keyof typeof fixture.models): Subject {
  const model = fixture.models[name];
  const values = new Map<string, Tensor<'float32'>>();
  let fan = 0;
  const shapes = model.parameters.map(({ name: parameter, dims, data }) => {
    const bytes = Uint8Array.from(Buffer.from(data, 'base64'));
    values.set(parameter, tensor('float32', dims, new Float32Array(bytes.buffer)));
    if (dims.length < 2) return parameterShape({ name: parameter, role: 'bias', dims, fanIn: fan });
    const shape = parameterShape({
      name: parameter,
      dims,
      layout: model.layout === 'out-in' ? denseOutIn : denseInOut,
    });
    fan = shape.fanIn;
    return shape;
  });
  return weightsOnly(shapes, values);
}

describe.each([
  ['torch-default', 'torch-avx2', 'pytorch-default', 42],
  ['torch-kaiming', 'torch-avx2', 'he-normal', 3407],
  ['torch-xavier', 'torch-avx2', 'glorot-uniform', 7],
  ['numpy-legacy', 'numpy-legacy', 'normal(std=0.01)', 1234],
  ['numpy', 'numpy', 'uniform(low=-0.3,high=0.3)', 0],
  ['flax', 'jax', 'keras-lecun-normal', 5],
  ['keras-default', 'keras', 'glorot-uniform', 2024],
  ['keras-he', 'keras', 'keras-he-normal', 11],
] as const)('%s', (name, dialect, rule, seed) => {
  const subject = drawnBy(name);
  const exact = { rule, dialect, seed };

  test('every weight is found with rule, dialect and seed', () => {
    const weights = subjectProvenance(subject);
    expect(weights).toHaveLength(2);
    for (const one of weights) expect(one.exact).toEqual(exact);
  });

  test('a weight that was moved by a thousandth of its size is not', () => {
    const values = new Map(subject.parameters);
    const [first] = subject.parameterShapes;
    const data = (values.get(first.name) as Tensor<'float32'>).data.map((value) => value * 1.001);
    data[data.length - 1] *= 1.01;
    values.set(first.name, tensor('float32', first.dims, data));
    expect(recoverSeed({ ...subject, parameters: values }, subjectProvenance(subject)).has(first.name)).toBe(
      false,
    );
  });
});

const network = createNetwork({
  input: [20],
  layers: [
    { type: 'dense', units: 30, activation: 'relu' },
    { type: 'dense', units: 4 },
  ],
});

test.each([
  ['he-normal', 0],
  ['glorot-uniform', 31],
  ['keras-lecun-normal', 1337],
])('a start of ours, %s with seed %i', async (rule, seed) => {
  const values = await parseStart(rule).parameters(network, { stream: openStream('threefry', seed) });
  for (const one of subjectProvenance(subjectFromNetwork(network, values))) {
    expect(one.exact).toEqual({ rule, dialect: 'threefry', seed });
  }
});

test('a seed that nobody writes is not found', async () => {
  const values = await parseStart('he-normal').parameters(network, {
    stream: openStream('threefry', 918273645),
  });
  for (const one of subjectProvenance(subjectFromNetwork(network, values))) expect(one.exact).toBeUndefined();
});

test('a convolution in another order of axes than the one it was drawn in', () => {
  const layout = convChannelsLast(2);
  const shape = parameterShape({ name: 'stem.kernel', dims: [3, 3, 4, 6], layout });
  const numbers = openStream('torch-avx2', 12).normal(new Float32Array(216), 0, 0.5);
  const data = new Float32Array(216);
  // Drawn as [out, in, height, width].
  for (let i = 0; i < 216; i++) {
    const [out, input, place] = [Math.floor(i / 36), Math.floor(i / 9) % 4, i % 9];
    data[(place * 4 + input) * 6 + out] = numbers[i];
  }
  const subject = weightsOnly([shape], new Map([[shape.name, tensor('float32', shape.dims, data)]]));
  expect(subjectProvenance(subject)[0].exact).toEqual({
    rule: 'normal(std=0.5)',
    dialect: 'torch-avx2',
    seed: 12,
  });
});
