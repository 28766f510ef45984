import { expect, test } from 'vitest';
import { quadrants } from '../../test/support/quadrants.ts';
import { createNetwork, parseNetwork } from '../network/index.ts';
import { openStream } from '../random/index.ts';
import { nodeRuntime } from '../runtime/node.ts';
import { parseStart } from '../starts/index.ts';
import { tensor } from '../tensor/tensor.ts';
import { diagnose } from './diagnose.ts';
import { subjectFromNetwork } from './subject/from-network.ts';

const runtime = await nodeRuntime();
const { features, labels } = quadrants(128);

async function diagnosed(text: string, start: string, given = true) {
  const network = createNetwork(parseNetwork(text, { input: [32], outputs: 4 }));
  const values = await parseStart(start).parameters(network, {
    stream: openStream('threefry', 3),
    batch: features,
    runtime,
  });
  return diagnose({
    subject: subjectFromNetwork(network, values),
    batch: { inputs: { features }, ...(given ? { labels } : {}), data: given ? 'given' : 'noise' },
    runtime,
  });
}

test('a usual start learns, and nothing is held against it', async () => {
  const { verdict, findings, subject } = await diagnosed('64-64-64:relu', 'he-normal');
  expect(verdict.name).toMatch(/^learns/);
  expect(verdict.baseline).toBe(true);
  expect(findings.filter(({ severity }) => severity === 'error')).toEqual([]);
  expect(subject.layers.map(({ fanIn }) => fanIn)).toEqual([32, 64, 64, 64]);
});

test.each(['zeros', 'constant(0.1)'])('%s will not learn, because units stay equal', async (start) => {
  const { verdict } = await diagnosed('64-64-64:relu', start);
  expect(verdict).toMatchObject({ name: 'will-not-learn', probability: 0 });
  expect(verdict.because[0]).toMatch(/symmetry$/);
});

test('a dying signal will not be learned from, with the reason', async () => {
  const { verdict } = await diagnosed(`${Array(20).fill(64).join('-')}:relu`, 'normal(std=0.01)');
  expect(verdict).toMatchObject({ name: 'will-not-learn', baseline: false });
  expect(verdict.because[0]).toBe('forward-vanishing');
});

test('weights that are no numbers are a finding, no exception', async () => {
  const network = createNetwork(parseNetwork('16-16:relu', { input: [32], outputs: 4 }));
  const given = await parseStart('he-normal').parameters(network, { stream: openStream('threefry', 3) });
  const values = new Map(
    [...given].map(([name, value]) => [name, tensor('float32', value.dims, value.data.slice())]),
  );
  values.get('dense2.weight')?.data.fill(Number.NaN);
  const subject = subjectFromNetwork(network, values);
  const { verdict, findings } = await diagnose({
    subject,
    batch: { inputs: { features }, labels, data: 'given' },
    runtime,
  });
  expect(findings[0]).toMatchObject({ code: 'not-finite', layers: ['dense2'], severity: 'error' });
  expect(verdict).toMatchObject({ name: 'will-not-learn', because: ['not-finite'] });
});

test('noise without labels will do', async () => {
  const { verdict, measurement } = await diagnosed('64-64:relu', 'he-normal', false);
  expect(measurement.loss.kind).toBe('random-cotangent');
  expect(verdict.name).not.toBe('unknown');
});
