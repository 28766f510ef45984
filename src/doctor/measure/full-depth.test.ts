/** Against torch in float64 (test/peers/torch_doctor.py) and closed forms. */
import { expect, test } from 'vitest';
import fixture from '../../../test/fixtures/doctor-torch.json' with { type: 'json' };
import { createNetwork, type NetworkSpec } from '../../network/index.ts';
import { openStream, threefry } from '../../random/index.ts';
import { nodeRuntime } from '../../runtime/node.ts';
import { parseStart } from '../../starts/index.ts';
import { tensor } from '../../tensor/tensor.ts';
import { subjectFromNetwork } from '../subject/from-network.ts';
import { measure } from './measure.ts';
import { weightSpectrum } from './weight-spectrum.ts';

const runtime = await nodeRuntime();

type Plain = { dims: number[]; data: number[] };
const real = ({ dims, data }: Plain) => tensor('float32', dims, Float32Array.from(data));

function fixtureSubject(spec: NetworkSpec, parameters: Record<string, Plain>) {
  const values = new Map(Object.entries(parameters).map(([name, plain]) => [name, real(plain)]));
  return subjectFromNetwork(createNetwork(spec), values);
}

/** Single precision through three layers and back. */
const close = (value: number, relative = 1e-4) =>
  expect.closeTo(value, -Math.log10(relative * Math.abs(value)));

test('Jacobians, gradients, dead units and sharpness of a small convolutional network are those of torch', async () => {
  const { conv } = fixture;
  const subject = fixtureSubject(
    {
      input: [1, 4, 4],
      layers: [
        { type: 'conv', channels: 3, activation: 'tanh' },
        { type: 'flatten' },
        { type: 'dense', units: 6, activation: 'relu' },
        { type: 'dense', units: 3 },
      ],
    },
    conv.parameters,
  );
  const labels = tensor('int32', [10], Int32Array.from(conv.labels));
  const measured = await measure(
    subject,
    { inputs: { features: real(conv.features) }, labels, data: 'given' },
    { runtime, depth: 'full' },
  );
  expect(measured.skipped).toBeUndefined();
  expect(measured.loss.value).toEqual(close(conv.loss));
  for (const [i, { weight, bias }] of subject.layers.entries()) {
    const norms = conv.gradientNorms as Record<string, number>;
    expect(measured.layers[i].gradients?.weights?.norm).toEqual(close(norms[weight.name]));
    expect(measured.layers[i].gradients?.biases?.norm).toEqual(close(norms[bias?.name ?? '']));
  }
  expect(measured.layers[1].deadUnits).toBe(conv.dead);
  expect(measured.jacobian).toEqual({
    largest: close(conv.ends.largest),
    smallest: close(conv.ends.smallest),
    rootMeanSquare: close(conv.ends.rootMeanSquare),
  });
  // At most 6 outputs: 12 Lanczos steps find every singular value, but the trace is that of one vector of signs per example.
  for (const [i, truth] of conv.layers.entries()) {
    const own = measured.layers[i + 1].jacobian;
    expect(own?.largest).toEqual(close(truth.largest, 1e-3));
    expect(Math.abs(Math.log((own?.rootMeanSquare as number) / truth.rootMeanSquare))).toBeLessThan(0.5);
  }
  const { largest, smallest } = measured.layers[1].spectrum ?? {};
  expect([largest, smallest]).toEqual([close(conv.spectrum[0]), close(conv.spectrum[5])]);
  expect(measured.sharpness).toEqual(close(conv.sharpness, 1e-3));
});

test('the tangent kernel and the sharpness of a dense network are those of torch', async () => {
  const { dense } = fixture;
  const subject = fixtureSubject(
    {
      input: [4],
      layers: [
        { type: 'dense', units: 7, activation: 'tanh' },
        { type: 'dense', units: 1 },
      ],
    },
    dense.parameters,
  );
  const measured = await measure(
    subject,
    {
      inputs: { features: real(dense.features) },
      targets: tensor('float32', [9, 1], Float32Array.from(dense.targets)),
      data: 'given',
    },
    { runtime, depth: 'full' },
  );
  expect(measured.tangentKernel).toMatchObject({
    examples: 9,
    largest: close(dense.kernel[8]),
    smallest: close(dense.kernel[0], 1e-2),
  });
  expect(measured.sharpness).toEqual(close(dense.sharpness, 1e-3));
});

const wide = createNetwork({
  input: [40],
  layers: Array.from({ length: 6 }, () => ({ type: 'dense', units: 40 }) as const),
});
const features = tensor('float32', [12, 40], threefry(3).normal(new Float32Array(480)));

test('of linear orthogonal layers every singular value is 1, beyond 32 outputs too', async () => {
  const values = await parseStart('orthogonal').parameters(wide, { stream: openStream('threefry', 4) });
  const measured = await measure(
    subjectFromNetwork(wide, values),
    { inputs: { features }, data: 'noise' },
    { runtime, depth: 'full' },
  );
  expect(measured.jacobian).toEqual({ largest: close(1), smallest: null, rootMeanSquare: close(1) });
  for (const { jacobian, spectrum } of measured.layers.slice(1)) {
    expect(jacobian).toEqual({ largest: close(1), rootMeanSquare: close(1) });
    expect(spectrum).toEqual({ largest: close(1), smallest: close(1), effectiveRank: close(40) });
  }
  expect(measured.skipped).toEqual([{ quantity: 'sharpness', because: 'no-loss' }]);
});

test('when the time is over, what is left is named', async () => {
  const values = await parseStart('orthogonal').parameters(wide, { stream: openStream('threefry', 4) });
  const measured = await measure(
    subjectFromNetwork(wide, values),
    { inputs: { features }, data: 'noise' },
    { runtime, depth: 'full', seconds: 0 },
  );
  expect(measured.skipped?.map(({ because }) => because)).toEqual(['time', 'time', 'time', 'time', 'time']);
  expect(measured.layers[3].gradients?.weights?.norm).toBeGreaterThan(0);
});

test('a large weight: the largest singular value of a Gaussian matrix is 1 + sqrt(ratio), its rank as Marchenko and Pastur say', () => {
  const [rows, columns] = [400, 600];
  const data = threefry(6).normal(new Float32Array(rows * columns), 0, 1 / Math.sqrt(columns));
  const shape = { name: 'w', role: 'weight', dims: [columns, rows], fanIn: columns, fanOut: rows } as const;
  const spectrum = weightSpectrum(shape, data);
  const ratio = rows / columns;
  // Tracy-Widom fluctuations are of the order columns^(-2/3) = 0.014; 24 steps come within 1 % from below.
  expect(spectrum?.largest).toBeGreaterThan(0.97 * (1 + Math.sqrt(ratio)));
  expect(spectrum?.largest).toBeLessThan(1.03 * (1 + Math.sqrt(ratio)));
  // sum σ⁴ / rows = 1 + ratio; the estimate by one vector has a relative error of about sqrt(8 / rows) = 0.14 at most.
  expect(spectrum?.effectiveRank).toBeGreaterThan((rows / (1 + ratio)) * 0.7);
  expect(spectrum?.effectiveRank).toBeLessThan((rows / (1 + ratio)) * 1.4);
  expect(spectrum?.smallest).toBeNull();
});
