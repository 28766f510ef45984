import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { encode } from 'fast-png';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { writeNpz } from '../../src/formats/npz.ts';
import { float32, tensor } from '../../src/tensor/tensor.ts';
import { runOutset, temporaryFolder } from './run-outset.ts';

const { folder, remove } = temporaryFolder('boltzmann-bad');
afterAll(remove);

const file = (name: string, content: string | Uint8Array): string => {
  const full = path.join(folder, name);
  writeFileSync(full, content);
  return full;
};
const x = (...values: number[]) => float32([values.length / 2, 2], values);
const out = path.join(folder, 'never');

interface Case {
  readonly name: string;
  readonly args: readonly string[];
  readonly code: 2 | 3;
  readonly english: RegExp;
}

const levels = file('levels.npz', writeNpz({ x: x(0, 255, 1, 0, 1, 1, 0, 0, 1, 0) }));
const nan = file('nan.npz', writeNpz({ x: x(0, 1, 1, Number.NaN, 1, 1, 0, 0, 1, 0) }));
const zeroWeight = file(
  'weight.npz',
  writeNpz({ x: x(0, 1, 1, 0, 1, 1, 0, 0), w: float32([4], [1, 0, 1, 1]) }),
);
const label = file(
  'label.npz',
  writeNpz({ x: x(0, 1, 1, 0, 1, 1, 0, 0), y: tensor('int32', [4], Int32Array.of(0, 1, -3, 1)) }),
);
const constant = file('constant.npz', writeNpz({ x: x(1, 0, 1, 0, 1, 0, 1, 0, 1, 0) }));
const good = file('good.npz', writeNpz({ x: x(0, 1, 1, 0, 1, 1, 0, 0, 1, 0) }));
const svm = file('counts.svmlight', '1 1:3 4:1\n0 2:1\n1 3:1\n0 1:1\n');
const categories = file('c.csv', 'red,s\nblue,m\nred,m\nblue,s\n');
const broken = file('broken.safetensors', 'not a model');
const other = file('other.safetensors', new Uint8Array([2, 0, 0, 0, 0, 0, 0, 0, 0x7b, 0x7d]));
mkdirSync(path.join(folder, 'images'));
for (const [name, width] of [
  ['a', 2],
  ['b', 3],
  ['c', 2],
] as const) {
  const bytes = encode({ width, height: 2, data: new Uint8Array(2 * width), channels: 1 });
  writeFileSync(path.join(folder, 'images', `${name}.png`), bytes);
}

