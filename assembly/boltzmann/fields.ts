/**
 * Inputs of the units of one layer, given the states of the other as index lists: a matrix product with a matrix of
 * zeros and ones is a sum of the selected rows.
 */
import { Layer, Lists } from './layout';

/**
 * out = from + (or, with `subtract`, -) the rows of `table` whose numbers stand in [at, end), one after the other, 16
 * floats. Each function that loops over it holds this loop alone: V8 keeps the sums in registers then.
 * @param subtract  a constant where it is called, so that one of the two operations is compiled
 */
@inline
export function addRows(table: usize, at: usize, end: usize, from: usize, out: usize, subtract: bool): void {
  let a0 = v128.load(from);
  let a1 = v128.load(from, 16);
  let a2 = v128.load(from, 32);
  let a3 = v128.load(from, 48);
  for (; at < end; at += 2) {
    const row = table + (<usize>load<u16>(at) << 6);
    a0 = subtract ? f32x4.sub(a0, v128.load(row)) : f32x4.add(a0, v128.load(row));
    a1 = subtract ? f32x4.sub(a1, v128.load(row, 16)) : f32x4.add(a1, v128.load(row, 16));
    a2 = subtract ? f32x4.sub(a2, v128.load(row, 32)) : f32x4.add(a2, v128.load(row, 32));
    a3 = subtract ? f32x4.sub(a3, v128.load(row, 48)) : f32x4.add(a3, v128.load(row, 48));
  }
  v128.store(out, a0);
  v128.store(out, a1, 16);
  v128.store(out, a2, 32);
  v128.store(out, a3, 48);
}

/** As {@link addRows} with a float beside each number: out = from + sum of value times row. */
@inline
export function addScaledRows(table: usize, at: usize, end: usize, value: usize, from: usize, out: usize): void {
  let a0 = v128.load(from);
  let a1 = v128.load(from, 16);
  let a2 = v128.load(from, 32);
  let a3 = v128.load(from, 48);
  for (; at < end; at += 2, value += 4) {
    const row = table + (<usize>load<u16>(at) << 6);
    const x = v128.load32_splat(value);
    a0 = f32x4.add(a0, f32x4.mul(x, v128.load(row)));
    a1 = f32x4.add(a1, f32x4.mul(x, v128.load(row, 16)));
    a2 = f32x4.add(a2, f32x4.mul(x, v128.load(row, 32)));
    a3 = f32x4.add(a3, f32x4.mul(x, v128.load(row, 48)));
  }
  v128.store(out, a0);
  v128.store(out, a1, 16);
  v128.store(out, a2, 32);
  v128.store(out, a3, 48);
}

/** (a + b) + (c + d): short chains of additions keep both adders busy. */
@inline
function four(a: v128, b: v128, c: v128, d: v128): v128 {
  return f32x4.add(f32x4.add(a, b), f32x4.add(c, d));
}

/**
 * out = bias + sum of the weight rows in the lists of rows [first, last), but for the last one to three of each, which
 * {@link addRest} adds. Two functions, because V8 makes the loop a third slower where the rest follows it.
 * @param out  16 floats of row `first`; the next row follows
 */
function addFours(
  weights: usize,
  lists: Lists,
  first: i32,
  last: i32,
  bias: usize,
  out: usize,
): void {
  for (let row = first; row < last; row++, out += 64) {
    let at: usize = load<u32>(lists.starts + (<usize>row << 2));
    const end = at + (<usize>load<u32>(lists.counts + (<usize>row << 2)) << 1);
    let a0 = v128.load(bias);
    let a1 = v128.load(bias, 16);
    let a2 = v128.load(bias, 32);
    let a3 = v128.load(bias, 48);
    for (; at + 8 <= end; at += 8) {
      const w0 = weights + (<usize>load<u16>(at) << 6);
      const w1 = weights + (<usize>load<u16>(at, 2) << 6);
      const w2 = weights + (<usize>load<u16>(at, 4) << 6);
      const w3 = weights + (<usize>load<u16>(at, 6) << 6);
      a0 = f32x4.add(a0, four(v128.load(w0), v128.load(w1), v128.load(w2), v128.load(w3)));
      a1 = f32x4.add(a1, four(v128.load(w0, 16), v128.load(w1, 16), v128.load(w2, 16), v128.load(w3, 16)));
      a2 = f32x4.add(a2, four(v128.load(w0, 32), v128.load(w1, 32), v128.load(w2, 32), v128.load(w3, 32)));
      a3 = f32x4.add(a3, four(v128.load(w0, 48), v128.load(w1, 48), v128.load(w2, 48), v128.load(w3, 48)));
    }
    v128.store(out, a0);
    v128.store(out, a1, 16);
    v128.store(out, a2, 32);
    v128.store(out, a3, 48);
  }
}

