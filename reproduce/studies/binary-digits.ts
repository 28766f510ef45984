import { createRbm, freeEnergy, type Rbm, sampleRows } from '../../src/boltzmann/index.ts';
import type { StateRows } from '../../src/boltzmann/state-rows.ts';
import { threefry } from '../../src/random/index.ts';
import { type Digits, pixels, rowsOf } from './digits.ts';

export const pixelUnits = { kind: 'bernoulli', count: pixels } as const;

/** Binary MNIST: every grey level drawn once as a probability (Salakhutdinov & Murray 2008); always the same draw. */
export function binaryDigits(digits: Digits): { readonly train: StateRows; readonly test: StateRows } {
  const stream = threefry(2008).child('binary digits');
  return {
    train: sampleRows(pixelUnits, rowsOf(digits.train), stream.child('train')),
    test: sampleRows(pixelUnits, rowsOf(digits.test), stream.child('test')),
  };
}

/** Small normal weights, visible biases from the data: where every machine of these studies starts. */
export function newMachine(hidden: number, data: StateRows, seed: number): Rbm {
  return createRbm(
    pixelUnits,
    { kind: 'bernoulli', count: hidden },
    { stream: threefry(seed).child('start'), data },
  );
}

/** Mean of -F: log-likelihood up to -log Z. */
export function meanLogWeight(rbm: Rbm, rows: StateRows): number {
  const energies = freeEnergy(rbm, rows);
  return -energies.reduce((sum, one) => sum + one, 0) / energies.length;
}
