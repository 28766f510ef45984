/**
 * Tables of numbers in text: comma-, tab- or otherwise separated values with an optional header line. Quoting is left to
 * Papa Parse (of the readers compared it is the one that reports broken quotes); what a cell must be is decided here.
 */

import Papa from 'papaparse';
import { OutsetError } from '../messages/error.ts';
import { nearestNames } from '../messages/nearest.ts';
import { CategoryColumns } from './category-columns.ts';
import { cellNumber } from './cell-number.ts';

export interface CsvOptions {
  /** The file's name, for error messages. */
  readonly where?: string;
  /** Name (from the header) or number (from 1) of the label column, or `none`; default the last. */
  readonly label?: string;
  /** Every cell is the name of a category, text or number; default false. */
  readonly categories?: boolean;
  /** Whether the first line names the columns; by default it does when none of its cells is a number. */
  readonly header?: boolean;
  /** One character; by default the first of tab, semicolon and comma that the first line holds more than any other. */
  readonly separator?: string;
  /** As the Encoding Standard names it; default `utf-8`. */
  readonly encoding?: string;
}

/** A table as read: numbers for the features, text for the label column. */
export interface CsvTable {
  readonly rows: number;
  /** Feature columns. */
  readonly width: number;
  /** Shape `[rows, width]`; with `categories` the numbers of the cells' categories. */
  readonly features: Float32Array;
  /** The categories of each column, sorted (by number where all are numbers); only with `categories`. */
  readonly categories?: readonly (readonly string[])[];
  /** Empty without a label column. */
  readonly labels: readonly string[];
  /** Line of the file that each row starts on, from 1. */
  readonly lines: readonly number[];
  /** Where the label column stands, from 1 (0: there is none), and its name ('' without a header). */
  readonly labelColumn: { readonly number: number; readonly name: string };
}

/**
 * Reads a table. Empty lines are skipped; cells of the label column may be text, all others must be finite numbers.
 * @throws data.csv_cell with line and column, data.csv_width, data.csv_quote, data.csv_empty, data.csv_label,
 *   data.text_encoding
 */
export function parseCsv(bytes: Uint8Array, options: CsvOptions = {}): CsvTable {
  const where = options.where ?? 'CSV';
  const text = decode(bytes, where, options.encoding ?? 'utf-8');
  const reader = new TableReader(where, options);
  const quoted = text.includes('"');
  let line = 1;
  Papa.parse<string[]>(text, {
    delimiter: options.separator ?? guessSeparator(text),
    newline: '\n',
    step: ({ data: cells, errors }) => {
      if (errors.some(({ type }) => type === 'Quotes'))
        throw new OutsetError('data.csv_quote', { where, line });
      if (cells.length > 1 || cells[0].trim() !== '') reader.row(cells, line);
      line++;
      // Only a quoted cell can hold line breaks.
      if (quoted) for (const cell of cells) line += countBreaks(cell);
    },
  });
  return reader.finish();
}

class TableReader {
  readonly #where: string;
  readonly #options: CsvOptions;
  readonly #labels: string[] = [];
  readonly #lines: number[] = [];
  #names: readonly string[] = [];
  #columns = -1;
  #labelAt = -1;
  #features = new Float32Array(1024);
  #filled = 0;
  readonly #categories: CategoryColumns | undefined;

  constructor(where: string, options: CsvOptions) {
    this.#where = where;
    this.#options = options;
    this.#categories = options.categories === true ? new CategoryColumns() : undefined;
  }

