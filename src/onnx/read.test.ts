import { create, toBinary } from '@bufbuild/protobuf';
import fc from 'fast-check';
import * as ort from 'onnxruntime-node';
import { describe, expect, test } from 'vitest';
import { OutsetError } from '../messages/error.ts';
import { float32, int64, tensor } from '../tensor/tensor.ts';
import { GraphBuilder } from './builder.ts';
import type { Graph } from './graph.ts';
import {
  type AttributeProto,
  AttributeProtoSchema,
  AttributeProto_AttributeType as AttributeType,
  GraphProtoSchema,
  ModelProtoSchema,
  NodeProtoSchema,
  TensorProto_DataLocation,
  TensorProtoSchema,
  ValueInfoProtoSchema,
} from './protobuf/onnx_pb.generated.ts';
import { decodeMetadata, decodeModel } from './read.ts';
import { validateGraph } from './validate.ts';
import { encodeModel } from './write.ts';

function network(): Graph {
  const builder = new GraphBuilder('network');
  const x = builder.input('x', 'float32', [2, 1, 6, 6]);
  const kernel = builder.constant(
    float32(
      [3, 1, 3, 3],
      Float32Array.from({ length: 27 }, (_, i) => Math.sin(i)),
    ),
    'w',
  );
  const conv = builder.op('Conv', [x, kernel], { pads: [1, 1, 1, 1] }, { name: 'conv' });
  const [pooled] = builder.ops('MaxPool', [builder.op('Relu', [conv])], 1, {
    kernel_shape: [2, 2],
    strides: [2, 2],
  });
  const flat = builder.op('Reshape', [pooled, builder.ints([0, -1])]);
  const weight = builder.constant(
    float32(
      [4, 27],
      Float32Array.from({ length: 108 }, (_, i) => Math.cos(i)),
    ),
  );
  const scores = builder.op(
    'FusedMatMul',
    [flat, weight],
    { transB: 1, alpha: 0.5 },
    { domain: 'com.microsoft' },
  );
  builder.output(builder.op('Clip', [scores, '', builder.scalar(1)], {}, { output: 'scores' }));
  builder.output(builder.op('Cast', [builder.op('LeakyRelu', [scores], { alpha: 1 })], { to: 11 }));
  return builder.build();
}

function loop(): Graph {
  const outer = new GraphBuilder('outer');
  const x = outer.input('x', 'float32', [3]);
  const body = new GraphBuilder('body', outer);
  body.input('iteration', 'int64', []);
  const again = body.input('again', 'bool', []);
  const state = body.input('state', 'float32', [3]);
  const next = body.op('Mul', [body.op('Add', [state, x]), body.scalar(0.5)]);
  for (const name of [body.op('Identity', [again]), next, body.op('Neg', [next])]) body.output(name);
  const results = outer.ops('Loop', [outer.constant(int64([], [4])), '', x], 2, {
    body: { kind: 'graph', value: body.build() },
  });
  for (const name of results) outer.output(name);
  return outer.build();
}

async function run(bytes: Uint8Array, feeds: Record<string, ort.Tensor>): Promise<Record<string, number[]>> {
  const session = await ort.InferenceSession.create(bytes, { intraOpNumThreads: 1, logSeverityLevel: 4 });
  const results = await session.run(feeds);
  const entries = Object.entries(results).map(([name, value]): [string, number[]] => [
    name,
    Array.from(value.data as ArrayLike<number>, Number),
  ]);
  for (const [name, value] of Object.entries(results)) entries.push([`${name} dims`, [...value.dims]]);
  await session.release();
  return Object.fromEntries(entries);
}

function issueOf(act: () => unknown): OutsetError {
  try {
    act();
  } catch (error) {
    if (error instanceof OutsetError) return error;
    throw error;
  }
  throw new Error('nothing was thrown');
}

