/**
 * Does a Markov kernel leave a model's law alone?
 *
 * Many chains start from *exact* draws of the law, so however slowly the kernel mixes, they must still have the law
 * after any number of sweeps. The empirical distribution over all states is compared with the law in total variation
 * TV = ½ Σ |seen / n - p|, whose size under the law is known:
 *
 * - E TV <= ½ Σ sqrt(p (1 - p) / n) (Jensen), the Monte Carlo floor;
 * - one chain moves TV by at most 1 / n, so P(TV >= E TV + t) <= exp(-2 n t²) (McDiarmid).
 *
 * The bound is floor + sqrt(log(1 / alarm) / (2 n)): a false alarm has at most that probability, whatever the model.
 * A sampler is off by at least TV - floor - t when it fails.
 */
import { denseRows, sparseRows } from '../../src/boltzmann/convert-rows.ts';
import { allStates, exactVisibleProbabilities } from '../../src/boltzmann/enumeration/exact-sampling.ts';
import type { LayerParameters, Rbm } from '../../src/boltzmann/rbm.ts';
import type { StateRows } from '../../src/boltzmann/state-rows.ts';
import { neutralUnits } from '../../src/boltzmann/units/bind-units.ts';
import type { UnitSpec } from '../../src/boltzmann/units/unit-spec.ts';
import { threefry } from '../../src/random/threefry-stream.ts';
import { tensor } from '../../src/tensor/tensor.ts';

/** Probability of a false alarm of each comparison. */
const alarm = 1e-9;

export interface StationarityCheck {
  /** The units of the chains and the law over their states, in the order of `allStates`. */
  readonly units: UnitSpec;
  readonly law: Float64Array;
  /** Default 20,000. */
  readonly chains?: number;
  readonly seed: number;
  /** Advances all chains together by one sweep; sweeps are counted from 0. */
  readonly kernel: (states: StateRows, sweep: number) => StateRows | Promise<StateRows>;
  /** Sweeps after which chains are compared; default 1, 4, 16. */
  readonly after?: readonly number[];
}

export interface StationarityResult {
  readonly sweeps: number;
  readonly totalVariation: number;
  readonly bound: number;
}

/** Runs the chains; a kernel is stationary when every total variation is below its bound. */
export async function checkStationarity(check: StationarityCheck): Promise<StationarityResult[]> {
  const { units, law, chains = 20_000, seed, kernel, after = [1, 4, 16] } = check;
  let states = drawFromLaw(units, law, chains, seed);
  const results: StationarityResult[] = [];
  for (let sweep = 0; sweep < Math.max(...after); sweep++) {
    states = await kernel(states, sweep);
    if (!after.includes(sweep + 1)) continue;
    results.push({
      sweeps: sweep + 1,
      totalVariation: totalVariation(empiricalLaw(units, states), law),
      bound: totalVariationBound(law, chains),
    });
  }
  return results;
}

/** Largest total variation of `draws` exact draws from a law, but for a false alarm. */
export function totalVariationBound(law: Float64Array, draws: number): number {
  const floor = law.reduce((sum, p) => sum + Math.sqrt((p * (1 - p)) / draws), 0) / 2;
  return floor + Math.sqrt(Math.log(1 / alarm) / (2 * draws));
}

export function totalVariation(a: Float64Array, b: Float64Array): number {
  return a.reduce((sum, x, i) => sum + Math.abs(x - b[i]), 0) / 2;
}

/** Share of the rows in each state. */
export function empiricalLaw(units: UnitSpec, rows: StateRows): Float64Array {
  const { states, width, off } = neutralUnits(units);
  const law = new Float64Array(states! ** units.count);
  const { data } = denseRows(units, rows);
  const digits = width / units.count;
  for (let row = 0; row < rows.count; row++) {
    let state = 0;
    for (let unit = units.count - 1; unit >= 0; unit--) {
      const at = row * width + unit * digits;
      const digit = digits === 1 ? Number(data[at] !== off) : data.subarray(at, at + digits).indexOf(1);
      state = state * states! + digit;
    }
    law[state] += 1 / rows.count;
  }
  return law;
}

/** Exact independent draws. */
export function drawFromLaw(units: UnitSpec, law: Float64Array, count: number, seed: number): StateRows {
  const all = allStates(units);
  const reached = law.slice();
  for (let i = 1; i < reached.length; i++) reached[i] += reached[i - 1];
  const uniforms = threefry(seed).child('chains').uniform(new Float64Array(count));
  const data = new Float32Array(count * all.width);
  for (let row = 0; row < count; row++) {
    let [low, high] = [0, reached.length - 1];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (uniforms[row] < reached[middle]) high = middle;
      else low = middle + 1;
    }
    data.set(all.data.subarray(low * all.width, (low + 1) * all.width), row * all.width);
  }
  return sparseRows(units, { form: 'dense', count, width: all.width, data });
}

/** p(v) at an inverse temperature: exp(-beta E(v, h)) summed over h. */
export function visibleLaw(rbm: Rbm, beta = 1): Float64Array {
  return exactVisibleProbabilities(scaledRbm(rbm, beta));
}

/** The law of the hidden layer. */
export function hiddenLaw(rbm: Rbm, beta = 1): Float64Array {
  return exactVisibleProbabilities(transposedRbm(scaledRbm(rbm, beta)));
}

/** The model whose energy is beta times that of `rbm`. */
export function scaledRbm(rbm: Rbm, beta: number): Rbm {
  const times = (values: Float32Array) => values.map((x) => beta * x);
  const layer = ({ bias, logPrecision }: LayerParameters): LayerParameters => ({
    bias: times(bias),
    ...(logPrecision && { logPrecision: logPrecision.map((x) => x + Math.log(beta)) }),
  });
  return {
    ...rbm,
    weights: tensor('float32', rbm.weights.dims, times(rbm.weights.data)),
    visibleParameters: layer(rbm.visibleParameters),
    hiddenParameters: layer(rbm.hiddenParameters),
  };
}

/** The same model with the layers' names exchanged. */
export function transposedRbm(rbm: Rbm): Rbm {
  const [m, n] = rbm.weights.dims;
  const source = rbm.weights.data;
  return {
    visible: rbm.hidden,
    hidden: rbm.visible,
    weights: tensor(
      'float32',
      [n, m],
      Float32Array.from(source, (_, k) => source[(k % m) * n + Math.floor(k / m)]),
    ),
    visibleParameters: rbm.hiddenParameters,
    hiddenParameters: rbm.visibleParameters,
  };
}
