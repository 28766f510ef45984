/**
 * The gradient of every operator against central finite differences of the float64 reference interpreter, and the same
 * gradient graph in onnxruntime (float32) against the interpreter.
 *
 * Five-point differences with h = 2e-3: truncation h⁴ f⁽⁵⁾ / 30 and rounding 2^-52 |L| / h are both below 1e-9 here.
 * The constants of the graph are float32, so that agreement is limited to about 6e-8; allowed is 1e-6 of the gradient.
 */
import { InferenceSession, Tensor as OrtTensor } from 'onnxruntime-node';
import { afterAll, describe, expect, test } from 'vitest';
import { operatorCases } from '../../test/operators/cases.ts';
import { feedsOf, inputName, type OperatorCase } from '../../test/operators/operator-case.ts';
import { GraphBuilder } from '../onnx/builder.ts';
import type { Graph } from '../onnx/graph.ts';
import { encodeModel } from '../onnx/write.ts';
import { referenceRuntime } from '../runtime/reference/index.ts';
import type { Program, Values } from '../runtime/runtime.ts';
import { type Tensor, tensor } from '../tensor/tensor.ts';
import { appendGradient } from './append-gradient.ts';
import { constantOperators, vjpRules } from './registry.ts';
import type { GradientTarget } from './vjp.ts';

const step = 2e-3;
const checkedOperators = new Set<string>();

