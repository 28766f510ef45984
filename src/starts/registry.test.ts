import { describe, expect, test } from 'vitest';
import { OutsetError } from '../messages/error.ts';
import { createNetwork } from '../network/create-network.ts';
import { parseNetwork } from '../network/shorthand.ts';
import { openStream } from '../random/index.ts';
import { nodeRuntime } from '../runtime/node.ts';
import { float32 } from '../tensor/tensor.ts';
import { defaultStarts } from './default-starts.ts';
import { listStarts, parseStart } from './registry.ts';

function issueOf(text: string): OutsetError {
  try {
    parseStart(text);
  } catch (error) {
    if (error instanceof OutsetError) return error;
    throw error;
  }
  throw new Error('no error');
}

/** Root mean square. */
function rms(values: Float32Array | undefined): number {
  if (values === undefined) return Number.NaN;
  return Math.sqrt(values.reduce((sum, value) => sum + value * value, 0) / values.length);
}

describe('parseStart', () => {
  test.each(defaultStarts)('%s parses back to itself', (text) => {
    const { name } = parseStart(text);
    expect(name).toBe(text);
    expect(parseStart(name).name).toBe(name);
  });

  test('every listed name and alias parses', () => {
    for (const { name, aliases, needsData } of listStarts()) {
      if (name === 'constant') continue; // has to be told its value
      for (const text of [name, ...aliases]) expect(parseStart(text).needsData).toBe(needsData);
    }
    expect(listStarts().some(({ name }) => name === 'lsuv')).toBe(true);
  });

  test('lsuv keeps the options that differ from the defaults', () => {
    expect(parseStart('lsuv').needsData).toBe(true);
    expect(parseStart(' LSUV( iterations = 5, tolerance=0.02 ) ').name).toBe('lsuv(iterations=5)');
    expect(parseStart('lsuv(target=0.5,tolerance=0.1)').name).toBe('lsuv(tolerance=0.1,target=0.5)');
  });

  test('unknown names list the near ones', () => {
    expect(issueOf('lsvu')).toMatchObject({
      code: 'starts.unknown',
      details: { text: 'lsvu', near: expect.arrayContaining(['lsuv']) },
    });
    expect(issueOf('glorot-unifrom').details).toMatchObject({
      near: expect.arrayContaining(['glorot-uniform']),
    });
    for (const text of ['', '()', 'he-normal(', 'he normal'])
      expect(issueOf(text).code).toBe('starts.unknown');
  });

  test.each([
    ['lsuv(tolerance=0)', 'bad_parameter', 'tolerance'],
    ['lsuv(tolerance=x)', 'bad_parameter', 'tolerance'],
    ['lsuv(iterations=1.5)', 'bad_parameter', 'iterations'],
    ['lsuv(iterations=)', 'bad_parameter', 'iterations'],
    ['lsuv(target=-1)', 'bad_parameter', 'target'],
    ['lsuv(tolerence=1)', 'unknown_parameter', 'tolerence'],
  ])('%s: names the option', (text, issue, parameter) => {
    expect(issueOf(text)).toMatchObject({
      code: `initializers.${issue}`,
      details: { rule: 'lsuv', parameter },
    });
  });
});

describe('the default contestants on 784-256-256-10', async () => {
  const network = createNetwork(parseNetwork('784-256-256-10:relu', { input: [784], outputs: 10 }));
  const batch = float32([100, 784], openStream('threefry', 9).uniform(new Float32Array(78400)));
  const runtime = await nodeRuntime();

  /**
   * Wanted standard deviation of dense1.weight and of dense1.bias. A mean square of n normal values has a relative
   * standard error of sqrt(2 / n): 0.32 % at 200704 weights, 8.8 % at 256 biases; 6 sigma below, halved for the root.
   */
  test.each([
    ['zeros', 0, 0],
    ['lecture-normal', 1, 1],
    ['normal(std=0.01)', 0.01, 0],
    ['lecture-xavier', 1 / Math.sqrt(784), 0],
    ['glorot-uniform', Math.sqrt(2 / (784 + 256)), 0],
    ['lecture-he', 1 / Math.sqrt(784 / 2), 0],
    ['he-normal', Math.sqrt(2 / 784), 0],
    ['pytorch-default', 1 / Math.sqrt(3 * 784), 1 / Math.sqrt(3 * 784)],
    // 256 orthonormal columns of 784 values.
    ['orthogonal', 1 / Math.sqrt(784), 0],
  ] as const)('%s', async (text, weightStd, biasStd) => {
    const values = await parseStart(text).parameters(network, { stream: openStream('threefry', 3) });
    expect([...values.keys()]).toEqual(network.parameters.map(({ name }) => name));
    const [weight, bias] = [rms(values.get('dense1.weight')?.data), rms(values.get('dense1.bias')?.data)];
    expect(Math.abs(weight - weightStd)).toBeLessThanOrEqual(weightStd * 3 * Math.sqrt(2 / 200704));
    expect(Math.abs(bias - biasStd)).toBeLessThanOrEqual(biasStd * 3 * Math.sqrt(2 / 256));
  });

  test('lsuv', async () => {
    const values = await parseStart('lsuv').parameters(network, {
      stream: openStream('threefry', 3),
      batch,
      runtime,
    });
    expect([...values.keys()]).toEqual(network.parameters.map(({ name }) => name));
    // Orthogonal columns, all scaled by one factor.
    const weight = values.get('dense3.weight')?.data ?? new Float32Array(0);
    const gram = (a: number, b: number) => {
      let sum = 0;
      for (let i = 0; i < 256; i++) sum += weight[i * 10 + a] * weight[i * 10 + b];
      return sum;
    };
    for (let k = 1; k < 10; k++) {
      expect(gram(k, k) / gram(0, 0)).toBeCloseTo(1, 4);
      expect(Math.abs(gram(0, k) / gram(0, 0))).toBeLessThan(1e-5);
    }
  });
});
