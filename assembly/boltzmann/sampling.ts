/**
 * From inputs to means and states. Inputs and means are panel tables; states are index lists, written without a branch:
 * the bits of eight units pick a row of packed indices from a table of 256.
 */
import { logistic } from './exponential';
import { Layer, Lists } from './layout';
import { rotate, unit } from './random';

/** Address of the packing table: 256 rows of 8 u16 (the positions of the ones of a byte). Set by `preparePacking`. */
let packing: usize = 0;

/** Fills the 4,096 bytes of the packing table. */
export function preparePacking(table: usize): void {
  packing = table;
  for (let byte: i32 = 0; byte < 256; byte++) {
    let at: usize = table + (<usize>byte << 4);
    for (let bit: i32 = 0; bit < 8; bit++) {
      if ((byte >> bit) & 1) {
        store<u16>(at, bit as u16);
        at += 2;
      }
    }
  }
}

/** Tells this instance where the packing table is. */
export function usePacking(table: usize): void {
  packing = table;
}

/** beta input + (1 - beta) base: the input at an inverse temperature. `base` is an address or 0. */
@inline
export function tempered(input: v128, beta: f32, base: usize): v128 {
  const scaled = f32x4.mul(input, f32x4.splat(beta));
  return base === 0 ? scaled : f32x4.add(scaled, f32x4.mul(f32x4.splat(1 - beta), v128.load(base)));
}

/**
 * Independent units: means[panel][row] = logistic(input); with `lists` also samples states, appending to each row's list.
 * @param inputs panel table of inputs; may be `means`
 * @param means panel table, 0 in the padding; or 0 if only states are wanted
 * @param states generators of the rows, or 0 for no samples
 * @param betas f32 inverse temperature of each row, or 0 for 1
 */
export function logisticPanel(
  layer: Layer,
  panel: i32,
  first: i32,
  last: i32,
  rows: i32,
  inputs: usize,
  means: usize,
  states: usize,
  lists: Lists,
  betas: usize,
): void {
  let offset = <usize>(panel * rows + first) << 6;
  const columns = layer.width - (panel << 4);
  const allowed: i32 = columns >= 16 ? 0xffff : (1 << columns) - 1;
  const index = i16x8.splat((panel << 4) as i16);
  const index8 = i16x8.splat(((panel << 4) + 8) as i16);
  const base: usize = layer.base === 0 ? 0 : layer.base + (<usize>panel << 6);
  for (let row = first; row < last; row++, offset += 64) {
    let x0 = v128.load(inputs + offset);
    let x1 = v128.load(inputs + offset, 16);
    let x2 = v128.load(inputs + offset, 32);
    let x3 = v128.load(inputs + offset, 48);
    if (betas !== 0) {
      const beta = load<f32>(betas + (<usize>row << 2));
      x0 = tempered(x0, beta, base);
      x1 = tempered(x1, beta, base === 0 ? 0 : base + 16);
      x2 = tempered(x2, beta, base === 0 ? 0 : base + 32);
      x3 = tempered(x3, beta, base === 0 ? 0 : base + 48);
    }
    x0 = logistic(x0);
    x1 = logistic(x1);
    x2 = logistic(x2);
    x3 = logistic(x3);
    if (means !== 0) {
      if (columns < 16) {
        const width = i32x4.splat(columns);
        x0 = v128.and(x0, i32x4.gt_s(width, v128(0, 0, 0, 0, 1, 0, 0, 0, 2, 0, 0, 0, 3, 0, 0, 0)));
        x1 = v128.and(x1, i32x4.gt_s(width, v128(4, 0, 0, 0, 5, 0, 0, 0, 6, 0, 0, 0, 7, 0, 0, 0)));
        x2 = v128.and(x2, i32x4.gt_s(width, v128(8, 0, 0, 0, 9, 0, 0, 0, 10, 0, 0, 0, 11, 0, 0, 0)));
        x3 = v128.and(x3, i32x4.gt_s(width, v128(12, 0, 0, 0, 13, 0, 0, 0, 14, 0, 0, 0, 15, 0, 0, 0)));
      }
      v128.store(means + offset, x0);
      v128.store(means + offset, x1, 16);
      v128.store(means + offset, x2, 32);
      v128.store(means + offset, x3, 48);
    }
    if (states !== 0) {
      const state = states + (<usize>row << 6);
      // Four times `next`, its state in registers.
      let s0 = v128.load(state);
      let s1 = v128.load(state, 16);
      let s2 = v128.load(state, 32);
      let s3 = v128.load(state, 48);
      const b0 = f32x4.lt(unit(i32x4.add(rotate(i32x4.add(s0, s3), 7), s0)), x0);
      let shifted = i32x4.shl(s1, 9);
      s2 = v128.xor(s2, s0);
      s3 = v128.xor(s3, s1);
      s1 = v128.xor(s1, s2);
      s0 = v128.xor(s0, s3);
      s2 = v128.xor(s2, shifted);
      s3 = rotate(s3, 11);
      const b1 = f32x4.lt(unit(i32x4.add(rotate(i32x4.add(s0, s3), 7), s0)), x1);
      shifted = i32x4.shl(s1, 9);
      s2 = v128.xor(s2, s0);
      s3 = v128.xor(s3, s1);
      s1 = v128.xor(s1, s2);
      s0 = v128.xor(s0, s3);
      s2 = v128.xor(s2, shifted);
      s3 = rotate(s3, 11);
      const b2 = f32x4.lt(unit(i32x4.add(rotate(i32x4.add(s0, s3), 7), s0)), x2);
      shifted = i32x4.shl(s1, 9);
      s2 = v128.xor(s2, s0);
      s3 = v128.xor(s3, s1);
      s1 = v128.xor(s1, s2);
      s0 = v128.xor(s0, s3);
      s2 = v128.xor(s2, shifted);
      s3 = rotate(s3, 11);
      const b3 = f32x4.lt(unit(i32x4.add(rotate(i32x4.add(s0, s3), 7), s0)), x3);
      shifted = i32x4.shl(s1, 9);
      s2 = v128.xor(s2, s0);
      s3 = v128.xor(s3, s1);
      s1 = v128.xor(s1, s2);
      s0 = v128.xor(s0, s3);
      s2 = v128.xor(s2, shifted);
      s3 = rotate(s3, 11);
      v128.store(state, s0);
      v128.store(state, s1, 16);
      v128.store(state, s2, 32);
      v128.store(state, s3, 48);
      const bytes = i8x16.narrow_i16x8_s(i16x8.narrow_i32x4_s(b0, b1), i16x8.narrow_i32x4_s(b2, b3));
      const bits = i8x16.bitmask(bytes) & allowed;
      const countAt = lists.counts + (<usize>row << 2);
      let count = load<u32>(countAt);
      const at: usize = load<u32>(lists.starts + (<usize>row << 2));
      const low = bits & 255;
      const high = bits >>> 8;
      v128.store(at + (<usize>count << 1), i16x8.add(v128.load(packing + (<usize>low << 4)), index));
      count += popcnt(low);
      v128.store(at + (<usize>count << 1), i16x8.add(v128.load(packing + (<usize>high << 4)), index8));
      store<u32>(countAt, count + popcnt(high));
    }
  }
}