describe('encode and decode', () => {
  for (const make of [network, loop]) {
    test(`${make.name}: what was written is read`, () => {
      const graph = make();
      const again = decodeModel(encodeModel(graph));
      expect(again).toEqual(graph);
      validateGraph(again);
    });
  }

  test('onnxruntime loads and runs it', async () => {
    const x = Float32Array.from({ length: 72 }, (_, i) => Math.sin(i * i));
    const results = await run(encodeModel(network()), { x: new ort.Tensor('float32', x, [2, 1, 6, 6]) });
    expect(results.scores).toHaveLength(8);
    expect(results.scores.every((value) => value <= 1)).toBe(true);
    const looped = await run(encodeModel(loop()), { x: new ort.Tensor('float32', [1, 2, 4], [3]) });
    // s <- (s + x) / 2 with s = x stays x.
    expect(Object.values(looped)[0]).toEqual([1, 2, 4]);
  });

  test('every element type', () => {
    const builder = new GraphBuilder('types');
    const values = [
      tensor('float32', [2], Float32Array.of(1.5, Number.NaN)),
      tensor('float64', [], Float64Array.of(Math.PI)),
      tensor('int8', [2], Int8Array.of(-128, 127)),
      tensor('uint8', [2], Uint8Array.of(0, 255)),
      tensor('int16', [1], Int16Array.of(-32768)),
      tensor('uint16', [1], Uint16Array.of(65535)),
      tensor('int32', [1], Int32Array.of(-2147483648)),
      tensor('uint32', [1], Uint32Array.of(4294967295)),
      tensor('int64', [1], BigInt64Array.of(-(2n ** 63n))),
      tensor('uint64', [1], BigUint64Array.of(2n ** 64n - 1n)),
      tensor('bool', [2, 1], Uint8Array.of(0, 1)),
      tensor('float32', [0, 3], new Float32Array(0)),
    ];
    for (const value of values) builder.output(builder.constant(value));
    expect([...decodeModel(encodeModel(builder.build())).initializers.values()]).toEqual(values);
  });

  test('metadata', () => {
    const metadata = { seed: '7', 설명: '출발점' };
    expect(decodeMetadata(encodeModel(network(), { metadata }))).toEqual(metadata);
  });
});

interface Node {
  readonly op: string;
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  readonly attributes?: Readonly<Record<string, number | string | readonly number[] | { float: number }>>;
}

function attribute(
  name: string,
  value: number | string | readonly number[] | { float: number },
): AttributeProto {
  const fields =
    typeof value === 'number'
      ? { type: AttributeType.INT, i: BigInt(value) }
      : typeof value === 'string'
        ? { type: AttributeType.STRING, s: new TextEncoder().encode(value) }
        : Array.isArray(value)
          ? { type: AttributeType.INTS, ints: (value as number[]).map(BigInt) }
          : { type: AttributeType.FLOAT, f: (value as { float: number }).float };
  return create(AttributeProtoSchema, { name, ...fields });
}

function valueInfo(name: string, dims: readonly (number | string)[] | undefined) {
  const shape =
    dims === undefined
      ? undefined
      : {
          dim: dims.map((length) =>
            typeof length === 'number'
              ? { value: { case: 'dimValue' as const, value: BigInt(length) } }
              : { value: { case: 'dimParam' as const, value: length } },
          ),
        };
  const value = { case: 'tensorType' as const, value: { elemType: 1, shape } };
  return create(ValueInfoProtoSchema, { name, type: dims === undefined ? undefined : { value } });
}

/** A model as an older exporter would write it. */
function oldModel(
  opset: number,
  nodes: readonly Node[],
  dims: readonly (number | string)[],
  output: string,
  initializers: Record<
    string,
    { type: number; dims: number[]; floatData?: number[]; int64Data?: bigint[] }
  > = {},
): Uint8Array {
  return toBinary(
    ModelProtoSchema,
    create(ModelProtoSchema, {
      irVersion: 4n,
      opsetImport: [{ domain: '', version: BigInt(opset) }],
      graph: create(GraphProtoSchema, {
        name: 'old',
        input: [valueInfo('x', dims)],
        output: [valueInfo(output, undefined)],
        initializer: Object.entries(initializers).map(([name, { type, dims: lengths, ...data }]) =>
          create(TensorProtoSchema, { name, dataType: type, dims: lengths.map(BigInt), ...data }),
        ),
        node: nodes.map(({ op, inputs, outputs, attributes = {} }) =>
          create(NodeProtoSchema, {
            opType: op,
            input: [...inputs],
            output: [...outputs],
            attribute: Object.entries(attributes).map(([name, value]) => attribute(name, value)),
          }),
        ),
      }),
    }),
  );
}

