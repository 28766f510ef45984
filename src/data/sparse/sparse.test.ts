import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { writeNpz } from '../../formats/npz.ts';
import { OutsetError } from '../../messages/error.ts';
import { openStream } from '../../random/index.ts';
import { type Tensor, tensor } from '../../tensor/tensor.ts';
import { isSparseNpz, readSparseNpz } from './csr-npz.ts';
import { denseDataset, type SparseExamples, sparseDataset } from './sparse-dataset.ts';
import { denseRows } from './sparse-matrix.ts';
import { readSvmlight } from './svmlight.ts';

// Written by test/peers/data_files.py (scipy 1.10, scikit-learn 1.2).
const { sparse }: { sparse: Record<string, string> & { dense: number[][]; reversed: number[][] } } =
  JSON.parse(readFileSync(new URL('../../../test/fixtures/data-files.json', import.meta.url), 'utf8'));
const bytesOf = (name: string) => new Uint8Array(Buffer.from(sparse[name], 'base64'));
const stream = openStream('threefry', 3);
const codeOf = (run: () => unknown): string => {
  try {
    run();
  } catch (error) {
    if (error instanceof OutsetError) return error.code;
    throw error;
  }
  return 'no issue';
};

describe('readSparseNpz', () => {
  test.each(['csr', 'csr stored', 'csr int64'])('%s, as scipy.sparse.save_npz wrote it', (name) => {
    const bytes = bytesOf(name);
    expect(isSparseNpz(bytes, 'a.npz')).toBe(true);
    const { matrix, classes } = readSparseNpz(bytes, 'a.npz');
    expect([matrix.rows, matrix.columns, classes]).toEqual([6, 9, []]);
    expect([...denseRows(matrix)]).toEqual(sparse.dense.flat());
    expect(
      codeOf(() =>
        sparseDataset({ matrix, labels: new Int32Array(0), classes }, stream, { name: 'a', where: 'a' }),
      ),
    ).toBe('no issue');
  });

  test('columns in any order are sorted', () => {
    const { matrix } = readSparseNpz(bytesOf('csr reversed'), 'a.npz');
    expect([...denseRows(matrix)]).toEqual(sparse.reversed.flat());
    for (let row = 0; row < matrix.rows; row++) {
      const list = [...matrix.indices.subarray(matrix.offsets[row], matrix.offsets[row + 1])];
      expect(list).toEqual([...list].sort((a, b) => a - b));
    }
  });

  test('other forms say what to do', () => {
    expect(codeOf(() => readSparseNpz(bytesOf('csc'), 'a.npz'))).toBe('data.sparse_format');
  });

  const csr = (parts: Partial<Record<'data' | 'indices' | 'indptr' | 'shape' | 'y', Tensor>>) =>
    writeNpz({
      data: tensor('float32', [3], Float32Array.of(1, 2, 3)),
      indices: tensor('int32', [3], Int32Array.of(0, 2, 1)),
      indptr: tensor('int32', [3], Int32Array.of(0, 2, 3)),
      shape: tensor('int64', [2], BigInt64Array.of(2n, 3n)),
      ...parts,
    });
  const open = (bytes: Uint8Array) =>
    sparseDataset(readSparseNpz(bytes, 'a.npz'), stream, { name: 'a', where: 'a.npz', testFraction: 0.5 });
  const ints = (...values: number[]) => tensor('int32', [values.length], Int32Array.from(values));

  test('y gives the classes; uint8 are levels', () => {
    const { task, train, test: held } = open(csr({ y: ints(1, 0) }));
    expect(task).toEqual({ kind: 'classification', classes: ['0', '1'] });
    expect([...train.labels, ...held.labels].sort()).toEqual([0, 1]);
    const levels = tensor('uint8', [3], Uint8Array.of(255, 0, 51));
    const { matrix } = readSparseNpz(csr({ data: levels }), 'a.npz');
    expect([...matrix.values]).toEqual([1, Math.fround(0.2)]);
  });

  test.each<[string, Parameters<typeof csr>[0], string]>([
    ['a column beyond the shape', { indices: ints(0, 3, 1) }, 'data.sparse_matrix'],
    ['a column twice', { indices: ints(2, 2, 1) }, 'data.sparse_matrix'],
    ['a negative column', { indices: ints(0, -1, 1) }, 'data.sparse_matrix'],
    ['offsets that fall', { indptr: ints(0, 4, 3) }, 'data.sparse_matrix'],
    ['offsets for other rows', { indptr: ints(0, 2, 2, 3) }, 'data.sparse_matrix'],
    ['offsets that end early', { indptr: ints(0, 1, 2) }, 'data.sparse_matrix'],
    ['fewer values', { data: tensor('float32', [2], Float32Array.of(1, 2)) }, 'data.sparse_matrix'],
    ['NaN', { data: tensor('float32', [3], Float32Array.of(1, Number.NaN, 3)) }, 'data.sparse_matrix'],
    ['three axes', { shape: tensor('int64', [3], BigInt64Array.of(2n, 3n, 1n)) }, 'data.sparse_matrix'],
    ['no columns', { shape: tensor('int64', [2], BigInt64Array.of(2n, 0n)) }, 'data.sparse_matrix'],
    ['labels of other examples', { y: ints(0, 1, 0) }, 'data.count_mismatch'],
    ['a negative label', { y: ints(0, -1) }, 'data.label_range'],
  ])('refuses %s', (_name, parts, code) => {
    expect(codeOf(() => open(csr(parts)))).toBe(code);
  });
});

