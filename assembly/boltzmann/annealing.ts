/**
 * Annealed importance sampling (Neal 2001; Salakhutdinov & Murray 2008) for independent hidden units: chains go from the
 * base-rate model (beta 0) to the model (beta 1), or back, and carry the logarithm of their weight:
 *
 *   p*_beta(v) = exp((1 - beta) baseᵀ v + beta biasᵀ v) prod_j (1 + exp(beta input_j(v)))
 *   log w += log p*_next(v) - log p*_beta(v), then v moves by one Gibbs step at beta_next
 *
 * Threads share out the chains and never wait for each other.
 */
import { compare, Following, prepareInputs, remember, startAnew } from './following';
import { Layer, Lists, Scratch, shareStart } from './layout';
import { clear, pass, passChange } from './pass';
import { seedRows } from './random';

@unmanaged
export class Annealing {
  /** `down` has the base-rate biases as `base`, `up` none. */
  up: Layer;
  down: Layer;
  chains: i32;
  model: Lists;
  hidden: Lists;
  followModel: Following;
  followHidden: Following;
  /** Panel tables [hidden panels][chains] and [visible panels][chains]. */
  inputs: usize;
  means: usize;
  visibleInputs: usize;
  generators: usize;
  key0: i32;
  key1: i32;
  scratches: usize;
  threads: i32;
  /** f32 [count + 1]: inverse temperatures of this call. */
  betas: usize;
  count: i32;
  /** Number of the first transition, for the keys. */
  step: i32;
  /** f32 [chains]: inverse temperature of each row, the same for all. */
  rowBetas: usize;
  /** f64 [chains]. */
  logWeights: usize;
  /** 1: first draw the visible states at betas[0] from the base-rate model. */
  fresh: i32;
}

/** log of the ratio (1 + e^(next x)) / (1 + e^(beta x)) = -log1p(p (e^((beta - next) x) - 1)), p = logistic(next x). */
@inline
function logRatio(x: v128, p: v128, change: v128): v128 {
  const y = f32x4.mul(change, x);
  let e = f32x4.add(f32x4.mul(y, f32x4.splat(0.041666667)), f32x4.splat(0.16666667));
  e = f32x4.add(f32x4.mul(e, y), f32x4.splat(0.5));
  e = f32x4.add(f32x4.mul(f32x4.mul(e, y), y), y);
  const z = f32x4.mul(p, e);
  let l = f32x4.sub(f32x4.mul(z, f32x4.splat(0.2)), f32x4.splat(0.25));
  l = f32x4.add(f32x4.mul(l, z), f32x4.splat(0.33333333));
  l = f32x4.sub(f32x4.mul(l, z), f32x4.splat(0.5));
  return f32x4.add(f32x4.mul(f32x4.mul(l, z), z), z);
}

/** Adds the ratio of one panel to the log weights. Small steps by polynomials, large ones in float64. */
function weighPanel(a: Annealing, panel: i32, first: i32, last: i32, beta: f32, following: f32): void {
  const change = f32x4.splat(beta - following);
  let offset = <usize>(panel * a.chains + first) << 6;
  const columns = min(16, a.up.width - (panel << 4));
  for (let row = first; row < last; row++, offset += 64) {
    const x = a.inputs + offset;
    const x0 = v128.load(x);
    const x1 = v128.load(x, 16);
    const x2 = v128.load(x, 32);
    const x3 = v128.load(x, 48);
    const largest = f32x4.max(f32x4.max(f32x4.abs(x0), f32x4.abs(x1)), f32x4.max(f32x4.abs(x2), f32x4.abs(x3)));
    const limit = f32x4.splat(0.0625);
    let sum: f64 = 0;
    if (!v128.any_true(f32x4.gt(f32x4.abs(f32x4.mul(largest, change)), limit))) {
      const p = a.means + offset;
      const lanes = f32x4.add(
        f32x4.add(logRatio(x0, v128.load(p), change), logRatio(x1, v128.load(p, 16), change)),
        f32x4.add(logRatio(x2, v128.load(p, 32), change), logRatio(x3, v128.load(p, 48), change)),
      );
      sum =
        -(<f64>f32x4.extract_lane(lanes, 0) + <f64>f32x4.extract_lane(lanes, 1)) -
        (<f64>f32x4.extract_lane(lanes, 2) + <f64>f32x4.extract_lane(lanes, 3));
    } else {
      for (let column: i32 = 0; column < columns; column++) {
        const input = <f64>load<f32>(x + (<usize>column << 2));
        sum += softplus(<f64>following * input) - softplus(<f64>beta * input);
      }
    }
    const weight = a.logWeights + (<usize>row << 3);
    store<f64>(weight, load<f64>(weight) + sum);
  }
}

