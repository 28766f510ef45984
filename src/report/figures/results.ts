import type { Outcome } from '../../messages/labels/report.ts';
import { reportLabels } from '../../messages/labels/report.ts';
import type { ContestantResult, RaceResult } from '../../race/result.ts';
import { hasAccuracy } from './accuracy.ts';
import { epochOf, finalCosts } from './cost.ts';
import { type Localized, localized } from './figure.ts';
import { groupByStart, type Mean, meanOf, median, type RaceRuns, type StartGroup } from './seeds.ts';

/** One start in the table of results; every number is the mean over its seeds. */
export interface ResultRow {
  readonly start: string;
  readonly style: number;
  /** Cost of the first batch, before any update. */
  readonly firstCost: Mean;
  /** Mean cost of the batches of epoch 1. */
  readonly costAfterEpoch1: Mean;
  /** Mean cost of the batches of the last epoch. */
  readonly finalCost: Mean;
  /** Test accuracy at the end (test cost where there are no classes). */
  readonly test: Mean;
  /** What reaches layer 1 of the last layer's gradient, at step 0; null where it could not be measured. */
  readonly gradientRatio: number | null;
  /** What became of the seeds, most frequent first. */
  readonly outcomes: readonly { readonly outcome: Outcome; readonly count: number }[];
  readonly contestants: readonly ContestantResult[];
}

/** What became of a contestant; one that could not run is `failed`, whatever its verdict. */
export function outcomeOf({ status, verdict }: ContestantResult): Outcome {
  return status === 'failed' ? 'failed' : verdict;
}

/** The table of results, one row per start in the order of the race. */
export function resultRows(result: RaceRuns): ResultRow[] {
  const classes = hasAccuracy(result);
  return groupByStart(result).map((group) => resultRow(group, classes));
}

function resultRow(group: StartGroup, classes: boolean): ResultRow {
  const { start, style, contestants } = group;
  const tests = contestants.map(({ status, history }) => {
    const last = history.epochs.at(-1);
    if (status === 'diverged' || last === undefined) return null;
    return classes ? last.testAccuracy : last.testLoss;
  });
  const counts = new Map<Outcome, number>();
  for (const contestant of contestants) {
    const outcome = outcomeOf(contestant);
    counts.set(outcome, (counts.get(outcome) ?? 0) + 1);
  }
  return {
    start,
    style,
    firstCost: meanOf(contestants.map(({ history }) => history.stepLosses[0])),
    costAfterEpoch1: meanOf(contestants.map((one) => epochOf(one, 1)?.trainLoss)),
    finalCost: meanOf(finalCosts(group)),
    test: meanOf(tests),
    gradientRatio: median(contestants.map(({ gradientRatio }) => gradientRatio)),
    outcomes: [...counts].map(([outcome, count]) => ({ outcome, count })).sort((a, b) => b.count - a.count),
    contestants,
  };
}

/** The verdict in a few words; where seeds differ, how many came to which. */
export function verdictText({ outcomes, contestants }: ResultRow): Localized {
  if (outcomes.length === 0) return localized(reportLabels.verdict, { outcome: 'unfinished' });
  if (outcomes.length === 1) return localized(reportLabels.verdict, { outcome: outcomes[0].outcome });
  const parts = outcomes.map(({ outcome, count }) =>
    localized(reportLabels.verdictOfSome, { outcome, count, of: contestants.length }),
  );
  return { en: parts.map(({ en }) => en).join(', '), ko: parts.map(({ ko }) => ko).join(', ') };
}

/** What went wrong with the seeds of a start, seeds with the same trouble together. */
export function troublesOf(contestants: readonly ContestantResult[]): Localized[] {
  const groups = new Map<string, ContestantResult[]>();
  for (const contestant of contestants) {
    const { finding, failure } = contestant;
    if (finding === null && failure === null) continue;
    const key = JSON.stringify([finding, failure?.message]);
    groups.set(key, [...(groups.get(key) ?? []), contestant]);
  }
  return [...groups.values()].flatMap((group) => {
    const { finding, failure } = group[0];
    const seeds = group.map(({ seed }) => seed);
    return [
      ...(finding === null ? [] : [localized(reportLabels.divergedAt, { seeds, ...finding })]),
      ...(failure === null ? [] : [localized(reportLabels.failedWith, { seeds, message: failure.message })]),
    ];
  });
}

/** One sentence on the whole race; null when no start came to a result. */
export function headline(result: RaceResult): Localized | null {
  const classes = hasAccuracy(result);
  const rows = resultRows(result).filter(({ test }) => test.mean !== null);
  if (rows.length === 0) return null;
  const best = rows.reduce((a, b) => {
    const better = classes
      ? (b.test.mean ?? 0) > (a.test.mean ?? 0)
      : (b.test.mean ?? 0) < (a.test.mean ?? 0);
    return better ? b : a;
  });
  const all = resultRows(result);
  const learned = all.filter(({ outcomes }) => outcomes.length === 1 && outcomes[0].outcome === 'learns');
  return localized(reportLabels.headline, {
    best: best.start,
    learned: learned.length,
    starts: all.length,
  });
}
