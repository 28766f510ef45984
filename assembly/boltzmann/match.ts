/**
 * The visible states of data and model side by side: which columns are on in one, the other, or both. Gives
 * - the rows in which each column is on, for the gradient as a sum over samples (`Columns`), where a column that is on in
 *   both counts once, with the difference of the hidden means;
 * - the columns by which the two states differ, for fields that are changed and not summed anew.
 */
import { Lists, Scratch } from './layout';

/**
 * For each segment and visible column the entries of the gradient table to be summed. Segments are filled by one thread
 * each and summed in their order, which is that of the rows: data rows of thread 0, of thread 1, ..., then model rows of
 * thread 0, ... So the order of a sum, hence its bits, does not depend on the number of threads.
 */
@unmanaged
export class Columns {
  /** u16 [segments][width]: number of entries. */
  counts: usize;
  /** u16 [segments][width][capacity]. */
  entries: usize;
  /** f32 [segments][width][capacity] for grey levels, else 0. */
  values: usize;
  /** One more than the most entries: an entry is written before it is known whether it counts. */
  capacity: i32;
  segments: i32;
  /** Visible columns, padded. */
  width: i32;
}

export function clearColumns(columns: Columns, segment: i32): void {
  memory.fill(columns.counts + ((<usize>(segment * columns.width)) << 1), 0, (<usize>columns.width) << 1);
}

/**
 * Row `row` of data against row `row` of the model. Entry numbers: row (data only), rows + row (model only),
 * 2 rows + row (both). Each column gets at most one entry a row.
 * @param added columns on in the model only; removed: on in the data only
 */
export function matchRow(
  row: i32,
  rows: i32,
  data: Lists,
  model: Lists,
  columns: Columns,
  segment: i32,
  added: Lists,
  removed: Lists,
  scratch: Scratch,
): void {
  const marks = scratch.marks;
  const dataStart: usize = load<u32>(data.starts + ((<usize>row) << 2));
  const dataEnd = dataStart + ((<usize>load<u32>(data.counts + ((<usize>row) << 2))) << 1);
  const modelStart: usize = load<u32>(model.starts + ((<usize>row) << 2));
  const modelEnd = modelStart + ((<usize>load<u32>(model.counts + ((<usize>row) << 2))) << 1);
  const counts = columns.counts + ((<usize>(segment * columns.width)) << 1);
  const entries = columns.entries + ((<usize>(segment * columns.width * columns.capacity)) << 1);
  const stride = (<usize>columns.capacity) << 1;
  for (let at = modelStart; at < modelEnd; at += 2) store<u8>(marks + load<u16>(at), 1);
  let out: usize = load<u32>(removed.starts + ((<usize>row) << 2));
  const removedStart = out;
  for (let at = dataStart; at < dataEnd; at += 2) {
    const column = <usize>load<u16>(at);
    const both = <usize>load<u8>(marks + column);
    const countAt = counts + (column << 1);
    const count = <usize>load<u16>(countAt);
    store<u16>(entries + column * stride + (count << 1), (row + ((2 * rows) & -(both as i32))) as u16);
    store<u16>(countAt, (count + 1) as u16);
    store<u16>(out, column as u16);
    out += 2 - (both << 1);
    store<u8>(marks + column, 0);
  }
  store<u32>(removed.counts + ((<usize>row) << 2), ((out - removedStart) >> 1) as u32);
  out = load<u32>(added.starts + ((<usize>row) << 2));
  const addedStart = out;
  for (let at = modelStart; at < modelEnd; at += 2) {
    const column = <usize>load<u16>(at);
    const only = <usize>load<u8>(marks + column);
    const countAt = counts + (column << 1);
    const count = <usize>load<u16>(countAt);
    store<u16>(entries + column * stride + (count << 1), (rows + row) as u16);
    store<u16>(countAt, (count + only) as u16);
    store<u16>(out, column as u16);
    out += only << 1;
    store<u8>(marks + column, 0);
  }
  store<u32>(added.counts + ((<usize>row) << 2), ((out - addedStart) >> 1) as u32);
}

/** Adds one row of states to the columns: entries `first + row`, with its values where there are any, else 1. */
export function addRow(row: i32, first: i32, lists: Lists, columns: Columns, segment: i32): void {
  const start: usize = load<u32>(lists.starts + ((<usize>row) << 2));
  const end = start + ((<usize>load<u32>(lists.counts + ((<usize>row) << 2))) << 1);
  let value: usize = lists.values === 0 ? 0 : load<u32>(lists.values + ((<usize>row) << 2));
  const counts = columns.counts + ((<usize>(segment * columns.width)) << 1);
  const origin = segment * columns.width;
  for (let at = start; at < end; at += 2) {
    const column = <i32>load<u16>(at);
    const countAt = counts + ((<usize>column) << 1);
    const count = <i32>load<u16>(countAt);
    const place = <usize>((origin + column) * columns.capacity + count);
    store<u16>(columns.entries + (place << 1), (first + row) as u16);
    if (columns.values !== 0) {
      store<f32>(columns.values + (place << 2), value === 0 ? 1 : load<f32>(value));
      value += value === 0 ? 0 : 4;
    }
    store<u16>(countAt, (count + 1) as u16);
  }
}
