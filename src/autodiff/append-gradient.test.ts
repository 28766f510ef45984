import { describe, expect, test } from 'vitest';
import { languages } from '../messages/define.ts';
import { OutsetError } from '../messages/error.ts';
import { floatAttribute, GraphBuilder } from '../onnx/builder.ts';
import { nodeRuntime } from '../runtime/node.ts';
import { referenceRuntime } from '../runtime/reference/index.ts';
import { float32, type Tensor, tensor } from '../tensor/tensor.ts';
import { appendGradient } from './append-gradient.ts';

/** Two dense layers with a rectifier, mean squared output. */
function denseNetwork(batch = 4): { builder: GraphBuilder; loss: string } {
  const builder = new GraphBuilder('dense');
  builder.input('x', 'float32', [batch, 3]);
  builder.input('w1', 'float32', [3, 5]);
  builder.input('b1', 'float32', [5]);
  builder.input('w2', 'float32', [5, 2]);
  builder.input('b2', 'float32', [2]);
  const hidden = builder.op('Relu', [builder.op('Gemm', ['x', 'w1', 'b1'])]);
  const out = builder.op('Gemm', [hidden, 'w2', 'b2']);
  return { builder, loss: builder.op('ReduceMean', [builder.op('Mul', [out, out])], { keepdims: 0 }) };
}

async function run(
  builder: GraphBuilder,
  outputs: Iterable<string>,
  feeds: Record<string, Tensor>,
): Promise<number[][]> {
  const names = [...outputs];
  for (const name of names) builder.output(name);
  const program = await referenceRuntime().compile(builder.build());
  const values = await program.run(feeds);
  return names.map((name) => Array.from(values[name].data as Float64Array));
}

function errorOf(action: () => unknown): OutsetError {
  try {
    action();
  } catch (error) {
    if (error instanceof OutsetError) return error;
  }
  throw new Error('nothing was thrown');
}

describe('which nodes are appended', () => {
  test('a dense network: two Gemm a layer, one where the input needs none, no Transpose', () => {
    const { builder, loss } = denseNetwork();
    const before = builder.nodes.length;
    appendGradient(builder, loss, ['w1', 'b1', 'w2', 'b2']);
    const added = builder.nodes.slice(before).map((node) => node.operator);
    expect(added.filter((operator) => operator === 'Gemm')).toHaveLength(3);
    expect(added).not.toContain('Transpose');
    expect(added).not.toContain('ReduceSum');
    expect(added.filter((operator) => operator === 'Greater')).toHaveLength(1);
  });

  test('only nodes between the wanted values and the output are visited', () => {
    const { builder, loss } = denseNetwork();
    const before = builder.nodes.length;
    appendGradient(builder, loss, ['b2']);
    const added = builder.nodes.slice(before).map((node) => node.operator);
    expect(added).not.toContain('Gemm');
    expect(added).not.toContain('Greater');
  });

  test('a node without a rule off the path does no harm', () => {
    const builder = new GraphBuilder('off the path');
    builder.input('x', 'float32', [3]);
    builder.input('w', 'float32', [3]);
    const other = builder.op('Mod', ['x', 'x'], { fmod: 1 });
    const loss = builder.op('ReduceSum', [builder.op('Mul', ['w', other])], { keepdims: 0 });
    expect(appendGradient(builder, loss, ['w']).size).toBe(1);
  });
});

