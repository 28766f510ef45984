/**
 * Rules that look at a whole model: standard deviations of each weight, and factors on learning rates. A standard deviation
 * of n normal or uniform numbers has a relative standard error of at most 1 / sqrt(2 n); 5.5 of them are allowed, so that
 * one of the about 100 comparisons fails by chance with probability 4e-6.
 */
import { describe, expect, test } from 'vitest';
import { threefry } from '../random/index.ts';
import { deepNormFactors } from './deep-norm.ts';
import { conv, denseInOut, denseOutIn, parameterShape } from './fans.ts';
import type { ParameterShape } from './initializer.ts';
import { initialize, parameterScales } from './initializer-rule.ts';
import { walkGain } from './random-walk.ts';
import { parseRule } from './registry.ts';

const dense = (name: string, out: number, inputs: number) => [
  parameterShape({ name: `${name}.weight`, dims: [out, inputs], layout: denseOutIn }),
  parameterShape({ name: `${name}.bias`, role: 'bias', dims: [out], fanIn: inputs, fanOut: out }),
];

const mlp = [
  ...dense('a', 128, 40),
  ...dense('b', 256, 128),
  ...dense('c', 256, 256),
  ...dense('d', 10, 256),
];

function stdOf(
  rule: string,
  parameters: readonly ParameterShape[],
  name: string,
): { std: number; count: number } {
  const data = initialize(parseRule(rule), threefry(3), parameters).get(name)?.data ?? new Float32Array(0);
  return { std: Math.sqrt(data.reduce((sum, w) => sum + w * w, 0) / data.length), count: data.length };
}

function expectStd(
  rule: string,
  parameters: readonly ParameterShape[],
  name: string,
  expected: number,
): void {
  const { std, count } = stdOf(rule, parameters, name);
  if (expected === 0) expect(std).toBe(0);
  else expect(Math.abs(std / expected - 1)).toBeLessThan(5.5 / Math.sqrt(2 * count));
}

