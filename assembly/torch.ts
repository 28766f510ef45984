/**
 * MT19937 and PyTorch's numbers of single precision, four at a time. AssemblyScript; see scripts/build-kernels.mjs.
 *
 * Memory: at 0 the 624 words, then how many of them are used up (2496), at 2560 a table; the output wherever the caller says. Numbers are
 * made in place of the words that `words` left there.
 *
 * src/random/torch/normal-avx2.ts has the same arithmetic one number at a time, and explains it. A fused multiply-add of
 * singles is a product and a sum in double precision, rounded to a single.
 */

const position: usize = 2496;

/** One twist of four words: the upper bit of each, the other bits of its neighbour, and the word 397 further on. */
// @ts-expect-error: decorator
function twist(at: usize, far: usize): void {
  const upper = v128.and(v128.load(at), i32x4.splat(0x80000000));
  const lower = v128.and(v128.load(at, 4), i32x4.splat(0x7fffffff));
  const y = v128.or(upper, lower);
  const odd = v128.and(i32x4.neg(v128.and(y, i32x4.splat(1))), i32x4.splat(0x9908b0df));
  v128.store(at, v128.xor(v128.load(far), v128.xor(i32x4.shr_u(y, 1), odd)));
}

// @ts-expect-error: decorator
function twistOne(at: usize, next: usize, far: usize): void {
  const y = (load<u32>(at) & 0x80000000) | (load<u32>(next) & 0x7fffffff);
  store<u32>(at, load<u32>(far) ^ (y >> 1) ^ (-(y & 1) & 0x9908b0df));
}

function generate(): void {
  let at: usize = 0;
  for (; at < 224 * 4; at += 16) twist(at, at + 1588);
  for (; at < 227 * 4; at += 4) twistOne(at, at + 4, at + 1588);
  for (; at < 623 * 4; at += 16) twist(at, at - 908);
  twistOne(2492, 0, 1584);
}

/** The next `count` words, a multiple of 4 with as many used up before. */
export function words(out: usize, count: i32): void {
  let used = load<i32>(position);
  for (let left = count; left > 0; ) {
    if (used === 624) {
      generate();
      used = 0;
    }
    const take = min<i32>(left, 624 - used);
    const end = out + ((take as usize) << 2);
    let from = (used as usize) << 2;
    for (; out + 16 <= end; out += 16, from += 16) {
      let y = v128.load(from);
      y = v128.xor(y, i32x4.shr_u(y, 11));
      y = v128.xor(y, v128.and(i32x4.shl(y, 7), i32x4.splat(0x9d2c5680)));
      y = v128.xor(y, v128.and(i32x4.shl(y, 15), i32x4.splat(0xefc60000)));
      v128.store(out, v128.xor(y, i32x4.shr_u(y, 18)));
    }
    for (; out < end; out += 4, from += 4) {
      let y = load<u32>(from);
      y ^= y >> 11;
      y ^= (y << 7) & 0x9d2c5680;
      y ^= (y << 15) & 0xefc60000;
      store<u32>(out, y ^ (y >> 18));
    }
    used += take;
    left -= take;
  }
  store<i32>(position, used);
}

/** x scale + shift of the words at `out`, x in [0, 1) by 24 bits; each step rounded. */
export function uniform(out: usize, count: i32, scale: f32, shift: f32): void {
  const end = out + ((count as usize) << 2);
  for (; out < end; out += 16) {
    const x = f32x4.mul(
      f32x4.convert_i32x4_s(v128.and(v128.load(out), i32x4.splat(0xffffff))),
      f32x4.splat(5.9604644775390625e-8),
    );
    v128.store(out, f32x4.add(f32x4.mul(x, f32x4.splat(scale)), f32x4.splat(shift)));
  }
}

/** (2x - 1) high of the words at `out`: rounded once. */
export function symmetric(out: usize, count: i32, high: f32): void {
  const end = out + ((count as usize) << 2);
  for (; out < end; out += 16) {
    const n = i32x4.sub(v128.and(v128.load(out), i32x4.splat(0xffffff)), i32x4.splat(0x800000));
    const x = f32x4.mul(f32x4.convert_i32x4_s(n), f32x4.splat(1.1920928955078125e-7));
    v128.store(out, f32x4.mul(x, f32x4.splat(high)));
  }
}

// @ts-expect-error: decorator
function low(x: v128): v128 {
  return f64x2.promote_low_f32x4(x);
}

