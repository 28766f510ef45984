/**
 * Update of one panel of 16 hidden columns, in place. With x and y the states in {0, 1}, w_n the weight of
 * a sample:
 *
 *   A  = sum_n w_n x_n E[y_n]ᵀ (data) - the same (model)
 *   G  = A - mu dy' - lambda dx' - xi s'       dx, dy: differences of the means; s: sparsity; ' broadcast
 *   G -= l2 W + l1 sign(W)
 *   M  = momentum M + G;  W += rate M          or Adam's M, V and step
 *
 * Biases are those of the plain model: with offsets mu, lambda their change is that of the centred biases minus the
 * change of W times the offsets (Melchior, Fischer & Wiskott 2016, algorithm 1, with the reparametrization undone).
 *
 * The weights are kept twice, for passes up [hidden panel][visible][16] and down [visible panel][hidden][16]; both are
 * written here.
 */
import { gradientPanel } from './gradient';
import { Layer, Scratch } from './layout';
import { Columns } from './match';

@unmanaged
export class Learner {
  /** Momentum of the weights, layout of the weights up. */
  momentum: usize;
  /** Second moments (Adam), or 0. */
  squares: usize;
  /** f32 [rows]: weight of each data row and of each model row, the latter negative; together they sum to 1 and -1. */
  dataWeights: usize;
  modelWeights: usize;
  /** Visible offsets mu [visible]; 0 for the plain gradient. */
  visibleOffsets: usize;
  /** Hidden offsets lambda [hidden]; 0 for the plain gradient. */
  hiddenOffsets: usize;
  /** mean of the data minus mu, [visible]: what the sparsity gradient of the weights is taken with. */
  visibleMeans: usize;
  visibleMomentum: usize;
  hiddenMomentum: usize;
  visibleSquares: usize;
  hiddenSquares: usize;
  /** Moving mean of the hidden units, [hidden]; for sparsity. */
  activity: usize;
  /** f32 [hidden panels][visible]: dot of the step of a weight row with the hidden offsets. */
  rowDots: usize;
  /** f32 [hidden]: mean of the hidden units over the batch. */
  batchActivity: usize;
  /** Weight of the newest batch in the moving offsets. */
  offsetRate: f32;
  sparsityTarget: f32;
  sparsityCost: f32;
  sparsityDecay: f32;
  l1: f32;
  l2: f32;
  /** Squares of the factors between the states of the model and {0, 1}: 4 for a spin. They scale the rates. */
  weightScale: f32;
  visibleScale: f32;
  hiddenScale: f32;
  beta1: f32;
  beta2: f32;
  epsilon: f32;
}

/** What changes from step to step. */
@unmanaged
export class Rates {
  rate: f32;
  momentum: f32;
  /** Adam: 1 / (1 - beta1^t) and 1 / sqrt(1 - beta2^t). */
  correction1: f32;
  correction2: f32;
}

/** scratch.difference[i] = mean of visible column i in the data minus in the model. Every thread computes all of it. */
export function visibleDifferences(
  rows: i32,
  columns: Columns,
  learner: Learner,
  scratch: Scratch,
): void {
  for (let column: i32 = 0; column < columns.width; column++) {
    let sum: f32 = 0;
    for (let segment: i32 = 0; segment < columns.segments; segment++) {
      const place = segment * columns.width + column;
      let at = columns.entries + (<usize>(place * columns.capacity) << 1);
      const end = at + (<usize>load<u16>(columns.counts + (<usize>place << 1)) << 1);
      let value: usize = columns.values === 0 ? 0 : columns.values + (<usize>(place * columns.capacity) << 2);
      for (; at < end; at += 2) {
        const entry = <i32>load<u16>(at);
        if (entry >= 2 * rows) {
          sum += load<f32>(learner.dataWeights + (<usize>(entry - 2 * rows) << 2));
          sum += load<f32>(learner.modelWeights + (<usize>(entry - 2 * rows) << 2));
        } else {
          const weight = entry >= rows ? learner.modelWeights + (<usize>(entry - rows) << 2) : learner.dataWeights + (<usize>entry << 2);
          sum += load<f32>(weight) * (value === 0 ? <f32>1 : load<f32>(value));
        }
        value += value === 0 ? 0 : 4;
      }
    }
    store<f32>(scratch.difference + (<usize>column << 2), sum);
  }
}

