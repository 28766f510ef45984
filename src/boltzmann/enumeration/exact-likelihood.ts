import { OutsetError } from '../../messages/error.ts';
import { forEachRow } from '../convert-rows.ts';
import { freeEnergy } from '../free-energy.ts';
import type { Rbm } from '../rbm.ts';
import type { StateRows } from '../state-rows.ts';
import { neutralUnits } from '../units/bind-units.ts';
import { exactLogPartition } from './log-partition.ts';

/**
 * log p(v) = -F(v) - log Z of every row, in nats; densities for real units.
 *
 * @param logPartition  log Z when it is known; default {@link exactLogPartition}
 * @throws boltzmann.grey_likelihood for levels between the states of a discrete unit: they have no probability
 */
export function exactLogLikelihood(rbm: Rbm, rows: StateRows, logPartition?: number): Float64Array {
  const result = freeEnergy(rbm, rows);
  checkPure(rbm, rows);
  const logZ = logPartition ?? exactLogPartition(rbm);
  for (let i = 0; i < result.length; i++) result[i] = -result[i] - logZ;
  return result;
}

/** @throws boltzmann.grey_likelihood when a value is no state of a discrete visible unit */
export function checkPure(rbm: Rbm, rows: StateRows): void {
  const units = neutralUnits(rbm.visible);
  const { off } = units;
  if (off === null) return;
  forEachRow(units, rows, (values, row) => {
    const column = values.findIndex((x) => x !== 1 && x !== off);
    if (column >= 0) throw new OutsetError('boltzmann.grey_likelihood', { row, column, got: values[column] });
  });
}
