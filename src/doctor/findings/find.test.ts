import { beforeAll, describe, expect, test } from 'vitest';
import { doctorLabels } from '../../messages/labels/doctor-findings.ts';
import { createNetwork, type NetworkSpec, parseNetwork } from '../../network/index.ts';
import { openStream, threefry } from '../../random/index.ts';
import { nodeRuntime } from '../../runtime/node.ts';
import type { Runtime } from '../../runtime/runtime.ts';
import { parseStart } from '../../starts/index.ts';
import { type Tensor, tensor } from '../../tensor/tensor.ts';
import { type Finding, type FindingCode, findingCodes, type TrainingPlan } from '../diagnosis.ts';
import { measure } from '../measure/measure.ts';
import type { Measurement } from '../measurement.ts';
import { subjectFromNetwork } from '../subject/from-network.ts';
import type { Subject } from '../subject.ts';
import { findProblems } from './find.ts';

const sgd: TrainingPlan = { optimizer: { name: 'sgd' }, learningRate: 0.01, steps: 1000 };
const size = 128;
const inputs = 32;

let runtime: Runtime;
beforeAll(async () => {
  runtime = await nodeRuntime();
});

interface Patient {
  readonly network: string | NetworkSpec;
  readonly start?: string;
  readonly plan?: TrainingPlan;
  /** Factor on inputs, and what is added. */
  readonly scale?: number;
  readonly shift?: number;
  readonly seed?: number;
  readonly change?: (values: Map<string, Tensor<'float32'>>) => void;
  readonly measured?: (measurement: Measurement) => Measurement;
  readonly subject?: (subject: Subject) => Subject;
}

const layersOf = (count: number, units = 64): string => Array(count).fill(units).join('-');

async function examine(patient: Patient): Promise<Finding[]> {
  const { network: text, start = 'he-normal', plan = sgd, scale = 1, shift = 0, seed = 1 } = patient;
  const spec = typeof text === 'string' ? parseNetwork(text, { input: [inputs], outputs: 10 }) : text;
  const network = createNetwork(spec);
  const width = spec.input.reduce((product, length) => product * length, 1);
  const stream = threefry(seed);
  const data = stream.child('data').normal(new Float32Array(size * width));
  const features = tensor(
    'float32',
    [size, ...spec.input],
    data.map((value) => value * scale + shift),
  );
  const given = await parseStart(start).parameters(network, {
    stream: openStream('threefry', seed),
    batch: features,
    runtime,
  });
  const values = new Map(
    [...given].map(([name, { dims, data }]) => [name, tensor('float32', dims, Float32Array.from(data))]),
  );
  patient.change?.(values);
  const labels = tensor(
    'int32',
    [size],
    Int32Array.from({ length: size }, (_, i) => i % 10),
  );
  const made = subjectFromNetwork(network, values);
  const subject = patient.subject?.(made) ?? made;
  const batch = { inputs: { features }, labels, data: 'given' } as const;
  const { optimizer, learningRate } = plan;
  const measurement = await measure(subject, batch, { runtime, optimizer, learningRate });
  return findProblems({
    subject,
    measurement: patient.measured?.(measurement) ?? measurement,
    prediction: null,
    plan,
  });
}

function scaled(values: Map<string, Tensor<'float32'>>, name: string, factor: number): void {
  const { data } = values.get(name) as Tensor<'float32'>;
  for (let i = 0; i < data.length; i++) data[i] *= factor;
}

function withFirstGradient(one: Measurement, factor: number): Measurement {
  const [first, ...rest] = one.layers;
  const { gradients } = first;
  const signal = gradients?.preActivations;
  if (gradients == null || signal?.norm == null) return one;
  const grown = { ...gradients, preActivations: { ...signal, norm: signal.norm * factor } };
  return { ...one, layers: [{ ...first, gradients: grown }, ...rest] };
}

