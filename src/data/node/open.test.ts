import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { encode } from 'fast-png';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { OutsetError } from '../../messages/error.ts';
import { parseDataSpec } from '../spec.ts';
import { openDataset, openSparseDataset } from './open.ts';

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'outset-data-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const issueOf = async (spec: string): Promise<OutsetError> => {
  const error = await openDataset(spec).catch((reason: unknown) => reason);
  if (error instanceof OutsetError) return error;
  throw error instanceof Error ? error : new Error(`${spec} was opened`);
};
const write = (name: string, content: string | Uint8Array): string => {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
};

describe('MNIST', () => {
  test('the real thing, with the known number of each digit', async () => {
    const { train, test: held, exampleDims, task, digest, description } = await openDataset('mnist');
    expect([train.count, held.count, exampleDims]).toEqual([60_000, 10_000, [1, 28, 28]]);
    const counts = (labels: Int32Array) => {
      const of = new Array<number>(10).fill(0);
      for (const label of labels) of[label]++;
      return of;
    };
    expect(counts(train.labels)).toEqual([5923, 6742, 5958, 6131, 5842, 5421, 5918, 6265, 5851, 5949]);
    expect(counts(held.labels)).toEqual([980, 1135, 1032, 1010, 982, 892, 958, 1028, 974, 1009]);
    // The mean and standard deviation that everybody normalizes with.
    let sum = 0;
    let squares = 0;
    for (const value of train.features) {
      sum += value;
      squares += value * value;
    }
    const mean = sum / train.features.length;
    expect(mean).toBeCloseTo(0.1307, 4);
    expect(Math.sqrt(squares / train.features.length - mean * mean)).toBeCloseTo(0.3081, 4);
    expect(task.kind === 'classification' && task.classes).toEqual([
      '0',
      '1',
      '2',
      '3',
      '4',
      '5',
      '6',
      '7',
      '8',
      '9',
    ]);
    expect(digest).toMatch(/^[0-9a-f]{16}$/);
    expect(description).toContain('60000 + 10000');
  });
});

describe('Fashion-MNIST', () => {
  const installed = existsSync('/usr/share/datasets/fashion-mnist/train-images-idx3-ubyte.gz');

  test.skipIf(!installed)('from the packed files of Debian', async () => {
    const { train, test: held, task } = await openDataset('fashion-mnist');
    expect([train.count, held.count]).toEqual([60_000, 10_000]);
    for (let label = 0; label < 10; label++) {
      expect(train.labels.filter((one) => one === label).length).toBe(6000);
    }
    expect(task.kind === 'classification' && task.classes[9]).toBe('Ankle boot');
  });

  test('not there: both ways to get it', async () => {
    process.env.OUTSET_FASHION_MNIST = join(folder, 'nowhere');
    const issue = await issueOf('fashion-mnist').finally(() => {
      delete process.env.OUTSET_FASHION_MNIST;
    });
    expect(issue.code).toBe('data.fashion_mnist_absent');
    expect(issue.message).toContain('apt install dataset-fashion-mnist');
    expect(issue.message).toContain('OUTSET_FASHION_MNIST');
  });
});

describe('names and parameters', () => {
  test('specs', () => {
    expect(parseDataSpec(' spirals( arms = 3 , noise=0.2 ) ')).toEqual({
      name: 'spirals',
      parameters: new Map([
        ['arms', '3'],
        ['noise', '0.2'],
      ]),
    });
    expect(parseDataSpec('a(1)/b.csv(separator=",", label=x)').parameters.get('separator')).toBe(',');
    for (const bad of ['', '(a=1)', 'xor(1)', 'xor(a=)', 'xor(a=1,a=2)', 'xor(a=1,)', 'xor)']) {
      expect(() => parseDataSpec(bad), bad).toThrow(expect.objectContaining({ code: 'data.bad_spec' }));
    }
  });

  test('unknown names and parameters say the nearest', async () => {
    expect(await issueOf('minst')).toMatchObject({ code: 'data.unknown', details: { near: ['mnist'] } });
    expect(await issueOf('spiral')).toMatchObject({ code: 'data.unknown', details: { near: ['spirals'] } });
    expect((await issueOf('constructor')).code).toBe('data.unknown');
    expect(await issueOf('spirals(arm=3)')).toMatchObject({
      code: 'data.unknown_parameter',
      details: { near: ['arms'] },
    });
    expect((await issueOf('mnist(count=3)')).code).toBe('data.unknown_parameter');
    expect((await issueOf('spirals(arms=three)')).code).toBe('data.bad_parameter');
    expect((await issueOf('x.npz(layout=nhwc)')).code).toBe('data.bad_parameter');
  });

  test('synthetic sets, their seeds, rescaling', async () => {
    const spirals = await openDataset('spirals(arms=5, noise=0.1, count=50)');
    expect([
      spirals.train.count,
      spirals.task.kind === 'classification' && spirals.task.classes.length,
    ]).toEqual([50, 5]);
    const digest = async (spec: string, seed?: number) => (await openDataset(spec, { seed })).digest;
    expect(await digest('spirals', 3)).toBe(await digest('spirals(seed=3)'));
    expect(await digest('spirals', 3)).not.toBe(await digest('spirals'));
    expect((await openDataset('xor', { language: 'ko' })).description).toContain('꼭짓점');
    const { train } = await openDataset('xor', { preprocessing: 'standardize' });
    expect([...train.features]).toEqual([-1, -1, -1, 1, 1, -1, 1, 1]);
  });
});

