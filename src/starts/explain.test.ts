import { describe, expect, test } from 'vitest';
import { languages } from '../messages/define.ts';
import { startGuides } from '../messages/labels/start-guide.ts';
import { startLabels } from '../messages/labels/starts.ts';
import { explainStart, explanationText, startListText } from './explain.ts';
import { listStarts } from './registry.ts';

describe.each(listStarts().map(({ name }) => name))('%s', (name) => {
  test('is explained in both languages', () => {
    const start = explainStart(name);
    expect(start.name).toBe(name);
    for (const sentence of [start.summary, start.assumptions, start.whenToUse, start.whenNot]) {
      expect(sentence.en({})).toMatch(/[a-z]/);
      expect(sentence.ko({})).toMatch(/[가-힣]/);
    }
    for (const language of languages) {
      expect(explanationText(start, language)).not.toMatch(/undefined|\[object/);
    }
  });

  test('names its source where there is one: who and when, or which function', () => {
    expect(explainStart(name).source).toMatch(/^-$|\d{4}|Keras|PyTorch|JAX|TensorFlow|timm|Flux|Flax|github/);
  });
});

test('no guide or label without a start', () => {
  const names = listStarts().map(({ name }) => name);
  expect(Object.keys(startGuides).filter((name) => !names.includes(name))).toEqual([]);
  expect(Object.keys(startLabels).filter((name) => !names.includes(name))).toEqual([]);
});

test.each(['xavier_uniform_', 'XavierUniform', 'glorotUniform', ' GLOROT_UNIFORM '])('%s', (text) => {
  expect(explainStart(text).name).toBe('glorot-uniform');
});

test('unknown names list the near ones', () => {
  expect(() => explainStart('he-norml')).toThrow(/he-normal/);
});

test('an explanation in full', () => {
  expect(explanationText(explainStart('he-normal'), 'en')).toBe(
    [
      'he-normal',
      '  Keeps the signal through ReLU layers; normal.',
      '  Also called: he, kaiming, msra, kaiming-normal',
      '  Formula: w ~ N(0, 2 / ((1 + slope²) fan))',
      '  Assumes: independent weights of mean 0, biases 0, a rectifier behind every layer',
      '  Keeps: variance of the signal, variance of the gradient',
      '  Use it: ReLU and leaky ReLU without normalization; mode=fanOut keeps the gradient instead where widths change.',
      '  Not: tanh or sigmoid (too large), residual sums without normalization (variance doubles in every block), narrow networks that are very deep (variance of the length grows as sum 5 / width).',
      '  Parameters: slope=0, mode=fanIn, bias=0',
      '  Source: He et al. 2015, eq. 10, 14 and 15',
    ].join('\n'),
  );
});

test.each(languages)('the list has a line for every start (%s)', (language) => {
  const lines = startListText(language).split('\n');
  for (const { name } of listStarts()) {
    expect(lines.filter((line) => line.startsWith(`  ${name} `))).toHaveLength(1);
  }
});
