/** Rows that are mostly zero, kept as lists of their other columns (compressed sparse rows). Plain data. */

import { OutsetError } from '../../messages/error.ts';

export interface SparseMatrix {
  readonly rows: number;
  readonly columns: number;
  /** Shape `[rows + 1]`: row r is entries offsets[r] ... offsets[r + 1] - 1. */
  readonly offsets: Uint32Array;
  /** Columns of the entries, ascending within a row. */
  readonly indices: Uint32Array;
  /** Shape of `indices`. */
  readonly values: Float32Array;
}

/**
 * Checks what came from outside: offsets that rise to the number of entries, columns in range and ascending, finite
 * values.
 * @throws data.sparse_matrix
 */
export function checkSparseMatrix(matrix: SparseMatrix, where: string): void {
  const { rows, columns, offsets, indices, values } = matrix;
  const refuse = (
    problem: 'offsets' | 'index' | 'order' | 'value' | 'length',
    row: number,
    expected: string,
    got: unknown,
  ) => new OutsetError('data.sparse_matrix', { where, problem, row, expected, got: String(got) });
  if (offsets.length !== rows + 1) throw refuse('offsets', -1, `[${rows + 1}]`, `[${offsets.length}]`);
  if (offsets[0] !== 0) throw refuse('offsets', 0, '0', offsets[0]);
  if (values.length !== indices.length) throw refuse('length', -1, String(indices.length), values.length);
  for (let row = 0; row < rows; row++) {
    const [from, to] = [offsets[row], offsets[row + 1]];
    if (to < from || to > indices.length) throw refuse('offsets', row, `${from} - ${indices.length}`, to);
    for (let at = from, before = -1; at < to; at++) {
      const column = indices[at];
      if (column >= columns) throw refuse('index', row, `0 - ${columns - 1}`, column);
      if (column <= before) throw refuse('order', row, `> ${before}`, column);
      if (!Number.isFinite(values[at])) throw refuse('value', row, 'finite', values[at]);
      before = column;
    }
  }
  if (offsets[rows] !== indices.length) {
    throw refuse('length', -1, String(offsets[rows]), indices.length);
  }
}

/** The chosen rows, copied. */
export function takeSparseRows(matrix: SparseMatrix, chosen: Uint32Array): SparseMatrix {
  const offsets = new Uint32Array(chosen.length + 1);
  for (let i = 0; i < chosen.length; i++) {
    offsets[i + 1] = offsets[i] + matrix.offsets[chosen[i] + 1] - matrix.offsets[chosen[i]];
  }
  const indices = new Uint32Array(offsets[chosen.length]);
  const values = new Float32Array(offsets[chosen.length]);
  for (let i = 0; i < chosen.length; i++) {
    const [from, to] = [matrix.offsets[chosen[i]], matrix.offsets[chosen[i] + 1]];
    indices.set(matrix.indices.subarray(from, to), offsets[i]);
    values.set(matrix.values.subarray(from, to), offsets[i]);
  }
  return { rows: chosen.length, columns: matrix.columns, offsets, indices, values };
}

/** Shape `[rows, columns]` with the zeros written out. */
export function denseRows({ rows, columns, offsets, indices, values }: SparseMatrix): Float32Array {
  const out = new Float32Array(rows * columns);
  for (let row = 0; row < rows; row++) {
    for (let at = offsets[row]; at < offsets[row + 1]; at++) out[row * columns + indices[at]] = values[at];
  }
  return out;
}
