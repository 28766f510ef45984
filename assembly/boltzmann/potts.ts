/**
 * Potts units: means by softmax over the states of a unit, and one state drawn a unit. The columns of a state are side by
 * side, unit by unit, so that four units are worked on at a time and no branch depends on what is drawn.
 */
import { exponential } from './exponential';
import { Layer, Lists, Scratch } from './layout';
import { next, unit } from './random';
import { tempered } from './sampling';

/** Columns of one state: the units, padded to a multiple of four. */
@inline
export function pottsStride(layer: Layer): i32 {
  return (layer.units + 3) & ~3;
}

/**
 * One row: means, and with `states` also the drawn states, listed after those of the independent units in the order of the
 * units. Needs the inputs of all Potts panels of the row.
 * @param means panel table, 0 in the padding; or 0 if only states are wanted; may be `inputs`
 */
export function pottsRow(
  layer: Layer,
  row: i32,
  rows: i32,
  inputs: usize,
  means: usize,
  states: usize,
  lists: Lists,
  betas: usize,
  scratch: Scratch,
): void {
  const beta: f32 = betas === 0 ? 1 : load<f32>(betas + (<usize>row << 2));
  const first = layer.pottsPanel << 4;
  const stride = pottsStride(layer);
  const q = layer.states;
  const line = scratch.row;
  const lineEnd = line + (<usize>q << 4);
  const countAt = lists.counts + (<usize>row << 2);
  const known: u32 = states === 0 ? 0 : load<u32>(countAt);
  let list: usize = states === 0 ? 0 : <usize>load<u32>(lists.starts + (<usize>row << 2)) + (<usize>known << 1);
  for (let u: i32 = 0; u < layer.units; u += 4) {
    let largest = f32x4.splat(-Infinity);
    let column = first + u;
    for (let at = line; at < lineEnd; at += 16, column += stride) {
      const place = (<usize>((column >> 4) * rows + row) << 6) + (<usize>(column & 15) << 2);
      let x = v128.load(inputs + place);
      if (betas !== 0) x = tempered(x, beta, layer.base === 0 ? 0 : layer.base + (<usize>column << 2));
      v128.store(at, x);
      largest = f32x4.max(largest, x);
    }
    let total = f32x4.splat(0);
    for (let at = line; at < lineEnd; at += 16) {
      const e = exponential(f32x4.sub(v128.load(at), largest));
      v128.store(at, e);
      total = f32x4.add(total, e);
    }
    if (states !== 0) {
      // The state is the number of cumulative sums that the drawn share does not reach; at most the last one.
      const wanted = f32x4.mul(unit(next(states + (<usize>row << 6))), total);
      let sum = f32x4.splat(0);
      let drawn = i32x4.splat(0);
      for (let at = line; at < lineEnd - 16; at += 16) {
        sum = f32x4.add(sum, v128.load(at));
        drawn = i32x4.sub(drawn, f32x4.le(sum, wanted));
      }
      const columns = i32x4.add(
        i32x4.mul(drawn, i32x4.splat(stride)),
        i32x4.add(i32x4.splat(first + u), v128(0, 0, 0, 0, 1, 0, 0, 0, 2, 0, 0, 0, 3, 0, 0, 0)),
      );
      // Units that are padding are overwritten by nobody and counted by nobody.
      v128.store64_lane(list, i16x8.narrow_i32x4_u(columns, columns), 0);
      list += 8;
    }
    if (means !== 0) {
      const real = i32x4.lt_s(v128(0, 0, 0, 0, 1, 0, 0, 0, 2, 0, 0, 0, 3, 0, 0, 0), i32x4.splat(layer.units - u));
      const scale = v128.and(f32x4.div(f32x4.splat(1), total), real);
      column = first + u;
      for (let at = line; at < lineEnd; at += 16, column += stride) {
        const place = (<usize>((column >> 4) * rows + row) << 6) + (<usize>(column & 15) << 2);
        v128.store(means + place, f32x4.mul(v128.load(at), scale));
      }
    }
  }
  if (states !== 0) store<u32>(countAt, known + layer.units);
  if (means !== 0) {
    const end = layer.panels << 4;
    for (let column = first + q * stride; column < end; column += 4) {
      v128.store(means + (<usize>((column >> 4) * rows + row) << 6) + (<usize>(column & 15) << 2), f32x4.splat(0));
    }
  }
}