describe('values', () => {
  test('without influence the gradient is zero, of the right shape', async () => {
    const builder = new GraphBuilder('unused');
    builder.input('x', 'float32', [2, 2]);
    builder.input('unused', 'float32', [3, 1]);
    builder.input('counted', 'float32', [2]);
    const steps = builder.op('Floor', ['counted']);
    const loss = builder.op('ReduceSum', [builder.op('Mul', ['x', steps])], { keepdims: 0 });
    const gradients = appendGradient(builder, loss, ['unused', 'counted', 'x']);
    expect([...gradients.keys()]).toEqual(['unused', 'counted', 'x']);
    expect(builder.dims(gradients.get('unused') as string)).toEqual([3, 1]);
    const [unused, counted, x] = await run(builder, gradients.values(), {
      x: float32([2, 2], [1, 2, 3, 4]),
      unused: float32([3, 1], [1, 2, 3]),
      counted: float32([2], [1.5, 2.5]),
    });
    expect(unused).toEqual([0, 0, 0]);
    expect(counted).toEqual([0, 0]);
    expect(x).toEqual([1, 2, 1, 2]);
  });

  test('used several times: the contributions add up', async () => {
    const builder = new GraphBuilder('several uses');
    builder.input('x', 'float32', [2]);
    const square = builder.op('Mul', ['x', 'x']);
    const loss = builder.op('ReduceSum', [builder.op('Add', [builder.op('Mul', [square, 'x']), square])], {
      keepdims: 0,
    });
    const gradients = appendGradient(builder, loss, ['x', square]);
    const [x, inner] = await run(builder, gradients.values(), { x: float32([2], [2, -1]) });
    expect(x).toEqual([3 * 4 + 4, 3 - 2]);
    expect(inner).toEqual([3, 0]);
  });

  test('a seed is the cotangent of an output of any shape', async () => {
    const builder = new GraphBuilder('seed');
    builder.input('x', 'float32', [3]);
    builder.input('seed', 'float32', [3]);
    const y = builder.op('Exp', ['x']);
    const gradients = appendGradient(builder, y, ['x', y], { seed: 'seed' });
    const [x, same] = await run(builder, gradients.values(), {
      x: float32([3], [0, 0, 0]),
      seed: float32([3], [1, 2, 3]),
    });
    expect(x).toEqual([1, 2, 3]);
    expect(same).toEqual([1, 2, 3]);
  });

  test('names are outputs of nodes and never shared', async () => {
    const builder = new GraphBuilder('shared');
    builder.input('a', 'float32', []);
    builder.input('b', 'float32', []);
    const loss = builder.op('Add', ['a', 'b']);
    const gradients = appendGradient(builder, loss, ['a', 'b', loss]);
    expect(new Set(gradients.values()).size).toBe(3);
    const feeds = { a: float32([], [1]), b: float32([], [2]) };
    for (const name of gradients.values()) builder.output(name);
    const program = await (await nodeRuntime()).compile(builder.build());
    const values = await program.run(feeds);
    for (const name of gradients.values()) expect(values[name].data).toEqual(Float32Array.of(1));
    await program.dispose();
  });

  test('a gradient can be differentiated again', async () => {
    const builder = new GraphBuilder('twice');
    builder.input('x', 'float32', [3]);
    const loss = builder.op('ReduceSum', [builder.op('Tanh', ['x'])], { keepdims: 0 });
    const first = appendGradient(builder, loss, ['x']).get('x') as string;
    const total = builder.op('ReduceSum', [first], { keepdims: 0 });
    const [second] = await run(builder, appendGradient(builder, total, ['x']).values(), {
      x: float32([3], [-1, 0.5, 2]),
    });
    for (const [i, x] of [-1, 0.5, 2].entries()) {
      const t = Math.tanh(x);
      expect(second[i]).toBeCloseTo(-2 * t * (1 - t * t), 12);
    }
  });

  test('float64 graphs have float64 gradients', () => {
    const builder = new GraphBuilder('double');
    builder.input('x', 'float64', [2, 3]);
    const y = builder.op('Gelu', ['x']);
    const loss = builder.op('ReduceSum', [builder.op('LeakyRelu', [y], { alpha: floatAttribute(0.1) })], {
      keepdims: 0,
    });
    const gradient = appendGradient(builder, loss, ['x']).get('x') as string;
    expect(builder.type(gradient)).toEqual({ dtype: 'float64', dims: [2, 3] });
  });

  test('an empty batch: parameters get zeros from both engines', async () => {
    const { builder, loss } = denseNetwork(0);
    const sum = builder.op('ReduceSum', [loss], { keepdims: 0 });
    const gradients = appendGradient(builder, sum, ['w1', 'b1', 'w2', 'b2', 'x']);
    for (const name of gradients.values()) builder.output(name);
    const feeds = {
      x: float32([0, 3], []),
      w1: float32([3, 5], new Array(15).fill(1)),
      b1: float32([5], new Array(5).fill(1)),
      w2: float32([5, 2], new Array(10).fill(1)),
      b2: float32([2], [1, 1]),
    };
    for (const runtime of [referenceRuntime(), await nodeRuntime()]) {
      const program = await runtime.compile(builder.build());
      const values = await program.run(feeds);
      for (const [value, name] of gradients) {
        expect(values[name].dims).toEqual(builder.dims(value));
        expect(Array.from(values[name].data as Float32Array).every((x) => x === 0)).toBe(true);
      }
      await program.dispose();
    }
  });

  test('max pool of NaN and of infinities runs through and leaves other planes alone', async () => {
    const builder = new GraphBuilder('nan');
    builder.input('x', 'float32', [1, 2, 2, 2]);
    const y = builder.op('MaxPool', ['x'], { kernel_shape: [2, 2], strides: [2, 2] });
    const loss = builder.op('ReduceSum', [y], { keepdims: 0 });
    const gradient = appendGradient(builder, loss, ['x']).get('x') as string;
    builder.output(gradient);
    const program = await (await nodeRuntime()).compile(builder.build());
    const infinity = Number.POSITIVE_INFINITY;
    const all = await program.run({
      x: float32([1, 2, 2, 2], [-infinity, infinity, infinity, 0, 1, 2, 3, 3]),
    });
    expect(Array.from(all[gradient].data as Float32Array)).toEqual([0, 1, 0, 0, 0, 0, 1, 0]);
    const broken = await program.run({ x: float32([1, 2, 2, 2], [1, 2, 3, 4, NaN, NaN, NaN, NaN]) });
    expect(Array.from((broken[gradient].data as Float32Array).slice(0, 4))).toEqual([0, 0, 0, 1]);
    await program.dispose();
  });
});