// @ts-expect-error: decorator
function high(x: v128): v128 {
  return f64x2.promote_low_f32x4(i64x2.shuffle(x, x, 1, 1));
}

/** a b + c rounded to singles, kept as doubles. */
// @ts-expect-error: decorator
function fused(a: v128, b: v128, c: v128): v128 {
  return f64x2.promote_low_f32x4(f32x4.demote_f64x2_zero(f64x2.add(f64x2.mul(a, b), c)));
}

/** The same, as the singles themselves: two, and two zeros. */
// @ts-expect-error: decorator
function fusedSingles(a: v128, b: v128, c: v128): v128 {
  return f32x4.demote_f64x2_zero(f64x2.add(f64x2.mul(a, b), c));
}

// @ts-expect-error: decorator
function join(a: v128, b: v128): v128 {
  return i64x2.shuffle(a, b, 0, 2);
}

// @ts-expect-error: decorator
function constant(x: f32): v128 {
  return f64x2.splat(x as f64);
}

/** sqrt(-2 log u) of eight words, u = 1 - w 2^-24; in place, as singles. */
// @ts-expect-error: decorator
function radii(at: usize): void {
  const lower24 = i32x4.splat(0xffffff);
  const whole = i32x4.splat(0x1000000);
  const aBits = f32x4.convert_i32x4_s(i32x4.sub(whole, v128.and(v128.load(at), lower24)));
  const bBits = f32x4.convert_i32x4_s(i32x4.sub(whole, v128.and(v128.load(at, 16), lower24)));
  const mantissa = i32x4.splat(0x007fffff);
  const half = i32x4.splat(0x3f000000);
  const aM = v128.or(v128.and(aBits, mantissa), half);
  const bM = v128.or(v128.and(bBits, mantissa), half);
  const sqrtHalf = f32x4.splat(0.7071067811865476);
  const aSmall = f32x4.lt(aM, sqrtHalf);
  const bSmall = f32x4.lt(bM, sqrtHalf);
  const one = f32x4.splat(1);
  const ax = f32x4.add(f32x4.sub(aM, one), v128.and(aM, aSmall));
  const bx = f32x4.add(f32x4.sub(bM, one), v128.and(bM, bSmall));
  const x0 = low(ax);
  const x1 = high(ax);
  const x2 = low(bx);
  const x3 = high(bx);
  let c = constant(7.0376836292e-2);
  let d = constant(-1.151461031e-1);
  let y0 = fused(c, x0, d);
  let y1 = fused(c, x1, d);
  let y2 = fused(c, x2, d);
  let y3 = fused(c, x3, d);
  c = constant(1.167699874e-1);
  y0 = fused(y0, x0, c);
  y1 = fused(y1, x1, c);
  y2 = fused(y2, x2, c);
  y3 = fused(y3, x3, c);
  d = constant(-1.2420140846e-1);
  y0 = fused(y0, x0, d);
  y1 = fused(y1, x1, d);
  y2 = fused(y2, x2, d);
  y3 = fused(y3, x3, d);
  c = constant(1.4249322787e-1);
  y0 = fused(y0, x0, c);
  y1 = fused(y1, x1, c);
  y2 = fused(y2, x2, c);
  y3 = fused(y3, x3, c);
  d = constant(-1.6668057665e-1);
  y0 = fused(y0, x0, d);
  y1 = fused(y1, x1, d);
  y2 = fused(y2, x2, d);
  y3 = fused(y3, x3, d);
  c = constant(2.0000714765e-1);
  y0 = fused(y0, x0, c);
  y1 = fused(y1, x1, c);
  y2 = fused(y2, x2, c);
  y3 = fused(y3, x3, c);
  d = constant(-2.4999993993e-1);
  y0 = fused(y0, x0, d);
  y1 = fused(y1, x1, d);
  y2 = fused(y2, x2, d);
  y3 = fused(y3, x3, d);
  c = constant(3.3333331174e-1);
  let ay = join(fusedSingles(y0, x0, c), fusedSingles(y1, x1, c));
  let by = join(fusedSingles(y2, x2, c), fusedSingles(y3, x3, c));
  const bias = i32x4.splat(126 + 24);
  const aExponent = f32x4.convert_i32x4_s(i32x4.add(i32x4.sub(i32x4.shr_u(aBits, 23), bias), aSmall));
  const bExponent = f32x4.convert_i32x4_s(i32x4.add(i32x4.sub(i32x4.shr_u(bBits, 23), bias), bSmall));
  const az = f32x4.mul(ax, ax);
  const bz = f32x4.mul(bx, bx);
  ay = f32x4.mul(ay, ax);
  by = f32x4.mul(by, bx);
  const ln2Low = f32x4.splat(-2.1219444e-4);
  const ae = f32x4.mul(aExponent, ln2Low);
  const be = f32x4.mul(bExponent, ln2Low);
  ay = join(fusedSingles(low(ay), low(az), low(ae)), fusedSingles(high(ay), high(az), high(ae)));
  by = join(fusedSingles(low(by), low(bz), low(be)), fusedSingles(high(by), high(bz), high(be)));
  const minusHalf = f32x4.splat(-0.5);
  ay = f32x4.add(ay, f32x4.mul(az, minusHalf));
  by = f32x4.add(by, f32x4.mul(bz, minusHalf));
  const ln2High = f32x4.splat(0.693359375);
  const aSum = f32x4.add(f32x4.add(ax, ay), f32x4.mul(aExponent, ln2High));
  const bSum = f32x4.add(f32x4.add(bx, by), f32x4.mul(bExponent, ln2High));
  const minusTwo = f32x4.splat(-2);
  v128.store(at, f32x4.sqrt(f32x4.mul(aSum, minusTwo)));
  v128.store(at, f32x4.sqrt(f32x4.mul(bSum, minusTwo)), 16);
}