const one = (op: string, attributes: Node['attributes'] = {}, inputs: readonly string[] = ['x']): Node[] => [
  { op, inputs, outputs: ['y'], attributes },
];

describe('older operator sets give what onnxruntime gives for the original', () => {
  const models: [
    name: string,
    opset: number,
    nodes: readonly Node[],
    dims: number[],
    initializers?: Parameters<typeof oldModel>[4],
  ][] = [
    ['Squeeze', 11, one('Squeeze', { axes: [1] }), [2, 1, 3]],
    ['Unsqueeze', 11, one('Unsqueeze', { axes: [0, 2] }), [2, 3]],
    ['ReduceSum', 12, one('ReduceSum', { axes: [1], keepdims: 0 }), [2, 3]],
    ['ReduceMean', 17, one('ReduceMean', { axes: [-1] }), [2, 3]],
    ['ReduceL2', 13, one('ReduceL2', {}), [2, 3]],
    ['Clip', 7, one('Clip', { min: { float: -0.5 }, max: { float: 0.25 } }), [2, 3]],
    ['Clip max', 10, one('Clip', { max: { float: 0.25 } }), [2, 3]],
    ['Dropout', 10, one('Dropout', { ratio: { float: 0.3 } }), [2, 3]],
    ['Pad', 10, one('Pad', { pads: [0, 1, 1, 0], value: { float: 2 } }), [2, 3]],
    ['Slice', 9, one('Slice', { starts: [0, -2], ends: [1, 2 ** 53], axes: [0, 1] }), [2, 3]],
    ['TopK', 9, [{ op: 'TopK', inputs: ['x'], outputs: ['y', 'i'], attributes: { k: 2 } }], [2, 3]],
    [
      'Split',
      11,
      [{ op: 'Split', inputs: ['x'], outputs: ['a', 'y'], attributes: { axis: 1, split: [1, 2] } }],
      [2, 3],
    ],
    ['Split', 13, [{ op: 'Split', inputs: ['x'], outputs: ['a', 'y'], attributes: { axis: 1 } }], [2, 4]],
    ['Softmax', 11, one('Softmax'), [2, 3, 4]],
    ['Softmax last', 11, one('Softmax', { axis: 2 }), [2, 3, 4]],
    ['LogSoftmax', 7, one('LogSoftmax', { axis: 0 }), [2, 3]],
    [
      'Resize',
      10,
      one('Resize', { mode: 'nearest' }, ['x', 's']),
      [1, 1, 2, 3],
      { s: { type: 1, dims: [4], floatData: [1, 1, 2, 1.5] } },
    ],
    [
      'BatchNormalization',
      7,
      one('BatchNormalization', { epsilon: { float: 0.01 } }, ['x', 'm', 'm', 'm', 'm']),
      [2, 2, 3],
      { m: { type: 1, dims: [2], floatData: [1, 2] } },
    ],
    [
      'GroupNormalization',
      18,
      one('GroupNormalization', { num_groups: 2 }, ['x', 'm', 'm']),
      [2, 4, 3],
      { m: { type: 1, dims: [2], floatData: [1, 2] } },
    ],
    [
      'Scatter',
      9,
      one('Scatter', { axis: 1 }, ['x', 'i', 'u']),
      [2, 3],
      { i: { type: 7, dims: [2, 1], int64Data: [2n, 0n] }, u: { type: 1, dims: [2, 1], floatData: [5, 6] } },
    ],
    ['Gelu', 20, one('Gelu', { approximate: 'tanh' }), [2, 3]],
    [
      'shape arithmetic',
      13,
      [
        { op: 'Shape', inputs: ['x'], outputs: ['shape'] },
        { op: 'Gather', inputs: ['shape', 'first'], outputs: ['rows'] },
        { op: 'Unsqueeze', inputs: ['rows', 'axis'], outputs: ['row'] },
        { op: 'Concat', inputs: ['row', 'rest'], outputs: ['target'], attributes: { axis: 0 } },
        { op: 'Reshape', inputs: ['x', 'target'], outputs: ['y'] },
      ],
      [2, 3, 4],
      {
        first: { type: 7, dims: [], int64Data: [0n] },
        axis: { type: 7, dims: [1], int64Data: [0n] },
        rest: { type: 7, dims: [1], int64Data: [-1n] },
      },
    ],
    [
      'nodes out of order are sorted',
      13,
      [
        { op: 'Relu', inputs: ['b'], outputs: ['y'] },
        { op: 'Tanh', inputs: ['a'], outputs: ['b'] },
        { op: 'Neg', inputs: ['x'], outputs: ['a'] },
      ],
      [2, 3],
    ],
  ];
  for (const [name, opset, nodes, dims, initializers] of models) {
    test(`${name}, opset ${opset}`, async () => {
      const bytes = oldModel(opset, nodes, dims, 'y', initializers);
      const graph = decodeModel(bytes);
      validateGraph(graph);
      const length = dims.reduce((a, b) => a * b, 1);
      const x = new ort.Tensor(
        'float32',
        Float32Array.from({ length }, (_, i) => Math.sin(3 * i)),
        dims,
      );
      const sorted =
        nodes.length === 3 ? oldModel(opset, nodes.toReversed(), dims, 'y', initializers) : bytes;
      const [expected, got] = [await run(sorted, { x }), await run(encodeModel(graph), { x })];
      expect(got['y dims']).toEqual(expected['y dims']);
      for (const [i, value] of expected.y.entries()) expect(Math.abs(got.y[i] - value)).toBeLessThan(1e-6);
    });
  }
});