  row(cells: readonly string[], line: number): void {
    if (this.#columns < 0 && this.#begin(cells)) return;
    const where = this.#where;
    const columns = this.#columns;
    if (cells.length !== columns) {
      throw new OutsetError('data.csv_width', { where, line, expected: columns, got: cells.length });
    }
    if (this.#filled + columns > this.#features.length) this.#grow();
    for (let column = 0; column < columns; column++) {
      const cell = cells[column];
      if (column === this.#labelAt) {
        const label = cell.trim();
        if (label === '') throw this.#badCell(line, column, cell);
        this.#labels.push(label);
        continue;
      }
      const value = this.#categories?.numberOf(column, cell.trim()) ?? cellNumber(cell);
      if (Number.isNaN(value) || (this.#categories !== undefined && cell.trim() === '')) {
        throw this.#badCell(line, column, cell);
      }
      this.#features[this.#filled++] = value;
    }
    this.#lines.push(line);
  }

  finish(): CsvTable {
    const rows = this.#lines.length;
    const width = this.#columns - (this.#labelAt < 0 ? 0 : 1);
    if (rows < 2 || width < 1) {
      const columns = Math.max(0, this.#columns);
      throw new OutsetError('data.csv_empty', { where: this.#where, rows, columns });
    }
    const features = this.#features.slice(0, this.#filled);
    const columns = Array.from({ length: this.#columns }, (_, i) => i).filter((i) => i !== this.#labelAt);
    return {
      rows,
      width,
      features,
      ...(this.#categories === undefined ? {} : { categories: this.#categories.sort(columns, features) }),
      labels: this.#labels,
      lines: this.#lines,
      labelColumn: { number: this.#labelAt + 1, name: this.#names[this.#labelAt] ?? '' },
    };
  }

  /** Learns the columns from the first line; true when that line is the header. */
  #begin(cells: readonly string[]): boolean {
    const allText = cells.every((cell) => Number.isNaN(cellNumber(cell)));
    // Where every cell may be text, only the word of the caller tells a header from a row.
    const header = this.#options.header ?? (allText && this.#categories === undefined);
    this.#columns = cells.length;
    if (header) this.#names = cells.map((cell) => cell.trim());
    this.#labelAt = this.#findLabel();
    return header;
  }

  #findLabel(): number {
    const { label } = this.#options;
    if (label === undefined) return this.#columns - 1;
    const named = this.#names.indexOf(label);
    if (named >= 0 || label === 'none') return named;
    const number = /^\d+$/.test(label) ? Number(label) : 0;
    if (number >= 1 && number <= this.#columns) return number - 1;
    const near = nearestNames(label, this.#names);
    throw new OutsetError('data.csv_label', { where: this.#where, got: label, near, columns: this.#columns });
  }

  #grow(): void {
    const larger = new Float32Array(Math.max(this.#features.length * 2, this.#filled + this.#columns));
    larger.set(this.#features.subarray(0, this.#filled));
    this.#features = larger;
  }

  #badCell(line: number, column: number, cell: string): OutsetError {
    const got = cell.length > 40 ? `${cell.slice(0, 40)}...` : cell;
    return new OutsetError('data.csv_cell', {
      where: this.#where,
      line,
      column: column + 1,
      name: this.#names[column] ?? '',
      got,
      problem: cell.trim() === '' ? 'missing' : 'not_numeric',
    });
  }
}

function decode(bytes: Uint8Array, where: string, encoding: string): string {
  let decoder: TextDecoder;
  try {
    decoder = new TextDecoder(encoding, { fatal: true });
  } catch {
    const expected = 'utf-8, utf-16le, euc-kr, windows-1252, shift_jis, ...';
    throw new OutsetError('data.bad_parameter', { data: where, name: 'encoding', expected, got: encoding });
  }
  try {
    const text = decoder.decode(bytes);
    return text.includes('\r') ? text.replace(/\r\n?/g, '\n') : text;
  } catch (error) {
    throw new OutsetError('data.text_encoding', { where, encoding }, { cause: error });
  }
}

function guessSeparator(text: string): string {
  const end = text.indexOf('\n');
  const first = (end < 0 ? text : text.slice(0, end)).replace(/"[^"]*"/g, '');
  const counted = ['\t', ';', ','].map((separator) => ({ separator, count: first.split(separator).length }));
  counted.sort((a, b) => b.count - a.count);
  return counted[0].count > 1 ? counted[0].separator : ',';
}

function countBreaks(cell: string): number {
  let count = 0;
  for (let at = cell.indexOf('\n'); at >= 0; at = cell.indexOf('\n', at + 1)) count++;
  return count;
}