/** The octant, rounded to even, of 2 pi u for four words, u = w 2^-24. */
// @ts-expect-error: decorator
function evenOctant(theta: v128): v128 {
  const nearest = i32x4.trunc_sat_f32x4_s(f32x4.mul(theta, f32x4.splat(1.2732395447351628)));
  return v128.and(i32x4.add(nearest, i32x4.splat(1)), i32x4.splat(~1));
}

// @ts-expect-error: decorator
function angle(word: v128): v128 {
  const u = f32x4.mul(
    f32x4.convert_i32x4_s(v128.and(word, i32x4.splat(0xffffff))),
    f32x4.splat(5.9604644775390625e-8),
  );
  return f32x4.mul(u, f32x4.splat(6.283185307179586));
}

/** theta less octant times pi/4. */
// @ts-expect-error: decorator
function remainder(theta: v128, octant: v128): v128 {
  const j = f32x4.convert_i32x4_s(octant);
  let x = f32x4.add(theta, f32x4.mul(j, f32x4.splat(-0.78515625)));
  x = f32x4.add(x, f32x4.mul(j, f32x4.splat(-2.4187564849853516e-4)));
  const last = constant(-3.774894977445941e-8);
  return join(fusedSingles(low(j), last, low(x)), fusedSingles(high(j), last, high(x)));
}

// @ts-expect-error: decorator
function product(at: usize, value: v128, scale: v128): void {
  v128.store(at, f32x4.add(f32x4.mul(value, scale), f32x4.splat(0)));
}