describe('errors', () => {
  test('no rule: names the node, the operator and what there is', () => {
    const builder = new GraphBuilder('no rule');
    builder.input('x', 'float32', [2]);
    const y = builder.op('Mod', ['x', 'x'], { fmod: 1 }, { name: 'wheel' });
    const loss = builder.op('ReduceSum', [y], { keepdims: 0 });
    const error = errorOf(() => appendGradient(builder, loss, ['x']));
    expect(error.code).toBe('autodiff.no_rule');
    expect(error.details).toMatchObject({ node: 'wheel', operator: 'Mod' });
    for (const language of languages) {
      expect(error.text(language)).toContain('wheel');
      expect(error.text(language)).toContain('MatMul');
    }
  });

  test('a subgraph that captures a wanted value is not passed over in silence', () => {
    const builder = new GraphBuilder('captured');
    builder.input('x', 'float32', [2]);
    builder.input('choose', 'bool', []);
    const branch = (operator: string) => {
      const body = new GraphBuilder(operator);
      body.input('x', 'float32', [2]);
      body.output(body.op(operator, ['x'], {}, { output: `${operator}.y` }));
      const graph = body.build();
      return { kind: 'graph' as const, value: { ...graph, inputs: [] } };
    };
    const y = builder.op('If', ['choose'], { then_branch: branch('Exp'), else_branch: branch('Neg') });
    const loss = builder.op('ReduceSum', [y], { keepdims: 0 });
    const error = errorOf(() => appendGradient(builder, loss, ['x']));
    expect(error.details).toMatchObject({ operator: 'If' });
  });

  test('a vector output needs a seed, of its own type and shape', () => {
    const builder = new GraphBuilder('seed');
    builder.input('x', 'float32', [3]);
    builder.input('wrong', 'float32', [2]);
    const y = builder.op('Exp', ['x']);
    expect(errorOf(() => appendGradient(builder, y, ['x'])).code).toBe('autodiff.seed_needed');
    const error = errorOf(() => appendGradient(builder, y, ['x'], { seed: 'wrong' }));
    expect(error.code).toBe('autodiff.bad_seed');
    expect(error.details).toMatchObject({ expected: 'float32[3]', got: 'float32[2]' });
  });

  test('whole numbers have no gradient', () => {
    const builder = new GraphBuilder('whole');
    builder.input('x', 'float32', []);
    builder.input('labels', 'int64', [3]);
    const error = errorOf(() => appendGradient(builder, 'x', ['labels']));
    expect(error.code).toBe('autodiff.not_float');
    expect(error.details).toEqual({ value: 'labels', dtype: 'int64' });
  });

  test('an unknown value is named', () => {
    const builder = new GraphBuilder('unknown');
    builder.input('x', 'float32', []);
    expect(errorOf(() => appendGradient(builder, 'x', ['y'])).code).toBe('onnx.unknown_value');
  });

  test('training dropout without the engine’s mask is refused with the way out', () => {
    const builder = new GraphBuilder('dropout');
    builder.input('x', 'float32', [4]);
    const ratio = builder.scalar(0.5);
    const training = builder.constant(tensor('bool', [], Uint8Array.of(1)));
    const loss = builder.op('ReduceSum', [builder.op('Dropout', ['x', ratio, training])], { keepdims: 0 });
    expect(errorOf(() => appendGradient(builder, loss, ['x'])).code).toBe('autodiff.unsupported');
  });

  test('a second output that carries the loss is refused', () => {
    const builder = new GraphBuilder('statistics');
    builder.input('x', 'float32', [2, 3]);
    const scale = builder.constant(float32([3], [1, 1, 1]));
    const [, mean] = builder.ops('LayerNormalization', ['x', scale], 3);
    const loss = builder.op('ReduceSum', [mean], { keepdims: 0 });
    expect(errorOf(() => appendGradient(builder, loss, ['x'])).code).toBe('autodiff.output_without_rule');
  });
});
