import { describe, expect, test } from 'vitest';
import { appendGradient } from '../autodiff/append-gradient.ts';
import { createNetwork } from '../network/create-network.ts';
import type { LayerSpec } from '../network/spec.ts';
import { openStream } from '../random/index.ts';
import { referenceRuntime } from '../runtime/reference/index.ts';
import { float32, tensor } from '../tensor/tensor.ts';
import { parseStart } from './registry.ts';

const branch: LayerSpec[] = [
  { type: 'dense', units: 40, activation: 'relu' },
  { type: 'dense', units: 40 },
];
const deep = (block: Partial<Extract<LayerSpec, { type: 'residual' }>> = {}, count = 8) =>
  createNetwork({
    input: [40],
    layers: [
      ...Array.from({ length: count }, (): LayerSpec => ({ type: 'residual', layers: branch, ...block })),
      { type: 'dense', units: 5, name: 'head' },
    ],
  });
const stream = openStream('threefry', 2);
const rms = (data: Float32Array | undefined) =>
  data === undefined ? Number.NaN : Math.sqrt(data.reduce((sum, w) => sum + w * w, 0) / data.length);

/** The value in front of the head, and the input. */
async function throughBlocks(network: ReturnType<typeof deep>, text: string) {
  const values = await parseStart(text).parameters(network, { stream });
  const { builder, features } = network.build(3, 'inference');
  const last = `${network.blocks[network.blocks.length - 1].name}.output`;
  builder.output(last);
  const x = float32([3, 40], stream.child('x').normal(new Float32Array(120)));
  const buffers = network.buffers.map(({ name, dims, initial }) => [
    name,
    tensor('float32', dims, new Float32Array(dims[0]).fill(initial)),
  ]);
  const program = await referenceRuntime().compile(builder.build());
  const out = await program.run({
    [features]: x,
    ...Object.fromEntries(values),
    ...Object.fromEntries(buffers),
  });
  return { values, x: [...x.data], y: [...(out[last].data as Float64Array)] };
}

describe('fixup', () => {
  test('ends of branches and the head are 0, the rest of a branch is He times L^(-1/(2m-2))', async () => {
    const values = await parseStart('fixup').parameters(deep(), { stream });
    expect(rms(values.get('dense2.weight')?.data)).toBe(0);
    expect(rms(values.get('dense16.weight')?.data)).toBe(0);
    expect(rms(values.get('head.weight')?.data)).toBe(0);
    // 1600 normal numbers: 1 / sqrt(3200) = 1.8 % standard error; 5.5 of them.
    const he = Math.sqrt(2 / 40);
    expect(Math.abs(rms(values.get('dense1.weight')?.data) / (he * 8 ** -0.5) - 1)).toBeLessThan(0.098);
    expect(Math.abs(rms(values.get('dense15.weight')?.data) / (he * 8 ** -0.5) - 1)).toBeLessThan(0.098);
  });

  test('three weights in a branch: L^(-1/4); a stem keeps He', async () => {
    const three: LayerSpec[] = [{ type: 'dense', units: 40, activation: 'relu' }, ...branch];
    const network = createNetwork({
      input: [40],
      layers: [
        { type: 'dense', units: 40, activation: 'relu', name: 'stem' },
        ...Array.from(
          { length: 16 },
          (): LayerSpec => ({ type: 'residual', layers: three, scale: 'learned' }),
        ),
        { type: 'dense', units: 5 },
      ],
    });
    const values = await parseStart('fixup').parameters(network, { stream });
    const he = Math.sqrt(2 / 40);
    expect(Math.abs(rms(values.get('stem.weight')?.data) / he - 1)).toBeLessThan(0.098);
    expect(Math.abs(rms(values.get('dense2.weight')?.data) / (he / 2) - 1)).toBeLessThan(0.098);
    expect(values.get('residual1.scale')?.data).toEqual(Float32Array.of(1));
  });
});

