import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { OutsetError } from '../messages/error.ts';
import { openStream } from '../random/index.ts';
import { cellNumber } from './cell-number.ts';
import { type CsvOptions, parseCsv } from './csv.ts';
import { csvDataset, type TableOptions } from './table-dataset.ts';

const encode = (text: string) => new TextEncoder().encode(text);
const parse = (text: string, options?: CsvOptions) => parseCsv(encode(text), { where: 'a.csv', ...options });
const dataset = (text: string, options?: TableOptions) =>
  csvDataset(encode(text), openStream('threefry', 0), { where: 'a.csv', ...options });
function issueOf(text: string, options?: CsvOptions): { code: string; details: unknown } {
  try {
    parse(text, options);
  } catch (error) {
    if (error instanceof OutsetError) return { code: error.code, details: error.details };
    throw error;
  }
  throw new Error('it was read');
}

describe('parseCsv', () => {
  test('with and without a header', () => {
    const { features, labels, width } = parse('a,b,kind\n1,2,x\n3,4.5,y\n');
    expect([width, [...features], labels]).toEqual([2, [1, 2, 3, 4.5], ['x', 'y']]);
    expect(parse('1,2,x\n3,4,y').features).toEqual(Float32Array.of(1, 2, 3, 4));
    expect(parse('1,2,3\n3,4,5\n6,7,8', { header: true }).rows).toBe(2);
  });

  test('the label column by name and by number', () => {
    expect(parse('kind,a,b\nx,1,2\ny,3,4', { label: 'kind' }).labels).toEqual(['x', 'y']);
    expect(parse('kind,a,b\nx,1,2\ny,3,4', { label: '1' }).features).toEqual(Float32Array.of(1, 2, 3, 4));
    expect(issueOf('kind,a\nx,1\ny,2', { label: 'knid' })).toEqual({
      code: 'data.csv_label',
      details: { where: 'a.csv', got: 'knid', near: ['kind'], columns: 2 },
    });
  });

  test('tabs, semicolons, Windows line ends, byte order mark, empty lines, spaces', () => {
    const expected = Float32Array.of(1, 2);
    for (const text of [
      '1\tx\n2\ty',
      '1;x\r\n2;y\r\n',
      '\ufeff1,x\n\n2,y\n\n',
      ' 1 , x \n 2 , y ',
      '1,x\r2,y\r',
    ]) {
      const table = parse(text);
      expect(table.features).toEqual(expected);
      expect(table.labels).toEqual(['x', 'y']);
    }
  });

  test('quotes: separators, doubled quotes and line breaks inside', () => {
    const { labels, features } = parse('v,name\n"1","a, ""b"""\n2,"two\nlines"\n');
    expect(labels).toEqual(['a, "b"', 'two\nlines']);
    expect(features).toEqual(Float32Array.of(1, 2));
    expect(issueOf('v,name\n1,"open\n2,b\n').code).toBe('data.csv_quote');
    expect(issueOf('v,name\n1,"a"b\n2,b\n')).toMatchObject({ code: 'data.csv_quote', details: { line: 2 } });
  });

  test('a missing or non-numeric cell: line and column', () => {
    const cell = { where: 'a.csv', name: 'b', column: 2 };
    expect(issueOf('a,b,k\n1,2,x\n3,,y\n')).toEqual({
      code: 'data.csv_cell',
      details: { ...cell, line: 3, got: '', problem: 'missing' },
    });
    expect(issueOf('a,b,k\n\n1,two,x\n')).toEqual({
      code: 'data.csv_cell',
      details: { ...cell, line: 3, got: 'two', problem: 'not_numeric' },
    });
    // A quoted line break moves the line numbers behind it.
    expect(issueOf('a,b,k\n1,2,"x\ny\nz"\n3,?,w\n')).toMatchObject({ details: { line: 5, got: '?' } });
    expect(issueOf('a,b,k\n1,2,\n3,4,y')).toMatchObject({
      details: { line: 2, column: 3, name: 'k', problem: 'missing' },
    });
    const error = new OutsetError('data.csv_cell', { ...cell, line: 3, got: '', problem: 'missing' });
    expect(error.message).toContain('a.csv: line 3, column 2 (b): the cell is empty');
    expect(error.text('ko')).toContain('a.csv: 3행 2열(b): 칸이 비어 있습니다');
  });

  test('ragged lines, too little, wrong encoding', () => {
    expect(issueOf('1,2,x\n1,2\n')).toMatchObject({
      code: 'data.csv_width',
      details: { line: 2, expected: 3, got: 2 },
    });
    for (const text of ['', '\n\n', 'a,b\n', 'a,b\n1,x\n', '1\n2\n3\n']) {
      expect(issueOf(text).code).toBe('data.csv_empty');
    }
    // "값" in EUC-KR
    const korean = Uint8Array.of(...encode('a,'), 0xb0, 0xaa, ...encode('\n1,x\n2,y\n'));
    expect(() => parseCsv(korean)).toThrow(expect.objectContaining({ code: 'data.text_encoding' }));
    expect(parseCsv(korean, { encoding: 'euc-kr' }).labelColumn).toEqual({ number: 2, name: '값' });
    expect(() => parseCsv(korean, { encoding: 'klingon' })).toThrow(/encoding/);
  });

  test('only finite decimal numbers are numbers', () => {
    for (const text of [
      '0x10',
      '0b1',
      'Infinity',
      'NaN',
      '',
      ' ',
      '1_000',
      '1,5',
      '1e999',
      '--1',
      '1e39',
      'e',
      '1 2',
    ]) {
      expect(cellNumber(text), text).toBeNaN();
    }
    expect(['1', '-.5', ' 1e3 ', '+2', '3.', '1E-4'].map(cellNumber)).toEqual([1, -0.5, 1000, 2, 3, 1e-4]);
  });

  test('any table comes back, however it is quoted', () => {
    // Minus zero has no text of its own.
    const number = fc
      .double({ noNaN: true, noDefaultInfinity: true, min: -1e30, max: 1e30 })
      .map((n) => n + 0);
    const name = fc.string({ minLength: 1 }).filter((text) => text.trim() !== '' && !text.includes('\r'));
    const row = fc.tuple(number, number, name);
    fc.assert(
      fc.property(
        fc.array(row, { minLength: 2, maxLength: 8 }),
        fc.constantFrom(',', ';', '\t'),
        (rows, separator) => {
          const quote = (text: string) => `"${text.replaceAll('"', '""')}"`;
          const text = rows.map(([a, b, c]) => [a, quote(String(b)), quote(c)].join(separator)).join('\r\n');
          const table = parse(text, { header: false, separator });
          expect([...table.features]).toEqual(rows.flatMap(([a, b]) => [Math.fround(a), Math.fround(b)]));
          expect(table.labels).toEqual(rows.map(([, , c]) => c.trim()));
        },
      ),
      { numRuns: 1000, seed: 5 },
    );
  });

  test('thousands of random texts give an issue or a table, never a crash', () => {
    const pieces = fc.constantFrom(
      '1',
      '2.5',
      ',',
      ',',
      '\n',
      '\n',
      '"',
      '\r',
      '\t',
      ';',
      'a',
      '값',
      ' ',
      '1,2,x\n',
    );
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 30 }), (parts) => {
        try {
          const table = parse(parts.join(''));
          expect(table.features.length).toBe(table.rows * table.width);
        } catch (error) {
          expect(error).toBeInstanceOf(OutsetError);
        }
      }),
      { numRuns: 5000, seed: 6 },
    );
  });
});

