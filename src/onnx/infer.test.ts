import * as ort from 'onnxruntime-node';
import { describe, expect, test } from 'vitest';
import { OutsetError } from '../messages/error.ts';
import {
  allocate,
  type DataType,
  elementCount,
  float32,
  int64,
  type Tensor,
  tensor,
} from '../tensor/tensor.ts';
import { type AttributeLiteral, GraphBuilder } from './builder.ts';
import { dataTypeCode } from './data-types.ts';
import type { Graph } from './graph.ts';
import { typeRules } from './infer.ts';
import { validateGraph } from './validate.ts';
import { encodeModel } from './write.ts';

/** An operand: fed at run time, or a constant of the graph, or absent. */
type Operand = { readonly fed: DataType; readonly dims: readonly number[] } | Tensor | undefined;
type Case = readonly [
  operator: string,
  operands: readonly Operand[],
  attributes?: Readonly<Record<string, AttributeLiteral>>,
  outputs?: number,
  domain?: string,
];

const f = (...dims: number[]): Operand => ({ fed: 'float32', dims });
const d = (...dims: number[]): Operand => ({ fed: 'float64', dims });
const i = (...dims: number[]): Operand => ({ fed: 'int64', dims });
const b = (...dims: number[]): Operand => ({ fed: 'bool', dims });
const ints = (...values: number[]) => int64([values.length], values);
const scalar = (value: number) => float32([], [value]);
const whole = (value: number) => int64([], [value]);
const q = (...dims: number[]): Operand => ({ fed: 'uint8', dims });
const zero = tensor('uint8', [], Uint8Array.of(0));
const yes = tensor('bool', [], Uint8Array.of(1));

const unaries = (
  'Neg Abs Sign Sqrt Exp Log Erf Reciprocal Sin Cos Tan Asin Acos Atan Sinh Cosh Asinh Acosh Atanh Floor Ceil Round ' +
  'Identity Relu Sigmoid Tanh Softplus Softsign Mish HardSwish LeakyRelu ThresholdedRelu Elu Celu Selu HardSigmoid Shrink Gelu'
).split(' ');
const pairs = 'Add Sub Mul Div Max Min Sum Mean Equal Greater GreaterOrEqual Less LessOrEqual Pow'.split(' ');
const reductions = 'Sum Mean Max Min Prod L1 L2 SumSquare LogSum LogSumExp'.split(' ');

