/**
 * What the rest of the room needs to know of a layer, whatever it is made of.
 *
 * Given the other layer, the units of a layer are independent, and everything about unit i depends on one number, its
 * *input* I_i (for the hidden units Σ_j v_j W_ji):
 *
 *   p(x_i | I_i) = exp(-U_i(x_i) + I_i x_i - Γ_i(I_i)),   Γ_i(I) = log ∫ exp(-U_i(x) + I x) dx
 *
 * (a sum over the values of a discrete unit; one input a column for one-hot units). The cumulant Γ gives the free
 * energy of the other layer, F(v) = U_visible(v) - Σ_i Γ_i(I_i), and its derivative is the mean. A kind of unit is one
 * file with one function that makes these from a specification and parameters; a layer of several kinds is the same
 * interface over pieces of the row. Everything is computed in double precision with `random/elementary.ts`, so the
 * bits are the same on every engine.
 */
import type { UnitSpec } from './unit-spec.ts';

/** Parameters of one layer in double precision. */
export interface LayerValues {
  readonly bias: Float64Array;
  /** exp(logPrecision); absent where the units have none. */
  readonly precision?: Float64Array;
}

/** Room for one number a parameter: statistics and gradients. */
export interface LayerMoments {
  readonly bias: Float64Array;
  readonly logPrecision?: Float64Array;
}

/** How U grows at infinity, for {@link checkRbm}: U(x) ~ precision x² / 2. */
export interface Tail {
  readonly precision: Float64Array;
  /** True when the units are never negative. */
  readonly nonNegative: boolean;
}

export interface Units {
  readonly spec: UnitSpec;
  readonly values: LayerValues;
  /** Columns of a state row. */
  readonly width: number;
  /** How many values one unit takes; null when they cannot be counted. */
  readonly states: number | null;
  /** Value of a column that is not listed in sparse rows; null when rows of these units are dense. */
  readonly off: number | null;
  /** What a value of a state row must be, for messages. */
  readonly range: string;
  /** Growth of the energy; null when the units are bounded. */
  readonly tail: Tail | null;
  /** The random numbers that {@link sample} takes: uniform in (0, 1) or standard normal, `noiseWidth` a row. */
  readonly noise: 'uniform' | 'normal';
  readonly noiseWidth: number;
  /** First column that holds no state of these units (grey levels between the states are allowed), or -1. */
  firstBad(row: ArrayLike<number>, start: number): number;
  /** Writes the state number `state` (0 ... states - 1) of a unit; only for units with `states`. */
  putState(unit: number, state: number, row: Float64Array): void;
  /** U(x) of a row. */
  energy(row: ArrayLike<number>, start: number): number;
  /** Σ Γ of a row of inputs. */
  cumulant(inputs: Float64Array, start: number): number;
  /** E[x | I]. */
  mean(inputs: Float64Array, start: number, out: Float64Array, outStart: number): void;
  /** The most probable x given I. */
  mode(inputs: Float64Array, start: number, out: Float64Array, outStart: number): void;
  /** A draw from p(x | I), a function of the noise alone. */
  sample(
    inputs: Float64Array,
    start: number,
    noise: Float64Array,
    noiseStart: number,
    out: Float64Array,
    outStart: number,
  ): void;
  /** Adds `weight` -∂U/∂θ at a state, for every parameter θ of the layer. */
  addStateMoments(row: ArrayLike<number>, start: number, weight: number, into: LayerMoments): void;
  /** Adds `weight` E[-∂U/∂θ | I]. */
  addMoments(inputs: Float64Array, start: number, weight: number, into: LayerMoments): void;
  /** Parameters of free-standing units (I = 0) that have about these means and variances; `count` rows were seen. */
  fit(mean: Float64Array, variance: Float64Array, count: number): LayerValues;
}