describe('csvDataset', () => {
  const rows = (label: (row: number) => unknown) =>
    Array.from({ length: 20 }, (_, row) => `${row},${-row},${label(row)}`).join('\n');

  test('named classes in alphabetical order, examples keep their labels', () => {
    const { train, test: held, task, exampleDims } = dataset(rows((row) => (row % 2 ? 'odd' : 'even')));
    expect(task).toEqual({ kind: 'classification', classes: ['even', 'odd'] });
    expect([train.count, held.count, exampleDims]).toEqual([16, 4, [2]]);
    const seen: number[] = [];
    for (const { count, features, labels } of [train, held]) {
      for (let i = 0; i < count; i++) {
        expect(labels[i]).toBe(features[2 * i] % 2);
        expect(features[2 * i + 1]).toBe(0 - features[2 * i]);
        seen.push(features[2 * i]);
      }
    }
    expect(seen.sort((a, b) => a - b)).toEqual(Array.from({ length: 20 }, (_, i) => i));
  });

  test('numbered classes in numerical order, "1" and "1.0" are one', () => {
    const { task } = dataset(rows((row) => ['10', '9', '1', '1.0'][row % 4]));
    expect(task).toEqual({ kind: 'classification', classes: ['1', '9', '10'] });
  });

  test('fractions are quantities; asking decides', () => {
    const { task, train } = dataset(rows((row) => row / 8));
    expect(task).toEqual({ kind: 'regression', outputs: 1 });
    for (let i = 0; i < train.count; i++) expect(train.targets?.[i]).toBe(train.features[2 * i] / 8);
    expect(
      dataset(
        rows((row) => row % 3),
        { task: 'regression' },
      ).task.kind,
    ).toBe('regression');
    const text = rows((row) => (row === 6 ? 'six' : row));
    expect(() => dataset(text, { task: 'regression' })).toThrow(/line 7, column 3: "six" is not a number/);
  });

  test('one class, and a fraction that leaves nothing', () => {
    expect(() => dataset(rows(() => 'same'))).toThrow(expect.objectContaining({ code: 'data.classes' }));
    for (const testFraction of [0, 1, -1, Number.NaN, 0.999]) {
      const run = () =>
        dataset(
          rows((row) => row % 2),
          { testFraction },
        );
      expect(run).toThrow(expect.objectContaining({ code: 'data.split_fraction' }));
    }
  });
});

describe('tables without labels and with categories', () => {
  const text = 'colour,size,kind\nred,10,a\nblue,9,b\nred,9,b\ngreen,10,a\n';

  test('label=none keeps every column as a feature', () => {
    const table = parse('x,y\n1,2\n3,4\n', { label: 'none' });
    expect([table.width, [...table.features], table.labels]).toEqual([2, [1, 2, 3, 4], []]);
    expect(dataset('x,y\n1,2\n3,4\n', { label: 'none', testFraction: 0.5 }).task).toEqual({
      kind: 'unlabelled',
    });
  });

  test('categories are numbered in the order of their names, numbers by size', () => {
    const table = parse(text, { categories: true, header: true });
    expect(table.categories).toEqual([
      ['blue', 'green', 'red'],
      ['9', '10'],
    ]);
    expect([...table.features]).toEqual([2, 1, 0, 0, 2, 0, 1, 1]);
    const shuffled = parse('colour,size,kind\ngreen,10,a\nred,9,b\nblue,9,b\nred,10,a\n', {
      categories: true,
      header: true,
    });
    expect(shuffled.categories).toEqual(table.categories);
  });

  test('an empty category is an empty cell', () => {
    expect(issueOf('red,1,a\n,1,b\n', { categories: true })?.code).toBe('data.csv_cell');
  });
});
