/**
 * The reference interpreter against onnxruntime, case by case.
 *
 * Tolerance: rounding to float32 changes a number by at most half an ulp, 2^-24 of its size. A result that is summed
 * from n rounded numbers drifts by about √n of these; 16 more are allowed for the engine's own approximations of exp,
 * tanh and erf, which are good to a few ulps. All relative to the largest element of the result, at least 1.
 */
import { InferenceSession, Tensor as OrtTensor } from 'onnxruntime-node';
import { afterAll, describe, expect, test } from 'vitest';
import type { Graph } from '../../src/onnx/graph.ts';
import { typeRules } from '../../src/onnx/infer.ts';
import { encodeModel } from '../../src/onnx/write.ts';
import { referenceOperators, referenceRuntime } from '../../src/runtime/reference/index.ts';
import type { Tensor } from '../../src/tensor/tensor.ts';
import { operatorCases } from './cases.ts';
import { feedsOf, graphOf, type OperatorCase } from './operator-case.ts';

const halfUlp = 2 ** -24;
const unchecked = new Set<string>();

afterAll(() => {
  const missing = [...typeRules.keys()].filter((operator) => !referenceOperators.includes(operator));
  const lines = [
    ...[...unchecked].map((line) => `  not checked against onnxruntime: ${line}`),
    `  known to shape inference, but not to the reference interpreter: ${missing.join(', ') || 'none'}`,
  ];
  console.warn(`Operators\n${lines.join('\n')}`);
});

async function runEngine(graph: Graph, feeds: Record<string, Tensor>): Promise<OrtTensor[]> {
  const session = await InferenceSession.create(encodeModel(graph), {
    executionProviders: ['cpu'],
    graphOptimizationLevel: 'disabled',
    intraOpNumThreads: 1,
    logSeverityLevel: 3,
  });
  const wrapped = Object.fromEntries(
    Object.entries(feeds).map(([name, { dtype, data, dims }]) => [
      name,
      new OrtTensor(dtype as 'float32', data as Float32Array, dims),
    ]),
  );
  const results = await session.run(wrapped);
  await session.release();
  return graph.outputs.map(({ name }) => results[name]);
}

/** Numbers of a result as doubles. */
function numbers(data: unknown): number[] {
  return Array.from(data as ArrayLike<number | bigint>, Number);
}

function tolerance(expected: readonly number[], feeds: Record<string, Tensor>): number {
  const terms = Math.max(1, ...Object.values(feeds).map(({ data }) => data.length));
  const size = Math.max(1, ...expected.filter(Number.isFinite).map(Math.abs));
  return halfUlp * (16 + Math.sqrt(terms)) * size;
}

function expectClose(got: readonly number[], expected: readonly number[], allowed: number): void {
  expect(got.length).toBe(expected.length);
  for (let i = 0; i < got.length; i++) {
    const same = Object.is(got[i], expected[i]) || Math.abs(got[i] - expected[i]) <= allowed;
    if (!same)
      expect.fail(`element ${i}: got ${got[i]}, expected ${expected[i]} ± ${allowed.toExponential(1)}`);
  }
}

async function check(operatorCase: OperatorCase, seed: number): Promise<void> {
  const graph = graphOf(operatorCase);
  const feeds = feedsOf(operatorCase, seed);
  const exact = await (await referenceRuntime().compile(graph)).run(feeds);
  const rounded = await (await referenceRuntime({ precision: 'float32' }).compile(graph)).run(feeds);
  for (const { name, dtype, dims } of graph.outputs) {
    expect(exact[name].dims).toEqual(dims);
    expect(exact[name].dtype).toBe(dtype === 'float32' ? 'float64' : dtype);
    expect(rounded[name].dims).toEqual(dims);
    expect(rounded[name].dtype).toBe(dtype);
  }
  if (operatorCase.engineLacks !== undefined) {
    unchecked.add(`${operatorCase.name}: ${operatorCase.engineLacks}`);
    return;
  }
  const engine = await runEngine(graph, feeds);
  for (const [i, { name, dtype, dims }] of graph.outputs.entries()) {
    expect([...engine[i].dims]).toEqual([...dims]);
    const expected = numbers(engine[i].data);
    const allowed = dtype.startsWith('float') ? tolerance(expected, feeds) : 0;
    expectClose(numbers(exact[name].data), expected, allowed);
    expectClose(numbers(rounded[name].data), expected, allowed);
  }
}

describe('reference interpreter against onnxruntime', () => {
  for (const operatorCase of operatorCases) {
    test(operatorCase.name, async () => {
      for (const seed of [1, 2]) await check(operatorCase, seed);
    });
  }
});

test('every operator has a case, and every case an operator', () => {
  const covered = new Set(operatorCases.map(({ operator }) => operator));
  expect([...covered].sort()).toEqual([...referenceOperators]);
});

test('case names are unique', () => {
  const names = operatorCases.map(({ name }) => name);
  expect(new Set(names).size).toBe(names.length);
});