/** out += the last one to three weight rows in the lists of rows [first, last). */
function addRest(weights: usize, lists: Lists, first: i32, last: i32, out: usize): void {
  for (let row = first; row < last; row++, out += 64) {
    const count = load<u32>(lists.counts + (<usize>row << 2));
    if ((count & 3) === 0) continue;
    const at: usize = <usize>load<u32>(lists.starts + (<usize>row << 2)) + (<usize>(count & ~3) << 1);
    addRows(weights, at, at + (<usize>(count & 3) << 1), out, out, false);
  }
}

/** out[panel][row] = bias + sum of the weight rows in the row's list. `rows` is the number of rows of the table. */
export function sumPanel(
  layer: Layer,
  panel: i32,
  lists: Lists,
  first: i32,
  last: i32,
  rows: i32,
  out: usize,
): void {
  const weights = layer.weights + (<usize>(panel * layer.sources) << 6);
  const target = out + (<usize>(panel * rows + first) << 6);
  addFours(weights, lists, first, last, layer.bias + (<usize>panel << 6), target);
  addRest(weights, lists, first, last, target);
}

/** As {@link sumPanel} with a value beside each index: out = bias + sum of value times weight row. */
export function sumPanelWeighted(
  layer: Layer,
  panel: i32,
  lists: Lists,
  first: i32,
  last: i32,
  rows: i32,
  out: usize,
): void {
  const weights = layer.weights + ((<usize>(panel * layer.sources)) << 6);
  const bias = layer.bias + ((<usize>panel) << 6);
  let target = out + ((<usize>(panel * rows + first)) << 6);
  for (let row = first; row < last; row++, target += 64) {
    const at: usize = load<u32>(lists.starts + ((<usize>row) << 2));
    const end = at + ((<usize>load<u32>(lists.counts + ((<usize>row) << 2))) << 1);
    addScaledRows(weights, at, end, load<u32>(lists.values + ((<usize>row) << 2)), bias, target);
  }
}

/** out = from + sum of the weight rows in the lists of rows [first, last), for short lists. */
function addEach(weights: usize, lists: Lists, first: i32, last: i32, from: usize, out: usize): void {
  for (let row = first; row < last; row++, from += 64, out += 64) {
    const at: usize = load<u32>(lists.starts + (<usize>row << 2));
    addRows(weights, at, at + (<usize>load<u32>(lists.counts + (<usize>row << 2)) << 1), from, out, false);
  }
}

/** out = from - sum of the weight rows. */
function subtractEach(weights: usize, lists: Lists, first: i32, last: i32, from: usize, out: usize): void {
  for (let row = first; row < last; row++, from += 64, out += 64) {
    const at: usize = load<u32>(lists.starts + (<usize>row << 2));
    addRows(weights, at, at + (<usize>load<u32>(lists.counts + (<usize>row << 2)) << 1), from, out, true);
  }
}

/**
 * out = from + sum over the rows in `added` - sum over the rows in `removed`: inputs from a state that differs little
 * from one whose inputs are known. `from` and `out` are panel tables and may be the same.
 */
export function changePanel(
  layer: Layer,
  panel: i32,
  added: Lists,
  removed: Lists,
  first: i32,
  last: i32,
  rows: i32,
  from: usize,
  out: usize,
): void {
  const weights = layer.weights + (<usize>(panel * layer.sources) << 6);
  const offset = <usize>(panel * rows + first) << 6;
  addEach(weights, added, first, last, from + offset, out + offset);
  subtractEach(weights, removed, first, last, out + offset, out + offset);
}
