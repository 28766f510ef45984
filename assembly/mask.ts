/**
 * Dropout masks from Threefry-2x32 (20 rounds), four counters at a time: the words are those of `fillBlocks` in
 * src/random/threefry.ts with counters (0, 0), (0, 1), ... AssemblyScript; see scripts/build-kernels.mjs.
 */

function rotate(x: v128, left: i32): v128 {
  return v128.or(i32x4.shl(x, left), i32x4.shr_u(x, 32 - left));
}

/**
 * out[i] = word i < threshold ? value : 0, for `count` floats rounded up to a multiple of 8.
 * @param threshold unsigned
 */
export function mask(k0: i32, k1: i32, out: usize, count: i32, threshold: i32, value: f32): void {
  const k2 = k0 ^ k1 ^ 0x1bd11bda;
  const a = i32x4.splat(k0);
  const b = i32x4.splat(k1);
  const c = i32x4.splat(k2);
  const b1 = i32x4.splat(k2 + 1);
  const b2 = i32x4.splat(k0 + 2);
  const b3 = i32x4.splat(k1 + 3);
  const b4 = i32x4.splat(k2 + 4);
  const b5 = i32x4.splat(k0 + 5);
  const limit = i32x4.splat(threshold);
  const kept = f32x4.splat(value);
  const four = i32x4.splat(4);
  let counter = i32x4.add(v128(0, 0, 0, 0, 1, 0, 0, 0, 2, 0, 0, 0, 3, 0, 0, 0), b);
  for (let i: i32 = 0; i < count; i += 8, out += 32) {
    let x = a;
    let y = counter;
    counter = i32x4.add(counter, four);
    x = i32x4.add(x, y);
    y = v128.xor(rotate(y, 13), x);
    x = i32x4.add(x, y);
    y = v128.xor(rotate(y, 15), x);
    x = i32x4.add(x, y);
    y = v128.xor(rotate(y, 26), x);
    x = i32x4.add(x, y);
    y = v128.xor(rotate(y, 6), x);
    x = i32x4.add(x, b);
    y = i32x4.add(y, b1);
    x = i32x4.add(x, y);
    y = v128.xor(rotate(y, 17), x);
    x = i32x4.add(x, y);
    y = v128.xor(rotate(y, 29), x);
    x = i32x4.add(x, y);
    y = v128.xor(rotate(y, 16), x);
    x = i32x4.add(x, y);
    y = v128.xor(rotate(y, 24), x);
    x = i32x4.add(x, c);
    y = i32x4.add(y, b2);
    x = i32x4.add(x, y);
    y = v128.xor(rotate(y, 13), x);
    x = i32x4.add(x, y);
    y = v128.xor(rotate(y, 15), x);
    x = i32x4.add(x, y);
    y = v128.xor(rotate(y, 26), x);
    x = i32x4.add(x, y);
    y = v128.xor(rotate(y, 6), x);
    x = i32x4.add(x, a);
    y = i32x4.add(y, b3);
    x = i32x4.add(x, y);
    y = v128.xor(rotate(y, 17), x);
    x = i32x4.add(x, y);
    y = v128.xor(rotate(y, 29), x);
    x = i32x4.add(x, y);
    y = v128.xor(rotate(y, 16), x);
    x = i32x4.add(x, y);
    y = v128.xor(rotate(y, 24), x);
    x = i32x4.add(x, b);
    y = i32x4.add(y, b4);
    x = i32x4.add(x, y);
    y = v128.xor(rotate(y, 13), x);
    x = i32x4.add(x, y);
    y = v128.xor(rotate(y, 15), x);
    x = i32x4.add(x, y);
    y = v128.xor(rotate(y, 26), x);
    x = i32x4.add(x, y);
    y = v128.xor(rotate(y, 6), x);
    x = i32x4.add(x, c);
    y = i32x4.add(y, b5);
    const first = i8x16.shuffle(x, y, 0, 1, 2, 3, 16, 17, 18, 19, 4, 5, 6, 7, 20, 21, 22, 23);
    const second = i8x16.shuffle(x, y, 8, 9, 10, 11, 24, 25, 26, 27, 12, 13, 14, 15, 28, 29, 30, 31);
    v128.store(out, v128.and(kept, i32x4.lt_u(first, limit)));
    v128.store(out, v128.and(kept, i32x4.lt_u(second, limit)), 16);
  }
}
