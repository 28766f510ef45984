/**
 * Parallel tempering: each chain has replicas at falling inverse temperatures, row = chain * temperatures + level, level
 * 0 at beta 1. Replicas are whole lists, so a swap exchanges two addresses and two counts.
 *
 * At beta the energy is beta E(v, h) + (1 - beta) E0(v) with E0 that of the base-rate model: the hottest replica draws
 * independent pixels with the data's means, and moves on at once.
 */
import { exponential } from './exponential';
import { Layer, Lists, Scratch } from './layout';
import { pass } from './pass';
import { next, unit } from './random';

@unmanaged
export class Tempering {
  temperatures: i32;
  /** f32 [chains * temperatures]. */
  betas: usize;
  /** Visible states of the replicas. */
  model: Lists;
  /** Panel tables with chains * temperatures rows. */
  inputs: usize;
  means: usize;
  /** f32 [visible]: biases of the base-rate model. */
  base: usize;
  /** u32 [temperatures]: accepted swaps of level and level + 1. */
  accepted: usize;
  /** f32 [chains * temperatures]. */
  energies: usize;
  /** The layer down with the base-rate biases. */
  down: Layer;
}

/** E - E0 of a replica: minus the sum of (bias - base) over v, minus the sum of the inputs over h. */
function energyAboveBase(t: Tempering, hidden: Lists, row: i32, rows: i32): f32 {
  let sum: f64 = 0;
  let at: usize = load<u32>(t.model.starts + (<usize>row << 2));
  let end = at + (<usize>load<u32>(t.model.counts + (<usize>row << 2)) << 1);
  for (; at < end; at += 2) {
    const place = <usize>load<u16>(at) << 2;
    sum += load<f32>(t.down.bias + place) - load<f32>(t.base + place);
  }
  at = load<u32>(hidden.starts + (<usize>row << 2));
  end = at + (<usize>load<u32>(hidden.counts + (<usize>row << 2)) << 1);
  for (; at < end; at += 2) {
    const column = <i32>load<u16>(at);
    sum += load<f32>(t.inputs + (<usize>((column >> 4) * rows + row) << 6) + (<usize>(column & 15) << 2));
  }
  return -sum as f32;
}

@inline
function exchange(at: usize, a: i32, b: i32): void {
  const first = at + (<usize>a << 2);
  const second = at + (<usize>b << 2);
  const kept = load<u32>(first);
  store<u32>(first, load<u32>(second));
  store<u32>(second, kept);
}

/** Proposes to swap neighbours: levels (0,1), (2,3), ... in even rounds, (1,2), (3,4), ... in odd ones. */
export function swapReplicas(
  t: Tempering,
  hidden: Lists,
  firstChain: i32,
  lastChain: i32,
  rows: i32,
  round: i32,
  generators: usize,
): void {
  const levels = t.temperatures;
  for (let row = firstChain * levels; row < lastChain * levels; row++) {
    store<f32>(t.energies + (<usize>row << 2), energyAboveBase(t, hidden, row, rows));
  }
  for (let chain = firstChain; chain < lastChain; chain++) {
    for (let level = round & 1; level + 1 < levels; level += 2) {
      const a = chain * levels + level;
      const b = a + 1;
      const betaA = load<f32>(t.betas + (<usize>a << 2));
      const betaB = load<f32>(t.betas + (<usize>b << 2));
      const energyA = load<f32>(t.energies + (<usize>a << 2));
      const energyB = load<f32>(t.energies + (<usize>b << 2));
      const logRatio = (betaA - betaB) * (energyA - energyB);
      const ratio = f32x4.extract_lane(exponential(f32x4.splat(min<f32>(logRatio, 0))), 0);
      const u = f32x4.extract_lane(unit(next(generators + (<usize>a << 6))), 0);
      if (u < ratio) {
        exchange(hidden.starts, a, b);
        exchange(hidden.counts, a, b);
        exchange(t.model.starts, a, b);
        exchange(t.model.counts, a, b);
        atomic.add<u32>(t.accepted + (<usize>level << 2), 1);
      }
    }
  }
}

/**
 * `steps` rounds of down, up and swap on the replicas of chains [firstChain, lastChain). The means and states of level 0
 * before the last swap are the model's statistics: means go to `means` (panel table of `stride` rows, row = chain), the
 * visible lists' addresses to `model`.
 */
export function temper(
  t: Tempering,
  up: Layer,
  hidden: Lists,
  model: Lists,
  means: usize,
  firstChain: i32,
  lastChain: i32,
  chains: i32,
  stride: i32,
  steps: i32,
  round: i32,
  generators: usize,
  scratch: Scratch,
): void {
  const levels = t.temperatures;
  const rows = chains * levels;
  const first = firstChain * levels;
  const last = lastChain * levels;
  for (let k: i32 = 0; k < steps; k++) {
    pass(t.down, hidden, t.model, first, last, rows, t.inputs, 0, generators, t.betas, scratch);
    pass(up, t.model, hidden, first, last, rows, t.inputs, t.means, generators, t.betas, scratch);
    if (k === steps - 1) {
      for (let panel: i32 = 0; panel < up.panels; panel++) {
        for (let chain = firstChain; chain < lastChain; chain++) {
          const from = t.means + (<usize>(panel * rows + chain * levels) << 6);
          memory.copy(means + (<usize>(panel * stride + chain) << 6), from, 64);
        }
      }
      for (let chain = firstChain; chain < lastChain; chain++) {
        const row = <usize>(chain * levels) << 2;
        store<u32>(model.starts + (<usize>chain << 2), load<u32>(t.model.starts + row));
        store<u32>(model.counts + (<usize>chain << 2), load<u32>(t.model.counts + row));
      }
    }
    swapReplicas(t, hidden, firstChain, lastChain, rows, round + k, generators);
  }
}
