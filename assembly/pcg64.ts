/**
 * NumPy's PCG64 (XSL-RR 128/64) and its ziggurat normal numbers. AssemblyScript; see scripts/build-kernels.mjs.
 *
 * Memory: the state at 0 (lower and upper half of the state, of the increment, then the waiting 32-bit word and whether
 * there is one), the tables of src/random/ziggurat-tables.generated.ts at 64, the output wherever the caller says.
 *
 * @see O'Neill 2014, "PCG: A Family of Simple Fast Space-Efficient Statistically Good Algorithms"; Marsaglia, Tsang 2000,
 * "The ziggurat method", in the form of numpy/random/src/distributions/distributions.c
 */

/** exp(x), for the wedges. */
declare function exponential(x: f64): f64;
/** log(1 + x), for the tails. */
declare function log1p(x: f64): f64;
/** The same in single precision. */
declare function log1pSingle(x: f32): f32;

const kDouble: usize = 64;
const wDouble: usize = kDouble + 2048;
const fDouble: usize = wDouble + 2048;
const kSingle: usize = fDouble + 2048;
const wSingle: usize = kSingle + 1024;
const fSingle: usize = wSingle + 1024;

const multiplierLow: u64 = (u64(0x4385df64) << 32) | 0x9fccf645;
const multiplierHigh: u64 = (u64(0x2360ed05) << 32) | 0x1fc65da4;
const r: f64 = 3.654152885361009;
const inverseR: f64 = 0.2736612373297583;

let low: u64 = 0;
let high: u64 = 0;
let incrementLow: u64 = 0;
let incrementHigh: u64 = 0;
let waiting: u32 = 0;
let waits: u32 = 0;

function begin(): void {
  low = load<u64>(0);
  high = load<u64>(8);
  incrementLow = load<u64>(16);
  incrementHigh = load<u64>(24);
  waiting = load<u32>(32);
  waits = load<u32>(36);
}

function end(): void {
  store<u64>(0, low);
  store<u64>(8, high);
  store<u32>(32, waiting);
  store<u32>(36, waits);
}

/** Upper 64 bits of a product. */
function multiplyHigh(a: u64, b: u64): u64 {
  const a0 = a & 0xffffffff;
  const a1 = a >> 32;
  const b0 = b & 0xffffffff;
  const b1 = b >> 32;
  const middle = a1 * b0 + ((a0 * b0) >> 32);
  return a1 * b1 + (middle >> 32) + (((middle & 0xffffffff) + a0 * b1) >> 32);
}

function next64(): u64 {
  const productLow = low * multiplierLow;
  const productHigh = multiplyHigh(low, multiplierLow) + high * multiplierLow + low * multiplierHigh;
  low = productLow + incrementLow;
  high = productHigh + incrementHigh + u64(low < productLow);
  return rotr<u64>(high ^ low, high >> 58);
}

/** Lower half of a 64-bit word first; the upper half waits for the next call. */
function next32(): u32 {
  if (waits) {
    waits = 0;
    return waiting;
  }
  const word = next64();
  waits = 1;
  waiting = u32(word >> 32);
  return u32(word);
}

function nextDouble(): f64 {
  return f64(next64() >> 11) * (1.0 / 9007199254740992.0);
}

function nextSingle(): f32 {
  return f32(next32() >> 8) * f32(1.0 / 16777216.0);
}

export function word32(): u32 {
  begin();
  const word = next32();
  end();
  return word;
}

export function word64(): u64 {
  begin();
  const word = next64();
  end();
  return word;
}

export function words32(out: usize, count: i32): void {
  begin();
  for (let i = 0; i < count; i++, out += 4) store<u32>(out, next32());
  end();
}

export function uniform64(out: usize, count: i32): void {
  begin();
  for (let i = 0; i < count; i++, out += 8) store<f64>(out, nextDouble());
  end();
}

export function uniform32(out: usize, count: i32): void {
  begin();
  for (let i = 0; i < count; i++, out += 4) store<f32>(out, nextSingle());
  end();
}

export function normal64(out: usize, count: i32): void {
  begin();
  for (let i = 0; i < count; i++, out += 8) {
    const word = next64();
    const index = usize(word & 0xff);
    const size = (word >> 9) & 0x000fffffffffffff;
    let x = f64(size) * load<f64>(wDouble + (index << 3));
    if ((word >> 8) & 1) x = -x;
    if (size >= load<u64>(kDouble + (index << 3))) x = unlikely64(index, size, x);
    store<f64>(out, x);
  }
  end();
}

/** What the first look did not decide: the tail, a wedge, or another try. */
function unlikely64(index: usize, size: u64, x: f64): f64 {
  while (true) {
    if (index === 0) {
      while (true) {
        const far = -inverseR * log1p(-nextDouble());
        const height = -log1p(-nextDouble());
        if (height + height > far * far) return (size >> 8) & 1 ? -(r + far) : r + far;
      }
    }
    const upper = load<f64>(fDouble + ((index - 1) << 3));
    const lower = load<f64>(fDouble + (index << 3));
    if ((upper - lower) * nextDouble() + lower < exponential(-0.5 * x * x)) return x;
    const word = next64();
    index = usize(word & 0xff);
    size = (word >> 9) & 0x000fffffffffffff;
    x = f64(size) * load<f64>(wDouble + (index << 3));
    if ((word >> 8) & 1) x = -x;
    if (size < load<u64>(kDouble + (index << 3))) return x;
  }
}

export function normal32(out: usize, count: i32): void {
  begin();
  for (let i = 0; i < count; i++, out += 4) {
    const word = next32();
    const index = usize(word & 0xff);
    const size = word >> 9;
    let x = f32(size) * load<f32>(wSingle + (index << 2));
    if ((word >> 8) & 1) x = -x;
    if (size >= load<u32>(kSingle + (index << 2))) x = unlikely32(index, size, x);
    store<f32>(out, x);
  }
  end();
}

function unlikely32(index: usize, size: u32, x: f32): f32 {
  while (true) {
    if (index === 0) {
      while (true) {
        const far = -f32(inverseR) * log1pSingle(-nextSingle());
        const height = -log1pSingle(-nextSingle());
        if (height + height > far * far) return (size >> 8) & 1 ? -(f32(r) + far) : f32(r) + far;
      }
    }
    const upper = load<f32>(fSingle + ((index - 1) << 2));
    const lower = load<f32>(fSingle + (index << 2));
    // The left side in single, the right side in double precision, as C has it.
    if (f64((upper - lower) * nextSingle() + lower) < exponential(-0.5 * f64(x) * f64(x))) return x;
    const word = next32();
    index = usize(word & 0xff);
    size = word >> 9;
    x = f32(size) * load<f32>(wSingle + (index << 2));
    if ((word >> 8) & 1) x = -x;
    if (size < load<u32>(kSingle + (index << 2))) return x;
  }
}