describe('width', () => {
  test.each([
    ['mup', 'a.weight', 1 / Math.sqrt(40)],
    ['mup', 'b.weight', 1 / Math.sqrt(128)],
    ['mup(gain=relu)', 'c.weight', Math.sqrt(2 / 256)],
    ['mup', 'd.weight', Math.sqrt(64) / 256],
    ['mup(base=256)', 'd.weight', 1 / 16],
    ['mup(readout=zero)', 'd.weight', 0],
    ['spectral', 'a.weight', 1 / Math.sqrt(40)],
    ['spectral', 'c.weight', 1 / 16],
    ['spectral', 'd.weight', (1 / 16) * Math.sqrt(10 / 256)],
    ['ntk', 'b.weight', 1 / Math.sqrt(128)],
    ['ntk(gain=relu,beta=0.1)', 'b.bias', 0.1],
    ['ntk(fold=no)', 'b.weight', 1],
    ['siren(fold=no)', 'a.weight', 1 / 40 / Math.sqrt(3)],
    ['siren(fold=no)', 'b.weight', Math.sqrt(2 / 128) / 30],
    ['siren', 'b.weight', Math.sqrt(2 / 128)],
    ['siren', 'a.weight', 30 / 40 / Math.sqrt(3)],
    ['siren', 'd.weight', Math.sqrt(2 / 256) / 30],
    ['siren(fold=no)', 'b.bias', 1 / Math.sqrt(3 * 128)],
  ])('%s: %s', (rule, name, std) => {
    expectStd(rule, mlp, name, std);
  });

  test('factors on learning rates: table 3 of Tensor Programs V, counted from the base width', () => {
    const scales = parameterScales(parseRule('mup(base=64)'), mlp);
    expect(scales.get('a.weight')).toEqual({ sgd: 2, adam: 1, forward: 1 });
    expect(scales.get('b.weight')).toEqual({ sgd: 2, adam: 0.5, forward: 1 });
    expect(scales.get('c.weight')).toEqual({ sgd: 1, adam: 0.25, forward: 1 });
    expect(scales.get('c.bias')).toEqual({ sgd: 4, adam: 1, forward: 1 });
    expect(scales.get('d.weight')).toEqual({ sgd: 0.25, adam: 0.25, forward: 1 });
    expect(scales.get('d.bias')).toEqual({ sgd: 1, adam: 1, forward: 1 });
  });

  test('at the base width muP is the standard parametrization', () => {
    const base = [...dense('a', 64, 40), ...dense('b', 64, 64), ...dense('c', 10, 64)];
    const scales = parameterScales(parseRule('mup(base=64)'), base);
    for (const scale of scales.values()) expect(scale).toEqual({ sgd: 1, adam: 1, forward: 1 });
    expectStd('mup(base=64)', base, 'c.weight', 1 / 8);
  });

  test('spectral: the largest singular value is sqrt(fanOut / fanIn) times 1 to 2', () => {
    // Bai-Yin: sigma (sqrt(m) + sqrt(n)) for an m x n Gaussian matrix; here sigma (sqrt(m) + sqrt(n)) / sqrt(m / n).
    for (const [name, out, inputs] of [
      ['a', 128, 40],
      ['c', 256, 256],
      ['d', 10, 256],
    ] as const) {
      const w = initialize(parseRule('spectral'), threefry(3), mlp).get(`${name}.weight`)
        ?.data as Float32Array;
      let v = threefry(1).normal(new Float64Array(inputs));
      let norm = 0;
      for (let k = 0; k < 60; k++) {
        const u = new Float64Array(out);
        for (let o = 0; o < out; o++) for (let i = 0; i < inputs; i++) u[o] += w[o * inputs + i] * v[i];
        const next = new Float64Array(inputs);
        for (let o = 0; o < out; o++) for (let i = 0; i < inputs; i++) next[i] += w[o * inputs + i] * u[o];
        norm = Math.sqrt(next.reduce((sum, x) => sum + x * x, 0));
        v = next.map((x) => x / norm);
      }
      const ratio = Math.sqrt(norm) / Math.sqrt(out / inputs);
      expect(ratio).toBeGreaterThan(0.95);
      expect(ratio).toBeLessThan(2.1);
    }
  });

  test('NTK and SIREN say what the layer has to multiply when they are not folded', () => {
    expect(parameterScales(parseRule('ntk(fold=no,gain=2)'), mlp).get('b.weight')?.forward).toBeCloseTo(
      2 / Math.sqrt(128),
      12,
    );
    expect(parameterScales(parseRule('ntk(gain=2)'), mlp).get('b.weight')).toEqual({
      sgd: expect.closeTo(4 / 128, 12),
      adam: expect.closeTo(2 / Math.sqrt(128), 12),
      forward: 1,
    });
    expect(parameterScales(parseRule('siren(fold=no)'), mlp).get('b.weight')?.forward).toBe(30);
    expect(parameterScales(parseRule('siren'), mlp).get('b.weight')).toEqual({
      sgd: 900,
      adam: 30,
      forward: 1,
    });
  });

  test('rules without factors say 1', () => {
    const scales = parameterScales(parseRule('he-normal'), mlp);
    expect([...scales.keys()]).toEqual(mlp.map(({ name }) => name));
    for (const scale of scales.values()) expect(scale).toEqual({ sgd: 1, adam: 1, forward: 1 });
  });
});

/** A Transformer of width 48 in the names of torch.nn.Transformer, with 2 encoder and 3 decoder blocks. */
const width = 48;
const block = (name: string, cross: boolean) => [
  ...(cross ? ['self_attn', 'multihead_attn'] : ['self_attn']).flatMap((attention) => [
    parameterShape({
      name: `${name}.${attention}.in_proj_weight`,
      dims: [3 * width, width],
      layout: denseOutIn,
    }),
    ...dense(`${name}.${attention}.out_proj`, width, width),
  ]),
  ...dense(`${name}.linear1`, 4 * width, width),
  ...dense(`${name}.linear2`, width, 4 * width),
  parameterShape({ name: `${name}.norm1.weight`, role: 'scale', dims: [width] }),
];
const embedding = parameterShape({ name: 'embedding.weight', dims: [500, width], fanIn: 500, fanOut: width });
const encoder = [0, 1].flatMap((i) => block(`encoder.layers.${i}`, false));
const decoder = [0, 1, 2].flatMap((i) => block(`decoder.layers.${i}`, true));
const transformer = [embedding, ...encoder, ...decoder, ...dense('head', 500, width)];
const glorot = (out: number, inputs: number) => Math.sqrt(2 / (out + inputs));

