/** Which parameter gets which rule, and what the values are then. */
import { describe, expect, test } from 'vitest';
import { forwardGain } from '../../src/initializers/index.ts';
import {
  applyArchitectureMap,
  architectureByNames,
  drawByRules,
  drawLike,
  parseArchitectureMap,
  parseRuleChoice,
  planByRules,
  toJaxArrays,
  toPlainArrays,
  weightDialect,
} from '../../src/models/index.ts';
import { openStream, threefry } from '../../src/random/index.ts';

const tensor = (
  name: string,
  dims: number[],
  type: 'float32' | 'float16' | 'bfloat16' | 'int64' = 'float32',
) => ({ name, type, dims });
const architecture = architectureByNames(
  [
    tensor('conv.weight', [8, 3, 3, 3]),
    tensor('conv.bias', [8]),
    tensor('bn.weight', [8]),
    tensor('bn.bias', [8]),
    tensor('bn.running_mean', [8]),
    tensor('bn.running_var', [8]),
    tensor('bn.num_batches_tracked', [], 'int64'),
    tensor('fc.weight', [64, 128]),
    tensor('fc.bias', [64]),
  ],
  true,
);
const plan = (...texts: string[]) => planByRules(architecture, texts.map(parseRuleChoice));
const rules = (...texts: string[]) =>
  Object.fromEntries(plan(...texts).map(({ parameter, rule }) => [parameter.name, rule]));

describe('choices', () => {
  test('a rule, or a rule for names', () => {
    expect(parseRuleChoice('he-normal(slope=0.2)')).toEqual({ rule: 'he-normal(slope=0.2)' });
    expect(parseRuleChoice('conv*=orthogonal(gain=1.4)')).toEqual({
      pattern: 'conv*',
      rule: 'orthogonal(gain=1.4)',
    });
  });

  test('one rule for all: by role, statistics at their start', () => {
    expect(rules('he-normal')).toEqual({
      'conv.weight': 'he-normal',
      'conv.bias': 'he-normal: bias',
      'bn.weight': 'ones',
      'bn.bias': 'zeros',
      'bn.running_mean': 'constant(0)',
      'bn.running_var': 'constant(1)',
      'bn.num_batches_tracked': 'constant(0)',
      'fc.weight': 'he-normal',
      'fc.bias': 'he-normal: bias',
    });
  });

  test('the last match wins; without a rule for all the others keep their values', () => {
    const found = rules('fc*=orthogonal', 'fc.bias=constant(0.5)', '*.weight=lecun-normal');
    expect(found).toMatchObject({ 'fc.weight': 'lecun-normal', 'bn.weight': 'ones', 'conv.bias': 'keep' });
    expect(found['fc.bias']).toBe('constant(value=0.5)');
    expect(rules('he-normal', 'fc*=keep')).toMatchObject({ 'fc.weight': 'keep', 'conv.weight': 'he-normal' });
  });

  test('a pattern that takes in statistics by the way leaves them at their start', () => {
    expect(rules('bn*=normal')).toMatchObject({ 'bn.weight': 'normal', 'bn.running_var': 'constant(1)' });
    expect(rules('*running_var=constant(2)')).toMatchObject({ 'bn.running_var': 'constant(value=2)' });
  });

  test('names that match nothing, and rules that do not exist', () => {
    expect(() => plan('fd.weight=zeros')).toThrow(expect.objectContaining({ code: 'models.rule_no_match' }));
    expect(() => plan('he-norm')).toThrow(expect.objectContaining({ code: 'initializers.unknown_rule' }));
  });

  test('an activation sets the gain of rules that take one', () => {
    const withActivation = (text: string, activation: string) =>
      planByRules(architecture, [{ rule: text }], activation)[0].rule;
    expect(withActivation('orthogonal', 'gelu')).toBe(`orthogonal(gain=${forwardGain('gelu')})`);
    expect(withActivation('orthogonal(gain=2)', 'gelu')).toBe('orthogonal(gain=2)');
    expect(withActivation('orthogonal(2)', 'gelu')).toBe('orthogonal(gain=2)');
    expect(withActivation('he-normal', 'relu')).toBe('he-normal');
    expect(withActivation('he-normal', 'linear')).toBe('he-normal(slope=1)');
    expect(withActivation('zeros', 'tanh')).toBe('zeros');
    expect(() => withActivation('he-normal', 'tanh')).toThrow(
      expect.objectContaining({ code: 'models.rule_no_gain' }),
    );
    expect(() => withActivation('orthogonal', 'rule')).toThrow(
      expect.objectContaining({ code: 'initializers.unknown_activation' }),
    );
  });
});