/** log(1 + e^x). */
export function softplus(x: f64): f64 {
  return max<f64>(x, 0) + Math.log1p(Math.exp(-Math.abs(x)));
}

/** Adds (next - beta) times the sum of (bias - base) over the visible state. */
function weighVisible(a: Annealing, first: i32, last: i32, beta: f32, following: f32): void {
  for (let row = first; row < last; row++) {
    let at: usize = load<u32>(a.model.starts + (<usize>row << 2));
    const end = at + (<usize>load<u32>(a.model.counts + (<usize>row << 2)) << 1);
    let sum: f64 = 0;
    for (; at < end; at += 2) {
      const place = <usize>load<u16>(at) << 2;
      sum += <f64>load<f32>(a.down.bias + place) - <f64>load<f32>(a.down.base + place);
    }
    const weight = a.logWeights + (<usize>row << 3);
    store<f64>(weight, load<f64>(weight) + (<f64>following - <f64>beta) * sum);
  }
}

/** Runs `count` temperatures on one of the threads. */
export function anneal(a: Annealing, thread: i32): void {
  const first = shareStart(a.chains, thread, a.threads);
  const last = shareStart(a.chains, thread + 1, a.threads);
  const scratch = changetype<Scratch>(<usize>load<u32>(a.scratches + (<usize>thread << 2)));
  if (a.fresh) {
    setBetas(a, first, last, load<f32>(a.betas));
    seedRows(a.key0, a.key1, a.step | 0x80000000, first, last, a.generators);
    clear(a.hidden, first, last);
    pass(a.down, a.hidden, a.model, first, last, a.chains, a.visibleInputs, 0, a.generators, a.rowBetas, scratch);
  }
  for (let k: i32 = 0; k < a.count; k++) {
    const beta = load<f32>(a.betas + (<usize>k << 2));
    const following = load<f32>(a.betas + (<usize>k << 2), 4);
    setBetas(a, first, last, following);
    seedRows(a.key0, a.key1, a.step + k, first, last, a.generators);
    weighVisible(a, first, last, beta, following);
    // Anew at the beginning of every call: what rounding adds up to stays that of a hundred steps.
    const anew = k === 0;
    follow(a, a.up, a.followModel, a.model, a.hidden, anew, first, last, a.inputs, a.means, scratch);
    for (let panel: i32 = 0; panel < a.up.panels; panel++) weighPanel(a, panel, first, last, beta, following);
    follow(a, a.down, a.followHidden, a.hidden, a.model, anew, first, last, a.visibleInputs, 0, scratch);
  }
}

/** One pass from the states `source` to `target`, with inputs that follow what changed in the source. */
function follow(
  a: Annealing,
  layer: Layer,
  following: Following,
  source: Lists,
  target: Lists,
  anew: bool,
  first: i32,
  last: i32,
  inputs: usize,
  means: usize,
  scratch: Scratch,
): void {
  if (anew) startAnew(following, source, first, last);
  else compare(following, source, first, last, scratch);
  remember(following, source, first, last);
  prepareInputs(layer, following, first, last, a.chains, inputs);
  passChange(
    layer,
    following.added,
    following.removed,
    target,
    first,
    last,
    a.chains,
    inputs,
    inputs,
    means,
    a.generators,
    a.rowBetas,
    scratch,
  );
}

function setBetas(a: Annealing, first: i32, last: i32, beta: f32): void {
  for (let row = first; row < last; row++) store<f32>(a.rowBetas + (<usize>row << 2), beta);
}