describe('Transformers', () => {
  test.each([
    ['gpt2', encoder, 'encoder.layers.0.linear1.weight', 0.02],
    ['gpt2', encoder, 'encoder.layers.0.linear2.weight', 0.02 / Math.sqrt(4)],
    ['gpt2', encoder, 'encoder.layers.1.self_attn.out_proj.weight', 0.02 / Math.sqrt(4)],
    ['gpt2(std=0.1)', transformer, 'decoder.layers.1.linear2.weight', 0.1 / Math.sqrt(6)],
    ['gpt2', transformer, 'embedding.weight', 0.02],
    ['t-fixup', transformer, 'embedding.weight', 27 ** -0.25 / Math.sqrt(width)],
    ['t-fixup', transformer, 'encoder.layers.0.linear1.weight', 0.67 * 2 ** -0.25 * glorot(4 * width, width)],
    ['t-fixup', transformer, 'decoder.layers.2.linear2.weight', 27 ** -0.25 * glorot(width, 4 * width)],
    ['t-fixup', transformer, 'head.weight', glorot(500, width)],
    ['deepnorm', encoder, 'encoder.layers.0.self_attn.out_proj.weight', 16 ** -0.25 * glorot(width, width)],
    ['deepnorm', transformer, 'decoder.layers.0.linear1.weight', 36 ** -0.25 * glorot(4 * width, width)],
    [
      'deepnorm',
      transformer,
      'encoder.layers.0.linear1.weight',
      0.87 * (2 ** 4 * 3) ** (-1 / 16) * glorot(4 * width, width),
    ],
    ['timm-vit', transformer, 'encoder.layers.0.linear1.weight', 0.02],
    ['timm-vit(style=jax)', transformer, 'head.weight', 0],
    ['timm-vit(style=jax)', transformer, 'encoder.layers.0.linear1.weight', glorot(4 * width, width)],
    ['timm-vit(style=jax)', transformer, 'encoder.layers.0.linear1.bias', 1e-6],
  ] as const)('%s: %#', (rule, parameters, name, std) => {
    expectStd(rule, parameters, name, std);
  });

  test.each(['t-fixup', 'deepnorm'])('%s: query and key as they are, value scaled, in one matrix', (rule) => {
    const name = 'decoder.layers.0.multihead_attn.in_proj_weight';
    const data = initialize(parseRule(rule), threefry(3), transformer).get(name)?.data as Float32Array;
    const part = width * width;
    const factor = rule === 't-fixup' ? 27 ** -0.25 : 36 ** -0.25;
    for (const [k, gain] of [1, 1, factor].entries()) {
      const square = data.subarray(k * part, (k + 1) * part).reduce((sum, w) => sum + w * w, 0) / part;
      expect(Math.abs(Math.sqrt(square) / (gain * glorot(width, width)) - 1)).toBeLessThan(
        5.5 / Math.sqrt(2 * part),
      );
    }
  });

  test('scales are 1 and biases 0', () => {
    for (const rule of ['gpt2', 't-fixup', 'deepnorm', 'mimetic', 'timm-vit', 'mup', 'spectral', 'ntk']) {
      const values = initialize(parseRule(rule), threefry(3), transformer);
      expect([...values.keys()]).toEqual(transformer.map(({ name }) => name));
      expect(new Set(values.get('encoder.layers.0.norm1.weight')?.data)).toEqual(new Set([1]));
      expect(new Set(values.get('encoder.layers.0.linear1.bias')?.data)).toEqual(new Set([0]));
    }
  });

  test('DeepNorm constants: table of the paper', () => {
    expect(deepNormFactors({ encoder: 100, decoder: 0 }).encoder).toEqual({
      alpha: expect.closeTo(200 ** 0.25, 12),
      beta: expect.closeTo(800 ** -0.25, 12),
    });
    // 18 and 6 layers: (18^4 6)^(1/16) = 2.3042...; 0.81 and 0.87 of it and of its inverse.
    const both = deepNormFactors({ encoder: 18, decoder: 6 });
    expect(both.encoder.alpha / 0.81).toBeCloseTo(0.87 / both.encoder.beta, 12);
    expect((both.encoder.alpha / 0.81) ** 16 / (18 ** 4 * 6)).toBeCloseTo(1, 10);
    expect(both.decoder).toEqual({
      alpha: expect.closeTo(18 ** 0.25, 12),
      beta: expect.closeTo(72 ** -0.25, 12),
    });
  });

  test.each(['in one matrix', 'each by itself', 'each by itself, [in, out]'])(
    'mimetic: products, %s',
    (form) => {
      const layout = form.endsWith('out]') ? denseInOut : denseOutIn;
      const square = (name: string) => parameterShape({ name, dims: [width, width], layout });
      const output = square('blocks.0.attn.proj.weight');
      const parameters =
        form === 'in one matrix'
          ? [parameterShape({ name: 'blocks.0.attn.qkv.weight', dims: [3 * width, width], layout }), output]
          : [...['q', 'k', 'v'].map((part) => square(`blocks.0.attn.${part}_proj.weight`)), output];
      const values = initialize(parseRule('mimetic(heads=2)'), threefry(3), parameters);
      const matrices = parameters.flatMap(({ name }) => {
        const data = values.get(name)?.data as Float32Array;
        return data.length > width * width
          ? [0, 1, 2].map((k) => data.subarray(k * width * width, (k + 1) * width * width))
          : [data];
      });
      const at = (m: number, i: number, o: number) =>
        layout === denseInOut ? matrices[m][i * width + o] : matrices[m][o * width + i];
      // W_v W_o + 0.4 I is 0.4 Z / sqrt(d): variance 0.16 / d from d² numbers.
      let noise = 0;
      let trace = 0;
      for (let i = 0; i < width; i++) {
        for (let j = 0; j < width; j++) {
          let product = i === j ? 0.4 : 0;
          for (let k = 0; k < width; k++) product += at(2, i, k) * at(3, k, j);
          noise += product * product;
          // One head has rank d / 2: the trace of W_q W_kᵀ over both is near 2 × 0.7 × its share.
          if (i === j) for (let k = 0; k < width; k++) trace += at(0, i, k) * at(1, i, k);
        }
      }
      expect(Math.abs(noise / (0.16 * width) - 1)).toBeLessThan(5.5 * Math.sqrt(2 / width ** 2));
      // Each head keeps the half of its singular directions with the larger values, whose mean overlap with I is positive.
      expect(trace / (2 * width)).toBeGreaterThan(0.7 / 2);
    },
  );

  test('mimetic: heads have to divide the width', () => {
    const square = (name: string) => parameterShape({ name, dims: [width, width], layout: denseOutIn });
    const parameters = ['q_proj', 'k_proj', 'v_proj', 'out_proj'].map((part) =>
      square(`layers.0.attn.${part}.weight`),
    );
    expect(() => initialize(parseRule('mimetic(heads=5)'), threefry(3), parameters)).toThrow(/48/);
  });
});