/** One step of the vector: momentum or Adam. Returns the step to be added, and stores the moments. */
@inline
function step4(g: v128, moment: usize, square: usize, learner: Learner, rates: Rates, rate: v128): v128 {
  if (square === 0) {
    const m = f32x4.add(f32x4.mul(f32x4.splat(rates.momentum), v128.load(moment)), g);
    v128.store(moment, m);
    return f32x4.mul(rate, m);
  }
  const old = v128.load(moment);
  const m = f32x4.add(old, f32x4.mul(f32x4.splat(1 - learner.beta1), f32x4.sub(g, old)));
  const v = f32x4.add(
    f32x4.mul(f32x4.splat(learner.beta2), v128.load(square)),
    f32x4.mul(f32x4.splat(1 - learner.beta2), f32x4.mul(g, g)),
  );
  v128.store(moment, m);
  v128.store(square, v);
  const size = f32x4.add(f32x4.mul(f32x4.sqrt(v), f32x4.splat(rates.correction2)), f32x4.splat(learner.epsilon));
  return f32x4.div(f32x4.mul(f32x4.mul(rate, f32x4.splat(rates.correction1)), m), size);
}

/**
 * Updates the weights, hidden biases and hidden offsets of one hidden panel.
 * @returns whether a weight is no longer a finite number
 */
