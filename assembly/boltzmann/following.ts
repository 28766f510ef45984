/**
 * Inputs that follow a chain: from one Gibbs step to the next most units keep their state, so the inputs of the other layer
 * are changed by the units that do not, where that is less work than summing them anew.
 */
import { Layer, Lists, Scratch } from './layout';

/** The states of the step before, and how those of now differ. */
@unmanaged
export class Following {
  before: Lists;
  added: Lists;
  removed: Lists;
  /** u32 [rows]: 1 where the inputs are summed anew, from all units of `added`. */
  anew: usize;
}

/** Keeps the states of rows [first, last) before they are drawn again. */
export function remember(following: Following, now: Lists, first: i32, last: i32): void {
  const before = following.before;
  for (let row = first; row < last; row++) {
    const at = <usize>row << 2;
    const count = load<u32>(now.counts + at);
    store<u32>(before.counts + at, count);
    memory.copy(load<u32>(before.starts + at), load<u32>(now.starts + at), <usize>count << 1);
  }
}

/** Has rows [first, last) summed anew. */
export function startAnew(following: Following, now: Lists, first: i32, last: i32): void {
  for (let row = first; row < last; row++) takeAll(following, now, <usize>row << 2);
}

function takeAll(following: Following, now: Lists, place: usize): void {
  const count = load<u32>(now.counts + place);
  memory.copy(load<u32>(following.added.starts + place), load<u32>(now.starts + place), <usize>count << 1);
  store<u32>(following.added.counts + place, count);
  store<u32>(following.removed.counts + place, 0);
  store<u32>(following.anew + place, 1);
}

/** Lists the units in which rows [first, last) differ from what was remembered. */
export function compare(following: Following, now: Lists, first: i32, last: i32, scratch: Scratch): void {
  const before = following.before;
  const added = following.added;
  const removed = following.removed;
  const marks = scratch.marks;
  for (let row = first; row < last; row++) {
    const place = <usize>row << 2;
    const nowStart: usize = load<u32>(now.starts + place);
    const nowEnd = nowStart + (<usize>load<u32>(now.counts + place) << 1);
    const beforeStart: usize = load<u32>(before.starts + place);
    const beforeEnd = beforeStart + (<usize>load<u32>(before.counts + place) << 1);
    for (let at = nowStart; at < nowEnd; at += 2) store<u8>(marks + load<u16>(at), 1);
    const removedStart: usize = load<u32>(removed.starts + place);
    let out = removedStart;
    for (let at = beforeStart; at < beforeEnd; at += 2) {
      const column = <usize>load<u16>(at);
      store<u16>(out, column as u16);
      out += 2 - (<usize>load<u8>(marks + column) << 1);
      store<u8>(marks + column, 0);
    }
    const removedCount = (out - removedStart) >> 1;
    store<u32>(removed.counts + place, removedCount as u32);
    const addedStart: usize = load<u32>(added.starts + place);
    out = addedStart;
    for (let at = nowStart; at < nowEnd; at += 2) {
      const column = <usize>load<u16>(at);
      store<u16>(out, column as u16);
      out += <usize>load<u8>(marks + column) << 1;
      store<u8>(marks + column, 0);
    }
    const addedCount = (out - addedStart) >> 1;
    if (addedCount + removedCount < (nowEnd - nowStart) >> 1) {
      store<u32>(added.counts + place, addedCount as u32);
      store<u32>(following.anew + place, 0);
    } else {
      takeAll(following, now, place);
    }
  }
}

/** Puts the biases in place of the inputs that are summed anew: what `passChange` then adds to. */
export function prepareInputs(
  layer: Layer,
  following: Following,
  first: i32,
  last: i32,
  rows: i32,
  table: usize,
): void {
  for (let row = first; row < last; row++) {
    if (load<u32>(following.anew + (<usize>row << 2)) === 0) continue;
    for (let panel: i32 = 0; panel < layer.panels; panel++) {
      memory.copy(table + (<usize>(panel * rows + row) << 6), layer.bias + (<usize>panel << 6), 64);
    }
  }
}