const cases: Case[] = [
  ...unaries.map((operator): Case => [operator, [f(2, 3)]]),
  ...pairs.map((operator): Case => [operator, [f(2, 1, 3), f(4, 1)]]),
  ...['And', 'Or', 'Xor'].map((operator): Case => [operator, [b(2, 1), b(3)]]),
  ...['BitwiseAnd', 'BitwiseOr', 'BitwiseXor'].map((operator): Case => [operator, [i(2, 1), i(3)]]),
  [
    'BitShift',
    [
      { fed: 'uint32', dims: [2, 1] },
      { fed: 'uint32', dims: [3] },
    ],
    { direction: 'LEFT' },
  ],
  ['Mod', [i(2, 3), int64([], [2])]],
  ['Add', [f(), f(0, 3)]],
  ['Max', [f(2, 1), f(3), f(4, 1, 1)]],
  ['Pow', [f(2, 3), int64([], [2])]],
  ['Not', [b(3)]],
  ['IsNaN', [f(2, 2)]],
  ['IsInf', [f(2, 2)]],
  ['Cast', [f(2)], { to: dataTypeCode('int64') }],
  ['Clip', [f(2, 3), scalar(0), undefined]],
  ['Clip', [f(2, 3), undefined, scalar(1)]],
  ['Dropout', [f(2, 3), scalar(0.5), yes], {}, 2],
  ['PRelu', [f(2, 3, 4), f(3, 1)]],
  ['Where', [b(2, 1), f(1, 3), f(4, 1, 1)]],
  ['Softmax', [f(2, 3)]],
  ['LogSoftmax', [f(2, 3, 4)], { axis: 1 }],
  ['Hardmax', [f(2, 3)], { axis: 0 }],

  ['MatMul', [f(2, 3), f(3, 4)]],
  ['MatMul', [f(3), f(3)]],
  ['MatMul', [f(3), f(5, 3, 4)]],
  ['MatMul', [f(5, 2, 3), f(3)]],
  ['MatMul', [f(6, 1, 2, 3), f(5, 3, 4)]],
  ['Gemm', [f(3, 2), f(4, 3), f(4)], { transA: 1, transB: 1, alpha: 2, beta: 0.5 }],
  ['Gemm', [f(2, 3), f(3, 4), f(2, 1)]],
  ['Gemm', [d(2, 3), d(3, 4)]],
  ['Einsum', [f(5, 2, 3), f(5, 3, 4)], { equation: 'bij,bjk->bik' }],
  ['Einsum', [f(2, 3), f(3, 4)], { equation: 'ij,jk' }],
  ['Einsum', [f(7, 2, 3)], { equation: '...ij->...ji' }],
  ['Einsum', [f(2, 3), f(2, 3)], { equation: 'ij,ij->' }],
  ['FusedMatMul', [f(5, 3, 2), f(5, 4, 3)], { transA: 1, transB: 1, alpha: 0.5 }, 1, 'com.microsoft'],

  ['Conv', [f(2, 3, 9), f(4, 3, 3)]],
  ['Conv', [f(2, 4, 9, 8), f(6, 2, 3, 2), f(6)], { group: 2, strides: [2, 3], pads: [1, 0, 2, 1] }],
  ['Conv', [f(1, 2, 11, 7), f(2, 2, 3, 2)], { auto_pad: 'SAME_UPPER' }],
  ['Conv', [f(1, 2, 11, 7), f(2, 2, 3, 2)], { dilations: [2, 3], pads: [2, 1, 0, 3] }],
  ['Conv', [f(1, 2, 11, 7), f(2, 2, 4, 4)], { strides: [3, 2], auto_pad: 'SAME_LOWER' }],
  ['Conv', [f(1, 2, 11, 7), f(2, 2, 4, 4)], { strides: [3, 2], auto_pad: 'VALID' }],
  ['Conv', [f(1, 2, 5, 6, 7), f(3, 2, 2, 2, 2)]],
  ['ConvTranspose', [f(2, 4, 5), f(4, 3, 3), f(3)], { strides: [2], pads: [1, 0] }],
  [
    'ConvTranspose',
    [f(1, 4, 5, 6), f(4, 3, 3, 2)],
    { group: 2, strides: [2, 3], output_padding: [1, 2], dilations: [2, 1] },
  ],
  ['ConvTranspose', [f(1, 2, 5, 6), f(2, 3, 3, 3)], { strides: [2, 2], output_shape: [10, 13] }],
  ['ConvTranspose', [f(1, 2, 5, 6), f(2, 3, 3, 3)], { strides: [2, 2], auto_pad: 'SAME_UPPER' }],
  ['ConvTranspose', [f(1, 2, 5, 6), f(2, 3, 3, 3)], { strides: [2, 2], auto_pad: 'SAME_LOWER' }],
  ['ConvTranspose', [f(1, 2, 5, 6), f(2, 3, 3, 3)], { strides: [2, 2], auto_pad: 'VALID' }],
  ['MaxPool', [f(2, 3, 8, 9)], { kernel_shape: [2, 3], strides: [2, 2] }, 2],
  ['MaxPool', [f(2, 3, 8, 9)], { kernel_shape: [3, 3], strides: [2, 2], ceil_mode: 1 }],
  ['MaxPool', [f(1, 1, 7)], { kernel_shape: [2], strides: [2], ceil_mode: 1, pads: [1, 1] }],
  ['MaxPool', [f(1, 1, 9, 9)], { kernel_shape: [2, 2], dilations: [3, 2], auto_pad: 'VALID' }],
  ['MaxPool', [f(1, 1, 9, 8)], { kernel_shape: [3, 3], strides: [2, 2], auto_pad: 'SAME_LOWER' }],
  ['AveragePool', [f(2, 3, 8, 9)], { kernel_shape: [3, 3], pads: [1, 1, 1, 1], count_include_pad: 1 }],
  ['AveragePool', [f(1, 3, 10, 10)], { kernel_shape: [3, 3], strides: [4, 2], ceil_mode: 1 }],
  ['AveragePool', [f(1, 3, 4, 5, 6)], { kernel_shape: [2, 2, 2], auto_pad: 'SAME_UPPER' }],
  ['GlobalAveragePool', [f(2, 3, 4, 5)]],
  ['GlobalMaxPool', [f(2, 3, 4)]],
  ['MaxUnpool', [f(1, 1, 2, 2), i(1, 1, 2, 2)], { kernel_shape: [2, 2], strides: [2, 2] }],
  ['MaxUnpool', [f(1, 1, 2, 2), i(1, 1, 2, 2), ints(1, 1, 5, 5)], { kernel_shape: [2, 2], strides: [2, 2] }],

  ['BatchNormalization', [f(2, 3, 4, 5), f(3), f(3), f(3), f(3)]],
  ['BatchNormalization', [f(2, 3, 4, 5), f(3), f(3), f(3), f(3)], { training_mode: 1 }, 3],
  ['LayerNormalization', [f(2, 3, 4), f(3, 4), f(3, 4)], { axis: 1 }, 3],
  ['LayerNormalization', [f(2, 3, 4), f(4)]],
  ['InstanceNormalization', [f(2, 3, 4, 5), f(3), f(3)]],
  ['GroupNormalization', [f(2, 6, 4), f(6), f(6)], { num_groups: 3 }],
  ['LRN', [f(2, 6, 4, 4)], { size: 3 }],

  ...reductions.flatMap((name): Case[] => [
    [`Reduce${name}`, [f(2, 3, 4), ints(-1, 0)]],
    [`Reduce${name}`, [f(2, 3, 4), ints(1)], { keepdims: 0 }],
    [`Reduce${name}`, [f(2, 3, 4)]],
    [`Reduce${name}`, [f(2, 3, 4)], { noop_with_empty_axes: 1 }],
  ]),
  ['ArgMax', [f(2, 3, 4)], { axis: -2, keepdims: 0 }],
  ['ArgMin', [f(2, 3, 4)]],
  ['CumSum', [f(2, 3), whole(1)]],
  ['TopK', [f(2, 5), ints(3)], {}, 2],

  ['Reshape', [f(2, 3, 4), ints(0, -1)]],
  ['Reshape', [f(2, 0, 4), ints(4, 0, 1)], { allowzero: 1 }],
  ['Reshape', [f(1), int64([0], [])]],
  ['Flatten', [f(2, 3, 4)]],
  ['Flatten', [f(2, 3, 4)], { axis: 3 }],
  ['Flatten', [f(2, 3, 4)], { axis: -1 }],
  ['Transpose', [f(2, 3, 4)]],
  ['Transpose', [f(2, 3, 4)], { perm: [1, 2, 0] }],
  ['Squeeze', [f(1, 3, 1, 2), ints(-2)]],
  ['Squeeze', [f(1, 3, 1)]],
  ['Unsqueeze', [f(3, 4), ints(0, -1)]],
  ['Concat', [f(2, 3), f(2, 1), f(2, 0)], { axis: -1 }],
  ['Split', [f(5, 2), ints(1, 4)], {}, 2],
  ['Split', [f(2, 7)], { axis: 1, num_outputs: 3 }, 3],
  ['Slice', [f(9, 8), ints(1, -1), ints(8, -100), ints(0, 1), ints(3, -2)]],
  ['Slice', [f(9, 8), ints(-3), ints(2 ** 53)]],
  ['Slice', [f(9, 8), ints(5), ints(2), ints(-1)]],
  ['Slice', [f(9, 8), ints(100), ints(-100), ints(0), ints(-1)]],
  ['Slice', [f(9, 8), ints(-1), ints(0), ints(0), ints(-1)]],
  ['Expand', [f(3, 1), ints(2, 1, 4)]],
  ['Tile', [f(2, 3), ints(2, 0)]],
  ['Pad', [f(2, 3), ints(1, -1, 0, 2), scalar(1)]],
  ['Pad', [f(2, 3), ints(2, 1), undefined, ints(-1)]],
  ['Pad', [f(2, 3), ints(0, 2, 0, 2)], { mode: 'reflect' }],
  ['DepthToSpace', [f(1, 8, 2, 3)], { blocksize: 2 }],
  ['SpaceToDepth', [f(1, 2, 4, 6)], { blocksize: 2 }],
  ['Resize', [f(1, 2, 3, 4), undefined, float32([4], [1, 1, 2, 2.5])], { mode: 'nearest' }],
  ['Resize', [f(1, 2, 3, 4), undefined, undefined, ints(1, 2, 5, 3)], { mode: 'linear' }],
  ['Resize', [f(1, 2, 3, 4), undefined, undefined, ints(7, 3)], { axes: [2, 3] }],

  ['Gather', [f(4, 5), i(2, 3)], { axis: 1 }],
  ['Gather', [f(4, 5), i()]],
  ['GatherElements', [f(4, 5), i(2, 5)]],
  ['GatherND', [f(4, 5, 6), i(3, 2)]],
  ['GatherND', [f(4, 5, 6), i(4, 3, 1)], { batch_dims: 1 }],
  ['ScatterElements', [f(4, 5), i(2, 5), f(2, 5)], { reduction: 'add' }],
  ['ScatterND', [f(4, 5, 6), i(3, 2), f(3, 6)]],
  ['OneHot', [i(2, 3), whole(5), float32([2], [0, 1])]],
  ['OneHot', [i(2, 3), ints(5), float32([2], [0, 1])], { axis: 0 }],
  ['Trilu', [f(3, 4), whole(1)], { upper: 0 }],
  ['EyeLike', [f(3, 4)], { dtype: dataTypeCode('float64') }],

  ['Shape', [f(2, 3, 4)], { start: -2 }],
  ['Size', [f(2, 3)]],
  ['Constant', [], { value: float32([2], [1, 2]) }],
  ['Constant', [], { value_ints: [1, 2, 3] }],
  ['Constant', [], { value_float: 1 }],
  ['ConstantOfShape', [ints(2, 3)], { value: int64([1], [7]) }],
  ['Range', [scalar(0), scalar(5), scalar(1.5)]],
  ['Range', [whole(5), whole(0), whole(-2)]],
  ['RandomNormalLike', [f(2, 3)]],
  ['RandomUniformLike', [f(2, 3)]],
  ['Bernoulli', [f(2, 3)]],
  ['RNN', [f(4, 2, 3), f(1, 5, 3), f(1, 5, 5)], { hidden_size: 5 }, 2],
  [
    'GRU',
    [f(4, 2, 3), f(2, 15, 3), f(2, 15, 5), f(2, 30)],
    { hidden_size: 5, direction: 'bidirectional' },
    2,
  ],
  [
    'LSTM',
    [f(4, 2, 3), f(2, 20, 3), f(2, 20, 5), f(2, 40), undefined, f(2, 2, 5), f(2, 2, 5), f(2, 15)],
    { hidden_size: 5, direction: 'bidirectional' },
    3,
  ],
  ['QuantizeLinear', [f(2, 3), scalar(0.5)]],
  ['QuantizeLinear', [f(2, 3), scalar(0.5), tensor('int8', [], Int8Array.of(3))]],
  ['DequantizeLinear', [tensor('int8', [2, 2], Int8Array.of(1, 2, 3, 4)), scalar(0.5)]],
  [
    'DequantizeLinear',
    [{ fed: 'uint8', dims: [3, 2] }, float32([2], [1, 2]), tensor('uint8', [2], Uint8Array.of(0, 9))],
    { axis: 1 },
  ],
  ['DynamicQuantizeLinear', [f(2, 3)], {}, 3],
  ['MatMulInteger', [q(2, 4, 3), q(3, 5)]],
  ['ConvInteger', [q(2, 4, 6, 6), q(8, 2, 3, 3)], { group: 2, strides: [2, 2], pads: [1, 1, 1, 1] }],
  ['QLinearMatMul', [q(2, 4, 3), scalar(0.5), zero, q(3, 5), scalar(0.5), zero, scalar(0.5), zero]],
  [
    'QLinearConv',
    [q(2, 4, 6, 6), scalar(0.5), zero, q(8, 4, 3, 3), scalar(0.5), zero, scalar(0.5), zero],
    { dilations: [2, 2] },
  ],
  ['Scaler', [f(2, 3)], { offset: [0.5, 1.5, 2.5], scale: [0.1, 0.2, 0.3] }, 1, 'ai.onnx.ml'],
  ['Scaler', [i(2, 3)], { offset: [0.5, 1.5, 2.5], scale: [0.1, 0.2, 0.3] }, 1, 'ai.onnx.ml'],
  ['Normalizer', [f(2, 3)], { norm: 'L2' }, 1, 'ai.onnx.ml'],
  ['Binarizer', [f(2, 3)], { threshold: { kind: 'float', value: 0.5 } }, 1, 'ai.onnx.ml'],
  ['Imputer', [f(2, 2)], { imputed_value_floats: [0.5, 1.5] }, 1, 'ai.onnx.ml'],
  ['ArrayFeatureExtractor', [f(2, 3), ints(2, 0)], {}, 1, 'ai.onnx.ml'],
  ['LinearRegressor', [f(2, 3)], { coefficients: [0.5, 1.5, 2.5], intercepts: [0.5] }, 1, 'ai.onnx.ml'],
];