export function updatePanel(
  up: Layer,
  down: Layer,
  panel: i32,
  rows: i32,
  dataMeans: usize,
  modelMeans: usize,
  columns: Columns,
  learner: Learner,
  rates: Rates,
  scratch: Scratch,
): bool {
  gradientPanel(panel, rows, dataMeans, modelMeans, columns, learner, scratch);
  const here = <usize>panel << 6;
  const zero = f32x4.splat(0);
  const rate = f32x4.splat(rates.rate * learner.weightScale);
  const l1 = f32x4.splat(learner.l1);
  const l2 = f32x4.splat(learner.l2);
  const adam = learner.squares !== 0;
  const lambda = learner.hiddenOffsets;

  // Sparsity: gradient of the squared distance between moving mean activity and target, as Hinton 2010 section 11.
  let s0 = zero;
  let s1 = zero;
  let s2 = zero;
  let s3 = zero;
  if (learner.sparsityCost !== 0) {
    const keep = f32x4.splat(learner.sparsityDecay);
    const fresh = f32x4.splat(1 - learner.sparsityDecay);
    const cost = f32x4.splat(learner.sparsityCost);
    const target = f32x4.splat(learner.sparsityTarget);
    for (let part: usize = 0; part < 64; part += 16) {
      const q = f32x4.add(
        f32x4.mul(keep, v128.load(learner.activity + here + part)),
        f32x4.mul(fresh, v128.load(learner.batchActivity + here + part)),
      );
      v128.store(learner.activity + here + part, q);
    }
    s0 = f32x4.mul(cost, f32x4.sub(v128.load(learner.activity + here), target));
    s1 = f32x4.mul(cost, f32x4.sub(v128.load(learner.activity + here, 16), target));
    s2 = f32x4.mul(cost, f32x4.sub(v128.load(learner.activity + here, 32), target));
    s3 = f32x4.mul(cost, f32x4.sub(v128.load(learner.activity + here, 48), target));
  }
  const d0 = v128.load(scratch.row);
  const d1 = v128.load(scratch.row, 16);
  const d2 = v128.load(scratch.row, 32);
  const d3 = v128.load(scratch.row, 48);
  const o0 = lambda === 0 ? zero : v128.load(lambda + here);
  const o1 = lambda === 0 ? zero : v128.load(lambda + here, 16);
  const o2 = lambda === 0 ? zero : v128.load(lambda + here, 32);
  const o3 = lambda === 0 ? zero : v128.load(lambda + here, 48);
  let t0 = zero;
  let t1 = zero;
  let t2 = zero;
  let t3 = zero;
  // x - x is NaN for what is not finite, and 0 otherwise.
  let bad = zero;

  const weights = up.weights + (<usize>(panel * up.sources) << 6);
  const moments = learner.momentum + (<usize>(panel * up.sources) << 6);
  const squares: usize = adam ? learner.squares + (<usize>(panel * up.sources) << 6) : 0;
  let gradient = scratch.gradient;
  for (let column: i32 = 0; column < up.sources; column++, gradient += 64) {
    let a0 = v128.load(gradient);
    let a1 = v128.load(gradient, 16);
    let a2 = v128.load(gradient, 32);
    let a3 = v128.load(gradient, 48);
    const w = weights + (<usize>column << 6);
    const m = moments + (<usize>column << 6);
    const v: usize = adam ? squares + (<usize>column << 6) : 0;
    if (lambda !== 0) {
      const mu = v128.load32_splat(learner.visibleOffsets + (<usize>column << 2));
      const dx = v128.load32_splat(scratch.difference + (<usize>column << 2));
      a0 = f32x4.sub(f32x4.sub(a0, f32x4.mul(mu, d0)), f32x4.mul(dx, o0));
      a1 = f32x4.sub(f32x4.sub(a1, f32x4.mul(mu, d1)), f32x4.mul(dx, o1));
      a2 = f32x4.sub(f32x4.sub(a2, f32x4.mul(mu, d2)), f32x4.mul(dx, o2));
      a3 = f32x4.sub(f32x4.sub(a3, f32x4.mul(mu, d3)), f32x4.mul(dx, o3));
    }
    if (learner.sparsityCost !== 0) {
      const xi = v128.load32_splat(learner.visibleMeans + (<usize>column << 2));
      a0 = f32x4.sub(a0, f32x4.mul(xi, s0));
      a1 = f32x4.sub(a1, f32x4.mul(xi, s1));
      a2 = f32x4.sub(a2, f32x4.mul(xi, s2));
      a3 = f32x4.sub(a3, f32x4.mul(xi, s3));
    }
    const w0 = v128.load(w);
    const w1 = v128.load(w, 16);
    const w2 = v128.load(w, 32);
    const w3 = v128.load(w, 48);
    if (learner.l2 !== 0) {
      a0 = f32x4.sub(a0, f32x4.mul(l2, w0));
      a1 = f32x4.sub(a1, f32x4.mul(l2, w1));
      a2 = f32x4.sub(a2, f32x4.mul(l2, w2));
      a3 = f32x4.sub(a3, f32x4.mul(l2, w3));
    }
    if (learner.l1 !== 0) {
      a0 = f32x4.sub(a0, signed(l1, w0));
      a1 = f32x4.sub(a1, signed(l1, w1));
      a2 = f32x4.sub(a2, signed(l1, w2));
      a3 = f32x4.sub(a3, signed(l1, w3));
    }
    a0 = step4(a0, m, v, learner, rates, rate);
    a1 = step4(a1, m + 16, adam ? v + 16 : <usize>0, learner, rates, rate);
    a2 = step4(a2, m + 32, adam ? v + 32 : <usize>0, learner, rates, rate);
    a3 = step4(a3, m + 48, adam ? v + 48 : <usize>0, learner, rates, rate);
    const n0 = f32x4.add(w0, a0);
    const n1 = f32x4.add(w1, a1);
    const n2 = f32x4.add(w2, a2);
    const n3 = f32x4.add(w3, a3);
    v128.store(w, n0);
    v128.store(w, n1, 16);
    v128.store(w, n2, 32);
    v128.store(w, n3, 48);
    const sum = f32x4.add(f32x4.add(n0, n1), f32x4.add(n2, n3));
    bad = v128.or(bad, f32x4.sub(sum, sum));
    if (lambda !== 0) {
      const dots = f32x4.add(
        f32x4.add(f32x4.mul(a0, o0), f32x4.mul(a1, o1)),
        f32x4.add(f32x4.mul(a2, o2), f32x4.mul(a3, o3)),
      );
      const dot =
        f32x4.extract_lane(dots, 0) +
        f32x4.extract_lane(dots, 1) +
        (f32x4.extract_lane(dots, 2) + f32x4.extract_lane(dots, 3));
      store<f32>(learner.rowDots + (<usize>(panel * up.sources + column) << 2), dot);
      const mu = v128.load32_splat(learner.visibleOffsets + (<usize>column << 2));
      t0 = f32x4.add(t0, f32x4.mul(mu, a0));
      t1 = f32x4.add(t1, f32x4.mul(mu, a1));
      t2 = f32x4.add(t2, f32x4.mul(mu, a2));
      t3 = f32x4.add(t3, f32x4.mul(mu, a3));
    }
    if ((column & 3) === 3) transposePanel(w - 192, down, panel, column - 3);
  }

  const biasRate = f32x4.splat(rates.rate * learner.hiddenScale);
  moveBias(up.bias + here, learner.hiddenMomentum + here, adam ? learner.hiddenSquares + here : <usize>0, f32x4.sub(d0, s0), t0, learner, rates, biasRate);
  moveBias(up.bias + here + 16, learner.hiddenMomentum + here + 16, adam ? learner.hiddenSquares + here + 16 : <usize>0, f32x4.sub(d1, s1), t1, learner, rates, biasRate);
  moveBias(up.bias + here + 32, learner.hiddenMomentum + here + 32, adam ? learner.hiddenSquares + here + 32 : <usize>0, f32x4.sub(d2, s2), t2, learner, rates, biasRate);
  moveBias(up.bias + here + 48, learner.hiddenMomentum + here + 48, adam ? learner.hiddenSquares + here + 48 : <usize>0, f32x4.sub(d3, s3), t3, learner, rates, biasRate);
  if (lambda !== 0) {
    const fresh = f32x4.splat(learner.offsetRate);
    for (let part: usize = 0; part < 64; part += 16) {
      const old = v128.load(lambda + here + part);
      const mean = v128.load(learner.batchActivity + here + part);
      v128.store(lambda + here + part, f32x4.add(old, f32x4.mul(fresh, f32x4.sub(mean, old))));
    }
  }
  return v128.any_true(bad);
}

