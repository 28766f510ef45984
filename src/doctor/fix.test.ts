import { expect, test } from 'vitest';
import { quadrants } from '../../test/support/quadrants.ts';
import { createNetwork, parseNetwork } from '../network/index.ts';
import { openStream, threefry } from '../random/index.ts';
import { nodeRuntime } from '../runtime/node.ts';
import { parseStart } from '../starts/index.ts';
import { type Tensor, tensor } from '../tensor/tensor.ts';
import { diagnose } from './diagnose.ts';
import type { TrainingPlan } from './diagnosis.ts';
import { fix } from './fix.ts';
import { looksLinear } from './prescribe/looks-linear.ts';
import { subjectFromNetwork } from './subject/from-network.ts';

const runtime = await nodeRuntime();
const { features, labels } = quadrants(128);
const batch = { inputs: { features }, labels, data: 'given' } as const;
const plan: TrainingPlan = { optimizer: { name: 'adam' }, learningRate: 1e-3, steps: 3000 };
const deep = (depth: number, activation: string) => `32-${Array(depth).fill(32).join('-')}-4:${activation}`;

async function subjectOf(
  text: string,
  start: string,
  change?: (values: Map<string, Tensor<'float32'>>) => void,
) {
  const network = createNetwork(parseNetwork(text, { input: [32], outputs: 4 }));
  const given = await parseStart(start).parameters(network, { stream: openStream('threefry', 3) });
  const values = new Map(
    [...given].map(([name, { dims, data }]) => [name, tensor('float32', dims, data.slice())]),
  );
  change?.(values);
  return subjectFromNetwork(network, values);
}

test.each([
  [deep(12, 'relu'), 'normal(std=0.01)'],
  [deep(12, 'relu'), 'zeros'],
  [deep(12, 'sigmoid'), 'glorot-normal'],
  [deep(12, 'tanh'), 'normal(std=2)'],
])('mends %s from %s', async (text, start) => {
  const subject = await subjectOf(text, start);
  const diagnosis = await diagnose({ subject, batch, plan, runtime });
  expect(diagnosis.verdict.name).not.toBe('learns');
  const mended = await fix({ subject, diagnosis, batch, runtime });
  expect(mended.healed).toBe(true);
  expect(mended.prescriptions.length).toBeGreaterThan(0);
  expect(mended.after.verdict.probability).toBeGreaterThanOrEqual(0.5);
  expect([...mended.values.keys()].sort()).toEqual([...subject.parameters.keys()].sort());
});

test('one wrong gain is put right, and nothing else is touched', async () => {
  const subject = await subjectOf(deep(8, 'relu'), 'he-normal', (values) => {
    const { data } = values.get('dense4.weight') as Tensor<'float32'>;
    for (let i = 0; i < data.length; i++) data[i] *= 1e-5;
  });
  const diagnosis = await diagnose({ subject, batch, plan, runtime });
  expect(diagnosis.findings[0]).toMatchObject({ code: 'forward-vanishing', layers: ['dense4'] });
  const mended = await fix({ subject, diagnosis, batch, runtime });
  expect(mended.prescriptions).toMatchObject([{ kind: 'gain', layers: ['dense4'] }]);
  expect(mended.changed).toEqual(['dense4.weight']);
  expect(mended.healed).toBe(true);
});

test('what learns, and what is trained, is left alone', async () => {
  const subject = await subjectOf('32-32-32-4:relu', 'he-normal');
  const diagnosis = await diagnose({ subject, batch, plan, runtime });
  expect(await fix({ subject, diagnosis, batch, runtime })).toMatchObject({
    reason: 'learns-already',
    changed: [],
  });
  const trained = {
    ...diagnosis,
    findings: [
      {
        code: 'trained',
        layers: [],
        severity: 'note',
        confidence: 1,
        evidence: [],
        prescription: null,
      } as const,
    ],
  };
  expect(await fix({ subject, diagnosis: trained, batch, runtime })).toMatchObject({ reason: 'trained' });
});

test('a network that looks linear is linear: f(a + b) = f(a) + f(b)', async () => {
  for (const activation of ['relu', 'gelu', 'silu', 'softplus']) {
    const subject = await subjectOf(deep(6, activation), 'he-normal');
    const values = looksLinear(subject, threefry(8));
    const x = threefry(9).normal(new Float32Array(3 * 32));
    for (let i = 0; i < 32; i++) x[64 + i] = x[i] + x[32 + i];
    const graph = (subject.build as NonNullable<typeof subject.build>)(3);
    graph.builder.output(graph.outputs[0]);
    const program = await runtime.compile(graph.builder.build());
    const feeds = { features: tensor('float32', [3, 32], x), ...Object.fromEntries(values) };
    const { data } = (await program.run(feeds))[graph.outputs[0]];
    for (let k = 0; k < 4; k++) expect(data[8 + k]).toBeCloseTo(Number(data[k]) + Number(data[4 + k]), 4);
    await program.dispose();
  }
});