function graphOf([operator, operands, attributes = {}, outputs = 1, domain = '']: Case): Graph {
  const builder = new GraphBuilder(operator);
  const names = operands.map((operand, index) => {
    if (operand === undefined) return '';
    if ('fed' in operand) return builder.input(`in${index}`, operand.fed, operand.dims);
    return builder.constant(operand, `in${index}`);
  });
  const results = builder.ops(operator, names, outputs, attributes, { domain });
  for (const name of results) builder.output(name);
  return builder.build();
}

async function run(graph: Graph): Promise<ort.InferenceSession.OnnxValueMapType> {
  const session = await ort.InferenceSession.create(encodeModel(graph), { intraOpNumThreads: 1 });
  const feeds = graph.inputs.map(({ name, dtype, dims }): [string, ort.Tensor] => {
    const data = allocate(dtype, elementCount(dims));
    if (dtype === 'float32') for (let k = 0; k < data.length; k++) data[k] = 0.1 + (k % 7) / 10;
    return [name, new ort.Tensor(dtype as 'float32', data as Float32Array, dims)];
  });
  const results = await session.run(Object.fromEntries(feeds));
  await session.release();
  return results;
}

describe('type rules agree with onnxruntime', () => {
  for (const one of cases) {
    const text = (operand: Operand) =>
      operand === undefined ? '-' : 'fed' in operand ? `[${operand.dims}]` : `=${operand.data.join(',')}`;
    test(`${one[0]} ${one[1].map(text).join(' ')} ${JSON.stringify(one[2] ?? {}, (_, v) => (typeof v === 'bigint' ? Number(v) : v))}`, async () => {
      const graph = graphOf(one);
      validateGraph(graph);
      const results = await run(graph);
      for (const { name, dtype, dims } of graph.outputs) {
        expect({ type: results[name].type, dims: results[name].dims }).toEqual({
          type: dtype,
          dims: [...dims],
        });
      }
    });
  }

  test('every operator has a case here or a test of its own', () => {
    const covered = new Set(
      cases.map(([operator, , , , domain]) => (domain ? `${domain}.${operator}` : operator)),
    );
    expect([...typeRules.keys()].filter((name) => !covered.has(name))).toEqual(['If', 'Loop']);
  });
});

