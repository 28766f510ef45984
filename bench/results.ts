/** From single measurements to the figures that are printed. */
import { comparedLosses, type Engine, type Family } from './engines.ts';
import { type BenchModel, javascriptTarget } from './models.ts';

/** One engine on one network in one round. */
export interface Measurement {
  readonly model: string;
  readonly engine: string;
  readonly family: Family;
  readonly round: number;
  /** Load of the machine when it began. */
  readonly load: number;
  readonly version: string;
  readonly steps: number;
  readonly warmup: number;
  /** Scaled to a whole epoch. */
  readonly secondsPerEpoch: number;
  /** The first ones only. */
  readonly losses: readonly number[];
}

/** An engine on a network over all rounds. */
export interface EngineSummary {
  readonly engine: string;
  readonly family: Family;
  readonly median: number;
  readonly least: number;
  readonly rounds: number;
  readonly timedSteps: number;
  /** Largest distance of a compared loss from torch's; null if there is nothing to compare with. */
  readonly lossDistance: number | null;
  readonly comparedLosses: number;
}

/** Outset's best thread count against the best of a peer. */
export interface Ratio {
  readonly peer: Family;
  readonly outset: string;
  readonly against: string;
  /** Peer's seconds / Outset's seconds: median and range over the rounds. */
  readonly median: number;
  readonly lowest: number;
  readonly highest: number;
  readonly target: number;
  readonly met: boolean;
}

export interface ModelSummary {
  readonly model: string;
  readonly engines: readonly EngineSummary[];
  readonly ratios: readonly Ratio[];
}

/** Losses farther from torch's than this are a failure. */
export const lossTolerance = 1e-4;

export function summarize(
  model: BenchModel,
  engines: readonly Engine[],
  all: readonly Measurement[],
): ModelSummary {
  const own = all.filter((measurement) => measurement.model === model.name);
  const yardstick = own.find(({ family }) => family === 'torch')?.losses;
  const summaries = engines.flatMap(({ name }): EngineSummary[] => {
    const runs = own.filter(({ engine }) => engine === name);
    if (runs.length === 0) return [];
    const seconds = runs.map(({ secondsPerEpoch }) => secondsPerEpoch);
    const [{ family, steps, warmup, losses }] = runs;
    return [
      {
        engine: name,
        family,
        median: median(seconds),
        least: Math.min(...seconds),
        rounds: runs.length,
        timedSteps: steps - warmup,
        lossDistance: yardstick === undefined ? null : distance(runs, yardstick),
        comparedLosses: Math.min(comparedLosses, losses.length),
      },
    ];
  });
  return { model: model.name, engines: summaries, ratios: ratios(model, summaries, own) };
}

function ratios(
  model: BenchModel,
  summaries: readonly EngineSummary[],
  own: readonly Measurement[],
): Ratio[] {
  const best = (family: Family) =>
    summaries.filter((summary) => summary.family === family).sort((a, b) => a.median - b.median)[0];
  const outset = best('outset');
  if (outset === undefined) return [];
  return (['torch', 'tfjs', 'jax-js'] as const).flatMap((family): Ratio[] => {
    const peer = best(family);
    if (peer === undefined) return [];
    const target = family === 'torch' ? model.torchTarget : javascriptTarget;
    const perRound = own
      .filter(({ engine }) => engine === peer.engine)
      .flatMap(({ round, secondsPerEpoch }) => {
        const ours = own.find((run) => run.engine === outset.engine && run.round === round);
        return ours === undefined ? [] : [secondsPerEpoch / ours.secondsPerEpoch];
      });
    if (perRound.length === 0) return [];
    const value = median(perRound);
    return [
      {
        peer: family,
        outset: outset.engine,
        against: peer.engine,
        median: value,
        lowest: Math.min(...perRound),
        highest: Math.max(...perRound),
        target,
        met: value >= target,
      },
    ];
  });
}

/** NaN counts as infinitely far. */
function distance(runs: readonly Measurement[], yardstick: readonly number[]): number {
  let largest = 0;
  for (const { losses } of runs) {
    const count = Math.min(losses.length, yardstick.length, comparedLosses);
    for (let i = 0; i < count; i++) {
      const difference = Math.abs(losses[i] - yardstick[i]);
      largest = Number.isNaN(difference) ? Number.POSITIVE_INFINITY : Math.max(largest, difference);
    }
  }
  return largest;
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}
