/** A table of numbers as a dataset: what the label column means, then a seeded split. */

import type { Language } from '../messages/define.ts';
import { OutsetError } from '../messages/error.ts';
import { dataLabels } from '../messages/labels/data.ts';
import type { Stream } from '../random/stream.ts';
import { cellNumber } from './cell-number.ts';
import { type CsvOptions, type CsvTable, parseCsv } from './csv.ts';
import { type Dataset, makeDataset, type Split, type Task } from './dataset.ts';
import { splitIndices, takeExamples } from './split.ts';

export interface TableOptions extends CsvOptions {
  /** Name of the dataset; default the file's name. */
  readonly name?: string;
  /**
   * What the labels are. By default classes, when one of them is text or when all are whole numbers with at most
   * {@link mostNumberedClasses} different values; otherwise numbers to be predicted.
   */
  readonly task?: 'classification' | 'regression';
  /** Part of the examples to judge by; default 0.2. */
  readonly testFraction?: number;
  /** Language of the description; default English. */
  readonly language?: Language;
}

/** With more different whole numbers than this, a label column is taken for a quantity. */
export const mostNumberedClasses = 100;

/**
 * Reads comma- or tab-separated text as a dataset. Classes are sorted by number if they are numbers, else by name.
 * @param stream draws the split
 * @throws the errors of {@link parseCsv}, data.split_fraction, data.classes
 */
export function csvDataset(bytes: Uint8Array, stream: Stream, options: TableOptions = {}): Dataset {
  const where = options.where ?? 'CSV';
  const name = options.name ?? where;
  const table = parseCsv(bytes, { ...options, where });
  const { rows: count, width, features } = table;
  const unlabelled = table.labelColumn.number === 0;
  const { task, labels, targets }: Answers = unlabelled
    ? { task: { kind: 'unlabelled' }, labels: new Int32Array(0) }
    : answersOf(table, options.task, where);
  const whole: Split =
    targets === undefined ? { count, features, labels } : { count, features, labels, targets };
  const { train, test } = splitIndices(stream, count, options.testFraction ?? 0.2);
  const describe = dataLabels.file[options.language ?? 'en'];
  return makeDataset({
    name,
    train: takeExamples(whole, train),
    test: takeExamples(whole, test),
    exampleDims: [width],
    task,
    description: describe({ name, train: train.length, test: test.length, dims: [width] }),
    ...(table.categories === undefined ? {} : { categories: table.categories }),
  });
}

interface Answers {
  readonly task: Task;
  readonly labels: Int32Array;
  readonly targets?: Float32Array;
}

function answersOf(table: CsvTable, asked: TableOptions['task'], where: string): Answers {
  const distinct = [...new Set(table.labels)];
  const numbers = distinct.map(cellNumber);
  const numeric = !numbers.some(Number.isNaN);
  const classes =
    !numeric || (numbers.every(Number.isInteger) && new Set(numbers).size <= mostNumberedClasses);
  if ((asked ?? (classes ? 'classification' : 'regression')) === 'regression') {
    return {
      task: { kind: 'regression', outputs: 1 },
      labels: new Int32Array(0),
      targets: targetsOf(table, where),
    };
  }
  // Numbers written in two ways ("1" and "1.0") are one class.
  const keyOf = numeric ? (label: string) => String(cellNumber(label)) : (label: string) => label;
  const names = [...new Set(distinct.map(keyOf))];
  names.sort(numeric ? (a, b) => Number(a) - Number(b) : undefined);
  const numberOf = new Map(names.map((name, index) => [name, index]));
  const labels = Int32Array.from(table.labels, (label) => numberOf.get(keyOf(label)) ?? -1);
  return { task: { kind: 'classification', classes: names }, labels };
}

function targetsOf({ labels, lines, labelColumn }: CsvTable, where: string): Float32Array {
  return Float32Array.from(labels, (label, row) => {
    const value = cellNumber(label);
    if (!Number.isNaN(value)) return value;
    const { number: column, name } = labelColumn;
    const details = { where, line: lines[row], column, name, got: label, problem: 'not_numeric' } as const;
    throw new OutsetError('data.csv_cell', details);
  });
}
