/**
 * Many states of one layer, row by row. Discrete states are kept as the lists of their "on" columns: a Bernoulli 1, a
 * spin +1, the state that a Potts unit is in. Grey levels keep their value beside the index.
 */
export type StateRows = SparseRows | DenseRows;

export interface SparseRows {
  readonly form: 'sparse';
  readonly count: number;
  /** Columns of a row. */
  readonly width: number;
  /** Shape [count + 1]: the list of row r is indices[offsets[r]] ... indices[offsets[r + 1] - 1], ascending. */
  readonly offsets: Uint32Array;
  readonly indices: Uint16Array | Uint32Array;
  /** Values in (0, 1] beside the indices; absent where all are 1. */
  readonly values?: Float32Array;
}

export interface DenseRows {
  readonly form: 'dense';
  readonly count: number;
  readonly width: number;
  /** Shape [count, width], row-major. */
  readonly data: Float32Array;
}