/** Makes the first units of a layer silent: all weights negative, behind a rectifier. */
function silence(values: Map<string, Tensor<'float32'>>, name: string, units: number): void {
  const { data, dims } = values.get(name) as Tensor<'float32'>;
  for (let i = 0; i < data.length; i++) if (i % dims[1] < units) data[i] = -Math.abs(data[i]);
}

const vision: NetworkSpec = {
  input: [8, 6, 6],
  layers: [
    { type: 'conv', channels: 32, groups: 8, activation: 'relu' },
    { type: 'conv', channels: 32, groups: 8, activation: 'relu' },
    { type: 'flatten' },
    { type: 'dense', units: 10 },
  ],
};

/** The smallest sick network of each finding, and the layer to blame first; then a healthy neighbor. */
const cases: readonly (readonly [FindingCode, Patient, string | null, Patient])[] = [
  [
    'forward-vanishing',
    { network: `${layersOf(12)}:relu`, start: 'normal(std=0.02)' },
    'dense1',
    { network: `${layersOf(12)}:relu` },
  ],
  [
    'forward-vanishing',
    { network: `${layersOf(8)}:relu`, change: (values) => scaled(values, 'dense5.weight', 1e-4) },
    'dense5',
    { network: `${layersOf(8)}:relu` },
  ],
  [
    'forward-exploding',
    { network: `${layersOf(10)}:relu`, start: 'normal(std=0.5)' },
    'dense1',
    { network: `${layersOf(10)}:relu` },
  ],
  [
    'forward-exploding',
    { network: `${layersOf(8)}:relu`, change: (values) => scaled(values, 'dense4.weight', 1e4) },
    'dense4',
    { network: `${layersOf(8)}:relu` },
  ],
  [
    'backward-vanishing',
    { network: `${layersOf(8)}:sigmoid`, start: 'glorot-normal' },
    'dense8',
    { network: `${layersOf(2)}:sigmoid`, start: 'glorot-normal(gain=4)' },
  ],
  [
    'backward-exploding',
    { network: `${layersOf(4)}:relu`, scale: 2.4, measured: (one) => withFirstGradient(one, 1e3) },
    null,
    { network: `${layersOf(4)}:relu`, scale: 2.4, measured: (one) => withFirstGradient(one, 1) },
  ],
  [
    'backward-exploding-behind-unit-variance',
    { network: `${layersOf(30)}:tanh`, start: 'lsuv' },
    'dense30',
    { network: `${layersOf(30)}:tanh`, start: 'orthogonal(gain=1.02)' },
  ],
  [
    'correlation-collapse',
    {
      network: `${layersOf(30)}:tanh`,
      start: 'edge-of-chaos(activation=tanh,bias-variance=0.05)',
      change: (values) => {
        for (const name of values.keys()) if (name.endsWith('weight')) scaled(values, name, 0.75);
      },
    },
    null,
    { network: `${layersOf(30)}:tanh`, start: 'orthogonal(gain=1.02)' },
  ],
  [
    'chaos',
    { network: `${layersOf(20)}:tanh`, start: 'orthogonal(gain=3)' },
    'dense20',
    { network: `${layersOf(20)}:tanh`, start: 'orthogonal(gain=1.02)' },
  ],
  [
    'dead-relu',
    { network: `${layersOf(4)}:relu`, change: (values) => silence(values, 'dense2.weight', 40) },
    'dense2',
    { network: `${layersOf(4)}:relu` },
  ],
  [
    'saturation',
    { network: `${layersOf(3)}:tanh`, start: 'normal(std=1)' },
    'dense1',
    { network: `${layersOf(3)}:tanh`, start: 'glorot-normal' },
  ],
  [
    'zero-symmetry',
    { network: `${layersOf(3)}:relu`, start: 'zeros' },
    'dense1',
    { network: `${layersOf(3)}:relu`, change: (values) => scaled(values, 'dense4.weight', 0) },
  ],
  [
    'constant-symmetry',
    { network: `${layersOf(3)}:relu`, start: 'constant(0.05)' },
    'dense1',
    { network: `${layersOf(3)}:relu` },
  ],
  [
    'shared-seed',
    {
      network: `${layersOf(4)}:relu`,
      change: (values) => {
        const { data } = values.get('dense2.weight') as Tensor<'float32'>;
        (values.get('dense3.weight') as Tensor<'float32'>).data.set(data);
      },
    },
    'dense2',
    { network: `${layersOf(4)}:relu` },
  ],
  [
    'logits-too-large',
    {
      network: `${layersOf(4)}:relu`,
      change: (values) => {
        for (const layer of [1, 2, 3, 4, 5]) scaled(values, `dense${layer}.weight`, 1.7);
      },
    },
    'dense5',
    { network: `${layersOf(4)}:relu` },
  ],
  [
    'output-unscaled',
    { network: `${layersOf(3)}:relu`, change: (values) => scaled(values, 'dense4.weight', 6) },
    'dense4',
    { network: `${layersOf(3)}:relu` },
  ],
  [
    'wrong-truncation',
    {
      network: `${layersOf(3, 128)}:relu`,
      measured: (one) => ({
        ...one,
        provenance: one.provenance.map((p) =>
          p.parameter === 'dense2.weight'
            ? { ...p, distribution: 'truncated-normal', weightVariance: 1.5475 }
            : p,
        ),
      }),
    },
    'dense2',
    { network: `${layersOf(3, 128)}:relu`, start: 'keras-he-normal' },
  ],
  [
    'fan-swapped',
    { network: '128-32-128-32-128:relu', start: 'he-normal(mode=fanOut)' },
    null,
    { network: '128-32-128-32-128:relu' },
  ],
  [
    'fan-groups',
    {
      network: vision,
      change: (values) => {
        for (const layer of ['conv1.weight', 'conv2.weight']) scaled(values, layer, 1 / Math.sqrt(8));
      },
    },
    null,
    { network: vision },
  ],
  [
    'bias-too-large',
    {
      network: `${layersOf(4)}:relu`,
      change: (values) => (values.get('dense2.bias') as Tensor<'float32'>).data.fill(5),
    },
    'dense2',
    { network: `${layersOf(4)}:relu`, start: 'pytorch-default' },
  ],
  [
    'normalization-after-zero',
    { network: `${layersOf(4)}:relu:batch-norm`, change: (values) => scaled(values, 'dense3.weight', 1e-5) },
    'dense3',
    { network: `${layersOf(4)}:relu:batch-norm` },
  ],
  [
    'residual-growth',
    { network: `${layersOf(16)}:relu:residual` },
    'dense3',
    { network: `${layersOf(4)}:relu:residual` },
  ],
  [
    'input-not-standardized',
    { network: `${layersOf(2)}:relu`, scale: 70, shift: 100 },
    null,
    { network: `${layersOf(2)}:relu` },
  ],
  [
    'half-overflow',
    { network: `${layersOf(2)}:relu`, scale: 4e4 },
    'dense1',
    { network: `${layersOf(2)}:relu` },
  ],
  [
    'half-underflow',
    {
      network: `${layersOf(3)}:relu`,
      start: 'uniform(low=-0.00002,high=0.00002)',
      subject: (one) => ({
        ...one,
        storedAs: new Map([...one.storedAs.keys()].map((name) => [name, 'float16'])),
      }),
    },
    'dense1',
    {
      network: `${layersOf(3)}:relu`,
      subject: (one) => ({
        ...one,
        storedAs: new Map([...one.storedAs.keys()].map((name) => [name, 'float16'])),
      }),
    },
  ],
  [
    'learning-rate-too-large',
    { network: `${layersOf(2)}:relu`, measured: (one) => ({ ...one, sharpness: 500 }) },
    null,
    { network: `${layersOf(2)}:relu`, measured: (one) => ({ ...one, sharpness: 20 }) },
  ],
  [
    'update-ratio',
    { network: `${layersOf(2)}:relu`, plan: { ...sgd, learningRate: 1e-9 } },
    null,
    { network: `${layersOf(2)}:relu` },
  ],
  [
    'not-finite',
    {
      network: `${layersOf(2)}:relu`,
      change: (values) => {
        (values.get('dense2.weight') as Tensor<'float32'>).data[3] = Number.NaN;
      },
    },
    'dense2',
    { network: `${layersOf(2)}:relu` },
  ],
  [
    'trained',
    {
      network: `${layersOf(2)}:relu`,
      measured: (one) => ({ ...one, trained: { probability: 0.97, because: [] } }),
    },
    null,
    { network: `${layersOf(2)}:relu` },
  ],
];

