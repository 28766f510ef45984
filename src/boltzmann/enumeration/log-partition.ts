import { exponential, logarithm } from '../../random/elementary.ts';
import { bindRbm } from '../bound-rbm.ts';
import { checkRbm } from '../check-rbm.ts';
import { downward, upward } from '../direction.ts';
import type { Rbm } from '../rbm.ts';
import { gaussianLogPartition } from './gaussian-partition.ts';
import { enumerableDirection, refuseEnumeration, StateEnumeration, stateBits } from './state-enumeration.ts';

/**
 * log Z by enumeration of one layer, the other summed (or integrated) out in closed form; of Gaussian with Gaussian units
 * by the determinant. Natural logarithm.
 *
 * @param options.enumerate  which layer; default the cheaper. It must be discrete with at most 2^25 states.
 * @throws boltzmann.cannot_enumerate, and what {@link checkRbm} throws
 */
export function exactLogPartition(rbm: Rbm, options: { enumerate?: 'visible' | 'hidden' } = {}): number {
  checkRbm(rbm);
  const model = bindRbm(rbm);
  const { enumerate } = options;
  if (rbm.visible.kind === 'gaussian' && rbm.hidden.kind === 'gaussian') return gaussianLogPartition(model);
  if (enumerate === undefined) return logPartition(new StateEnumeration(enumerableDirection(model)));
  if (stateBits(model[enumerate]) > 25) refuseEnumeration(model, 25);
  return logPartition(new StateEnumeration(enumerate === 'visible' ? upward(model) : downward(model)));
}

/** log of the sum of all weights, scaled by the largest so far. */
export function logPartition(states: StateEnumeration): number {
  let largest = Number.NEGATIVE_INFINITY;
  let sum = 0;
  for (let high = 0; high < states.highStates; high++) {
    const logWeights = states.logWeights(high);
    let blockLargest = largest;
    for (const w of logWeights) if (w > blockLargest) blockLargest = w;
    sum *= exponential(largest - blockLargest);
    largest = blockLargest;
    let blockSum = 0;
    for (const w of logWeights) blockSum += exponential(w - largest);
    sum += blockSum;
  }
  return largest + logarithm(sum);
}
