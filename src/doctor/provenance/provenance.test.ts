import { describe, expect, test } from 'vitest';
import { createNetwork } from '../../network/index.ts';
import { openStream } from '../../random/index.ts';
import { parseStart } from '../../starts/index.ts';
import type { Tensor } from '../../tensor/tensor.ts';
import { subjectFromNetwork } from '../subject/from-network.ts';
import { parameterProvenance } from './parameter-provenance.ts';
import { trainedOrFresh } from './trained.ts';

const network = createNetwork({
  input: [300],
  layers: [
    { type: 'dense', units: 200, activation: 'relu' },
    { type: 'dense', units: 50 },
  ],
});
const shape = network.parameters[0];

async function drawn(start: string, seed: number): Promise<Tensor<'float32'>> {
  const values = await parseStart(start).parameters(network, { stream: openStream('threefry', seed) });
  return values.get(shape.name) as Tensor<'float32'>;
}

/** 60,000 weights, 20 seeds each: every family is told, and the rule is among the candidates (4 standard errors: 6e-5). */
describe.each([
  ['he-normal', 'normal', 'he-normal'],
  ['glorot-uniform', 'uniform', 'glorot-uniform'],
  ['lecun-normal', 'normal', 'lecun-normal'],
  ['pytorch-default', 'uniform', 'pytorch-default'],
  ['normal(std=0.02)', 'normal', 'normal(std=0.02)'],
  ['truncated-normal(std=0.02)', 'truncated-normal', 'truncated-normal(std=0.02)'],
] as const)('%s', (start, family, rule) => {
  test('is recognised in 20 draws', async () => {
    for (let seed = 0; seed < 20; seed++) {
      const found = parameterProvenance(shape, await drawn(start, seed));
      expect(found.distribution).toBe(family);
      expect(found.candidates.map((one) => one.rule)).toContain(rule);
    }
  });
});

test.each([
  ['zeros', 'zeros'],
  ['constant(value=0.1)', 'constant'],
  ['orthogonal', 'orthogonal'],
  ['sparse', 'sparse'],
])('%s is %s', async (start, family) => {
  expect(parameterProvenance(shape, await drawn(start, 1)).distribution).toBe(family);
});

test('one value beyond what a normal law gives is told with what would be possible', async () => {
  const value = await drawn('he-normal', 1);
  value.data[7] = 40 * Math.sqrt(2 / 300);
  const found = parameterProvenance(shape, value);
  expect(found.distribution).toBe('other');
  expect(found.outlier?.ratio).toBeGreaterThan(found.outlier?.possible as number);
});

test('fresh starts do not look trained, moved weights do', async () => {
  const fresh = await parseStart('pytorch-default').parameters(network, {
    stream: openStream('threefry', 1),
  });
  const look = (values: typeof fresh) => {
    const subject = subjectFromNetwork(network, values);
    return trainedOrFresh(
      subject,
      network.parameters
        .filter(({ role }) => role === 'weight')
        .map((one) => parameterProvenance(one, values.get(one.name) as Tensor<'float32'>)),
    ).probability;
  };
  expect(look(fresh)).toBeLessThan(0.1);
  // A few directions grow in training: entries become a sum of a random and a structured part.
  for (const one of network.parameters) {
    const { data, dims } = fresh.get(one.name) as Tensor<'float32'>;
    const columns = dims.at(-1) as number;
    for (let i = 0; i < data.length; i++) {
      data[i] += 0.3 * Math.exp(-(i % columns) / 4) * Math.cos(Math.floor(i / columns));
    }
  }
  expect(look(fresh)).toBeGreaterThan(0.8);
});
