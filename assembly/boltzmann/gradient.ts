/**
 * The first part of the gradient of one panel of 16 hidden columns: for each visible column the sum over the samples in
 * which it is on, data minus model.
 */
import { addRows, addScaledRows } from './fields';
import { Scratch } from './layout';
import { Columns } from './match';
import { Learner } from './update';

/** Fills the gradient table of a panel: [data rows | model rows | both], times their weights; and the mean differences. */
function fillTable(panel: i32, rows: i32, dataMeans: usize, modelMeans: usize, learner: Learner, scratch: Scratch): void {
  const from = <usize>(panel * rows) << 6;
  const block = <usize>rows << 6;
  for (let part: usize = 0; part < 64; part += 16) {
    let data = dataMeans + from + part;
    let model = modelMeans + from + part;
    let table = scratch.table + part;
    let sum0 = f32x4.splat(0);
    let sum1 = f32x4.splat(0);
    for (let row: i32 = 0; row < rows; row++) {
      const a = f32x4.mul(v128.load(data), v128.load32_splat(learner.dataWeights + (<usize>row << 2)));
      const b = f32x4.mul(v128.load(model), v128.load32_splat(learner.modelWeights + (<usize>row << 2)));
      v128.store(table, a);
      v128.store(table + block, b);
      v128.store(table + 2 * block, f32x4.add(a, b));
      sum0 = f32x4.add(sum0, a);
      sum1 = f32x4.add(sum1, b);
      data += 64;
      model += 64;
      table += 64;
    }
    v128.store(learner.batchActivity + (<usize>panel << 6) + part, sum0);
    v128.store(scratch.row + part, f32x4.add(sum0, sum1));
  }
}

/** Sums of the table entries of each column, segment by segment, into scratch.gradient [columns][16]. */
export function gradientPanel(
  panel: i32,
  rows: i32,
  dataMeans: usize,
  modelMeans: usize,
  columns: Columns,
  learner: Learner,
  scratch: Scratch,
): void {
  fillTable(panel, rows, dataMeans, modelMeans, learner, scratch);
  memory.fill(scratch.gradient, 0, <usize>columns.width << 6);
  for (let segment: i32 = 0; segment < columns.segments; segment++) {
    if (columns.values !== 0) addWeighted(columns, segment, scratch.table, scratch.gradient);
    else addEntries(columns, segment, scratch.table, scratch.gradient);
  }
}

/** gradient += entries of the columns, one after the other: the order of a sum does not depend on the segments. */
function addEntries(columns: Columns, segment: i32, table: usize, gradient: usize): void {
  const stride = <usize>columns.capacity << 1;
  let start = columns.entries + <usize>(segment * columns.width) * stride;
  let count = columns.counts + (<usize>(segment * columns.width) << 1);
  const last = gradient + (<usize>columns.width << 6);
  for (; gradient < last; gradient += 64, start += stride, count += 2) {
    addRows(table, start, start + (<usize>load<u16>(count) << 1), gradient, gradient, false);
  }
}

/** gradient += value times entry. */
function addWeighted(columns: Columns, segment: i32, table: usize, gradient: usize): void {
  for (let column: i32 = 0; column < columns.width; column++, gradient += 64) {
    const place = segment * columns.width + column;
    const at = columns.entries + (<usize>(place * columns.capacity) << 1);
    const end = at + (<usize>load<u16>(columns.counts + (<usize>place << 1)) << 1);
    addScaledRows(table, at, end, columns.values + (<usize>(place * columns.capacity) << 2), gradient, gradient);
  }
}
