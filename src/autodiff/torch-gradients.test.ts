/**
 * Gradients of single operators against torch's autograd: by the float64 interpreter to 1e-9, and by onnxruntime in
 * float32 to 1e-4, relative to the largest element of the gradient. The expected numbers are from real torch
 * (test/peers/torch_gradients.py).
 */
import { readFileSync } from 'node:fs';
import { InferenceSession, Tensor as OrtTensor } from 'onnxruntime-node';
import { describe, expect, test } from 'vitest';
import { GraphBuilder } from '../onnx/builder.ts';
import type { Attributes, Graph } from '../onnx/graph.ts';
import { encodeModel } from '../onnx/write.ts';
import { referenceRuntime } from '../runtime/reference/index.ts';
import { int64, type Tensor, tensor } from '../tensor/tensor.ts';
import { appendGradient } from './append-gradient.ts';
import { vjpRules } from './registry.ts';
import type { GradientTarget } from './vjp.ts';

interface Operand {
  readonly dims: number[];
  readonly data?: number[];
  readonly gradient?: number[];
  readonly int64?: number[];
  readonly bool?: number[];
}

interface TorchCase {
  readonly name: string;
  readonly operator: string;
  readonly domain: string;
  readonly attributes: Attributes;
  readonly outputs: number;
  readonly operands: (Operand | null)[];
  readonly weights: number[];
  readonly dims: number[];
}

const fixture = JSON.parse(
  readFileSync(new URL('../../test/fixtures/gradients/torch.json', import.meta.url), 'utf8'),
) as { torch: string; cases: TorchCase[] };

type Real = 'float32' | 'float64';

function real(dtype: Real, dims: number[], data: number[]): Tensor {
  return dtype === 'float32'
    ? tensor('float32', dims, Float32Array.from(data))
    : tensor('float64', dims, Float64Array.from(data));
}

interface Built {
  readonly graph: Graph;
  readonly feeds: Record<string, Tensor>;
  readonly expected: Map<string, number[]>;
}

/** Σ weights · result, with gradients as outputs. */
function build(torchCase: TorchCase, dtype: Real, target: GradientTarget): Built {
  const builder = new GraphBuilder('torch');
  const feeds: Record<string, Tensor> = {};
  const wanted = new Map<string, number[]>();
  const inputs = torchCase.operands.map((operand, i) => {
    if (operand === null) return '';
    if (operand.int64 !== undefined) return builder.constant(int64(operand.dims, operand.int64));
    if (operand.bool !== undefined)
      return builder.constant(tensor('bool', operand.dims, Uint8Array.from(operand.bool)));
    const name = builder.input(`x${i}`, dtype, operand.dims);
    feeds[name] = real(dtype, operand.dims, operand.data ?? []);
    if (operand.gradient !== undefined) wanted.set(name, operand.gradient);
    return name;
  });
  const outputs = Array.from({ length: torchCase.outputs }, (_, i) => `y${i}`);
  builder.add({ ...torchCase, name: 'node', inputs, outputs });
  expect(builder.dims('y0')).toEqual(torchCase.dims);
  const weights = builder.constant(real(dtype, torchCase.dims, torchCase.weights));
  const loss = builder.op('ReduceSum', [builder.op('Mul', ['y0', weights])], { keepdims: 0 });
  const gradients = appendGradient(builder, loss, [...wanted.keys()], { target });
  const expected = new Map<string, number[]>();
  for (const [value, gradient] of gradients) {
    builder.output(gradient);
    expected.set(gradient, wanted.get(value) ?? []);
  }
  return { graph: builder.build(), feeds, expected };
}

function expectClose(got: ArrayLike<number>, expected: number[], relative: number): void {
  expect(got.length).toBe(expected.length);
  const scale = Math.max(1e-3, ...expected.map(Math.abs));
  for (let i = 0; i < expected.length; i++) {
    if (!(Math.abs(got[i] - expected[i]) <= relative * scale))
      expect.fail(`element ${i}: ${got[i]}, torch ${expected[i]}`);
  }
}

async function byInterpreter(torchCase: TorchCase, target: GradientTarget): Promise<void> {
  const { graph, feeds, expected } = build(torchCase, 'float64', target);
  const program = await referenceRuntime({ precision: 'float64' }).compile(graph);
  const values = await program.run(feeds);
  for (const [name, gradient] of expected) expectClose(values[name].data as Float64Array, gradient, 1e-9);
}

async function byEngine(torchCase: TorchCase, target: GradientTarget): Promise<void> {
  const { graph, feeds, expected } = build(torchCase, 'float32', target);
  const session = await InferenceSession.create(encodeModel(graph), {
    executionProviders: ['cpu'],
    intraOpNumThreads: 1,
    logSeverityLevel: 3,
  });
  const wrapped = Object.fromEntries(
    Object.entries(feeds).map(([name, { data, dims }]) => [
      name,
      new OrtTensor('float32', data as Float32Array, dims),
    ]),
  );
  const values = await session.run(wrapped);
  await session.release();
  for (const [name, gradient] of expected) expectClose(values[name].data as Float32Array, gradient, 1e-4);
}

describe.each(['cpu', 'portable'] as const)(
  `gradients against torch ${fixture.torch}, target %s`,
  (target) => {
    test.each(fixture.cases.map((torchCase) => [torchCase.name, torchCase] as const))(
      '%s',
      async (_, torchCase) => {
        await byInterpreter(torchCase, target);
        await byEngine(torchCase, target);
      },
    );
  },
);

test('operators without a torch counterpart are few, and known', () => {
  const covered = new Set(fixture.cases.map(({ operator }) => operator));
  // Finite differences check these.
  const finiteDifferences = [
    ...['Sum', 'Mean', 'Identity', 'Reshape', 'Flatten', 'Squeeze', 'Unsqueeze', 'Cast', 'Split', 'Dropout'],
    ...['MaxUnpool', 'GatherElements', 'GatherND', 'ScatterElements', 'ScatterND', 'ReduceLogSum'],
  ];
  const missing = Object.keys(vjpRules).filter((operator) => !covered.has(operator));
  expect(missing.sort()).toEqual(finiteDifferences.sort());
});
