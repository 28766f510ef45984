/** MetaInit and GradInit: the slopes that they follow against finite differences, and that following them helps. */
import { describe, expect, test } from 'vitest';
import { createNetwork } from '../network/create-network.ts';
import { GraphBuilder } from '../onnx/builder.ts';
import { openStream } from '../random/index.ts';
import { nodeRuntime } from '../runtime/node.ts';
import { referenceRuntime } from '../runtime/reference/index.ts';
import { float32, tensor } from '../tensor/tensor.ts';
import { answersInput, appendAnswerLoss, blankBatch } from './answer-loss.ts';
import { openProbe } from './batch-probe.ts';
import { openTask } from './gradinit.ts';
import { appendGradientQuotient } from './metainit.ts';
import { parseStart } from './registry.ts';

const runtime = await nodeRuntime();
const stream = openStream('threefry', 3);

describe('gradient quotient', () => {
  test('of a/2 θ² it is a: the gradient a θ changes by a² θ along itself', async () => {
    const builder = new GraphBuilder('quadratic');
    const theta = builder.input('theta', 'float32', [3]);
    const square = builder.op('ReduceSum', [builder.op('Mul', [theta, theta])], { keepdims: 0 });
    const loss = builder.op('Mul', [square, builder.scalar(0.15)]);
    const { value, gradients } = appendGradientQuotient(builder, loss, ['theta']);
    builder.output(value);
    builder.output(gradients.get('theta') as string);
    const program = await referenceRuntime().compile(builder.build());
    const out = await program.run({ theta: float32([3], Float32Array.of(1, -2, 3)) });
    // (g - Hg) / (g + ε sign g) - 1 with g of 0.3 and more: ε moves it by 1e-5 / 0.3.
    expect(Math.abs(Number(out[value].data[0]) - 0.3)).toBeLessThan(5e-5);
  });

  test('its gradient, a third derivative, is that of finite differences', async () => {
    const network = createNetwork({
      input: [3],
      layers: [
        { type: 'dense', units: 4, activation: 'tanh' },
        { type: 'dense', units: 3 },
      ],
    });
    const { builder, logits, features } = network.build(5, 'training');
    const loss = appendAnswerLoss(builder, logits, 'cross-entropy');
    const weights = network.layers.map(({ weight }) => weight);
    const { value, gradients } = appendGradientQuotient(builder, loss, weights);
    builder.output(value);
    for (const gradient of gradients.values()) builder.output(gradient);
    const program = await referenceRuntime().compile(builder.build());
    const values = await parseStart('lecun-normal').parameters(network, { stream });
    const answers = Float32Array.from({ length: 15 }, (_, i) => (i % 3 === Math.floor(i / 3) % 3 ? 1 : 0));
    const run = (scale: number) =>
      program.run({
        ...Object.fromEntries(
          [...values].map(([name, { dims, data }]) => [
            name,
            tensor(
              'float64',
              dims,
              Float64Array.from(data, (w) => (name === 'dense1.weight' ? w * scale : w)),
            ),
          ]),
        ),
        [features]: float32([5, 3], stream.child('x').normal(new Float32Array(15))),
        [answersInput]: float32([5, 3], answers),
      });
    const out = await run(1);
    const gradient = out[gradients.get('dense1.weight') as string].data;
    const weight = values.get('dense1.weight')?.data ?? [];
    const slope = Array.from(weight).reduce((sum, w, i) => sum + w * Number(gradient[i]), 0);
    const h = 1e-4;
    const [high, low] = [(await run(1 + h))[value].data[0], (await run(1 - h))[value].data[0]];
    expect(slope / ((Number(high) - Number(low)) / (2 * h))).toBeCloseTo(1, 3);
  });
});

const network = createNetwork({
  input: [10],
  layers: [
    ...Array.from({ length: 5 }, () => ({ type: 'dense', units: 24, activation: 'tanh' }) as const),
    { type: 'dense', units: 3 },
  ],
});
const batch = float32([90, 10], stream.child('batch').normal(new Float32Array(900)));
const answers = tensor(
  'int32',
  [90],
  Int32Array.from({ length: 90 }, (_, i) =>
    batch.data[i * 10] > 0.4 ? 2 : batch.data[i * 10 + 1] > 0 ? 1 : 0,
  ),
);
const context = { stream, batch, answers, runtime };