describe.each([
  ['fixup', {}],
  ['skipinit', { scale: 'learned' as const }],
  ['rezero', { scale: 'learned' as const }],
  ['zero-gamma', {}],
  ['zero-gamma', { layers: [...branch, { type: 'batch-norm' as const }] }],
])('%s, block %j', (text, block) => {
  test('every block is the identity at the start', async () => {
    const { x, y } = await throughBlocks(deep(block), text);
    expect(y).toEqual(x);
  });
});

test('idinit: the identity up to its epsilon', async () => {
  const { x, y, values } = await throughBlocks(deep(), 'idinit');
  // 8 blocks add at most 1e-6 relu(x) each.
  for (const [i, value] of y.entries())
    expect(Math.abs(value - x[i])).toBeLessThanOrEqual(9e-6 * Math.abs(x[i]));
  expect(y).not.toEqual(x);
  expect(values.get('dense2.weight')?.data[0]).toBe(Math.fround(1e-6));
});

test('zero-gamma leaves weights to the rule, and silences the last scale only', async () => {
  const network = deep({ layers: [branch[0], { type: 'layer-norm' }, branch[1], { type: 'layer-norm' }] }, 1);
  const values = await parseStart('zero-gamma(base=glorot-uniform)').parameters(network, { stream });
  expect(rms(values.get('layer-norm1.scale')?.data)).toBe(1);
  expect(rms(values.get('layer-norm2.scale')?.data)).toBe(0);
  expect(Math.abs(rms(values.get('dense2.weight')?.data) * Math.sqrt(40) - 1)).toBeLessThan(0.098);
});

test('skipinit(alpha=0.5)', async () => {
  const values = await parseStart('skipinit(alpha=0.5)').parameters(deep({ scale: 'learned' }), { stream });
  expect(values.get('residual3.scale')?.data).toEqual(Float32Array.of(0.5));
});

test('the learned factor has a gradient: that of finite differences', async () => {
  const network = createNetwork({
    input: [3],
    layers: [
      { type: 'residual', scale: 'learned', layers: [{ type: 'dense', units: 3, activation: 'tanh' }] },
    ],
  });
  const { builder, features, logits } = network.build(2, 'training');
  const loss = builder.op('ReduceSum', [builder.op('Mul', [logits, logits])], { keepdims: 0 });
  builder.output(loss);
  const gradient = appendGradient(builder, loss, ['residual1.scale']).get('residual1.scale') as string;
  builder.output(gradient);
  const program = await referenceRuntime().compile(builder.build());
  const values = await parseStart('lecun-normal').parameters(network, { stream });
  const at = async (scale: number) => {
    const out = await program.run({
      ...Object.fromEntries(values),
      [features]: float32([2, 3], Float32Array.of(1, -2, 0.5, 0.3, 1, 2)),
      'residual1.scale': float32([1], Float32Array.of(scale)),
    });
    return { loss: Number(out[loss].data[0]), gradient: Number(out[gradient].data[0]) };
  };
  const difference = (await at(0.5 + 2 ** -10)).loss - (await at(0.5 - 2 ** -10)).loss;
  expect((await at(0.5)).gradient).toBeCloseTo(difference / 2 ** -9, 4);
});

describe('what they need', () => {
  test.each(['fixup', 'skipinit', 'zero-gamma', 'idinit'])('%s: blocks', async (text) => {
    const plain = createNetwork({ input: [4], layers: [{ type: 'dense', units: 2 }] });
    await expect(parseStart(text).parameters(plain, { stream })).rejects.toMatchObject({
      code: 'starts.needs_blocks',
    });
  });

  test('skipinit: a learned factor on each', async () => {
    await expect(parseStart('skipinit').parameters(deep(), { stream })).rejects.toMatchObject({
      code: 'starts.needs_learned_scale',
      details: { block: 'residual1' },
    });
  });
});