const cases: readonly Case[] = [
  {
    name: 'values outside the range of the units',
    args: ['rbm', levels, '--visible', 'bernoulli'],
    code: 3,
    english: /row \d, column 1.*0 \.\.\. 1.*255/,
  },
  { name: 'NaN', args: ['rbm', nan], code: 3, english: /hold NaN/ },
  {
    name: 'a zero weight',
    args: ['rbm', zeroWeight],
    code: 3,
    english: /weight of training example \d.*above 0, got 0|weight of test example/,
  },
  {
    name: 'a label outside the range',
    args: ['pretrain', label, '--labels-at-top'],
    code: 3,
    english: /label of .*example 2.*-3/,
  },
  {
    name: 'nothing but constant columns',
    args: ['rbm', constant],
    code: 3,
    english: /outset: .*(?:constant|never change|same)/,
  },
  {
    name: 'fewer examples than a batch',
    args: ['rbm', good, '--batch', '100'],
    code: 3,
    english: /--batch 100: .*4 training examples/,
  },
  { name: 'counts in sparse data', args: ['rbm', svm], code: 3, english: /row \d, column 0.*3/ },
  {
    name: 'sparse data for Gaussian units',
    args: ['rbm', svm, '--visible', 'gaussian'],
    code: 2,
    english: /sparse.*--visible bernoulli/,
  },
  {
    name: 'categories for Bernoulli units',
    args: ['rbm', `${categories}(label=none, categories=yes, test=0.25)`, '--visible', 'bernoulli'],
    code: 2,
    english: /categories.*--visible potts/,
  },
  {
    name: 'images of two sizes',
    args: ['rbm', path.join(folder, 'images')],
    code: 3,
    english: /b\.png.*3x2.*a\.png.*2x2/,
  },
  {
    name: 'labels that are not there',
    args: ['pretrain', good, '--labels-at-top'],
    code: 3,
    english: /--labels-at-top: .*no classes/,
  },
  { name: 'no data', args: ['rbm'], code: 2, english: /DATA is missing.*outset rbm mnist/ },
  { name: 'unknown data', args: ['pretrain', 'mnits'], code: 2, english: /mnits.*mnist/ },
  { name: 'unknown method', args: ['rbm', good, '--method', 'pcb'], code: 2, english: /--method.*pcb.*pcd/ },
  {
    name: 'temperatures without tempering',
    args: ['rbm', good, '--temperatures', '5'],
    code: 2,
    english: /--temperatures.*--method pt/,
  },
  { name: 'hidden units', args: ['rbm', good, '--hidden', '0'], code: 2, english: /--hidden.*>= 1/ },
  {
    name: 'Potts units without a number of states',
    args: ['rbm', good, '--hidden-units', 'potts'],
    code: 2,
    english: /--hidden-units.*potts\(4\)/,
  },
  {
    name: 'a sparsity target',
    args: ['rbm', good, '--sparsity', '2'],
    code: 2,
    english: /--sparsity.*0 < target < 1/,
  },
  {
    name: 'epochs for another number of layers',
    args: ['pretrain', good, '--layers', '3,3', '--epochs', '1,2,3'],
    code: 2,
    english: /--epochs.*1,2,3/,
  },
  { name: 'layers', args: ['pretrain', good, '--layers', '3,,4'], code: 2, english: /--layers/ },
  {
    name: 'an absent model',
    args: ['sample', path.join(folder, 'absent.safetensors')],
    code: 3,
    english: /absent\.safetensors.*cannot be read/,
  },
  {
    name: 'a file that is no safetensors',
    args: ['finetune', broken, good],
    code: 3,
    english: /broken\.safetensors/,
  },
  {
    name: 'a safetensors file that is no model',
    args: ['sample', other],
    code: 3,
    english: /expected an RBM or deep belief net/,
  },
  {
    name: 'a picture of another kind',
    args: ['sample', other, '-o', 'x.gif'],
    code: 2,
    english: /-o.*\*\.png/,
  },
];

describe('bad input: what, where and what to do, in both languages, and nothing is written', () => {
  test.each(cases)(
    '$name',
    async ({ args, code, english }) => {
      const where = args[0] === 'sample' ? [] : ['--out', out];
      const run = await runOutset([...args, ...where], { cwd: folder });
      expect(run.stderr).toMatch(english);
      expect(run.stderr).not.toMatch(/\n\s+at |undefined|\[object/);
      expect(run.code).toBe(code);
      const korean = await runOutset(
        [...args, ...where.map((part) => (part === out ? `${out}-ko` : part)), '--lang', 'ko'],
        { cwd: folder },
      );
      expect(korean.stderr).toMatch(/outset: .*[가-힣]/);
      expect(korean.code).toBe(code);
      expect(existsSync(out)).toBe(false);
    },
    60_000,
  );
});

describe('models and data that do not belong together', () => {
  const model = path.join(folder, 'model.safetensors');
  beforeAll(async () => {
    const run = await runOutset([
      'rbm',
      'bars-and-stripes',
      '--epochs',
      '2',
      '--out',
      path.join(folder, 'run'),
      '-o',
      model,
    ]);
    expect(run.code).toBe(0);
  }, 60_000);

  test('another shape, and a class of a model without labels', async () => {
    const shape = await runOutset(['finetune', model, 'bars-and-stripes(side=4)', '--out', out]);
    expect(shape.stderr).toMatch(/shape \[1, 3, 3\].*\[1, 4, 4\]/);
    expect(shape.code).toBe(3);
    const digit = await runOutset(['sample', model, '--digit', '7', '-o', path.join(folder, 'd.png')]);
    expect(digit.stderr).toMatch(/no label unit/);
    expect(digit.code).toBe(2);
    expect(existsSync(path.join(folder, 'd.png'))).toBe(false);
  }, 60_000);

  test('a damaged model', async () => {
    const bytes = readFileSync(model);
    const cut = file('cut.safetensors', bytes.subarray(0, bytes.length - 10));
    expect((await runOutset(['sample', cut])).code).toBe(3);
  }, 60_000);
});