/** Normal numbers of mean 0 in place of the words at `out`, blocks of 16. */
export function normalAvx2(out: usize, count: i32, std: f32): void {
  const end = out + ((count as usize) << 2);
  const scale = f32x4.splat(std);
  for (; out < end; out += 64) {
    radii(out);
    const aTheta = angle(v128.load(out, 32));
    const bTheta = angle(v128.load(out, 48));
    const aOctant = evenOctant(aTheta);
    const bOctant = evenOctant(bTheta);
    const ax = remainder(aTheta, aOctant);
    const bx = remainder(bTheta, bOctant);
    const az = f32x4.mul(ax, ax);
    const bz = f32x4.mul(bx, bx);
    const z0 = low(az);
    const z1 = high(az);
    const z2 = low(bz);
    const z3 = high(bz);
    const c0 = constant(2.443315711809948e-5);
    const c1 = constant(-1.388731625493765e-3);
    const c2 = constant(4.166664568298827e-2);
    const s0 = constant(-1.9515295891e-4);
    const s1 = constant(8.3321608736e-3);
    const s2 = constant(-1.6666654611e-1);
    let ac = join(fusedSingles(fused(c0, z0, c1), z0, c2), fusedSingles(fused(c0, z1, c1), z1, c2));
    let bc = join(fusedSingles(fused(c0, z2, c1), z2, c2), fusedSingles(fused(c0, z3, c1), z3, c2));
    let as = join(fusedSingles(fused(s0, z0, s1), z0, s2), fusedSingles(fused(s0, z1, s1), z1, s2));
    let bs = join(fusedSingles(fused(s0, z2, s1), z2, s2), fusedSingles(fused(s0, z3, s1), z3, s2));
    ac = f32x4.mul(ac, az);
    bc = f32x4.mul(bc, bz);
    as = f32x4.mul(as, az);
    bs = f32x4.mul(bs, bz);
    const minusHalf = f32x4.splat(-0.5);
    const ah = f32x4.mul(az, minusHalf);
    const bh = f32x4.mul(bz, minusHalf);
    ac = join(fusedSingles(low(ac), z0, low(ah)), fusedSingles(high(ac), z1, high(ah)));
    bc = join(fusedSingles(low(bc), z2, low(bh)), fusedSingles(high(bc), z3, high(bh)));
    as = join(fusedSingles(low(as), low(ax), low(ax)), fusedSingles(high(as), high(ax), high(ax)));
    bs = join(fusedSingles(low(bs), low(bx), low(bx)), fusedSingles(high(bs), high(bx), high(bx)));
    const one = f32x4.splat(1);
    ac = f32x4.add(ac, one);
    bc = f32x4.add(bc, one);
    const two = i32x4.splat(2);
    const aSwapped = i32x4.eq(v128.and(aOctant, two), two);
    const bSwapped = i32x4.eq(v128.and(bOctant, two), two);
    // Bit 2 of the octant is the sign of the sine, that of the octant after the next the sign of the cosine.
    const four = i32x4.splat(4);
    const ar = v128.load(out);
    const br = v128.load(out, 16);
    const aSine = v128.xor(v128.bitselect(ac, as, aSwapped), i32x4.shl(v128.and(aOctant, four), 29));
    const bSine = v128.xor(v128.bitselect(bc, bs, bSwapped), i32x4.shl(v128.and(bOctant, four), 29));
    product(out + 32, f32x4.mul(ar, aSine), scale);
    product(out + 48, f32x4.mul(br, bSine), scale);
    const aNext = v128.and(i32x4.add(aOctant, two), four);
    const bNext = v128.and(i32x4.add(bOctant, two), four);
    const aCosine = v128.xor(v128.bitselect(as, ac, aSwapped), i32x4.shl(aNext, 29));
    const bCosine = v128.xor(v128.bitselect(bs, bc, bSwapped), i32x4.shl(bNext, 29));
    product(out, f32x4.mul(ar, aCosine), scale);
    product(out + 16, f32x4.mul(br, bCosine), scale);
  }
}

// Without AVX2: src/random/torch/normal-scalar.ts explains it. 1/c and log c of its 16 intervals lie here, in pairs.
const intervals: usize = 2560;

/** logf of two numbers m 2^k; their rows of the table, and m and k in the lower half. */
function logarithms(m: v128, k: v128, firstRow: i32, secondRow: i32): v128 {
  const first = v128.load(intervals + ((firstRow as usize) << 4));
  const second = v128.load(intervals + ((secondRow as usize) << 4));
  const inverse = i64x2.shuffle(first, second, 0, 2);
  const log = i64x2.shuffle(first, second, 1, 3);
  const r = f64x2.sub(f64x2.mul(low(m), inverse), f64x2.splat(1));
  const r2 = f64x2.mul(r, r);
  const start = f64x2.add(f64x2.mul(f64x2.splat(0.333456765744066), r), f64x2.splat(-0.4999997485802103));
  const y = f64x2.add(f64x2.mul(f64x2.splat(-0.25089342214237154), r2), start);
  const exponent = f64x2.mul(f64x2.convert_low_i32x4_s(k), f64x2.splat(0.6931471805599453));
  const sum = f64x2.add(f64x2.add(log, exponent), r);
  return f32x4.demote_f64x2_zero(f64x2.add(f64x2.mul(y, r2), sum));
}

/** The sine of two numbers up to pi/4. */
function sines(x: v128, z: v128): v128 {
  const s = f64x2.add(f64x2.splat(0.008332178146138854), f64x2.mul(z, f64x2.splat(-0.00019517298981385725)));
  const x3 = f64x2.mul(x, z);
  const sum = f64x2.add(x, f64x2.mul(x3, f64x2.splat(-0.16666654943701084)));
  return f32x4.demote_f64x2_zero(f64x2.add(sum, f64x2.mul(f64x2.mul(x3, z), s)));
}

