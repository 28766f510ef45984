import { OutsetError } from '../messages/error.ts';
import { bindRbm } from './bound-rbm.ts';
import { checkRows } from './check-rows.ts';
import { forEachRow, readRow } from './convert-rows.ts';
import { type Direction, downward, forEachInput, upward } from './direction.ts';
import type { Rbm } from './rbm.ts';
import type { StateRows } from './state-rows.ts';

/**
 * E(v, h) = U_visible(v) + U_hidden(h) - vᵀ W h of pairs of rows.
 * @throws boltzmann.bad_rows, boltzmann.bad_state
 */
export function energy(rbm: Rbm, visible: StateRows, hidden: StateRows): Float64Array {
  checkRows(rbm.visible, visible, 'visible');
  checkRows(rbm.hidden, hidden, 'hidden');
  if (hidden.count !== visible.count) {
    throw new OutsetError('boltzmann.bad_rows', {
      layer: 'hidden',
      part: 'count',
      expected: String(visible.count),
      got: String(hidden.count),
    });
  }
  const direction = upward(bindRbm(rbm));
  const { asked } = direction;
  const energies = unitEnergies(direction, visible);
  const h = new Float64Array(asked.width);
  forEachInput(direction, visible, (inputs, start, index) => {
    readRow(asked, hidden, index, h, 0);
    let bond = 0;
    for (let j = 0; j < h.length; j++) bond += inputs[start + j] * h[j];
    energies[index] += asked.energy(h, 0) - bond;
  });
  return energies;
}

/**
 * F(v) = -log ∫ exp(-E(v, h)) dh = U_visible(v) - Σ_j Γ_j(Σ_i v_i W_ij), so that p(v) = exp(-F(v)) / Z.
 *
 * Sums are in double precision. Grey levels are taken at their value; then exp(-F) is no probability of anything, but
 * differences of F between data sets still show overfitting (Hinton 2010, section 6).
 * @throws boltzmann.bad_rows, boltzmann.bad_state
 */
export function freeEnergy(rbm: Rbm, visible: StateRows): Float64Array {
  checkRows(rbm.visible, visible, 'visible');
  return freeEnergies(upward(bindRbm(rbm)), visible);
}

/** F(h) = -log ∫ exp(-E(v, h)) dv, likewise. */
export function freeEnergyOfHidden(rbm: Rbm, hidden: StateRows): Float64Array {
  checkRows(rbm.hidden, hidden, 'hidden');
  return freeEnergies(downward(bindRbm(rbm)), hidden);
}

/** Free energies of the given layer; rows are not checked. */
export function freeEnergies(direction: Direction, rows: StateRows): Float64Array {
  const energies = unitEnergies(direction, rows);
  forEachInput(direction, rows, (inputs, start, index) => {
    energies[index] -= direction.asked.cumulant(inputs, start);
  });
  return energies;
}

function unitEnergies({ given }: Direction, rows: StateRows): Float64Array {
  const energies = new Float64Array(rows.count);
  forEachRow(given, rows, (row, index) => {
    energies[index] = given.energy(row, 0);
  });
  return energies;
}
