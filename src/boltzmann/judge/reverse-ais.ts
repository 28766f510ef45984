import { OutsetError } from '../../messages/error.ts';
import type { Stream } from '../../random/stream.ts';
import { checkRbm } from '../check-rbm.ts';
import { checkRows } from '../check-rows.ts';
import type { Rbm } from '../rbm.ts';
import type { StateRows } from '../state-rows.ts';
import type { AisEngine } from './ais-engine.ts';
import { walk } from './annealed-importance-sampling.ts';
import { baseLogPartition, baseRate } from './base-rate.ts';
import {
  checkChainCount,
  checkChainUnits,
  type PartitionEstimate,
  partitionEstimate,
} from './partition-estimate.ts';
import { referenceAis } from './reference-ais.ts';
import { checkTemperatures, publishedTemperatures } from './temperatures.ts';

export interface ReverseAisOptions {
  readonly stream: Stream;
  /** One visible state a chain, each a sample of the model. */
  readonly start: StateRows;
  /** Inverse temperatures from 0 to 1, walked backwards; default {@link publishedTemperatures}. */
  readonly temperatures?: Float64Array;
  /** The base has the means of these rows; default the model's own visible biases. */
  readonly data?: StateRows;
  /** Who moves the chains, default {@link referenceAis}. */
  readonly engine?: AisEngine;
  readonly onProgress?: (done: number, of: number) => void;
}

export interface ReverseAisResult extends PartitionEstimate {
  /** log weight of each chain minus log Z_base: exponentiated an unbiased estimate of 1 / Z. */
  readonly logEstimates: Float64Array;
}

/**
 * log Z by annealed importance sampling backwards, from samples of the model to a model without weights: the weights
 * average to Z_base / Z, so the estimate of log Z errs upwards where the forward one errs downwards.
 *
 * It is a bound only if `start` holds samples of the model. Chains that were run from data for a while are not, once
 * the model mixes slowly: they miss modes, and the estimate can then lie below the forward one.
 * {@link equilibrate} makes chains, {@link boundPartition} makes both estimates and checks them against each other.
 *
 * @throws likelihood.no_chain, likelihood.no_chains, likelihood.bad_option, boltzmann.bad_rows, boltzmann.bad_state
 * @see Burda, Grosse & Salakhutdinov 2015, "Accurate and conservative estimates of MRF log-likelihood using reverse
 *   annealing"
 */
export async function reverseAis(rbm: Rbm, options: ReverseAisOptions): Promise<ReverseAisResult> {
  checkRbm(rbm);
  checkChainUnits(rbm);
  const { stream, start, temperatures = publishedTemperatures(), engine = referenceAis } = options;
  checkRows(rbm.visible, start, 'visible');
  checkChainCount(start.count);
  checkTemperatures(temperatures);
  const path = { rbm, base: baseRate(rbm, options.data) };
  const chains = await engine.open(path, start, start.count, stream.child('reverse-ais'));
  try {
    const logWeights = await walk(chains, temperatures.slice().reverse(), start.count, options.onProgress);
    const base = baseLogPartition(path);
    return {
      ...partitionEstimate('reverse-ais', base, logWeights, temperatures.length - 1),
      logEstimates: logWeights.map((one) => one - base),
    };
  } finally {
    chains.dispose();
  }
}

/**
 * Runs Gibbs chains of the model.
 *
 * @param start  one visible state a chain
 * @param sweeps  steps v -> h -> v
 * @returns where the chains stand after them
 */
export async function equilibrate(
  rbm: Rbm,
  start: StateRows,
  sweeps: number,
  options: { stream: Stream; engine?: AisEngine },
): Promise<StateRows> {
  checkRbm(rbm);
  checkChainUnits(rbm);
  checkRows(rbm.visible, start, 'visible');
  if (!(Number.isInteger(sweeps) && sweeps >= 0)) {
    throw new OutsetError('likelihood.bad_option', {
      option: 'sweeps',
      expected: 'a whole number of at least 0',
      got: String(sweeps),
    });
  }
  const path = { rbm, base: rbm.visibleParameters };
  const engine = options.engine ?? referenceAis;
  const chains = await engine.open(path, start, start.count, options.stream.child('equilibrate'));
  try {
    // At a constant temperature the path is an ordinary Gibbs chain, and weights do not change.
    await walk(chains, new Float64Array(sweeps + 1).fill(1), start.count);
    return chains.states();
  } finally {
    chains.dispose();
  }
}
