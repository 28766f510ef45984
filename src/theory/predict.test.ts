import { describe, expect, test } from 'vitest';
import { appendGradient } from '../autodiff/index.ts';
import { initialize } from '../initializers/initializer-rule.ts';
import { parseRule } from '../initializers/registry.ts';
import { createNetwork } from '../network/create-network.ts';
import type { LayerSpec, NetworkSpec } from '../network/spec.ts';
import { floatAttribute, GraphBuilder } from '../onnx/builder.ts';
import { openStream } from '../random/index.ts';
import { nodeRuntime } from '../runtime/node.ts';
import { parseStart } from '../starts/index.ts';
import { float32, type Tensor } from '../tensor/tensor.ts';
import { inputSignal } from './input-signal.ts';
import { predict } from './predict.ts';

const runtime = await nodeRuntime();
const noise = (dims: number[], seed = 3): Tensor<'float32'> =>
  float32(dims, openStream('threefry', seed).normal(new Float32Array(dims.reduce((a, b) => a * b, 1))));

/** Largest |log10 (predicted / measured)| of pre-activations and gradients, and the largest of them in standard deviations. */
async function errors(
  spec: NetworkSpec,
  rule: string,
  seed = 1,
  change: (features: Tensor<'float32'>) => Tensor<'float32'> = (features) => features,
) {
  const network = createNetwork(spec);
  const batch = 32;
  const features = change(noise([batch, ...spec.input]));
  const parameters = new Map<string, Tensor>(
    initialize(parseRule(rule), openStream('threefry', seed), network.parameters),
  );
  const graph = network.build(batch, 'training');
  const { builder } = graph;
  const cotangent = noise([batch, ...network.outputDims], 4);
  const loss = builder.op('ReduceSum', [
    builder.op('Mul', [graph.logits, builder.constant(cotangent)]),
    builder.ints([0, 1]),
  ]);
  const values = network.layers.map(({ preActivation }) => preActivation);
  const gradients = appendGradient(builder, loss, values);
  const names = [...values, ...values.map((value) => gradients.get(value) as string)];
  for (const name of new Set(names)) builder.output(name);
  for (const { name, dims, initial } of network.buffers)
    parameters.set(name, float32(dims, new Float32Array(dims[0]).fill(initial)));
  const program = await runtime.compile(builder.build());
  const results = await program.run({ features, ...Object.fromEntries(parameters) });
  await program.dispose();
  const square = (name: string): number => {
    const data = results[name].data as Float32Array;
    return data.reduce((sum, x) => sum + x * x, 0) / data.length;
  };
  const plain = network.build(batch, 'training').builder.build();
  const prediction = predict({
    graph: plain,
    parameters,
    layers: network.layers,
    inputs: new Map([['features', inputSignal(features)]]),
  });
  const lastGradient = square(names.at(-1) as string);
  let [forward, backward, deviations] = [0, 0, 0];
  for (const [l, { preActivation, gradient }] of prediction.layers.entries()) {
    if (preActivation === null || gradient === null) throw new Error(`no prediction for layer ${l}`);
    const f = Math.log10(preActivation.value / square(values[l]));
    const g = Math.log10(gradient.value / (square(names[values.length + l]) / lastGradient));
    forward = Math.max(forward, Math.abs(f));
    backward = Math.max(backward, Math.abs(g));
    deviations = Math.max(deviations, Math.abs(f) / (preActivation.log10Std + 0.02));
    if (l < values.length - 1) deviations = Math.max(deviations, Math.abs(g) / (gradient.log10Std + 0.02));
  }
  return { forward, backward, deviations, prediction };
}

const stack = (depth: number, layer: LayerSpec): LayerSpec[] => Array.from({ length: depth }, () => layer);
const mlp = (
  activation: 'tanh' | 'relu' | 'selu' | 'gelu' | 'silu' | 'hard-swish',
  depth: number,
): NetworkSpec => ({
  input: [128],
  layers: [...stack(depth - 1, { type: 'dense', units: 256, activation }), { type: 'dense', units: 64 }],
});

