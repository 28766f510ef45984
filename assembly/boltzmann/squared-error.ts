import { Lists } from './layout';

/**
 * Sum over the columns of (state or level - mean)² of one row: all means squared, then what the listed columns change.
 * Padding has mean 0. `table` is the panel table of the means.
 */
export function squaredError(lists: Lists, row: i32, rows: i32, panels: i32, table: usize): f64 {
  let lanes = f32x4.splat(0);
  for (let panel: i32 = 0; panel < panels; panel++) {
    const at = table + ((<usize>(panel * rows + row)) << 6);
    const x0 = v128.load(at);
    const x1 = v128.load(at, 16);
    const x2 = v128.load(at, 32);
    const x3 = v128.load(at, 48);
    lanes = f32x4.add(
      lanes,
      f32x4.add(
        f32x4.add(f32x4.mul(x0, x0), f32x4.mul(x1, x1)),
        f32x4.add(f32x4.mul(x2, x2), f32x4.mul(x3, x3)),
      ),
    );
  }
  let sum: f64 =
    <f64>f32x4.extract_lane(lanes, 0) +
    <f64>f32x4.extract_lane(lanes, 1) +
    (<f64>f32x4.extract_lane(lanes, 2) + <f64>f32x4.extract_lane(lanes, 3));
  let at: usize = load<u32>(lists.starts + ((<usize>row) << 2));
  const end = at + ((<usize>load<u32>(lists.counts + ((<usize>row) << 2))) << 1);
  let value: usize = lists.values === 0 ? 0 : load<u32>(lists.values + ((<usize>row) << 2));
  for (; at < end; at += 2) {
    const column = <i32>load<u16>(at);
    const mean: f64 = load<f32>(
      table + ((<usize>((column >> 4) * rows + row)) << 6) + ((<usize>(column & 15)) << 2),
    );
    const x: f64 = value === 0 ? 1 : load<f32>(value);
    sum += x * (x - 2 * mean);
    value += value === 0 ? 0 : 4;
  }
  return sum;
}
