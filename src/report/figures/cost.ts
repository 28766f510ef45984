import { figureLabels } from '../../messages/labels/figures.ts';
import type { RaceResult } from '../../race/result.ts';
import { axisFor } from './axis.ts';
import { type Curve, type LineFigure, type Localized, localized, verbatim } from './figure.ts';
import { formatNumber } from './number-format.ts';
import {
  groupByStart,
  meanOf,
  median,
  type RaceRuns,
  type StartGroup,
  seedCount,
  spreadOf,
} from './seeds.ts';
import { type StepWindow, stepWindows } from './step-windows.ts';

/**
 * Cost of the training batches against updates, on a log axis: the lecture's second slide. One curve per start;
 * per seed the mean of each window of updates (the lecture's cost), then median and range over the seeds.
 */
export function costFigure(result: RaceRuns, points = 300): LineFigure {
  const groups = groupByStart(result);
  const steps = Math.max(0, ...result.contestants.map(({ history }) => history.stepLosses.length));
  const windows = stepWindows(steps, points);
  const curves = groups.map((group) => costCurve(group, windows));
  const values = curves.flatMap((curve) =>
    curve.points.flatMap(({ middle, low, high }) => [middle, low, high]),
  );
  const y = axisFor(localized(figureLabels.costAxis, { loss: result.spec.training.loss }), 'log', values);
  const last = Math.max(1, steps - 1);
  return {
    kind: 'lines',
    id: 'cost',
    title: localized(figureLabels.costTitle, {}),
    summary: costSummary(groups),
    notes: [
      localized(figureLabels.smoothing, { widest: Math.max(1, ...windows.map(({ from, to }) => to - from)) }),
      ...curveNotes(curves, seedCount(result)),
      ...(y.zeroRail ? [localized(figureLabels.zeroRail, {})] : []),
    ],
    x: axisFor(localized(figureLabels.updatesAxis, {}), 'linear', [0, last]),
    y,
    xNames: null,
    curves,
    epochs: epochEnds(result),
    table: costTable(result, groups),
  };
}

function costCurve({ start, style, contestants }: StartGroup, windows: readonly StepWindow[]): Curve {
  const losses = contestants.map(({ history }) => history.stepLosses);
  const points = windows.map(({ from, to }) => ({
    x: (from + to - 1) / 2,
    ...spreadOf(losses.map((values) => meanOf(values.slice(from, to)).mean)),
  }));
  const first = losses.find((values) => values.length > 0) ?? [];
  const raw = windows
    .filter(({ from }) => from < first.length)
    .map(({ from, to }) => {
      const x = Math.min(first.length - 1, Math.floor((from + to - 1) / 2));
      return { x, y: first[x] };
    });
  const breaks = contestants
    .filter(({ status }) => status === 'diverged' || status === 'stopped')
    .map(({ history }) => lastFinite(history.stepLosses))
    .filter((point) => point !== null);
  return { start, style, points: trimmed(points), raw, breaks };
}

/** Without the points after the last one that has a value: a run that broke off ends there. */
export function trimmed<Point extends { readonly middle: number | null }>(points: readonly Point[]): Point[] {
  const last = points.findLastIndex(({ middle }) => middle !== null);
  return points.slice(0, last + 1);
}

function lastFinite(losses: readonly (number | null)[]): { x: number; y: number } | null {
  const x = losses.findLastIndex((value) => value !== null);
  const y = losses[x];
  return y === undefined || y === null ? null : { x, y };
}

/** What every figure with curves has to say about its seeds, its breaks and its absent curves. */
export function curveNotes(curves: readonly Curve[], seeds: number): Localized[] {
  const broken = curves.filter(({ breaks }) => breaks.length > 0).map(({ start }) => start);
  const missing = curves.filter(({ points }) => points.every(({ middle }) => middle === null));
  return [
    seeds > 1 ? localized(figureLabels.bands, { seeds }) : localized(figureLabels.oneSeed, {}),
    ...(broken.length > 0 ? [localized(figureLabels.broken, { starts: broken })] : []),
    ...(missing.length > 0
      ? [localized(figureLabels.missing, { starts: missing.map(({ start }) => start) })]
      : []),
  ];
}

/** Ends of epochs in updates, from the contestant that came farthest. */
export function epochEnds(result: RaceRuns): { x: number; epoch: number }[] {
  const farthest = result.contestants
    .map(({ history }) => history.epochs)
    .reduce((best, epochs) => (epochs.length > best.length ? epochs : best), []);
  return farthest.filter(({ epoch }) => epoch > 0).map(({ epoch, step }) => ({ x: step, epoch }));
}

/** Cost of the last finished epoch, one value per seed. */
export function finalCosts({ contestants }: StartGroup): (number | null)[] {
  return contestants.map(({ status, history }) =>
    status === 'diverged' || status === 'failed' ? null : (history.epochs.at(-1)?.trainLoss ?? null),
  );
}

function costSummary(groups: readonly StartGroup[]): Localized {
  const finals = groups
    .map((group) => ({ start: group.start, cost: median(finalCosts(group)) }))
    .filter((entry): entry is { start: string; cost: number } => entry.cost !== null)
    .sort((a, b) => a.cost - b.cost);
  if (finals.length === 0) return localized(figureLabels.nothingFinished, {});
  const best = finals[0];
  const worst = finals[finals.length - 1];
  const bestCost = formatNumber(best.cost);
  if (finals.length === 1 || best.cost <= 0) {
    return localized(figureLabels.costSummaryOne, { best: best.start, bestCost });
  }
  return localized(figureLabels.costSummary, {
    best: best.start,
    bestCost,
    worst: worst.start,
    worstCost: formatNumber(worst.cost),
    factor: formatNumber(worst.cost / best.cost, 2),
  });
}

/** Epochs down, starts across: the cost of the first batch, then the mean cost of each epoch (median of seeds). */
function costTable(result: RaceRuns, groups: readonly StartGroup[]): LineFigure['table'] {
  const epochs = epochEnds(result).map(({ epoch }) => epoch);
  return {
    columns: [localized(figureLabels.epochColumn, {}), ...groups.map(({ start }) => verbatim(start))],
    rows: [
      [
        localized(figureLabels.beforeTraining, {}),
        ...groups.map(({ contestants }) =>
          median(contestants.map(({ history }) => history.stepLosses[0] ?? null)),
        ),
      ],
      ...epochs.map((epoch) => [
        epoch,
        ...groups.map(({ contestants }) => median(contestants.map((one) => epochOf(one, epoch)?.trainLoss))),
      ]),
    ],
  };
}

/** A contestant's record of an epoch, if it came so far. */
export function epochOf(contestant: RaceResult['contestants'][number], epoch: number) {
  return contestant.history.epochs.find((record) => record.epoch === epoch);
}
