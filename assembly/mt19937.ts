/**
 * MT19937 and the normal numbers of NumPy's RandomState. AssemblyScript; see scripts/build-kernels.mjs.
 *
 * Memory: at 0 the 624 words, then how many of them are used up (2496), whether a normal number waits (2500) and which
 * (2504); at 2560 the table of src/random/logarithm-table.generated.ts; the output wherever the caller says.
 *
 * The logarithm is that of src/random/glibc-logarithm.ts, which explains it. Here is only its quick part; where that does
 * not decide the rounding, `logarithm` is called.
 */

declare function logarithm(x: f64): f64;

const position: usize = 2496;
const waits: usize = 2500;
const waiting: usize = 2504;
const near: usize = 2560 + 5 * 8;
const polynomial: usize = 2560;
const intervals: usize = 2560 + 16 * 8;

const ln2High: f64 = 0.6931471805598903;
const ln2Low: f64 = 5.497923018708371e-14;
const doubt: f64 = 8.881784197001252e-16; // 2^-50
const splitter: f64 = 134217729;

function twist(y: u32): u32 {
  return (y >> 1) ^ (-(y & 1) & 0x9908b0df);
}

function generate(): void {
  let at: usize = 0;
  for (; at < 227 * 4; at += 4) {
    const y = (load<u32>(at) & 0x80000000) | (load<u32>(at, 4) & 0x7fffffff);
    store<u32>(at, load<u32>(at, 1588) ^ twist(y));
  }
  for (; at < 623 * 4; at += 4) {
    const y = (load<u32>(at) & 0x80000000) | (load<u32>(at, 4) & 0x7fffffff);
    store<u32>(at, load<u32>(at - 908) ^ twist(y));
  }
  const y = (load<u32>(2492) & 0x80000000) | (load<u32>(0) & 0x7fffffff);
  store<u32>(2492, load<u32>(1584) ^ twist(y));
}

export function word32(): u32 {
  let used = load<u32>(position);
  if (used === 624) {
    generate();
    used = 0;
  }
  store<u32>(position, used + 1);
  let y = load<u32>(usize(used) << 2);
  y ^= y >> 11;
  y ^= (y << 7) & 0x9d2c5680;
  y ^= (y << 15) & 0xefc60000;
  return y ^ (y >> 18);
}

function nextDouble(): f64 {
  const high = word32() >> 5;
  return f64((u64(high) << 26) | u64(word32() >> 6)) * (1.0 / 9007199254740992.0);
}

/** The upper half first. */
export function word64(): u64 {
  const high = u64(word32());
  return (high << 32) | u64(word32());
}

export function words32(out: usize, count: i32): void {
  for (let i = 0; i < count; i++, out += 4) store<u32>(out, word32());
}

export function uniform64(out: usize, count: i32): void {
  for (let i = 0; i < count; i++, out += 8) store<f64>(out, nextDouble());
}

/** Marsaglia's polar method as NumPy has it: the second coordinate comes out first, the first one waits. */
export function normal64(out: usize, count: i32): void {
  for (let i = 0; i < count; i++, out += 8) {
    if (load<u32>(waits)) {
      store<u32>(waits, 0);
      store<f64>(out, load<f64>(waiting));
      continue;
    }
    let x1: f64 = 0;
    let x2: f64 = 0;
    let r2: f64 = 0;
    do {
      x1 = 2 * nextDouble() - 1;
      x2 = 2 * nextDouble() - 1;
      r2 = x1 * x1 + x2 * x2;
    } while (r2 >= 1 || r2 === 0);
    const f = sqrt<f64>((-2 * quickLogarithm(r2)) / r2);
    store<f64>(waiting, f * x1);
    store<u32>(waits, 1);
    store<f64>(out, f * x2);
  }
}

/** @param x  0 < x < 1 */
function quickLogarithm(x: f64): f64 {
  if (x >= 0.9375) return quickNearOne(x);
  const bits = reinterpret<i64>(x);
  const offset = bits - ((0x3fe60000 as i64) << 32);
  const interval = intervals + usize(((offset >> 45) & 127) << 4);
  const k = offset >> 52;
  const z = reinterpret<f64>(bits - (k << 52));
  const inverse = load<f64>(interval);
  const p = z * inverse;
  const tz = splitter * z;
  const zh = tz - (tz - z);
  const zl = z - zh;
  const ti = splitter * inverse;
  const ih = ti - (ti - inverse);
  const il = inverse - ih;
  const r = p - 1 + (zl * il - (p - zh * ih - zl * ih - zh * il));
  const w = f64(k) * ln2High + load<f64>(interval, 8);
  const hi = w + r;
  const lo = w - hi + r + f64(k) * ln2Low;
  const r2 = r * r;
  const small =
    lo +
    r2 * load<f64>(polynomial) +
    r *
      r2 *
      (load<f64>(polynomial, 8) +
        r * load<f64>(polynomial, 16) +
        r2 * (load<f64>(polynomial, 24) + r * load<f64>(polynomial, 32)));
  const margin = doubt * (r2 + abs<f64>(lo));
  const y = hi + (small + margin);
  return y === hi + (small - margin) ? y : logarithm(x);
}

function quickNearOne(x: f64): f64 {
  const r = x - 1;
  const r2 = r * r;
  const r3 = r * r2;
  const scaled = r * 134217728;
  const rHigh = r + scaled - scaled;
  const rLow = r - rHigh;
  const half = -0.5 * rHigh * rHigh;
  const hi = r + half;
  const lo = r - hi + half - 0.5 * rLow * (rHigh + r);
  const third =
    load<f64>(near, 56) + r * load<f64>(near, 64) + r2 * load<f64>(near, 72) + r3 * load<f64>(near, 80);
  const second = load<f64>(near, 32) + r * load<f64>(near, 40) + r2 * load<f64>(near, 48) + r3 * third;
  const series = load<f64>(near, 8) + r * load<f64>(near, 16) + r2 * load<f64>(near, 24) + r3 * second;
  const small = r3 * series + lo;
  const margin = doubt * (abs<f64>(r3) + abs<f64>(lo));
  const y = hi + (small + margin);
  return y === hi + (small - margin) ? y : logarithm(x);
}
