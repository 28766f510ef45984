import { expect, test } from 'vitest';
import { createNetwork } from '../../network/index.ts';
import { openStream } from '../../random/index.ts';
import { parseStart } from '../../starts/index.ts';
import type { Tensor } from '../../tensor/tensor.ts';
import { subjectFromNetwork } from '../subject/from-network.ts';
import { follows } from './goodness-of-fit.ts';
import { knownRules } from './known-rules.ts';
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

/**
 * Every known rule, 60,000 weights, 2 seeds: the family is told and the rule is among the candidates. Families fail at 5
 * standard errors or at a chi-square of 1e-7, candidates at 4 standard errors: together once in 16,000 draws.
 */
test.each(knownRules.map(({ rule, family }) => [rule, family]))('%s is recognised', async (rule, family) => {
  for (let seed = 0; seed < 2; seed++) {
    const found = parameterProvenance(shape, await drawn(rule, seed));
    expect(found.distribution).toBe(family);
    expect(found.candidates.map((one) => one.rule)).toContain(rule);
  }
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

test('independent numbers with one direction more look trained, though every number by itself does not', async () => {
  const start = await parseStart('he-normal').parameters(network, { stream: openStream('threefry', 9) });
  const subject = subjectFromNetwork(network, start);
  const weights = network.parameters.filter(({ role }) => role === 'weight');
  const look = () =>
    trainedOrFresh(
      subject,
      weights.map((one) => parameterProvenance(one, start.get(one.name) as Tensor<'float32'>)),
    );
  expect(look().because).toEqual([]);
  for (const { name, dims, fanIn } of weights) {
    const { data } = start.get(name) as Tensor<'float32'>;
    // 0.2 of the deviation in every number: a singular value of 0.2 sqrt(rows columns), twice the edge.
    for (let i = 0; i < data.length; i++) {
      const sign = (Math.floor(i / dims[1]) % 2 === 0 ? 1 : -1) * (i % dims[1] < dims[1] / 2 ? 1 : -1);
      data[i] += sign * 0.2 * Math.sqrt(2 / fanIn);
    }
  }
  expect(look().because).toContain('spectrum-outlier');
  expect(look().probability).toBeGreaterThan(0.9);
});

test('a law with the moments of another is told by its shape', () => {
  // Values a and b with probabilities that give the kurtosis of a normal law: 3.
  const data = Float32Array.from({ length: 6000 }, (_, i) =>
    i % 6 === 0
      ? i % 12 === 0
        ? Math.sqrt(3)
        : -Math.sqrt(3)
      : i % 6 === 1
        ? (i % 12 === 1 ? 1 : -1) * Math.sqrt(3)
        : 0,
  );
  expect(follows('normal', data, 1)).toBe(false);
  expect(follows('normal', openStream('threefry', 1).normal(new Float32Array(6000)), 1)).toBe(true);
  expect(follows('normal', openStream('threefry', 1).normal(new Float32Array(6000), 0.2), 1)).toBe(false);
});