describe('predict', () => {
  test.each([
    ['tanh', 'glorot-normal', 0.1, 0.15],
    ['tanh', 'orthogonal(gain=1.2)', 0.1, 0.15],
    ['selu', 'lecun-normal', 0.1, 0.15],
    ['relu', 'pytorch-default', 0.3, 0.3],
    ['relu', 'he-normal', 0.4, 0.4],
    ['hard-swish', 'he-normal', 0.3, 0.3],
  ] as const)('%s from %s, 12 layers of 256', async (activation, rule, forward, backward) => {
    const found = await errors(mlp(activation, 12), rule);
    expect(found.forward).toBeLessThan(forward);
    expect(found.backward).toBeLessThan(backward);
    expect(found.deviations).toBeLessThan(4);
    expect(found.prediction.unknown).toEqual([]);
  });

  test('residual blocks with batch and layer normalization', async () => {
    for (const norm of ['batch-norm', 'layer-norm'] as const) {
      const block: LayerSpec = {
        type: 'residual',
        layers: [
          { type: norm },
          { type: 'dense', units: 128, activation: 'relu' },
          { type: 'dense', units: 128 },
        ],
      };
      const found = await errors(
        { input: [128], layers: [...stack(6, block), { type: 'dense', units: 64 }] },
        'he-normal',
      );
      expect(found.forward).toBeLessThan(0.15);
      expect(found.backward).toBeLessThan(0.2);
    }
  });

  test('batch normalization of images that are bright in the middle', async () => {
    const layers: LayerSpec[] = [
      ...stack(3, { type: 'conv', channels: 32 }).flatMap((layer): LayerSpec[] => [
        layer,
        { type: 'batch-norm' },
        { type: 'activation', activation: 'relu' },
      ]),
      { type: 'dense', units: 32 },
    ];
    const light = (features: Tensor<'float32'>) => {
      for (let i = 0; i < features.data.length; i++) if (i % 12 < 3 || i % 12 > 8) features.data[i] *= 0.05;
      return features;
    };
    const found = await errors({ input: [1, 12, 12], layers }, 'he-normal', 1, light);
    expect(found.forward).toBeLessThan(0.15);
    expect(found.backward).toBeLessThan(0.3);
  });

  test('convolutions lose signal at the borders, place by place', async () => {
    const conv = (more: object = {}): LayerSpec => ({
      type: 'conv',
      channels: 48,
      activation: 'relu',
      ...more,
    });
    const layers: LayerSpec[] = [
      conv(),
      conv({ stride: 2 }),
      conv({ groups: 4 }),
      conv({ kernel: 5 }),
      { type: 'dense', units: 32 },
    ];
    const found = await errors({ input: [3, 10, 10], layers }, 'he-normal');
    expect(found.forward).toBeLessThan(0.2);
    expect(found.backward).toBeLessThan(0.2);
  });

  test('the gradient ratio of ReLU from the PyTorch default: 1 / 6 a layer', async () => {
    const { prediction } = await errors(mlp('relu', 20), 'pytorch-default');
    for (const { chi } of prediction.layers.slice(1, -1)) expect(chi).toBeCloseTo(1 / 6, 1);
    expect(prediction.asymptotics?.depthScales.gradient).toBeCloseTo(1 / Math.log(6), 1);
    expect(prediction.inverseWidths).toBeCloseTo(19 / 256 + 1 / 64, 9);
  });

  test('flags the unstable variance of GELU from He', async () => {
    const { prediction } = await errors(mlp('gelu', 30), 'he-normal');
    expect(prediction.stable).toBe(false);
    const tanh = await errors(mlp('tanh', 10), 'glorot-normal');
    expect(tanh.prediction.stable).toBe(true);
  });

  test('flags the half-stable point of GELU where finite width carries deep networks off it, no rectifier', async () => {
    const stable = async (activation: 'gelu' | 'relu', start: string, depth: number, units: number) => {
      const hidden = stack(depth, { type: 'dense', units, activation });
      const network = createNetwork({ input: [64], layers: [...hidden, { type: 'dense', units: 8 }] });
      return predict({
        graph: network.build(32, 'training').builder.build(),
        parameters: await parseStart(start).parameters(network, { stream: openStream('threefry', 1) }),
        layers: network.layers,
        inputs: new Map([['features', { square: 1, product: 0.2, mean: 0 }]]),
      }).stable;
    };
    expect(await stable('gelu', 'mean-field', 8, 64)).toBe(true);
    expect(await stable('gelu', 'mean-field', 40, 64)).toBe(false);
    expect(await stable('relu', 'he-normal', 40, 16)).toBe(true);
  });

  test('a function written out in nodes is the same function', () => {
    const weight = noise([64, 64], 5);
    const build = (activate: (builder: GraphBuilder, x: string) => string) => {
      const builder = new GraphBuilder('written out');
      builder.input('x', 'float32', [8, 64]);
      builder.input('w', 'float32', [64, 64]);
      const z = builder.op('MatMul', ['x', 'w'], {}, { output: 'z' });
      const y = activate(builder, z);
      builder.op('MatMul', [y, 'w'], {}, { output: 'last' });
      const prediction = predict({
        graph: builder.build(),
        parameters: new Map([['w', weight]]),
        layers: [
          { name: 'a', weight: 'w', preActivation: 'z', output: y, activation: 'custom' },
          { name: 'b', weight: 'w', preActivation: 'last', output: 'last', activation: 'linear' },
        ],
        inputs: new Map([['x', { square: 0.02, product: 0.005, mean: 0 }]]),
      });
      expect(prediction.unknown).toEqual([]);
      return [prediction.layers[1].preActivation?.value, prediction.layers[0].gradient?.value] as [
        number,
        number,
      ];
    };
    const gelu = build((builder, x) => builder.op('Gelu', [x], { approximate: 'none' }));
    const written = build((b, x) => {
      const erf = b.op('Erf', [b.op('Div', [x, b.scalar(Math.SQRT2)])]);
      return b.op('Mul', [b.op('Mul', [x, b.op('Add', [erf, b.scalar(1)])]), b.scalar(0.5)]);
    });
    for (const i of [0, 1]) expect(written[i] / gelu[i]).toBeCloseTo(1, 6);
    const hard = build((builder, x) => builder.op('HardSwish', [x]));
    const relu6 = build((b, x) => {
      const clipped = b.op('Clip', [b.op('Add', [x, b.scalar(3)]), b.scalar(0), b.scalar(6)]);
      return b.op('Mul', [x, b.op('Div', [clipped, b.scalar(6)])]);
    });
    for (const i of [0, 1]) expect(relu6[i] / hard[i]).toBeCloseTo(1, 5);
  });

  test('layer normalization written out is layer normalization', () => {
    const build = (normalize: (builder: GraphBuilder, x: string) => string): number[] => {
      const builder = new GraphBuilder('norm');
      builder.input('x', 'float32', [4, 6, 32]);
      builder.input('w', 'float32', [32, 32]);
      const z = builder.op('MatMul', ['x', 'w'], {}, { output: 'z' });
      const y = normalize(builder, builder.op('Relu', [z]));
      builder.op('MatMul', [y, 'w'], {}, { output: 'last' });
      const prediction = predict({
        graph: builder.build(),
        parameters: new Map([['w', noise([32, 32], 5)]]),
        layers: [
          { name: 'a', weight: 'w', preActivation: 'z', output: 'z', activation: 'relu' },
          { name: 'b', weight: 'w', preActivation: 'last', output: 'last', activation: 'linear' },
        ],
        inputs: new Map([['x', { square: 1, product: 0.2, mean: 0 }]]),
      });
      expect(prediction.unknown).toEqual([]);
      return [prediction.layers[1].preActivation?.value ?? 0, prediction.layers[0].gradient?.value ?? 0];
    };
    const node = build((b, x) => {
      const [one, zero] = [
        b.constant(float32([32], new Float32Array(32).fill(1))),
        b.constant(float32([32], new Float32Array(32))),
      ];
      return b.op('LayerNormalization', [x, one, zero], { axis: -1, epsilon: floatAttribute(1e-5) });
    });
    const written = build((b, x) => {
      const centered = b.op('Sub', [x, b.op('ReduceMean', [x, b.ints([-1])], { keepdims: 1 })]);
      const variance = b.op('ReduceMean', [b.op('Pow', [centered, b.scalar(2)]), b.ints([-1])], {
        keepdims: 1,
      });
      return b.op('Div', [centered, b.op('Sqrt', [b.op('Add', [variance, b.scalar(1e-5)])])]);
    });
    for (const i of [0, 1]) expect(Math.abs(Math.log10(written[i] / node[i]))).toBeLessThan(0.02);
  });

  test('an operator without a rule is named, and what is behind it is null', () => {
    const builder = new GraphBuilder('unknown');
    builder.input('x', 'float32', [8, 16]);
    builder.input('w', 'float32', [16, 16]);
    builder.op('MatMul', ['x', 'w'], {}, { output: 'z' });
    const odd = builder.op('CumSum', ['z', builder.scalar(1, 'int64')]);
    builder.op('MatMul', [odd, 'w'], {}, { output: 'last' });
    const prediction = predict({
      graph: builder.build(),
      parameters: new Map([['w', noise([16, 16])]]),
      layers: [
        { name: 'a', weight: 'w', preActivation: 'z', output: 'z', activation: 'linear' },
        { name: 'b', weight: 'w', preActivation: 'last', output: 'last', activation: 'linear' },
      ],
      inputs: new Map([['x', { square: 1, product: 0, mean: 0 }]]),
    });
    expect(prediction.unknown).toEqual([{ operator: 'CumSum', value: odd }]);
    expect(prediction.layers[0].preActivation).not.toBeNull();
    expect(prediction.layers[1]).toEqual({
      layer: 'b',
      preActivation: null,
      activation: null,
      correlation: null,
      gradient: null,
      chi: null,
    });
  });

  test('refuses statistics that do not fit the input', () => {
    const builder = new GraphBuilder('input');
    builder.input('x', 'float32', [8, 16]);
    const given = { graph: builder.build(), parameters: new Map(), layers: [] };
    const inputs = (square: number | Float64Array) => new Map([['x', { square, product: 0, mean: 0 }]]);
    for (const square of [Number.NaN, new Float64Array(3)])
      expect(() => predict({ ...given, inputs: inputs(square) })).toThrow(
        expect.objectContaining({ code: 'theory.input' }),
      );
  });
});
