import type { ContestantResult, RaceResult } from '../../race/result.ts';
import type { Spread } from './figure.ts';

/** What the figures read of a race: also of one that is still running. */
export type RaceRuns = Pick<RaceResult, 'spec' | 'contestants'>;

/** All seeds of one start. */
export interface StartGroup {
  readonly start: string;
  /** The start's place in the race; decides colour, dash and letter. */
  readonly style: number;
  readonly contestants: readonly ContestantResult[];
}

/** Contestants by start, in the order of the specification; starts that only the contestants name come last. */
export function groupByStart(result: RaceRuns): StartGroup[] {
  const names = [...new Set([...result.spec.starts, ...result.contestants.map(({ start }) => start)])];
  return names.map((start, style) => ({
    start,
    style,
    contestants: result.contestants.filter((contestant) => contestant.start === start),
  }));
}

/** Number of seeds that the race was run with. */
export function seedCount(result: RaceRuns): number {
  return new Set([...result.spec.seeds, ...result.contestants.map(({ seed }) => seed)]).size;
}

/** Median and range of the values that are finite. */
export function spreadOf(values: readonly (number | null | undefined)[]): Spread {
  const known = finite(values).sort((a, b) => a - b);
  if (known.length === 0) return { middle: null, low: null, high: null, count: 0 };
  return { middle: medianOfSorted(known), low: known[0], high: known[known.length - 1], count: known.length };
}

/** Mean and sample standard deviation (divides by n - 1; null for one value) of the values that are finite. */
export interface Mean {
  readonly mean: number | null;
  readonly deviation: number | null;
  readonly count: number;
}

export function meanOf(values: readonly (number | null | undefined)[]): Mean {
  const known = finite(values);
  if (known.length === 0) return { mean: null, deviation: null, count: 0 };
  const mean = known.reduce((sum, value) => sum + value, 0) / known.length;
  if (known.length === 1) return { mean, deviation: null, count: 1 };
  const squares = known.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return { mean, deviation: Math.sqrt(squares / (known.length - 1)), count: known.length };
}

/** Median of the values that are finite; null if none is. */
export function median(values: readonly (number | null | undefined)[]): number | null {
  const known = finite(values).sort((a, b) => a - b);
  return known.length === 0 ? null : medianOfSorted(known);
}

function medianOfSorted(sorted: readonly number[]): number {
  const half = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
}

function finite(values: readonly (number | null | undefined)[]): number[] {
  return values.filter((value): value is number => typeof value === 'number' && Number.isFinite(value));
}