describe('files that nobody vouches for', () => {
  test('symbolic axes need a length', () => {
    const bytes = oldModel(13, one('Relu'), ['batch', 3], 'y');
    expect(issueOf(() => decodeModel(bytes)).details).toEqual({ value: 'x', axis: 0, symbol: 'batch' });
    expect(decodeModel(bytes, { dims: { batch: 5 } }).outputs[0].dims).toEqual([5, 3]);
    expect(decodeModel(bytes, { dims: { 'x.0': 6 } }).outputs[0].dims).toEqual([6, 3]);
    expect(issueOf(() => decodeModel(bytes, { dims: { batch: -1 } })).code).toBe('onnx.bad_dims');
  });

  const weight = (fields: Parameters<typeof create<typeof TensorProtoSchema>>[1]) =>
    toBinary(
      ModelProtoSchema,
      create(ModelProtoSchema, {
        irVersion: 8n,
        opsetImport: [{ version: 13n }],
        graph: { initializer: [create(TensorProtoSchema, { name: 'w', ...fields } as never)] },
      }),
    );

  const refusals: [code: string, name: string, bytes: () => Uint8Array][] = [
    ['onnx.unreadable', 'random bytes', () => Uint8Array.from({ length: 100 }, (_, i) => (i * 37) % 256)],
    ['onnx.unreadable', 'nothing', () => new Uint8Array(0)],
    ['onnx.unsupported_opset', 'opset 6', () => oldModel(6, one('Relu'), [1], 'y')],
    ['onnx.unsupported_opset', 'opset 99', () => oldModel(99, one('Relu'), [1], 'y')],
    [
      'onnx.bad_tensor_data',
      'terabytes asked for',
      () => weight({ dataType: 1, dims: [2n ** 40n], rawData: new Uint8Array(4) }),
    ],
    [
      'onnx.bad_tensor_data',
      'raw data too long',
      () => weight({ dataType: 1, dims: [2n], rawData: new Uint8Array(12) }),
    ],
    ['onnx.bad_tensor_data', 'list too short', () => weight({ dataType: 1, dims: [2n], floatData: [1] })],
    [
      'onnx.bad_tensor_data',
      'number out of range',
      () => weight({ dataType: 3, dims: [1n], int32Data: [300] }),
    ],
    [
      'onnx.bad_dims',
      'negative length',
      () => weight({ dataType: 1, dims: [-2n], rawData: new Uint8Array(4) }),
    ],
    ['onnx.bad_dims', 'product overflows', () => weight({ dataType: 1, dims: [2n ** 40n, 2n ** 40n] })],
    [
      'onnx.unsupported_element_type',
      'float16',
      () => weight({ dataType: 10, dims: [1n], rawData: new Uint8Array(2) }),
    ],
    [
      'onnx.external_data',
      'weights elsewhere',
      () =>
        weight({
          dataType: 1,
          dims: [1n],
          dataLocation: TensorProto_DataLocation.EXTERNAL,
          externalData: [{ key: 'location', value: '../../secret' }],
        }),
    ],
    [
      'onnx.cycle',
      'cycle',
      () =>
        oldModel(
          13,
          [
            { op: 'Add', inputs: ['x', 'b'], outputs: ['a'] },
            { op: 'Neg', inputs: ['a'], outputs: ['b'] },
          ],
          [1],
          'a',
        ),
    ],
    [
      'onnx.duplicate_value',
      'a value written twice',
      () => oldModel(13, [...one('Relu'), ...one('Neg')], [1], 'y'),
    ],
    ['onnx.unknown_value', 'a value from nowhere', () => oldModel(13, one('Relu', {}, ['z']), [1], 'y')],
    ['onnx.unknown_value', 'an output from nowhere', () => oldModel(13, one('Relu'), [1], 'z')],
    ['onnx.unknown_operator', 'unknown operator', () => oldModel(13, one('Frobnicate'), [1], 'y')],
    ['onnx.unknown_operator', 'a name from Object.prototype', () => oldModel(13, one('__proto__'), [1], 'y')],
  ];
  for (const [code, name, bytes] of refusals) {
    test(name, () => {
      const error = issueOf(() => decodeModel(bytes()));
      expect(error.code).toBe(code);
      expect(error.kind).toBe('input');
      for (const language of ['en', 'ko'] as const) expect(error.text(language)).not.toContain('undefined');
    });
  }

  test('subgraphs within subgraphs without end', () => {
    let graph = create(GraphProtoSchema, { name: 'innermost' });
    for (let depth = 0; depth < 200; depth++) {
      const body = create(AttributeProtoSchema, { name: 'then_branch', type: AttributeType.GRAPH, g: graph });
      graph = create(GraphProtoSchema, {
        node: [create(NodeProtoSchema, { opType: 'If', attribute: [body] })],
      });
    }
    const bytes = toBinary(
      ModelProtoSchema,
      create(ModelProtoSchema, { opsetImport: [{ version: 13n }], graph }),
    );
    expect(issueOf(() => decodeModel(bytes)).code).toBe('onnx.unreadable');
  });

  test('4,000 damaged models: a graph or an issue, nothing else, and quickly', () => {
    const originals = [
      encodeModel(network()),
      encodeModel(loop()),
      oldModel(11, one('Softmax'), [2, 3, 4], 'y'),
    ];
    let read = 0;
    let refused = 0;
    const started = performance.now();
    fc.assert(
      fc.property(
        fc.constantFrom(...originals),
        fc.array(fc.tuple(fc.nat(), fc.nat(255), fc.constantFrom('set', 'insert', 'remove', 'cut', 'copy')), {
          minLength: 1,
          maxLength: 6,
        }),
        (original, damages) => {
          let bytes = [...original];
          for (const [where, value, how] of damages) {
            const at = where % (bytes.length + 1);
            if (how === 'set') bytes[at % bytes.length] = value;
            else if (how === 'insert') bytes.splice(at, 0, value);
            else if (how === 'remove') bytes.splice(at, 1 + (value % 4));
            else if (how === 'cut') bytes = value < 32 ? bytes.slice(0, at) : bytes;
            else bytes.splice(at, 0, ...bytes.slice(at, at + value));
            if (bytes.length === 0) bytes = [0];
          }
          try {
            validateGraph(decodeModel(Uint8Array.from(bytes)));
            read += 1;
          } catch (error) {
            if (!(error instanceof OutsetError)) throw error;
            refused += 1;
          }
        },
      ),
      { numRuns: 4000, seed: 20261124 },
    );
    // Damage that never or always shows would mean that the mutations test nothing.
    expect(read).toBeGreaterThan(100);
    expect(refused).toBeGreaterThan(1000);
    expect(performance.now() - started).toBeLessThan(20_000);
  });
});