/** mulberry32, for weights and directions. */
function uniform(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

const nodeOperator = (operatorCase: OperatorCase) => operatorCase.operator.split('.').pop() ?? '';

/** Loss = Σ weights · result over the results that can be differentiated, with its gradients as further outputs. */
function gradientGraph(
  operatorCase: OperatorCase,
  target: GradientTarget,
): { graph: Graph; loss: string; gradients: Map<string, string> } | undefined {
  const builder = new GraphBuilder(operatorCase.name);
  const names = operatorCase.inputs.map(({ dtype, dims }, i) => builder.input(inputName(i), dtype, dims));
  const results = operatorCase.build(builder, names);
  const random = uniform(7);
  const parts: string[] = [];
  const several = nodeOperator(operatorCase) === 'Split';
  for (const result of several ? results : results.slice(0, 1)) {
    const { dtype, dims } = builder.type(result);
    if (result === '' || (dtype !== 'float32' && dtype !== 'float64')) continue;
    const count = dims.reduce((product, length) => product * length, 1);
    const numbers = Array.from({ length: count }, () => random() * 2 - 1);
    const weights = builder.constant(
      dtype === 'float64'
        ? tensor('float64', dims, Float64Array.from(numbers))
        : tensor('float32', dims, Float32Array.from(numbers)),
    );
    const sum = builder.op('ReduceSum', [builder.op('Mul', [result, weights])], { keepdims: 0 });
    parts.push(dtype === 'float64' ? builder.op('Cast', [sum], { to: 1 }) : sum);
  }
  const wanted = names.filter((_, i) => operatorCase.inputs[i].differentiable);
  if (parts.length === 0 || wanted.length === 0) return undefined;
  const loss = parts.reduce((a, b) => builder.op('Add', [a, b]));
  const gradients = appendGradient(builder, loss, wanted, { target });
  builder.output(loss);
  for (const gradient of gradients.values()) builder.output(gradient);
  return { graph: builder.build(), loss, gradients };
}

const doubles = (value: Tensor): Float64Array => Float64Array.from(value.data as ArrayLike<number>);

async function lossAt(program: Program, feeds: Values, loss: string): Promise<number> {
  return Number((await program.run(feeds, [loss]))[loss].data[0]);
}

async function difference(
  program: Program,
  feeds: Values,
  name: string,
  direction: Float64Array,
  loss: string,
): Promise<number> {
  const base = doubles(feeds[name]);
  const at = (factor: number) =>
    lossAt(
      program,
      {
        ...feeds,
        [name]: tensor(
          'float64',
          feeds[name].dims,
          base.map((x, i) => x + factor * step * direction[i]),
        ),
      },
      loss,
    );
  return (8 * ((await at(1)) - (await at(-1))) - ((await at(2)) - (await at(-2)))) / (12 * step);
}

async function check(operatorCase: OperatorCase, target: GradientTarget): Promise<void> {
  const built = gradientGraph(operatorCase, target);
  if (built === undefined) return;
  checkedOperators.add(nodeOperator(operatorCase));
  const { graph, loss, gradients } = built;
  const program = await referenceRuntime({ precision: 'float64' }).compile(graph);
  const feeds = feedsOf(operatorCase, 3);
  const values = await program.run(feeds);
  const random = uniform(11);
  for (const [name, gradientName] of gradients) {
    expect(values[gradientName].dims).toEqual(graph.types.get(name)?.dims);
    const gradient = doubles(values[gradientName]);
    const norm = Math.hypot(...gradient);
    const directions = [Float64Array.from(gradient, () => random() * 2 - 1)];
    for (let k = 0; k < Math.min(4, gradient.length); k++) {
      const unit = new Float64Array(gradient.length);
      unit[Math.floor(random() * gradient.length)] = 1;
      directions.push(unit);
    }
    for (const direction of directions) {
      const expected = await difference(program, feeds, name, direction, loss);
      const got = gradient.reduce((sum, g, i) => sum + g * direction[i], 0);
      const scale = Math.max(norm, 1e-3);
      if (!(Math.abs(got - expected) <= 1e-6 * scale)) {
        expect.fail(`${name}: gradient ${got}, finite difference ${expected}, norm ${norm}`);
      }
    }
  }
  if (operatorCase.engineLacks === undefined) await compareWithEngine(graph, feeds, values);
}

async function compareWithEngine(graph: Graph, feeds: Values, exact: Values): Promise<void> {
  const session = await InferenceSession.create(encodeModel(graph), {
    executionProviders: ['cpu'],
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
  for (const { name, dims } of graph.outputs) {
    expect([...results[name].dims]).toEqual([...dims]);
    const got = results[name].data as Float32Array;
    const expected = doubles(exact[name]);
    const scale = Math.max(1e-3, ...expected.map(Math.abs));
    for (let i = 0; i < expected.length; i++) {
      if (!(Math.abs(got[i] - expected[i]) <= 1e-4 * scale))
        expect.fail(`onnxruntime ${name}[${i}]: ${got[i]}, expected ${expected[i]}`);
    }
  }
}

/** Variants that the rules refuse, with the reason in the error. */
const refused = /^GatherND: batches|^Scatter(Elements|ND): (mul|max|min)|tf_crop_and_resize/;

const candidates = operatorCases.filter((operatorCase) =>
  Object.hasOwn(vjpRules, nodeOperator(operatorCase)),
);
const differentiable = candidates.filter(({ name }) => !refused.test(name));

test.each(candidates.filter(({ name }) => refused.test(name)))('$name is refused by name', (operatorCase) => {
  expect(() => gradientGraph(operatorCase, 'cpu')).toThrow(
    expect.objectContaining({ code: 'autodiff.unsupported' }),
  );
});

test('operators that have no rule are constant, control flow, or named here', () => {
  const without = new Set(
    operatorCases
      .map(nodeOperator)
      .filter((operator) => !Object.hasOwn(vjpRules, operator) && !constantOperators.has(operator)),
  );
  expect([...without].sort()).toEqual(['Einsum', 'If', 'LRN', 'Loop', 'Mod']);
});

describe.each(['cpu', 'portable'] as const)('gradients against finite differences, target %s', (target) => {
  test.each(differentiable.map((operatorCase) => [operatorCase.name, operatorCase] as const))(
    '%s',
    async (_name, operatorCase) => check(operatorCase, target),
  );
});

test('every rule was checked by at least one case', () => {
  const missing = Object.keys(vjpRules).filter((operator) => !checkedOperators.has(operator));
  expect(missing).toEqual([]);
});

afterAll(() => checkedOperators.clear());
