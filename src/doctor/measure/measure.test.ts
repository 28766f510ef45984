import { expect, test } from 'vitest';
import { createNetwork, type NetworkSpec } from '../../network/index.ts';
import { openStream, threefry } from '../../random/index.ts';
import { nodeRuntime } from '../../runtime/node.ts';
import { parseStart } from '../../starts/index.ts';
import { type Tensor, tensor } from '../../tensor/tensor.ts';
import { traceSignal } from '../../training/trace-signal.ts';
import { subjectFromNetwork } from '../subject/from-network.ts';
import { measure } from './measure.ts';
import { effectiveRank, meanCosine, unitActivity } from './units.ts';

const spec: NetworkSpec = {
  input: [1, 6, 6],
  layers: [
    { type: 'conv', channels: 4, activation: 'relu' },
    { type: 'residual', layers: [{ type: 'conv', channels: 4, activation: 'tanh' }] },
    { type: 'flatten' },
    { type: 'dense', units: 8, activation: 'sigmoid' },
    { type: 'dense', units: 3 },
  ],
};
const network = createNetwork(spec);
const values = await parseStart('he-normal').parameters(network, { stream: openStream('threefry', 1) });
const size = 10;
const features = tensor('float32', [size, 1, 6, 6], threefry(2).uniform(new Float32Array(size * 36)));
const labels = tensor(
  'int32',
  [size],
  Int32Array.from({ length: size }, (_, i) => i % 3),
);
const runtime = await nodeRuntime();

test('agrees with the trace of a network', async () => {
  const subject = subjectFromNetwork(network, values);
  const batch = { inputs: { features }, labels, data: 'given' } as const;
  const measured = await measure(subject, batch, { runtime });
  const trace = await traceSignal(
    network,
    values,
    { features, labels },
    { loss: 'softmax-cross-entropy', runtime },
  );
  expect(measured.loss.value).toBeCloseTo(trace.loss as number, 6);
  for (const [i, layer] of measured.layers.entries()) {
    const traced = trace.layers[i];
    expect(layer.layer).toBe(traced.name);
    expect(layer.preActivations).toEqual(traced.preActivations);
    expect(layer.activations).toEqual(traced.activations);
    expect(layer.gradients?.weights).toEqual(traced.gradients.weights);
    expect(layer.gradients?.preActivations).toEqual(traced.gradients.preActivations);
  }
});

test('without labels the outputs get random cotangents, the same every time', async () => {
  const subject = subjectFromNetwork(network, values);
  const run = () => measure(subject, { inputs: { features }, data: 'noise' }, { runtime });
  const [one, other] = [await run(), await run()];
  expect(one.loss.kind).toBe('random-cotangent');
  expect(one.layers[0].gradients?.weights?.norm).toBeGreaterThan(0);
  expect(one.layers).toEqual(other.layers);
});

test('weights that are not finite are a result and no exception', async () => {
  const broken = new Map(values);
  const name = network.layers[1].weight;
  const data = (values.get(name) as Tensor<'float32'>).data.slice();
  data[3] = Number.NaN;
  broken.set(name, tensor('float32', (values.get(name) as Tensor).dims, data));
  const measured = await measure(
    subjectFromNetwork(network, broken),
    { inputs: { features }, labels, data: 'given' },
    { runtime },
  );
  expect(measured.firstNotFinite).toEqual({ value: name, layer: network.layers[1].name });
  expect(measured.loss.value).toBeNull();
});

test('a batch that does not fit: which input expects what', async () => {
  const subject = subjectFromNetwork(network, values);
  const wrong = tensor('float32', [size, 36], features.data);
  await expect(measure(subject, { inputs: { features: wrong }, data: 'given' }, { runtime })).rejects.toThrow(
    /features.*\[batch, 1, 6, 6\].*\[10, 36\]/,
  );
  const far = tensor('int32', [size], new Int32Array(size).fill(3));
  await expect(
    measure(subject, { inputs: { features }, labels: far, data: 'given' }, { runtime }),
  ).rejects.toThrow(/0 … 2/);
});

test('the mean cosine of orthogonal, equal and opposite examples', () => {
  expect(meanCosine(Float32Array.of(1, 0, 0, 2), 2)?.mean).toBe(0);
  expect(meanCosine(Float32Array.of(1, 1, 3, 3, 2, 2), 3)).toEqual({
    mean: expect.closeTo(1, 6),
    standardError: expect.closeTo(0, 6),
  });
  expect(meanCosine(Float32Array.of(1, 2, -1, -2), 2)?.mean).toBeCloseTo(-1, 6);
  expect(meanCosine(new Float32Array(4), 2)).toBeNull();
});

test('effective rank: the number of directions in which examples differ', () => {
  // Corners of a cross in two directions of the same size, then one direction only.
  expect(effectiveRank(Float32Array.of(1, 0, -1, 0, 0, 1, 0, -1), 4)).toBeCloseTo(2, 6);
  expect(effectiveRank(Float32Array.of(1, 1, 2, 2, 5, 5), 3)).toBeCloseTo(1, 6);
  expect(effectiveRank(Float32Array.of(3, 3, 3, 3), 2)).toBeNull();
});

test('dead and constant units, over examples and places', () => {
  // [2 examples, 3 channels, 2 places]: the first dead, the second constant, the third neither.
  const data = Float32Array.of(0, 0, 5, 5, 1, 2, 0, 0, 5, 5, 1, 2);
  expect(unitActivity(data, [2, 3, 2], 1)).toEqual({ dead: 1 / 3, constant: 2 / 3 });
});