describe('readSvmlight', () => {
  const read = (text: string) => readSvmlight(new TextEncoder().encode(text), { where: 'a.svm' });

  test('what scikit-learn dumps, counted from 1 and from 0', () => {
    for (const [name, firstColumn] of [
      ['svmlight', 1],
      ['svmlight from 0', 0],
    ] as const) {
      const { matrix, labels, classes } = readSvmlight(bytesOf(name), { firstColumn });
      // Columns at the end that are never named do not exist in this format.
      const dense = denseRows(matrix);
      for (let row = 0; row < 6; row++) {
        for (let column = 0; column < 9; column++) {
          const got = column < matrix.columns ? dense[row * matrix.columns + column] : 0;
          expect(got).toBe(sparse.dense[row][column]);
        }
      }
      expect(classes).toEqual(['-1', '0', '1']);
      expect([...labels]).toEqual([0, 1, 2, 0, 1, 2]);
    }
  });

  test('comments, qid, plain index lists, names as labels', () => {
    const { matrix, classes, labels } = read('# head\ncat qid:3 1:0.5 4:2 # note\n\ndog 2 3\n');
    expect([...denseRows(matrix)]).toEqual([0.5, 0, 0, 2, 0, 1, 1, 0]);
    expect([classes, [...labels]]).toEqual([
      ['cat', 'dog'],
      [0, 1],
    ]);
  });

  test('quantities as labels make an unlabelled set', () => {
    expect(read('0.5 1:1\n1.25 2:1\n').classes).toEqual([]);
  });

  test.each([
    ['falling indices', '1 2:1 1:1\n0 1:1\n', 'data.svmlight_line'],
    ['an index twice', '1 2:1 2:1\n0 1:1\n', 'data.svmlight_line'],
    ['a word as value', '1 2:x\n0 1:1\n', 'data.svmlight_line'],
    ['NaN', '1 2:nan\n0 1:1\n', 'data.svmlight_line'],
    ['no label', '1:1 2:1\n0 1:1\n', 'data.svmlight_line'],
    ['a huge index', '1 99999999999:1\n0 1:1\n', 'data.svmlight_line'],
    ['one line', '1 1:1\n', 'data.csv_empty'],
    ['nothing', '', 'data.csv_empty'],
  ])('refuses %s', (_name, text, code) => {
    expect(codeOf(() => read(text))).toBe(code);
  });
});

test('denseDataset writes the zeros out, or says that it cannot', () => {
  const examples: SparseExamples = readSparseNpz(bytesOf('csr'), 'a.npz');
  const set = denseDataset(sparseDataset(examples, stream, { name: 'a', where: 'a.npz' }));
  expect([set.train.count, set.test.count, set.exampleDims]).toEqual([5, 1, [9]]);
  const wide = sparseDataset({ ...examples, matrix: { ...examples.matrix, columns: 2 ** 30 } }, stream, {
    name: 'a',
    where: 'a.npz',
  });
  expect(codeOf(() => denseDataset(wide))).toBe('data.too_many_numbers');
});