@inline
function signed(size: v128, w: v128): v128 {
  const sign = v128.and(w, i32x4.splat(0x80000000));
  return v128.and(v128.or(size, sign), f32x4.ne(w, f32x4.splat(0)));
}

@inline
function moveBias(
  bias: usize,
  moment: usize,
  square: usize,
  g: v128,
  correction: v128,
  learner: Learner,
  rates: Rates,
  rate: v128,
): void {
  const step = step4(g, moment, square, learner, rates, rate);
  v128.store(bias, f32x4.sub(f32x4.add(v128.load(bias), step), correction));
}

/** Copies four rows of 16 weights (visible columns `column` ... + 3) into the layout for passes down. */
@inline
function transposePanel(w: usize, down: Layer, panel: i32, column: i32): void {
  let to = down.weights + (<usize>((column >> 4) * down.sources + (panel << 4)) << 6) + (<usize>(column & 15) << 2);
  for (let part: usize = 0; part < 64; part += 16, to += 256) {
    const a = v128.load(w + part);
    const b = v128.load(w + part, 64);
    const c = v128.load(w + part, 128);
    const d = v128.load(w + part, 192);
    const ab0 = i8x16.shuffle(a, b, 0, 1, 2, 3, 16, 17, 18, 19, 4, 5, 6, 7, 20, 21, 22, 23);
    const ab1 = i8x16.shuffle(a, b, 8, 9, 10, 11, 24, 25, 26, 27, 12, 13, 14, 15, 28, 29, 30, 31);
    const cd0 = i8x16.shuffle(c, d, 0, 1, 2, 3, 16, 17, 18, 19, 4, 5, 6, 7, 20, 21, 22, 23);
    const cd1 = i8x16.shuffle(c, d, 8, 9, 10, 11, 24, 25, 26, 27, 12, 13, 14, 15, 28, 29, 30, 31);
    v128.store(to, i8x16.shuffle(ab0, cd0, 0, 1, 2, 3, 4, 5, 6, 7, 16, 17, 18, 19, 20, 21, 22, 23));
    v128.store(to, i8x16.shuffle(ab0, cd0, 8, 9, 10, 11, 12, 13, 14, 15, 24, 25, 26, 27, 28, 29, 30, 31), 64);
    v128.store(to, i8x16.shuffle(ab1, cd1, 0, 1, 2, 3, 4, 5, 6, 7, 16, 17, 18, 19, 20, 21, 22, 23), 128);
    v128.store(to, i8x16.shuffle(ab1, cd1, 8, 9, 10, 11, 12, 13, 14, 15, 24, 25, 26, 27, 28, 29, 30, 31), 192);
  }
}

/** Visible biases [first, last) in groups of four: after all panels. */
export function updateVisibleBiases(
  up: Layer,
  down: Layer,
  first: i32,
  last: i32,
  learner: Learner,
  rates: Rates,
  scratch: Scratch,
): void {
  const rate = f32x4.splat(rates.rate * learner.visibleScale);
  for (let group = first; group < last; group++) {
    const at = <usize>group << 4;
    let correction = f32x4.splat(0);
    if (learner.hiddenOffsets !== 0) {
      for (let panel: i32 = 0; panel < up.panels; panel++) {
        const dots = learner.rowDots + (<usize>(panel * up.sources) << 2) + at;
        correction = f32x4.add(correction, v128.load(dots));
      }
    }
    const square: usize = learner.squares === 0 ? 0 : learner.visibleSquares + at;
    moveBias(down.bias + at, learner.visibleMomentum + at, square, v128.load(scratch.difference + at), correction, learner, rates, rate);
  }
}