describe('subgraphs', () => {
  function loop(): Graph {
    const outer = new GraphBuilder('outer');
    const x = outer.input('x', 'float32', [2, 3]);
    const body = new GraphBuilder('body', outer);
    body.input('iteration', 'int64', []);
    const again = body.input('again', 'bool', []);
    const state = body.input('state', 'float32', [2, 3]);
    const next = body.op('Add', [state, x]);
    const sum = body.op('ReduceSum', [next, body.ints([0])], { keepdims: 0 });
    for (const name of [body.op('Identity', [again]), next, sum]) body.output(name);
    const results = outer.ops('Loop', [outer.constant(int64([], [4])), '', x], 2, {
      body: { kind: 'graph', value: body.build() },
    });
    for (const name of results) outer.output(name);
    return outer.build();
  }

  test('Loop: carried values keep their type, scan outputs are stacked', async () => {
    const graph = loop();
    validateGraph(graph);
    expect(graph.outputs.map(({ dims }) => dims)).toEqual([
      [2, 3],
      [4, 3],
    ]);
    const results = await run(graph);
    expect(graph.outputs.map(({ name }) => results[name].dims)).toEqual([
      [2, 3],
      [4, 3],
    ]);
  });

  test('If: both branches must give the same types', async () => {
    const build = (length: number) => {
      const outer = new GraphBuilder('outer');
      const x = outer.input('x', 'float32', [3]);
      const branch = (operator: string, count: number) => {
        const inner = new GraphBuilder(operator, outer);
        inner.output(inner.op(operator, [x, ...(operator === 'Expand' ? [inner.ints([count])] : [])]));
        return { kind: 'graph' as const, value: inner.build() };
      };
      const condition = outer.input('condition', 'bool', []);
      outer.output(
        outer.op('If', [condition], { then_branch: branch('Expand', length), else_branch: branch('Neg', 3) }),
      );
      return outer.build();
    };
    const graph = build(3);
    validateGraph(graph);
    const results = await run(graph);
    expect(results[graph.outputs[0].name].dims).toEqual([3]);
    const outer = new GraphBuilder('outer');
    const x = outer.input('x', 'float32', [3]);
    const yesBranch = new GraphBuilder('yes', outer);
    yesBranch.output(yesBranch.op('Unsqueeze', [x, yesBranch.ints([0])]));
    const noBranch = new GraphBuilder('no', outer);
    noBranch.output(noBranch.op('Neg', [x]));
    const branches = {
      then_branch: { kind: 'graph' as const, value: yesBranch.build() },
      else_branch: { kind: 'graph' as const, value: noBranch.build() },
    };
    expectIssue('onnx.subgraph_type', () => outer.op('If', [outer.input('c', 'bool', [])], branches));
  });
});