describe('metainit', () => {
  test.each(['tanh', 'relu'] as const)(
    'lowers the gradient quotient: five layers of %s from He',
    async (activation) => {
      const deep = createNetwork({
        input: [10],
        layers: [
          ...Array.from({ length: 5 }, () => ({ type: 'dense', units: 24, activation }) as const),
          { type: 'dense', units: 3 },
        ],
      });
      const weights = deep.layers.map(({ weight }) => weight);
      let value = '';
      const probe = await openProbe(
        'test',
        deep,
        { ...context, batch: blankBatch(64, [10]) },
        {
          extend({ builder, logits }) {
            value = appendGradientQuotient(
              builder,
              appendAnswerLoss(builder, logits, 'cross-entropy'),
              weights,
            ).value;
            return { values: [value], feeds: {} };
          },
        },
      );
      /** Median over 25 random batches: the quotient of one has a heavy tail. */
      const quotientOf = async (text: string) => {
        const values = await parseStart(text).parameters(deep, context);
        const rows = Float32Array.from({ length: 192 }, (_, i) => (i % 3 === Math.floor(i / 3) % 3 ? 1 : 0));
        const all: number[] = [];
        for (let seed = 0; seed < 25; seed++) {
          const x = openStream('threefry', 100 + seed).normal(new Float32Array(640));
          const feeds = { features: float32([64, 10], x), [answersInput]: float32([64, 3], rows) };
          all.push(Number((await probe.measure(values, [value], feeds))[value][0]));
        }
        return all.sort((a, b) => a - b)[12];
      };
      expect(await quotientOf('he-normal')).toBeGreaterThan(4);
      expect(await quotientOf('metainit(steps=300)')).toBeLessThan(0.8);
      await probe.dispose();
    },
  );

  test('a norm never falls to 0, where it would stay', async () => {
    const values = await parseStart('metainit(steps=20,rate=5)').parameters(network, context);
    const norm = (data: Float32Array) => Math.sqrt(data.reduce((sum, w) => sum + w * w, 0));
    for (const { weight } of network.layers) {
      expect(norm(values.get(weight)?.data ?? new Float32Array(0))).toBeGreaterThan(0.01);
    }
  });
});

describe('gradinit', () => {
  test.each([
    ['the loss after the step', 1e9],
    ['the norm of the gradient', 1e-9],
  ])('slopes of %s are those of finite differences', async (what, gamma) => {
    const task = await openTask('test', network, { ...context, runtime: referenceRuntime() }, 30);
    const values = new Map(
      [...(await parseStart('he-normal').parameters(network, context))].map(([name, { dims, data }]) => [
        name,
        tensor('float32', dims, data.slice()),
      ]),
    );
    const slopes = await task.slopes(values, 0, 0.1, gamma);
    for (const layer of [0, 3, 5]) {
      const weight = network.layers[layer].weight;
      const at = async (factor: number) => {
        const { dims, data } = values.get(weight) as typeof values extends Map<string, infer V> ? V : never;
        const moved = new Map(values).set(
          weight,
          tensor(
            'float32',
            dims,
            data.map((w) => w * factor),
          ),
        );
        const { norm, after } = await task.objective(moved, 0, 0.1);
        return gamma > 1 ? after : norm;
      };
      const h = 2 ** -7;
      const difference = ((await at(1 + h)) - (await at(1 - h))) / (2 * h);
      expect(Math.abs(slopes[layer] - difference), what).toBeLessThan(0.02 * Math.abs(difference) + 2e-4);
    }
    await task.dispose();
  });

  test('lowers the loss after one step, with a bounded gradient', async () => {
    const task = await openTask('test', network, context, 60);
    /** Means over 20 pairs of batches. */
    const means = async (text: string) => {
      const values = new Map(await parseStart(text).parameters(network, context));
      const all = await Promise.all(
        Array.from({ length: 20 }, (_, k) => task.objective(values, 1000 + k, 0.1)),
      );
      const mean = (key: 'norm' | 'after') => all.reduce((sum, one) => sum + one[key] / 20, 0);
      return { norm: mean('norm'), after: mean('after') };
    };
    const before = await means('glorot-uniform');
    const after = await means('gradinit(base=glorot-uniform,steps=120,rate=0.03)');
    await task.dispose();
    expect(before.norm).toBeGreaterThan(1.2);
    expect(after.norm).toBeLessThan(1.1);
    expect(after.after).toBeLessThan(before.after - 0.02);
  });

  test('needs the answers, and answers that fit', async () => {
    const start = parseStart('gradinit');
    await expect(start.parameters(network, { stream, batch, runtime })).rejects.toMatchObject({
      code: 'starts.needs_answers',
    });
    const wrong = tensor('int32', [90], new Int32Array(90).fill(3));
    await expect(start.parameters(network, { ...context, answers: wrong })).rejects.toMatchObject({
      code: 'starts.answers',
    });
  });

  test('wanted outputs instead of classes: squared errors', async () => {
    const outputs = float32([90, 3], stream.child('y').normal(new Float32Array(270)));
    const values = await parseStart('gradinit(steps=3)').parameters(network, {
      ...context,
      answers: outputs,
    });
    for (const { data } of values.values()) expect(data.every(Number.isFinite)).toBe(true);
  });
});