describe('files', () => {
  test('csv and tsv', async () => {
    const csv = write('flowers.csv', `size,kind,weight\n${'1,a,2\n3,b,4\n'.repeat(5)}`);
    const { exampleDims, task, name } = await openDataset(`${csv}(label=kind, test=0.3)`);
    expect([exampleDims, task, name]).toEqual([
      [2],
      { kind: 'classification', classes: ['a', 'b'] },
      'flowers.csv',
    ]);
    const tsv = write('a.tsv', '1\t0\n2\t1\n3\t1\n4\t0\n');
    expect((await openDataset(tsv)).exampleDims).toEqual([1]);
    expect((await openDataset(write('odd(1).csv', '1,0\n2,1\n3,1\n4,0\n'))).name).toBe('odd(1).csv');
    const broken = await issueOf(write('broken.csv', 'a,b\n1,x\n,y\n'));
    expect(broken.message).toContain('broken.csv: line 3, column 1 (a): the cell is empty');
    expect(await issueOf(join(folder, 'none.csv'))).toMatchObject({
      code: 'data.file_unreadable',
      details: { reason: 'ENOENT' },
    });
    mkdirSync(join(folder, 'folder.csv'));
    expect((await issueOf(join(folder, 'folder.csv'))).details).toMatchObject({ reason: 'EISDIR' });
  });

  test('npz', async () => {
    const fixtures = JSON.parse(
      readFileSync(new URL('../../../test/fixtures/format-files.json', import.meta.url), 'utf8'),
    );
    const bytes = Buffer.from(fixtures.npz['keras compressed'], 'base64');
    expect((await openDataset(write('k.npz', bytes))).exampleDims).toEqual([1, 4, 3]);
    const cut = await issueOf(write('cut.npz', bytes.subarray(0, 100)));
    expect(cut).toMatchObject({ code: 'formats.truncated', details: { where: join(folder, 'cut.npz') } });
  });

  test('IDX: a folder, a beginning of names, packed, cut, swapped', async () => {
    const images = (count: number) =>
      Uint8Array.of(0, 0, 8, 3, 0, 0, 0, count, 0, 0, 0, 2, 0, 0, 0, 1, ...new Array(2 * count).fill(51));
    const labels = (count: number) =>
      Uint8Array.of(0, 0, 8, 1, 0, 0, 0, count, ...Array.from({ length: count }, (_, i) => i % 2));
    mkdirSync(join(folder, 'idx'));
    write('idx/train-images-idx3-ubyte.gz', gzipSync(images(4)));
    write('idx/train-labels-idx1-ubyte', labels(4));
    write('idx/t10k-images-idx3-ubyte', images(2));
    expect(await issueOf(join(folder, 'idx'))).toMatchObject({
      code: 'data.idx_files_absent',
      details: { missing: 't10k-labels-idx1-ubyte' },
    });
    write('idx/t10k-labels-idx1-ubyte', labels(2));
    const { train, exampleDims } = await openDataset(join(folder, 'idx'));
    expect([exampleDims, train.features[0], [...train.labels]]).toEqual([
      [1, 2, 1],
      Math.fround(0.2),
      [0, 1, 0, 1],
    ]);
    for (const file of ['train-images-idx3-ubyte', 't10k-images-idx3-ubyte'])
      write(`idx/my-${file}`, images(4));
    for (const file of ['train-labels-idx1-ubyte', 't10k-labels-idx1-ubyte'])
      write(`idx/my-${file}`, labels(4));
    expect((await openDataset(join(folder, 'idx/my'))).test.count).toBe(4);
    write('idx/my-train-images-idx3-ubyte', images(4).subarray(0, 20));
    expect(await issueOf(join(folder, 'idx/my'))).toMatchObject({ details: { expected: 24, got: 20 } });
    write('idx/my-train-images-idx3-ubyte', labels(4));
    expect((await issueOf(join(folder, 'idx/my'))).code).toBe('data.idx_shape');
    write('idx/train-images-idx3-ubyte.gz', gzipSync(Buffer.concat([images(4), Buffer.alloc(1e7)])));
    expect((await issueOf(join(folder, 'idx'))).message).toContain('more than its header describes');
    expect((await issueOf(folder)).code).toBe('data.no_images');
  });
});

