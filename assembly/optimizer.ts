/**
 * Update rules on flat float32 vectors in WebAssembly memory, in place, four lanes at a time. AssemblyScript;
 * `node scripts/build-kernels.mjs` compiles it into src/training/kernels/optimizer.generated.ts.
 *
 * Every vector holds `count` floats, a multiple of 16, at a 16-byte aligned address. The formulas are PyTorch's,
 * operation by operation; no fused multiply-add, so the bits are the same on every machine.
 */

/**
 * Sets numbers below 2^-126 in magnitude to zero. The moments of a pixel that is never on decay into subnormal
 * numbers, which cost the processor about a hundred cycles each, for ever; a pass now and then is cheaper than a test
 * within each update (which costs Adam 27 %).
 */
export function flush(from: usize, count: usize): void {
  const end = from + (count << 2);
  const smallest = f32x4.splat(1.1754943508222875e-38);
  for (; from < end; from += 16) {
    const x = v128.load(from);
    v128.store(from, v128.and(x, f32x4.ge(f32x4.abs(x), smallest)));
  }
}

/** 1 if any of the numbers is NaN or infinite: x - x is then NaN, and 0 otherwise. */
export function notFinite(from: usize, count: usize): i32 {
  const end = from + (count << 2);
  let a = i32x4.splat(0);
  let b = a;
  let c = a;
  let d = a;
  for (; from < end; from += 64) {
    const x = v128.load(from);
    const y = v128.load(from, 16);
    const z = v128.load(from, 32);
    const w = v128.load(from, 48);
    a = v128.or(a, f32x4.sub(x, x));
    b = v128.or(b, f32x4.sub(y, y));
    c = v128.or(c, f32x4.sub(z, z));
    d = v128.or(d, f32x4.sub(w, w));
  }
  return v128.any_true(v128.or(v128.or(a, b), v128.or(c, d))) ? 1 : 0;
}

/** p -= lr (g + decay p) */
export function sgd(p: usize, g: usize, count: usize, lr: f32, decay: f32): void {
  const end = p + (count << 2);
  const rate = f32x4.splat(lr);
  const l2 = f32x4.splat(decay);
  for (; p < end; p += 16, g += 16) {
    const w = v128.load(p);
    const d = f32x4.add(v128.load(g), f32x4.mul(l2, w));
    v128.store(p, f32x4.sub(w, f32x4.mul(rate, d)));
  }
}

/** d = g + decay p; m = momentum m + d; p -= lr m, or with Nesterov p -= lr (d + momentum m). */
export function momentum(
  p: usize,
  g: usize,
  m: usize,
  count: usize,
  lr: f32,
  decay: f32,
  factor: f32,
  nesterov: bool,
): void {
  const end = p + (count << 2);
  const rate = f32x4.splat(lr);
  const l2 = f32x4.splat(decay);
  const keep = f32x4.splat(factor);
  if (nesterov) {
    for (; p < end; p += 16, g += 16, m += 16) {
      const w = v128.load(p);
      const d = f32x4.add(v128.load(g), f32x4.mul(l2, w));
      const velocity = f32x4.add(f32x4.mul(keep, v128.load(m)), d);
      v128.store(m, velocity);
      v128.store(p, f32x4.sub(w, f32x4.mul(rate, f32x4.add(d, f32x4.mul(keep, velocity)))));
    }
  } else {
    for (; p < end; p += 16, g += 16, m += 16) {
      const w = v128.load(p);
      const d = f32x4.add(v128.load(g), f32x4.mul(l2, w));
      const velocity = f32x4.add(f32x4.mul(keep, v128.load(m)), d);
      v128.store(m, velocity);
      v128.store(p, f32x4.sub(w, f32x4.mul(rate, velocity)));
    }
  }
}

/** d = g + decay p; v = keep v + rest d²; p -= lr d / (sqrt(v) + epsilon). */
export function rmsprop(
  p: usize,
  g: usize,
  v: usize,
  count: usize,
  lr: f32,
  decay: f32,
  keep: f32,
  rest: f32,
  epsilon: f32,
): void {
  const end = p + (count << 2);
  const rate = f32x4.splat(lr);
  const l2 = f32x4.splat(decay);
  const old = f32x4.splat(keep);
  const fresh = f32x4.splat(rest);
  const eps = f32x4.splat(epsilon);
  for (; p < end; p += 16, g += 16, v += 16) {
    const w = v128.load(p);
    const d = f32x4.add(v128.load(g), f32x4.mul(l2, w));
    const square = f32x4.add(f32x4.mul(old, v128.load(v)), f32x4.mul(fresh, f32x4.mul(d, d)));
    v128.store(v, square);
    v128.store(p, f32x4.sub(w, f32x4.mul(rate, f32x4.div(d, f32x4.add(f32x4.sqrt(square), eps)))));
  }
}

/**
 * p *= shrink; d = g + decay p; m += rest1 (d - m); v = keep2 v + rest2 d²; p -= stepSize m / (sqrt(v) scale + epsilon).
 * Adam has shrink 1, AdamW decay 0. stepSize = lr / (1 - beta1^t) and scale = 1 / sqrt(1 - beta2^t).
 */
export function adam(
  p: usize,
  g: usize,
  m: usize,
  v: usize,
  count: usize,
  shrink: f32,
  decay: f32,
  rest1: f32,
  keep2: f32,
  rest2: f32,
  stepSize: f32,
  scale: f32,
  epsilon: f32,
): void {
  const end = p + (count << 2);
  const decoupled = f32x4.splat(shrink);
  const l2 = f32x4.splat(decay);
  const fresh1 = f32x4.splat(rest1);
  const old2 = f32x4.splat(keep2);
  const fresh2 = f32x4.splat(rest2);
  const rate = f32x4.splat(stepSize);
  const correction = f32x4.splat(scale);
  const eps = f32x4.splat(epsilon);
  for (; p < end; p += 16, g += 16, m += 16, v += 16) {
    const w = f32x4.mul(v128.load(p), decoupled);
    const d = f32x4.add(v128.load(g), f32x4.mul(l2, w));
    const old = v128.load(m);
    const first = f32x4.add(old, f32x4.mul(fresh1, f32x4.sub(d, old)));
    const second = f32x4.add(f32x4.mul(old2, v128.load(v)), f32x4.mul(fresh2, f32x4.mul(d, d)));
    v128.store(m, first);
    v128.store(v, second);
    const size = f32x4.add(f32x4.mul(f32x4.sqrt(second), correction), eps);
    v128.store(p, f32x4.sub(w, f32x4.div(f32x4.mul(rate, first), size)));
  }
}
