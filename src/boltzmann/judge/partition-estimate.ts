import { OutsetError } from '../../messages/error.ts';
import type { JudgingWarning } from '../../messages/labels/likelihood.ts';
import type { Rbm } from '../rbm.ts';
import { logInterval, sigmas, summarizeWeights } from './log-weights.ts';

/** An estimate of log Z with its error and what it is worth. */
export interface PartitionEstimate {
  readonly method: 'ais' | 'reverse-ais';
  /** Nats. */
  readonly logPartition: number;
  /** Of `logPartition`, to first order. */
  readonly standardError: number;
  /** log of (estimate ± 3 standard errors), computed on the scale of Z; an end that does not exist is null. */
  readonly interval: { readonly low: number | null; readonly high: number | null; readonly sigmas: number };
  /** Of the chains, how many carry the weight. */
  readonly effectiveSampleSize: number;
  readonly chains: number;
  readonly temperatures: number;
  /**
   * `lower-bound`: E[Ẑ] = Z, so by Jensen E[log Ẑ] <= log Z, and a likelihood that is computed with it is optimistic.
   * `upper-bound`: E[1 / Ẑ] = 1 / Z, the other way round, if the chains started from the model. Bounds on average over
   * runs, not in each.
   */
  readonly side: 'lower-bound' | 'upper-bound';
  readonly warnings: readonly JudgingWarning[];
}

/** Reads log weights of forward runs (Z / Z_base) or reverse runs (Z_base / Z). */
export function partitionEstimate(
  method: PartitionEstimate['method'],
  baseLogPartition: number,
  logWeights: Float64Array,
  temperatures: number,
): PartitionEstimate {
  const { logMean, relativeError, effectiveSampleSize } = summarizeWeights(logWeights);
  const { below, above } = logInterval(relativeError);
  const forward = method === 'ais';
  const logPartition = baseLogPartition + (forward ? logMean : -logMean);
  const [down, up] = forward ? [below, above] : [above, below];
  const warnings: JudgingWarning[] = [];
  if (effectiveSampleSize < Math.max(3, logWeights.length / 10)) warnings.push('few-effective-runs');
  if (below === null) warnings.push('interval-open');
  return {
    method,
    logPartition,
    standardError: relativeError,
    interval: {
      low: down === null ? null : logPartition - down,
      high: up === null ? null : logPartition + up,
      sigmas,
    },
    effectiveSampleSize,
    chains: logWeights.length,
    temperatures,
    side: forward ? 'lower-bound' : 'upper-bound',
    warnings,
  };
}

/** @throws likelihood.no_chain for units that are not drawn exactly */
export function checkChainUnits({ visible, hidden }: Rbm): void {
  for (const [layer, { kind }] of [
    ['visible', visible],
    ['hidden', hidden],
  ] as const) {
    if (kind === 'nrelu') throw new OutsetError('likelihood.no_chain', { layer, kind });
  }
}

/** @throws likelihood.no_chains for fewer than two */
export function checkChainCount(chains: number): void {
  if (!(Number.isInteger(chains) && chains >= 2)) throw new OutsetError('likelihood.no_chains', {});
}
