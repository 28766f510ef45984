import type { DenseRows, SparseRows, StateRows } from '../state-rows.ts';

/**
 * Copies rows `order[first]` ... as dense numbers to the front of `out`; without an order, the rows as they stand.
 * @param off what a column that a sparse row does not list stands for: 0, or -1 for spins
 */
export function gatherDense(
  rows: StateRows,
  order: ArrayLike<number> | null,
  first: number,
  count: number,
  out: Float32Array,
  off: 0 | -1 = 0,
): void {
  const { width } = rows;
  if (rows.form === 'dense') {
    for (let i = 0; i < count; i++) {
      const from = (order === null ? first + i : order[first + i]) * width;
      out.set(rows.data.subarray(from, from + width), i * width);
    }
    return;
  }
  out.fill(off, 0, count * width);
  const { offsets, indices, values } = rows;
  for (let i = 0; i < count; i++) {
    const row = order === null ? first + i : order[first + i];
    for (let at = offsets[row]; at < offsets[row + 1]; at++) {
      out[i * width + indices[at]] = values === undefined ? 1 : values[at];
    }
  }
}

/** Rows with the class of each appended as `classes` one-hot columns. */
export function appendLabels(rows: StateRows, labels: Int32Array, classes: number): StateRows {
  return rows.form === 'dense' ? appendDense(rows, labels, classes) : appendSparse(rows, labels, classes);
}

function appendDense(rows: DenseRows, labels: Int32Array, classes: number): DenseRows {
  const width = rows.width + classes;
  const data = new Float32Array(rows.count * width);
  for (let row = 0; row < rows.count; row++) {
    data.set(rows.data.subarray(row * rows.width, (row + 1) * rows.width), row * width);
    data[row * width + rows.width + labels[row]] = 1;
  }
  return { form: 'dense', count: rows.count, width, data };
}

function appendSparse(rows: SparseRows, labels: Int32Array, classes: number): SparseRows {
  const width = rows.width + classes;
  const total = rows.indices.length + rows.count;
  const indices = width <= 65_536 ? new Uint16Array(total) : new Uint32Array(total);
  const values = rows.values === undefined ? undefined : new Float32Array(total);
  const offsets = Uint32Array.from(rows.offsets, (offset, row) => offset + row);
  for (let row = 0; row < rows.count; row++) {
    const [from, to] = [rows.offsets[row], rows.offsets[row + 1]];
    indices.set(rows.indices.subarray(from, to), from + row);
    indices[to + row] = rows.width + labels[row];
    if (values !== undefined && rows.values !== undefined) {
      values.set(rows.values.subarray(from, to), from + row);
      values[to + row] = 1;
    }
  }
  return {
    form: 'sparse',
    count: rows.count,
    width,
    offsets,
    indices,
    ...(values === undefined ? {} : { values }),
  };
}
