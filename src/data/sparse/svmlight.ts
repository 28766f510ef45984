/**
 * Text in the form of SVMlight and LIBSVM: a line an example, `label index:value index:value ... # comment`, with rising
 * indices from 1 (as LIBSVM writes) or from 0 (as scikit-learn may).
 */

import { OutsetError } from '../../messages/error.ts';
import { cellNumber } from '../cell-number.ts';
import { mostNumberedClasses } from '../table-dataset.ts';
import type { SparseExamples } from './sparse-dataset.ts';

export interface SvmlightOptions {
  /** The file's name, for error messages. */
  readonly where?: string;
  /** Number of the first column; by default 0 if any index is 0, else 1. */
  readonly firstColumn?: 0 | 1;
}

/** A column number beyond this is a slip, not a feature. */
const mostColumns = 2 ** 31 - 2;

/**
 * Reads examples with their classes. Labels are told apart as they are written, sorted by number if all are numbers, else
 * by name; `qid:` pairs are skipped. An index alone (`7`) means `7:1`, so lists of indices are read as well.
 * @throws data.svmlight_line, data.csv_empty, data.text_encoding
 */
export function readSvmlight(bytes: Uint8Array, options: SvmlightOptions = {}): SparseExamples {
  const where = options.where ?? 'svmlight';
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (error) {
    throw new OutsetError('data.text_encoding', { where, encoding: 'utf-8' }, { cause: error });
  }
  const written: string[] = [];
  const offsets = [0];
  const indices: number[] = [];
  const values: number[] = [];
  let greatest = -1;
  let least = Number.POSITIVE_INFINITY;
  for (const [i, raw] of text.split(/\r?\n/).entries()) {
    const hash = raw.indexOf('#');
    const parts = (hash < 0 ? raw : raw.slice(0, hash)).trim().split(/\s+/);
    if (parts[0] === '') continue;
    const refuse = (got: string) =>
      new OutsetError('data.svmlight_line', { where, line: i + 1, got: got.slice(0, 60) });
    if (parts[0].includes(':')) throw refuse(parts[0]);
    let before = -1;
    for (const part of parts.slice(1)) {
      if (part.startsWith('qid:')) continue;
      const colon = part.indexOf(':');
      const column = cellNumber(colon < 0 ? part : part.slice(0, colon));
      const value = colon < 0 ? 1 : cellNumber(part.slice(colon + 1));
      const fits = Number.isInteger(column) && column > before && column <= mostColumns;
      if (!fits || Number.isNaN(value)) throw refuse(part);
      before = column;
      least = Math.min(least, column);
      greatest = Math.max(greatest, column);
      if (value !== 0) {
        indices.push(column);
        values.push(value);
      }
    }
    written.push(parts[0]);
    offsets.push(indices.length);
  }
  const first = options.firstColumn ?? (least === 0 ? 0 : 1);
  if (least < first || written.length < 2 || greatest < 0) {
    const columns = Math.max(0, greatest);
    throw new OutsetError('data.csv_empty', { where, rows: written.length, columns });
  }
  return {
    matrix: {
      rows: written.length,
      columns: greatest - first + 1,
      offsets: Uint32Array.from(offsets),
      indices: Uint32Array.from(indices, (column) => column - first),
      values: Float32Array.from(values),
    },
    ...classesOf(written),
  };
}

/** Class numbers; nothing where the labels are quantities, which no task of a sparse set knows. */
function classesOf(written: readonly string[]): { labels: Int32Array; classes: string[] } {
  const numeric = written.every((label) => !Number.isNaN(cellNumber(label)));
  const keyOf = (label: string) => (numeric ? String(cellNumber(label)) : label);
  const distinct = new Set(written.map(keyOf));
  if (
    numeric &&
    (distinct.size > mostNumberedClasses || ![...distinct].every((one) => Number.isInteger(Number(one))))
  ) {
    return { labels: new Int32Array(0), classes: [] };
  }
  const classes = [...distinct];
  classes.sort(numeric ? (a, b) => Number(a) - Number(b) : undefined);
  const numberOf = new Map(classes.map((name, index) => [name, index]));
  return { labels: Int32Array.from(written, (label) => numberOf.get(keyOf(label)) ?? -1), classes };
}