function expectIssue(code: string, act: () => unknown): OutsetError {
  try {
    act();
  } catch (error) {
    expect(error).toBeInstanceOf(OutsetError);
    expect((error as OutsetError).code).toBe(code);
    return error as OutsetError;
  }
  throw new Error(`expected ${code}, nothing was thrown`);
}

describe('mistakes are named', () => {
  const mistakes: [code: string, ...Case][] = [
    ['onnx.shape_mismatch', 'LSTM', [f(4, 2, 3), f(1, 20, 4), f(1, 20, 5)]],
    ['onnx.bad_attribute', 'GRU', [f(4, 2, 3), f(1, 15, 3), f(1, 15, 5)], { direction: 'up' }],
    ['onnx.bad_element_type', 'DequantizeLinear', [f(2, 3), scalar(1)]],
    ['onnx.inner_sizes', 'MatMul', [f(2, 3), f(4, 5)]],
    ['onnx.inner_sizes', 'Gemm', [f(2, 3), f(2, 3)]],
    ['onnx.shape_mismatch', 'Gemm', [f(2, 3), f(3, 4), f(3)]],
    ['onnx.bad_rank', 'Gemm', [f(2, 3, 4), f(3, 4)]],
    ['onnx.bad_rank', 'MatMul', [f(), f(3, 4)]],
    ['onnx.mixed_element_types', 'Add', [f(2), d(2)]],
    ['onnx.bad_element_type', 'Sqrt', [i(2)]],
    ['onnx.not_broadcastable', 'Add', [f(2, 3), f(2, 4)]],
    ['onnx.not_broadcastable', 'PRelu', [f(3), f(2, 3)]],
    ['onnx.not_constant', 'Reshape', [f(2), i(1)]],
    ['onnx.not_constant', 'Slice', [f(2), i(1), ints(1)]],
    ['onnx.element_count', 'Reshape', [f(2, 3), ints(4, -1)]],
    ['onnx.element_count', 'Reshape', [f(2, 3), ints(-1, -1)]],
    ['onnx.missing_input', 'Add', [f(2)]],
    ['onnx.too_many_inputs', 'Relu', [f(2), f(2)]],
    ['onnx.too_many_outputs', 'Relu', [f(2)], {}, 2],
    ['onnx.too_many_outputs', 'BatchNormalization', [f(2, 3), f(3), f(3), f(3), f(3)], {}, 3],
    ['onnx.bad_axis', 'Softmax', [f(2, 3)], { axis: 2 }],
    ['onnx.repeated_axis', 'ReduceSum', [f(2, 3), ints(0, -2)]],
    ['onnx.missing_attribute', 'Concat', [f(2)]],
    ['onnx.bad_attribute', 'Softmax', [f(2)], { axis: 'last' }],
    ['onnx.bad_attribute', 'Transpose', [f(2, 3)], { perm: [0, 0] }],
    ['onnx.bad_attribute', 'Conv', [f(1, 1, 5), f(1, 1, 2)], { strides: [0] }],
    ['onnx.channel_mismatch', 'Conv', [f(1, 3, 5), f(1, 2, 2)]],
    ['onnx.window_too_large', 'Conv', [f(1, 1, 5), f(1, 1, 6)]],
    ['onnx.bad_operand', 'Split', [f(5), ints(2, 2)], {}, 2],
    ['onnx.bad_operand', 'Pad', [f(2), ints(-2, -1)]],
    ['onnx.unsupported', 'Cast', [f(2)], { to: 10 }],
    ['onnx.unknown_operator', 'constructor', [f(2)]],
    ['onnx.unknown_operator', 'FusedMatMul', [f(2, 2), f(2, 2)]],
    ['onnx.too_large', 'ConstantOfShape', [ints(2 ** 30, 2 ** 30)]],
    ['onnx.empty_axis', 'ArgMax', [f(0, 2)]],
  ];
  for (const [code, ...one] of mistakes) {
    test(`${one[0]} ${code}`, () => {
      const error = expectIssue(code, () => graphOf(one));
      expect(error.details).toMatchObject({ operator: one[0] });
      for (const language of ['en', 'ko'] as const) expect(error.text(language)).not.toMatch(/undefined|NaN/);
    });
  }

  test('the sentence says where, what was expected and what was got', () => {
    const error = expectIssue('onnx.inner_sizes', () => graphOf(['MatMul', [f(2, 3), f(4, 5)]]));
    expect(error.message).toBe(
      'node "matmul_1" (MatMul): inner sizes must be equal, got 3 and 4 (shapes [2, 3] and [4, 5]).',
    );
  });
});
