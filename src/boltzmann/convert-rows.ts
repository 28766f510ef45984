/**
 * Between index lists and dense rows. A listed column has the unit's upper value (Bernoulli 1, spin +1, one-hot 1), any
 * other the lower one; a level l in (0, 1] beside an index stands for lower + l (upper - lower).
 */
import type { DenseRows, SparseRows, StateRows } from './state-rows.ts';
import { neutralUnits } from './units/bind-units.ts';
import type { UnitSpec } from './units/unit-spec.ts';
import type { Units } from './units/units.ts';

/** Calls `visit` with every row in dense form. The array is the same each time. */
export function forEachRow(
  units: Units,
  rows: StateRows,
  visit: (row: Float64Array, index: number) => void,
): void {
  const row = new Float64Array(rows.width);
  for (let index = 0; index < rows.count; index++) {
    readRow(units, rows, index, row, 0);
    visit(row, index);
  }
}

/** Writes row `index` in dense form. */
export function readRow(
  units: Units,
  rows: StateRows,
  index: number,
  into: Float32Array | Float64Array,
  at: number,
): void {
  const { width } = rows;
  if (rows.form === 'dense') {
    for (let i = 0; i < width; i++) into[at + i] = rows.data[index * width + i];
    return;
  }
  const off = units.off!;
  into.fill(off, at, at + width);
  for (let k = rows.offsets[index]; k < rows.offsets[index + 1]; k++) {
    into[at + rows.indices[k]] = rows.values === undefined ? 1 : off + rows.values[k] * (1 - off);
  }
}

/** The same states, dense. */
export function denseRows(spec: UnitSpec, rows: StateRows): DenseRows {
  if (rows.form === 'dense') return rows;
  const units = neutralUnits(spec);
  const data = new Float32Array(rows.count * rows.width);
  for (let index = 0; index < rows.count; index++) readRow(units, rows, index, data, index * rows.width);
  return { form: 'dense', count: rows.count, width: rows.width, data };
}

/** The same states as index lists, with values only where there are grey levels. Discrete units only. */
export function sparseRows(spec: UnitSpec, rows: StateRows): SparseRows {
  if (rows.form === 'sparse') return rows;
  const { count, width, data } = rows;
  const off = neutralUnits(spec).off!;
  const offsets = new Uint32Array(count + 1);
  let length = 0;
  let grey = false;
  for (let row = 0; row < count; row++) {
    for (let at = row * width; at < (row + 1) * width; at++) {
      if (data[at] === off) continue;
      length += 1;
      if (data[at] !== 1) grey = true;
    }
    offsets[row + 1] = length;
  }
  const indices = width <= 65536 ? new Uint16Array(length) : new Uint32Array(length);
  const values = grey ? new Float32Array(length) : undefined;
  for (let at = 0, next = 0; at < count * width; at++) {
    if (data[at] === off) continue;
    if (values !== undefined) values[next] = (data[at] - off) / (1 - off);
    indices[next++] = at % width;
  }
  return { form: 'sparse', count, width, offsets, indices, ...(values && { values }) };
}

/** Rows `order[0]`, `order[1]`, ... as new rows. */
export function selectRows(rows: StateRows, order: ArrayLike<number>): StateRows {
  const { width } = rows;
  const count = order.length;
  if (rows.form === 'dense') {
    const data = new Float32Array(count * width);
    for (let i = 0; i < count; i++) {
      data.set(rows.data.subarray(order[i] * width, (order[i] + 1) * width), i * width);
    }
    return { form: 'dense', count, width, data };
  }
  const offsets = new Uint32Array(count + 1);
  for (let i = 0; i < count; i++) {
    offsets[i + 1] = offsets[i] + rows.offsets[order[i] + 1] - rows.offsets[order[i]];
  }
  const indices = width <= 65536 ? new Uint16Array(offsets[count]) : new Uint32Array(offsets[count]);
  const values = rows.values && new Float32Array(offsets[count]);
  for (let i = 0; i < count; i++) {
    const [from, to] = [rows.offsets[order[i]], rows.offsets[order[i] + 1]];
    indices.set(rows.indices.subarray(from, to), offsets[i]);
    if (values !== undefined) values.set(rows.values!.subarray(from, to), offsets[i]);
  }
  return { form: 'sparse', count, width, offsets, indices, ...(values && { values }) };
}