describe('findings', () => {
  test.each(cases)('%s', async (code, sick, blamed, healthy) => {
    const found = (await examine(sick)).find((finding) => finding.code === code);
    expect(found?.code).toBe(code);
    if (blamed !== null) expect(found?.layers[0]).toBe(blamed);
    expect(found?.confidence).toBeGreaterThanOrEqual(0.5);
    expect(found?.evidence.length).toBeGreaterThan(0);
    expect((await examine(healthy)).map((finding) => finding.code)).not.toContain(code);
  });

  test('an unstable fixed point is a note', async () => {
    const findings = findProblems({
      subject: {
        inputs: [],
        layers: [],
        blocks: [],
        outputDims: [10],
        endsInSoftmax: false,
        parameters: new Map(),
        parameterShapes: [],
        storedAs: new Map(),
      },
      measurement: {
        batchSize: 8,
        data: 'given',
        loss: { kind: 'random-cotangent', value: 0 },
        inputs: [],
        outputs: null,
        layers: [],
        firstNotFinite: null,
        jacobian: null,
        tangentKernel: null,
        sharpness: null,
        provenance: [],
        trained: { probability: 0, because: [] },
        backwardMissing: null,
        seconds: 0,
      },
      prediction: { layers: [], inverseWidths: 0, growth: 3, stable: false, unknown: [] },
      plan: sgd,
    });
    expect(findings).toMatchObject([{ code: 'unstable-fixed-point', severity: 'note' }]);
  });

  test.each([
    [`${layersOf(4)}:relu`, 'he-normal'],
    [`${layersOf(10)}:relu`, 'he-uniform'],
    [`${layersOf(3)}:tanh`, 'glorot-uniform'],
    [`${layersOf(2)}:relu`, 'pytorch-default'],
    [`${layersOf(4)}:selu`, 'lecun-normal'],
    [`${layersOf(8)}:relu:residual:batch-norm`, 'he-normal'],
    [`${layersOf(20)}:relu:batch-norm`, 'pytorch-default'],
  ])('no error in %s from %s', async (network, start) => {
    const errors = (await examine({ network, start })).filter(({ severity }) => severity === 'error');
    expect(errors.map(({ code }) => code)).toEqual([]);
  });

  test('few are said: consequences are left out, and one layer is named for fifty', async () => {
    const findings = await examine({ network: `${layersOf(20)}:relu`, start: 'normal(std=0.01)' });
    expect(findings[0]).toMatchObject({ code: 'forward-vanishing', layers: ['dense1'], severity: 'error' });
    expect(findings.map(({ code }) => code)).not.toContain('backward-vanishing');
    expect(findings.length).toBeLessThanOrEqual(3);
  });

  test('every finding has its sentences, none with a hole', () => {
    const details = { layer: 'dense1', measured: '1', predicted: '2', threshold: '3', second: '4' };
    for (const code of findingCodes) {
      for (const language of ['en', 'ko'] as const) {
        for (const text of [doctorLabels.finding[code].short, doctorLabels.finding[code].long]) {
          expect(text[language](details)).not.toMatch(/undefined|null|\(으\)|\(을\)|\(이\)/);
        }
      }
    }
  });
});
