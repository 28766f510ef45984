/**
 * Uniform numbers with 16 bits from Threefry-2x32 (20 rounds), four counters at a time: the words are those of
 * `fillBlocks` in src/random/threefry.ts with counters (0, 0), (0, 1), ... and each word gives two numbers, so that the
 * noise of a Gibbs step costs half as much. AssemblyScript; see scripts/build-kernels.mjs.
 */

function rotate(x: v128, left: i32): v128 {
  return v128.or(i32x4.shl(x, left), i32x4.shr_u(x, 32 - left));
}

/** Numbers (half + 1/2) / 2^16: never 0 or 1. */
function upper(words: v128): v128 {
  return scaled(i32x4.shr_u(words, 16));
}

function lower(words: v128): v128 {
  return scaled(v128.and(words, i32x4.splat(0xffff)));
}

function scaled(halves: v128): v128 {
  const unit = f32x4.splat(1.52587890625e-5);
  return f32x4.mul(f32x4.add(f32x4.convert_i32x4_u(halves), f32x4.splat(0.5)), unit);
}

/** Fills `count` floats, rounded up to a multiple of 16, with uniform numbers between 0 and 1. */
export function uniform(k0: i32, k1: i32, out: usize, count: i32): void {
  const k2 = k0 ^ k1 ^ 0x1bd11bda;
  const a = i32x4.splat(k0);
  const b = i32x4.splat(k1);
  const c = i32x4.splat(k2);
  const b1 = i32x4.splat(k2 + 1);
  const b2 = i32x4.splat(k0 + 2);
  const b3 = i32x4.splat(k1 + 3);
  const b4 = i32x4.splat(k2 + 4);
  const b5 = i32x4.splat(k0 + 5);
  const four = i32x4.splat(4);
  let counter = i32x4.add(v128(0, 0, 0, 0, 1, 0, 0, 0, 2, 0, 0, 0, 3, 0, 0, 0), b);
  for (let i: i32 = 0; i < count; i += 16, out += 64) {
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
    v128.store(out, upper(x));
    v128.store(out, lower(x), 16);
    v128.store(out, upper(y), 32);
    v128.store(out, lower(y), 48);
  }
}