describe('images, sparse files, bars and stripes', () => {
  const picture = (level: number, width = 3) =>
    new Uint8Array(encode({ width, height: 2, data: new Uint8Array(2 * width).fill(level), channels: 1 }));

  test('a folder of class folders, a folder of images, a list', async () => {
    for (const kind of ['dark', 'light']) {
      mkdirSync(join(folder, 'shades', kind), { recursive: true });
      for (let i = 0; i < 3; i++) write(`shades/${kind}/${i}.png`, picture(kind === 'dark' ? i : 255 - i));
    }
    write('shades/readme.md', 'not an image');
    const shades = await openDataset(join(folder, 'shades'));
    expect(shades.task).toEqual({ kind: 'classification', classes: ['dark', 'light'] });
    expect([shades.train.count, shades.test.count, shades.exampleDims]).toEqual([5, 1, [1, 2, 3]]);
    for (const { count, features, labels } of [shades.train, shades.test]) {
      for (let i = 0; i < count; i++) expect(features[6 * i] > 0.5).toBe(labels[i] === 1);
    }
    const plain = await openDataset(`${join(folder, 'shades', 'dark')}(color=rgb, test=0.4)`);
    expect([plain.task, plain.exampleDims, plain.test.count]).toEqual([{ kind: 'unlabelled' }, [3, 2, 3], 1]);
    const list = write('list.txt', '# mine\nshades/dark/0.png\tnight\nshades/light/0.png\tday\n');
    expect((await openDataset(`${list}(test=0.5)`)).task).toEqual({
      kind: 'classification',
      classes: ['day', 'night'],
    });
    expect((await issueOf(write('bad.txt', 'shades/dark/0.png\tnight\nshades/light/0.png\n'))).code).toBe(
      'data.image_list',
    );
    expect((await issueOf(write('absent.txt', 'nowhere.png\nshades/light/0.png\n'))).code).toBe(
      'data.file_unreadable',
    );
    write('shades/loose.png', picture(1));
    expect((await issueOf(join(folder, 'shades'))).code).toBe('data.mixed_images');
    write('shades/dark/wide.png', picture(1, 4));
    expect((await issueOf(join(folder, 'shades', 'dark'))).code).toBe('data.image_size');
  });

  test('sparse files, kept sparse or written out', async () => {
    const { sparse } = JSON.parse(
      readFileSync(new URL('../../../test/fixtures/data-files.json', import.meta.url), 'utf8'),
    );
    const npz = write('m.npz', Buffer.from(sparse.csr, 'base64'));
    const svm = write('m.svmlight', Buffer.from(sparse.svmlight, 'base64'));
    expect((await openDataset(npz)).exampleDims).toEqual([9]);
    expect((await openSparseDataset(npz))?.train.matrix.rows).toBe(5);
    expect((await openSparseDataset(`${svm}(first=0)`))?.task.kind).toBe('classification');
    expect(await openSparseDataset('mnist')).toBeUndefined();
    expect((await issueOf(`${svm}(first=2)`)).code).toBe('data.bad_parameter');
  });

  test('all bars and stripes, each once', async () => {
    const { train, test: held } = await openDataset('bars-and-stripes');
    expect([train.count, held.count]).toEqual([14, 14]);
    const seen = new Set(
      Array.from({ length: 14 }, (_, i) => train.features.subarray(9 * i, 9 * i + 9).join('')),
    );
    expect(seen.size).toBe(14);
    expect(seen.has('111000111')).toBe(true);
    expect(seen.has('101101101')).toBe(true);
    expect((await issueOf('bars-and-stripes(side=30)')).code).toBe('data.bad_parameter');
  });

  test('the first examples of MNIST', async () => {
    const { train, test: held } = await openDataset('mnist(train=20, test=5)');
    expect([train.count, held.count]).toEqual([20, 5]);
    expect([...train.labels.subarray(0, 5)]).toEqual([5, 0, 4, 1, 9]);
    expect((await issueOf('mnist(train=0)')).code).toBe('data.bad_parameter');
  });
});
