/**
 * Inputs of the units of one layer, given the states of the other as index lists: a matrix product with a matrix of
 * zeros and ones is a sum of the selected rows.
 */
import { Layer, Lists } from './layout';

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
  const weights = layer.weights + ((<usize>(panel * layer.sources)) << 6);
  const bias = layer.bias + ((<usize>panel) << 6);
  const bias0 = v128.load(bias);
  const bias1 = v128.load(bias, 16);
  const bias2 = v128.load(bias, 32);
  const bias3 = v128.load(bias, 48);
  let target = out + ((<usize>(panel * rows + first)) << 6);
  for (let row = first; row < last; row++, target += 64) {
    let at: usize = load<u32>(lists.starts + ((<usize>row) << 2));
    const end = at + ((<usize>load<u32>(lists.counts + ((<usize>row) << 2))) << 1);
    let a0 = bias0;
    let a1 = bias1;
    let a2 = bias2;
    let a3 = bias3;
    let b0 = f32x4.splat(0);
    let b1 = b0;
    let b2 = b0;
    let b3 = b0;
    for (; at + 8 <= end; at += 8) {
      const low = load<u32>(at);
      const high = load<u32>(at, 4);
      let w = weights + ((low & 0xffff) << 6);
      a0 = f32x4.add(a0, v128.load(w));
      a1 = f32x4.add(a1, v128.load(w, 16));
      a2 = f32x4.add(a2, v128.load(w, 32));
      a3 = f32x4.add(a3, v128.load(w, 48));
      w = weights + ((low >>> 16) << 6);
      b0 = f32x4.add(b0, v128.load(w));
      b1 = f32x4.add(b1, v128.load(w, 16));
      b2 = f32x4.add(b2, v128.load(w, 32));
      b3 = f32x4.add(b3, v128.load(w, 48));
      w = weights + ((high & 0xffff) << 6);
      a0 = f32x4.add(a0, v128.load(w));
      a1 = f32x4.add(a1, v128.load(w, 16));
      a2 = f32x4.add(a2, v128.load(w, 32));
      a3 = f32x4.add(a3, v128.load(w, 48));
      w = weights + ((high >>> 16) << 6);
      b0 = f32x4.add(b0, v128.load(w));
      b1 = f32x4.add(b1, v128.load(w, 16));
      b2 = f32x4.add(b2, v128.load(w, 32));
      b3 = f32x4.add(b3, v128.load(w, 48));
    }
    for (; at < end; at += 2) {
      const w = weights + ((<usize>load<u16>(at)) << 6);
      a0 = f32x4.add(a0, v128.load(w));
      a1 = f32x4.add(a1, v128.load(w, 16));
      a2 = f32x4.add(a2, v128.load(w, 32));
      a3 = f32x4.add(a3, v128.load(w, 48));
    }
    v128.store(target, f32x4.add(a0, b0));
    v128.store(target, f32x4.add(a1, b1), 16);
    v128.store(target, f32x4.add(a2, b2), 32);
    v128.store(target, f32x4.add(a3, b3), 48);
  }
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
    let at: usize = load<u32>(lists.starts + ((<usize>row) << 2));
    let value: usize = load<u32>(lists.values + ((<usize>row) << 2));
    const end = at + ((<usize>load<u32>(lists.counts + ((<usize>row) << 2))) << 1);
    let a0 = v128.load(bias);
    let a1 = v128.load(bias, 16);
    let a2 = v128.load(bias, 32);
    let a3 = v128.load(bias, 48);
    for (; at < end; at += 2, value += 4) {
      const w = weights + ((<usize>load<u16>(at)) << 6);
      const x = v128.load32_splat(value);
      a0 = f32x4.add(a0, f32x4.mul(x, v128.load(w)));
      a1 = f32x4.add(a1, f32x4.mul(x, v128.load(w, 16)));
      a2 = f32x4.add(a2, f32x4.mul(x, v128.load(w, 32)));
      a3 = f32x4.add(a3, f32x4.mul(x, v128.load(w, 48)));
    }
    v128.store(target, a0);
    v128.store(target, a1, 16);
    v128.store(target, a2, 32);
    v128.store(target, a3, 48);
  }
}

/**
 * out = from + sum over the rows in `added` - sum over the rows in `removed`: fields of a state that differs little
 * from one whose fields are known. `from` and `out` are panel tables and may be the same.
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
  const weights = layer.weights + ((<usize>(panel * layer.sources)) << 6);
  let offset = (<usize>(panel * rows + first)) << 6;
  for (let row = first; row < last; row++, offset += 64) {
    let a0 = v128.load(from + offset);
    let a1 = v128.load(from + offset, 16);
    let a2 = v128.load(from + offset, 32);
    let a3 = v128.load(from + offset, 48);
    let b0 = f32x4.splat(0);
    let b1 = b0;
    let b2 = b0;
    let b3 = b0;
    let plus: usize = load<u32>(added.starts + (<usize>row << 2));
    let minus: usize = load<u32>(removed.starts + (<usize>row << 2));
    const plusEnd = plus + (<usize>load<u32>(added.counts + (<usize>row << 2)) << 1);
    const minusEnd = minus + (<usize>load<u32>(removed.counts + (<usize>row << 2)) << 1);
    // Side by side while both last: two chains of additions keep the adders busy.
    for (; plus < plusEnd && minus < minusEnd; plus += 2, minus += 2) {
      const w = weights + (<usize>load<u16>(plus) << 6);
      const m = weights + (<usize>load<u16>(minus) << 6);
      a0 = f32x4.add(a0, v128.load(w));
      b0 = f32x4.add(b0, v128.load(m));
      a1 = f32x4.add(a1, v128.load(w, 16));
      b1 = f32x4.add(b1, v128.load(m, 16));
      a2 = f32x4.add(a2, v128.load(w, 32));
      b2 = f32x4.add(b2, v128.load(m, 32));
      a3 = f32x4.add(a3, v128.load(w, 48));
      b3 = f32x4.add(b3, v128.load(m, 48));
    }
    for (; plus < plusEnd; plus += 2) {
      const w = weights + (<usize>load<u16>(plus) << 6);
      a0 = f32x4.add(a0, v128.load(w));
      a1 = f32x4.add(a1, v128.load(w, 16));
      a2 = f32x4.add(a2, v128.load(w, 32));
      a3 = f32x4.add(a3, v128.load(w, 48));
    }
    for (; minus < minusEnd; minus += 2) {
      const m = weights + (<usize>load<u16>(minus) << 6);
      b0 = f32x4.add(b0, v128.load(m));
      b1 = f32x4.add(b1, v128.load(m, 16));
      b2 = f32x4.add(b2, v128.load(m, 32));
      b3 = f32x4.add(b3, v128.load(m, 48));
    }
    v128.store(out + offset, f32x4.sub(a0, b0));
    v128.store(out + offset, f32x4.sub(a1, b1), 16);
    v128.store(out + offset, f32x4.sub(a2, b2), 32);
    v128.store(out + offset, f32x4.sub(a3, b3), 48);
  }
}
