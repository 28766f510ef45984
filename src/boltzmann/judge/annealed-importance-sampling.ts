import type { Stream } from '../../random/stream.ts';
import { checkRbm } from '../check-rbm.ts';
import type { Rbm } from '../rbm.ts';
import type { StateRows } from '../state-rows.ts';
import type { AisChains, AisEngine } from './ais-engine.ts';
import { baseLogPartition, baseRate } from './base-rate.ts';
import {
  checkChainCount,
  checkChainUnits,
  type PartitionEstimate,
  partitionEstimate,
} from './partition-estimate.ts';
import { referenceAis } from './reference-ais.ts';
import { checkTemperatures, publishedTemperatures } from './temperatures.ts';

export interface AisOptions {
  /** Everything random comes from it. */
  readonly stream: Stream;
  /** Runs, default 100. */
  readonly chains?: number;
  /** Inverse temperatures from 0 to 1, default {@link publishedTemperatures}. */
  readonly temperatures?: Float64Array;
  /** The base has the means of these rows; default the model's own visible biases, which needs more temperatures. */
  readonly data?: StateRows;
  /** Who moves the chains, default {@link referenceAis}. */
  readonly engine?: AisEngine;
  /** Temperatures done so far. */
  readonly onProgress?: (done: number, of: number) => void;
}

/** What the runs leave: the estimate, their weights, and where they ended, close to samples of the model. */
export interface AisResult extends PartitionEstimate {
  /** log Z_base + log weight of each run: every one exponentiated is an unbiased estimate of Z. */
  readonly logEstimates: Float64Array;
  readonly states: StateRows;
}

/**
 * log Z by annealed importance sampling: chains go from a model without weights to the given one through many
 * temperatures, and their weights average to the ratio of the partition functions.
 *
 * E[Ẑ] = Z exactly, for any number of temperatures; the variance falls with their number. A model whose modes the
 * chains do not find is estimated too low with a small error all the same: compare {@link reverseAis}.
 *
 * @throws likelihood.no_chain, likelihood.no_chains, likelihood.bad_option, and what {@link checkRbm} throws
 * @see Neal 2001, "Annealed importance sampling"; Salakhutdinov & Murray 2008, "On the quantitative analysis of deep
 *   belief networks", section 4
 */
export async function annealedImportanceSampling(rbm: Rbm, options: AisOptions): Promise<AisResult> {
  checkRbm(rbm);
  checkChainUnits(rbm);
  const { stream, chains = 100, temperatures = publishedTemperatures(), engine = referenceAis } = options;
  checkChainCount(chains);
  checkTemperatures(temperatures);
  const path = { rbm, base: baseRate(rbm, options.data) };
  const opened = await engine.open(path, null, chains, stream.child('ais'));
  try {
    const logWeights = await walk(opened, temperatures, chains, options.onProgress);
    const base = baseLogPartition(path);
    return {
      ...partitionEstimate('ais', base, logWeights, temperatures.length - 1),
      logEstimates: logWeights.map((one) => base + one),
      states: opened.states(),
    };
  } finally {
    opened.dispose();
  }
}

/** Temperatures that one call of the engine gets, so that progress is seen. */
const block = 100;

/** Moves chains through temperatures; gives their log weights. */
export async function walk(
  opened: AisChains,
  betas: Float64Array,
  chains: number,
  onProgress?: (done: number, of: number) => void,
): Promise<Float64Array> {
  const logWeights = new Float64Array(chains);
  for (let at = 0; at < betas.length - 1; at += block) {
    const gains = await opened.advance(betas.subarray(at, at + block + 1));
    for (let i = 0; i < chains; i++) logWeights[i] += gains[i];
    onProgress?.(Math.min(at + block, betas.length - 1), betas.length - 1);
  }
  return logWeights;
}
