/**
 * What a layer of a Boltzmann machine is made of. A layer's *state* is a row of `stateWidth` numbers: one a unit, and
 * for Potts units one a unit and state (one-hot), unit by unit.
 */
export type UnitSpec =
  /** 0 or 1. */
  | { readonly kind: 'bernoulli'; readonly count: number }
  /** -1 or +1 (Ising spins). */
  | { readonly kind: 'spin'; readonly count: number }
  /** One of `states` values, one-hot: column `unit * states + state` is 1. */
  | { readonly kind: 'potts'; readonly count: number; readonly states: number }
  /** Real number; U(x) = exp(logPrecision) x² / 2 - bias x, precision learned. */
  | { readonly kind: 'gaussian'; readonly count: number }
  /** Real number >= 0 with the Gaussian's energy (truncated normal given the other layer). */
  | { readonly kind: 'relu'; readonly count: number }
  /** Stepped sigmoid units of Nair & Hinton 2010: sampled as max(0, x + N(0, sigmoid(x))). */
  | { readonly kind: 'nrelu'; readonly count: number };

export type UnitKind = UnitSpec['kind'];

/** Columns of a state row. */
export function stateWidth(units: UnitSpec): number {
  return units.kind === 'potts' ? units.count * units.states : units.count;
}
