import { describe, expect, test } from 'vitest';
import type { Diagnosis, Prescription } from '../../src/doctor/diagnosis.ts';
import * as outset from '../../src/index.ts';
import { createNetwork, parseNetwork } from '../../src/network/index.ts';
import { codeToWrite } from '../../src/report/doctor/code/code-to-write.ts';
import { sampleDiagnosis } from '../support/sample-diagnosis.ts';
import { callPeer, findPeer, type Interpreter } from './python.ts';
import { loadTfjs } from './tfjs/peer.ts';

/** The code that the doctor shows, run as it is shown, on layers of the sizes that the diagnosis has. */
const sizes = [784, 128, 128, 128, 128, 10];
const layers = sizes.slice(1).map((outputs, i) => ({ name: `dense${i + 1}`, inputs: sizes[i], outputs }));
const sample = sampleDiagnosis(5, 0.9);
const diagnosis: Diagnosis = sample;
const names = layers.map(({ name }) => name);

interface Ran {
  readonly layers: { std: number; largest: number; bias: number; gain: number; offOrthogonal: number }[];
  readonly x: number;
  readonly rate: number | null;
}

const libraries: readonly [framework: 'pytorch' | 'keras' | 'jax', Interpreter, module: string][] = [
  ['pytorch', 'OUTSET_PYTHON', 'torch'],
  ['keras', 'OUTSET_PYTHON_JAX', 'keras'],
  ['jax', 'OUTSET_PYTHON_JAX', 'jax'],
];

/**
 * Six standard errors of a standard deviation: sqrt((kurtosis - 1) / 4 n), at most 1 / sqrt(2 n) for the distributions here;
 * false alarms about 2e-9 each.
 */
function near(std: number, expected: number, count: number): void {
  expect(Math.abs(std / expected - 1)).toBeLessThan(6 / Math.sqrt(2 * count));
}

const rule = (text: string): Prescription[] => [
  { kind: 'rule', layers: names, rule: text, bias: { rule: 'zeros' } },
];
const stds: readonly [rule: string, std: (fanIn: number, fanOut: number) => number][] = [
  ['he-normal', (fanIn) => Math.sqrt(2 / fanIn)],
  ['glorot-uniform', (fanIn, fanOut) => Math.sqrt(2 / (fanIn + fanOut))],
  ['variance-scaling(scale=2,distribution=truncatedNormal)', (fanIn) => Math.sqrt(2 / fanIn)],
];

describe.each(libraries)('code for %s', (framework, interpreter, module) => {
  const peer = findPeer(interpreter, module);
  const run = (prescriptions: Prescription[]): Ran => {
    const code = codeToWrite(prescriptions, diagnosis).find((one) => one.framework === framework)?.code;
    return callPeer(peer!, 'doctor_code.py', { framework, code, layers }) as Ran;
  };
  test.skipIf(peer === undefined).each(stds)(
    `%s has its standard deviation in every layer (${module} ${peer?.version})`,
    (text, std) => {
      for (const [i, one] of run(rule(text)).layers.entries()) {
        const { inputs, outputs } = layers[i];
        near(one.std, std(inputs, outputs), inputs * outputs);
        expect(one.bias).toBe(0);
      }
    },
    120_000,
  );
  test.skipIf(peer === undefined)(
    'orthogonal with a gain, input scaling',
    () => {
      const all: Prescription[] = [
        ...rule('orthogonal(gain=1.025)'),
        { kind: 'input-scaling', mean: 33.3, std: 2 },
        ...(framework === 'jax' ? [] : [{ kind: 'learning-rate', learningRate: 0.0025 } as const]),
      ];
      const { layers: got, x, rate } = run(all);
      for (const one of got) {
        expect(one.gain).toBeCloseTo(1.025, 4);
        expect(one.offOrthogonal).toBeLessThan(1e-5);
      }
      expect(x).toBeCloseTo(1, 4);
      if (framework !== 'jax') expect(rate).toBeCloseTo(0.0025, 6);
    },
    120_000,
  );
});

test('code for Outset gives the rule, the gain and the learning rate', async () => {
  const network = createNetwork(parseNetwork('784-128x4-10:tanh', { input: [784], outputs: 10 }));
  const parameters = new Map(
    await outset.parseStart('ones(bias=1)').parameters(network, { stream: outset.openStream('threefry', 1) }),
  );
  const prescriptions: Prescription[] = [
    ...rule('he-normal'),
    { kind: 'gain', layers: ['dense2'], factor: 0.5 },
    { kind: 'learning-rate', learningRate: 0.0025 },
  ];
  const code = codeToWrite(prescriptions, diagnosis).find((one) => one.framework === 'outset')?.code ?? '';
  const body = code.replace(/^import \{([^}]*)\} from 'outset';/, 'const {$1} = outset;');
  const run = new Function('outset', 'network', 'parameters', `${body}\nreturn learningRate;`);
  expect(run(outset, network, parameters)).toBe(0.0025);
  for (const [i, { name, inputs, outputs }] of layers.entries()) {
    const { data } = parameters.get(`${name}.weight`)!;
    const size = Math.sqrt(data.reduce((sum, value) => sum + value * value, 0) / data.length);
    near(size, (i === 1 ? 0.5 : 1) * Math.sqrt(2 / inputs), inputs * outputs);
    expect(parameters.get(`${name}.bias`)!.data.every((value) => value === 0)).toBe(true);
  }
});

const tfjs = await loadTfjs().catch(() => {
  process.stderr.write('\n*** NOT COMPARED with TensorFlow.js: npm ci in test/peers/tfjs. ***\n');
  return undefined;
});

test.skipIf(tfjs === undefined).each([
  ['he-normal', (fanIn: number) => Math.sqrt(2 / fanIn)],
  ['glorot-uniform', (fanIn: number, fanOut: number) => Math.sqrt(2 / (fanIn + fanOut))],
] as const)('code for TensorFlow.js: %s has its standard deviation in every layer', (text, std) => {
  const tf = tfjs!;
  // Without its orthogonal initializer, which wants the whole package and not only core and layers.
  const small = layers.map((_, k) => ({
    name: `dense${k + 1}`,
    inputs: [40, 24, 24, 24, 24][k],
    outputs: [24, 24, 24, 24, 10][k],
  }));
  const made = small.map(({ name, inputs, outputs }) =>
    tf.layers.dense({ units: outputs, inputShape: [inputs], name, biasInitializer: 'ones' }),
  );
  const model = tf.sequential({ layers: made });
  const smallDiagnosis: Diagnosis = {
    ...diagnosis,
    subject: {
      ...diagnosis.subject,
      layers: diagnosis.subject.layers.map((layer, k) => ({
        ...layer,
        fanIn: small[k].inputs,
        fanOut: small[k].outputs,
        weightDims: [small[k].inputs, small[k].outputs],
      })),
    },
  };
  const code = codeToWrite(rule(text), smallDiagnosis).find((one) => one.framework === 'tfjs')?.code ?? '';
  new Function('tf', 'model', code)(tf, model);
  const weights = model.getWeights().map((one) => one.dataSync());
  for (const [i, { inputs, outputs }] of small.entries()) {
    const data = weights[2 * i];
    const size = Math.sqrt(data.reduce((sum, value) => sum + value * value, 0) / data.length);
    near(size, std(inputs, outputs), inputs * outputs);
    expect(weights[2 * i + 1].every((value) => value === 0)).toBe(true);
  }
});
