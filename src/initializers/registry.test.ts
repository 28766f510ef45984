import { describe, expect, test } from 'vitest';
import { threefry } from '../random/index.ts';
import { denseInOut, parameterShape } from './fans.ts';
import { glorotNormal, glorotUniform } from './glorot.ts';
import { heNormal } from './he.ts';
import type { Initializer } from './initializer.ts';
import { normal } from './normal.ts';
import { listRules, parseRule } from './registry.ts';
import { truncatedNormal } from './truncated-normal.ts';
import { uniform } from './uniform.ts';
import { varianceScaling } from './variance-scaling.ts';

const weight = parameterShape({ name: 'w', dims: [20, 30], layout: denseInOut });
const bias = parameterShape({ name: 'b', role: 'bias', dims: [30], fanIn: 20, fanOut: 30 });
const values = (initializer: Initializer, parameter = weight) => initializer(threefry(1), parameter).data;

describe('parseRule', () => {
  test.each([
    ['normal(std=0.01)', normal({ std: 0.01 })],
    ['normal(0.01)', normal({ std: 0.01 })],
    [' He-Normal ( slope = 0.2 , mode = fanout ) ', heNormal({ slope: 0.2, mode: 'fanOut' })],
    ['msra', heNormal()],
    ['xavier', glorotUniform()],
    ['uniform(low=-1e-2,high=+.5)', uniform({ low: -0.01, high: 0.5 })],
    [
      'variance-scaling(scale=3,mode=fanGeometric,distribution=uniform)',
      varianceScaling({ scale: 3, mode: 'fanGeometric', distribution: 'uniform' }),
    ],
    ['truncated-normal(std=2,correct=yes)', truncatedNormal({ std: 2, correct: true })],
  ])('%s', (text, expected) => {
    expect(values(parseRule(text).weight)).toEqual(values(expected));
  });

  test('gain=relu is the forward gain of ReLU', () => {
    const ours = values(parseRule('glorot-normal(gain=relu)').weight);
    expect(ours).toEqual(values(glorotNormal({ gain: Math.SQRT2 })));
  });

  test('biases that belong to the rule are drawn with it, unless told otherwise', () => {
    const own = values(parseRule('edge-of-chaos(activation=tanh,bias-variance=0.25)').bias, bias);
    expect(own).toEqual(values(normal({ std: 0.5 }), bias));
    const told = parseRule('edge-of-chaos(bias=0)');
    expect(values(told.bias, bias)).toEqual(new Float32Array(30));
    expect(told.name).toBe('edge-of-chaos(bias=0)');
    expect(parseRule('edge-of-chaos(bias=own)').name).toBe('edge-of-chaos');
  });

  test.each([
    ['xavier_uniform_', 'glorot-uniform'],
    ['kaiming_normal_', 'he-normal'],
    ['trunc_normal_', 'torch-trunc-normal'],
    ['GlorotUniform', 'glorot-uniform'],
    ['eye_', 'identity'],
    ['sparse_', 'sparse'],
    ['VarianceScaling', 'variance-scaling'],
    ['RandomNormal', 'normal'],
    ['ConvolutionOrthogonal2D', 'conv-orthogonal'],
  ])("%s, a framework's own spelling, is %s", (text, name) => {
    expect(parseRule(text).name).toBe(name);
  });

  test('biases: 0, a number, N(0, 1), or the rule of the weights', () => {
    expect(values(parseRule('he-normal').bias, bias)).toEqual(new Float32Array(30));
    expect(values(parseRule('he-normal(bias=0.5)').bias, bias)).toEqual(new Float32Array(30).fill(0.5));
    expect(values(parseRule('glorot-uniform(bias=normal)').bias, bias)).toEqual(
      values(normal({ std: 1 }), bias),
    );
    expect(values(parseRule('lecture-normal').bias, bias)).toEqual(values(normal({ std: 1 }), bias));
    expect(values(parseRule('torch').bias, bias)).toEqual(values(parseRule('torch').weight, bias));
    expect(values(parseRule('torch(bias=0)').bias, bias)).toEqual(new Float32Array(30));
  });

  test('the name is canonical, and parses back to itself', () => {
    expect(parseRule('kaiming(mode=fanIn, slope=0.20)').name).toBe('he-normal(slope=0.2)');
    expect(parseRule('xavier()').name).toBe('glorot-uniform');
    for (const { name, aliases } of listRules()) {
      for (const text of [name, ...aliases]) expect(parseRule(text).name).toBe(name);
      const written = parseRule(`${name}(bias=0.25)`).name;
      expect(parseRule(written).name).toBe(written);
    }
  });

  test.each([
    ['xaveir', 'initializers.unknown_rule'],
    ['lsuv', 'initializers.unknown_rule'],
    ['', 'initializers.unknown_rule'],
    ['he-normal(', 'initializers.unknown_rule'],
    ['toString', 'initializers.unknown_rule'],
    ['he-normal(slop=1)', 'initializers.unknown_parameter'],
    ['he-normal(slope=1,slope=2)', 'initializers.unknown_parameter'],
    ['he-normal(toString=1)', 'initializers.unknown_parameter'],
    ['he-normal(slope=nan)', 'initializers.bad_parameter'],
    ['he-normal(slope=)', 'initializers.bad_parameter'],
    ['he-normal(mode=fanin2)', 'initializers.bad_parameter'],
    ['normal(std=-1)', 'initializers.bad_parameter'],
    ['normal(std=Infinity)', 'initializers.bad_parameter'],
    ['normal(std=NaN)', 'initializers.bad_parameter'],
    ['uniform(low=1,high=0)', 'initializers.bad_parameter'],
    ['glorot-uniform(gain=0)', 'initializers.bad_parameter'],
    ['glorot-uniform(gain=gellu)', 'initializers.bad_parameter'],
    ['torch-sparse(sparsity=1.1)', 'initializers.bad_parameter'],
    ['sparse(connections=2.5)', 'initializers.bad_parameter'],
    ['sparse(connections=0)', 'initializers.bad_parameter'],
    ['truncated-normal(bound=0)', 'initializers.bad_parameter'],
    ['torch-trunc-normal(lower=1,upper=1)', 'initializers.bad_parameter'],
    ['torch-trunc-normal(std=0.1,lower=3,upper=4)', 'initializers.bad_parameter'],
    ['torch-trunc-normal(std=0)', 'initializers.bad_parameter'],
    ['flux-identity(shift=0.5)', 'initializers.bad_parameter'],
    ['edge-of-chaos(activation=softplus)', 'initializers.no_critical_point'],
    ['edge-of-chaos(activation=relu,bias-variance=0.1)', 'initializers.no_critical_point'],
    ['edge-of-chaos(bias-variance=-1)', 'initializers.bad_parameter'],
    ['edge-of-chaos(activation=tanhh)', 'initializers.bad_parameter'],
    ['he-normal(bias=own)', 'initializers.bad_parameter'],
    ['kumar(activation=hard-swishh)', 'initializers.bad_parameter'],
    ['random-walk(activation=tanh)', 'initializers.bad_parameter'],
    ['mup(base=0)', 'initializers.bad_parameter'],
    ['siren(omega=0)', 'initializers.bad_parameter'],
    ['mimetic(heads=1.5)', 'initializers.bad_parameter'],
    ['he-normal(bias=same2)', 'initializers.bad_parameter'],
  ])('%s is refused', (text, code) => {
    let thrown: unknown;
    try {
      parseRule(text);
    } catch (error) {
      thrown = error;
    }
    expect(thrown).toMatchObject({ code });
    const { text: say } = thrown as { text: (language: 'en' | 'ko') => string };
    for (const language of ['en', 'ko'] as const) {
      expect(say.call(thrown, language)).not.toMatch(/undefined|\[object|\(으\)|\(이\)|\(을\)/);
    }
  });

  test('near names are listed', () => {
    expect(() => parseRule('xaveir')).toThrow(/xavier/);
    expect(() => parseRule('he-normal(slop=1)')).toThrow(/slope/);
  });
});

test('names and aliases are unique, and every rule has a formula', () => {
  const names = listRules().flatMap(({ name, aliases }) => [name, ...aliases]);
  expect(new Set(names).size).toBe(names.length);
  for (const { formula, source } of listRules()) expect([formula, source]).not.toContain('');
});
