/**
 * Random numbers of the sampling kernels: each row has four xoshiro128++ generators side by side (Blackman & Vigna
 * 2021), seeded for every update from Threefry-2x32 with the counters (step, 8 row + i). So what a row draws depends on
 * the key, the step and the row only, not on threads, and nothing random has to be saved.
 */

@inline
export function rotate(x: v128, left: i32): v128 {
  return v128.or(i32x4.shl(x, left), i32x4.shr_u(x, 32 - left));
}

/** The words of Threefry (20 rounds) at four counters (x, y), stored as two vectors. */
function threefry(k0: i32, k1: i32, high: i32, y: v128, out: usize): void {
  const k2 = k0 ^ k1 ^ 0x1bd11bda;
  let x = i32x4.splat(high + k0);
  y = i32x4.add(y, i32x4.splat(k1));
  for (let group: i32 = 0; group < 5; group++) {
    if (group & 1) {
      x = i32x4.add(x, y);
      y = v128.xor(rotate(y, 17), x);
      x = i32x4.add(x, y);
      y = v128.xor(rotate(y, 29), x);
      x = i32x4.add(x, y);
      y = v128.xor(rotate(y, 16), x);
      x = i32x4.add(x, y);
      y = v128.xor(rotate(y, 24), x);
    } else {
      x = i32x4.add(x, y);
      y = v128.xor(rotate(y, 13), x);
      x = i32x4.add(x, y);
      y = v128.xor(rotate(y, 15), x);
      x = i32x4.add(x, y);
      y = v128.xor(rotate(y, 26), x);
      x = i32x4.add(x, y);
      y = v128.xor(rotate(y, 6), x);
    }
    const injection = (group + 1) % 3;
    const a = injection === 0 ? k0 : injection === 1 ? k1 : k2;
    const b = injection === 0 ? k1 : injection === 1 ? k2 : k0;
    x = i32x4.add(x, i32x4.splat(a));
    y = i32x4.add(y, i32x4.splat(b + group + 1));
  }
  v128.store(out, x);
  v128.store(out, y, 16);
}

/** Seeds the generators of rows [first, last); 64 bytes a row at `states`. */
export function seedRows(k0: i32, k1: i32, step: i32, first: i32, last: i32, states: usize): void {
  const counters = v128(0, 0, 0, 0, 1, 0, 0, 0, 2, 0, 0, 0, 3, 0, 0, 0);
  for (let row = first; row < last; row++) {
    const at = states + (<usize>row << 6);
    const low = i32x4.add(counters, i32x4.splat(row << 3));
    threefry(k0, k1, step, low, at);
    threefry(k0, k1, step, i32x4.add(low, i32x4.splat(4)), at + 32);
  }
}

/** Four new words; moves the generators on. */
@inline
export function next(state: usize): v128 {
  const s0 = v128.load(state);
  const s1 = v128.load(state, 16);
  const s2 = v128.xor(v128.load(state, 32), s0);
  const s3 = v128.xor(v128.load(state, 48), s1);
  const result = i32x4.add(rotate(i32x4.add(s0, v128.xor(s3, s1)), 7), s0);
  v128.store(state, v128.xor(s0, s3));
  v128.store(state, v128.xor(s1, s2), 16);
  v128.store(state, v128.xor(s2, i32x4.shl(s1, 9)), 32);
  v128.store(state, rotate(s3, 11), 48);
  return result;
}

/** Words to floats (k + 1/2) / 2^23 with k of 23 bits: symmetric in (0, 1), never 0 or 1. */
@inline
export function unit(words: v128): v128 {
  const k = f32x4.convert_i32x4_u(i32x4.shr_u(words, 9));
  return f32x4.mul(f32x4.add(k, f32x4.splat(0.5)), f32x4.splat(1.1920928955078125e-7));
}