test('convolutions: what grows is the channels, not the kernel', () => {
  const parameters = [
    parameterShape({ name: 'a', dims: [64, 3, 3, 3], layout: conv(2) }),
    parameterShape({ name: 'b', dims: [128, 64, 3, 3], layout: conv(2) }),
    parameterShape({ name: 'c', dims: [10, 128, 1, 1], layout: conv(2) }),
  ];
  const scales = parameterScales(parseRule('mup(base=32)'), parameters);
  expect(scales.get('b')).toEqual({ sgd: 2, adam: 0.5, forward: 1 });
  expectStd('mup(base=32)', parameters, 'b', 1 / Math.sqrt(576));
});

test('random walk: the gains of the paper at widths 64 and 1024', () => {
  expect(walkGain('relu', 64)).toBeCloseTo(1.442, 4);
  expect(walkGain('relu', 1024)).toBeCloseTo(1.4159, 4);
  expect(walkGain('linear', 100)).toBeCloseTo(1.00501, 5);
});

test('values do not depend on the order of the parameters', () => {
  for (const rule of ['gpt2', 't-fixup', 'deepnorm', 'mimetic(heads=2)', 'timm-vit', 'ntk', 'spectral']) {
    const forward = initialize(parseRule(rule), threefry(3), transformer);
    const backward = initialize(parseRule(rule), threefry(3), [...transformer].reverse());
    for (const [name, { data }] of forward) expect(backward.get(name)?.data).toEqual(data);
  }
});