describe('values', () => {
  test('depend on seed and name, not on what else is drawn', () => {
    const all = new Map(drawByRules(plan('he-normal'), threefry(1)));
    const one = new Map(drawByRules(plan('fc.weight=he-normal'), threefry(1)));
    expect([...one.keys()]).toEqual(['fc.weight']);
    expect(one.get('fc.weight')).toEqual(all.get('fc.weight'));
    expect(new Map(drawByRules(plan('he-normal'), threefry(2))).get('fc.weight')).not.toEqual(
      all.get('fc.weight'),
    );
  });

  test('have the standard deviation of the rule', () => {
    const arrays = toPlainArrays(architecture, drawByRules(plan('he-normal'), threefry(1)));
    expect(arrays.has('bn.num_batches_tracked')).toBe(false);
    const { data, shape } = arrays.get('fc.weight')!;
    expect(shape).toEqual([64, 128]);
    const mean = (data as Float32Array).reduce((sum, value) => sum + value * value, 0) / data.length;
    expect(Math.abs(mean / (2 / 128) - 1)).toBeLessThan(5 * Math.sqrt(2 / data.length));
    expect([...arrays.get('bn.running_var')!.data]).toEqual(new Array(8).fill(1));
    const np = { array: (values: Float32Array, options: object) => ({ values, ...options }) };
    expect(toJaxArrays(np, arrays).get('fc.weight')).toMatchObject({ shape: [64, 128], dtype: 'float32' });
  });

  test('in half precision: rounded, and refused where they do not fit', () => {
    for (const type of ['float16', 'bfloat16'] as const) {
      const half = architectureByNames(
        [tensor('fc.weight', [4, 4], type), tensor('fc.bias', [4], type)],
        true,
      );
      const draw = (rule: string) => [...drawByRules(planByRules(half, [{ rule }]), threefry(0))];
      expect(draw('he-normal')[0][1]).toHaveLength(32);
      if (type === 'float16') {
        expect(() => draw('constant(70000)')).toThrow(expect.objectContaining({ code: 'models.not_finite' }));
      }
    }
  });

  test('of a sequential stream follow the order of the layers', () => {
    const numpy = (order: string[]) => {
      const mapped = applyArchitectureMap(architecture, parseArchitectureMap({ order }));
      const choices = [{ rule: 'normal' }];
      return new Map(drawByRules(planByRules(mapped, choices), openStream('numpy-legacy', 0)));
    };
    expect(numpy(['conv']).get('fc.weight')).not.toEqual(numpy(['fc']).get('fc.weight'));
  });
});

describe('maps', () => {
  const bare = architectureByNames([tensor('W1', [4, 3]), tensor('b1', [3]), tensor('E', [9, 2])], true);
  const mapped = (map: object) => applyArchitectureMap(bare, parseArchitectureMap(map));

  test('say what names do not', () => {
    const { layers, unknown, kept } = mapped({
      parameters: { W1: { axes: ['in', 'out'] }, b1: { role: 'bias' }, E: { kind: 'embedding' } },
      activations: { 'W*': 'tanh' },
    });
    expect([unknown, kept]).toEqual([[], []]);
    const found = layers.map(({ name, kind, activation, parameters: [{ shape }] }) => [
      name,
      kind,
      activation,
      shape.fanIn,
    ]);
    expect(found).toEqual([
      ['W1', 'dense', 'tanh', 4],
      ['E', 'embedding', undefined, 1],
      ['b1', 'norm', undefined, 0],
    ]);
  });

  test('a weight without a known layout stops a rule, not what is kept', () => {
    expect(() => planByRules(bare, [{ rule: 'he-normal' }])).toThrow(
      expect.objectContaining({ code: 'models.unknown_layout' }),
    );
    expect(planByRules(bare, [{ rule: 'he-normal' }, { pattern: '*', rule: 'keep' }])).toEqual([]);
  });

  test.each([
    [{ parameters: { nothing: {} } }, 'models.map_no_match'],
    [{ parameters: { W1: { axes: ['in', 'in'] } } }, 'models.map_axes'],
    [{ parameters: { W1: { axes: ['in'] } } }, 'models.map_axes'],
    [{ parameters: { W1: { axes: ['in', 'out'], groups: 2 } } }, 'models.map_axes'],
    [{ parameters: { W1: { axis: [] } } }, 'models.map'],
    [{ parameters: { W1: { groups: 0 } } }, 'models.map'],
    [{ parameters: [] }, 'models.map'],
    [{ order: 'a' }, 'models.map'],
    [{ activations: { a: 'rule' } }, 'models.map'],
    [null, 'models.map'],
  ])('%j is refused', (map, code) => {
    expect(() => mapped(map as object)).toThrow(expect.objectContaining({ code }));
  });
});

describe('weight dialects', () => {
  test('unknown names are refused with the near ones', async () => {
    await expect(weightDialect('toch')).rejects.toMatchObject({
      code: 'models.no_dialect',
      details: { near: ['torch'] },
    });
  });

  test('a layer whose start is not known stops the draw', async () => {
    const dialect = await weightDialect('torch');
    const positions = architectureByNames([tensor('pos_embed', [1, 7, 4])], true);
    expect(() => [...drawLike(dialect, positions, 0)]).toThrow(
      expect.objectContaining({ code: 'models.dialect_layer' }),
    );
  });

  test('a layer in another framework’s layout gets the same numbers, moved', async () => {
    const dialect = await weightDialect('torch');
    const draw = (name: string, dims: number[]) => {
      const found = architectureByNames([tensor(name, dims), tensor('fc.bias', [2])], true);
      return toPlainArrays(found, drawLike(dialect, found, 7)).get(name)!.data;
    };
    const outIn = draw('fc.weight', [2, 3]);
    const inOut = draw('fc.kernel', [3, 2]);
    expect([...inOut]).toEqual([0, 3, 1, 4, 2, 5].map((at) => outIn[at]));
  });
});