/** The cosine of two numbers whose squares are z. */
function cosines(z: v128): v128 {
  const z2 = f64x2.mul(z, z);
  const c = f64x2.add(f64x2.splat(-0.001388676379437604), f64x2.mul(z, f64x2.splat(2.4390450703564542e-5)));
  const one = f64x2.add(f64x2.splat(1), f64x2.mul(z, f64x2.splat(-0.49999999725108224)));
  const sum = f64x2.add(one, f64x2.mul(z2, f64x2.splat(0.041666623324344516)));
  return f32x4.demote_f64x2_zero(f64x2.add(sum, f64x2.mul(f64x2.mul(z2, z), c)));
}

/** Normal numbers of mean 0 in place of the words at `out`, blocks of 16. */
export function normalScalar(out: usize, count: i32, std: f32): void {
  const end = out + ((count as usize) << 2);
  const scale = f32x4.splat(std);
  const unit = f32x4.splat(5.9604644775390625e-8);
  const lower24 = i32x4.splat(0xffffff);
  for (; out < end; out += 64) {
    for (let half: usize = 0; half < 32; half += 16) {
      const at = out + half;
      const number = i32x4.sub(i32x4.splat(0x1000000), v128.and(v128.load(at), lower24));
      const bits = f32x4.mul(f32x4.convert_i32x4_s(number), unit);
      const shifted = i32x4.sub(bits, i32x4.splat(0x3f330000));
      const row = v128.and(i32x4.shr_s(shifted, 19), i32x4.splat(15));
      const k = i32x4.shr_s(shifted, 23);
      const m = i32x4.sub(bits, i32x4.shl(k, 23));
      const a = logarithms(m, k, i32x4.extract_lane(row, 0), i32x4.extract_lane(row, 1));
      const b = logarithms(
        i64x2.shuffle(m, m, 1, 1),
        i64x2.shuffle(k, k, 1, 1),
        i32x4.extract_lane(row, 2),
        i32x4.extract_lane(row, 3),
      );
      const r = f32x4.sqrt(f32x4.mul(join(a, b), f32x4.splat(-2)));
      const u = f32x4.mul(f32x4.convert_i32x4_s(v128.and(v128.load(at, 32), lower24)), unit);
      const twoPi = f64x2.splat(6.283185307179586);
      const theta0 = f64x2.promote_low_f32x4(f32x4.demote_f64x2_zero(f64x2.mul(twoPi, low(u))));
      const theta1 = f64x2.promote_low_f32x4(f32x4.demote_f64x2_zero(f64x2.mul(twoPi, high(u))));
      const turns = f64x2.splat(10680707.430881744); // 2/pi 2^24
      const rounding = i32x4.splat(0x800000);
      const n0 = i32x4.shr_s(i32x4.add(i32x4.trunc_sat_f64x2_s_zero(f64x2.mul(theta0, turns)), rounding), 24);
      const n1 = i32x4.shr_s(i32x4.add(i32x4.trunc_sat_f64x2_s_zero(f64x2.mul(theta1, turns)), rounding), 24);
      const halfPi = f64x2.splat(1.5707963267948966);
      const x0 = f64x2.sub(theta0, f64x2.mul(f64x2.convert_low_i32x4_s(n0), halfPi));
      const x1 = f64x2.sub(theta1, f64x2.mul(f64x2.convert_low_i32x4_s(n1), halfPi));
      const z0 = f64x2.mul(x0, x0);
      const z1 = f64x2.mul(x1, x1);
      const s = join(sines(x0, z0), sines(x1, z1));
      const c = join(cosines(z0), cosines(z1));
      // Odd quadrants swap the two; bit 1 of the quadrant is the sign of the sine, that of the next one the cosine's.
      const n = i64x2.shuffle(n0, n1, 0, 2);
      const one = i32x4.splat(1);
      const two = i32x4.splat(2);
      const swapped = i32x4.eq(v128.and(n, one), one);
      const sine = v128.xor(v128.bitselect(c, s, swapped), i32x4.shl(v128.and(n, two), 30));
      const next = v128.and(i32x4.add(n, one), two);
      const cosine = v128.xor(v128.bitselect(s, c, swapped), i32x4.shl(next, 30));
      product(at, f32x4.mul(r, cosine), scale);
      product(at + 32, f32x4.mul(r, sine), scale);
    }
  }
}
