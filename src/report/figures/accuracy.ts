import { figureLabels } from '../../messages/labels/figures.ts';
import type { EpochRecord } from '../../training/history.ts';
import { axisFor } from './axis.ts';
import { curveNotes, epochEnds, epochOf, trimmed } from './cost.ts';
import { type Axis, type Curve, type LineFigure, type Localized, localized, verbatim } from './figure.ts';
import { formatNumber, formatPercent } from './number-format.ts';
import { groupByStart, median, type RaceRuns, type StartGroup, seedCount, spreadOf } from './seeds.ts';

/** True if the race classifies, so that there is an accuracy. */
export function hasAccuracy(result: RaceRuns): boolean {
  return result.contestants.some(({ history }) =>
    history.epochs.some(({ testAccuracy }) => testAccuracy !== null),
  );
}

/** Test accuracy after each epoch; for regression the test cost on a log axis. */
export function testFigure(result: RaceRuns): LineFigure {
  const classes = hasAccuracy(result);
  const pick = classes ? testAccuracy : testLoss;
  const groups = groupByStart(result);
  const epochs = [0, ...epochEnds(result).map(({ epoch }) => epoch)];
  const curves = groups.map((group) => epochCurve(group, epochs, pick));
  const values = curves.flatMap(({ points }) =>
    points.flatMap(({ middle, low, high }) => [middle, low, high]),
  );
  const y = classes
    ? axisFor(localized(figureLabels.accuracyAxis, {}), 'linear', values, { percent: true, include: [0, 1] })
    : axisFor(localized(figureLabels.costAxis, { loss: result.spec.training.loss }), 'log', values);
  return {
    kind: 'lines',
    id: 'test',
    title: localized(classes ? figureLabels.accuracyTitle : figureLabels.testCostTitle, {}),
    summary: testSummary(groups, pick, classes),
    notes: [
      ...curveNotes(curves, seedCount(result)),
      ...(y.zeroRail ? [localized(figureLabels.zeroRail, {})] : []),
    ],
    x: epochAxis(epochs),
    y,
    xNames: null,
    curves,
    epochs: [],
    table: {
      columns: [localized(figureLabels.epochColumn, {}), ...groups.map(({ start }) => verbatim(start))],
      rows: epochs.map((epoch) => [
        epoch,
        ...groups.map(({ contestants }) => {
          const value = median(contestants.map((one) => pick(epochOf(one, epoch))));
          return classes && value !== null ? verbatim(formatPercent(value)) : value;
        }),
      ]),
    },
  };
}

/**
 * The same accuracy where the good starts are, so that 97.6 and 98.0 % can be told apart; null when that is no
 * closer than the whole figure.
 */
export function closeAccuracyFigure(result: RaceRuns): LineFigure | null {
  if (!hasAccuracy(result)) return null;
  const whole = testFigure(result);
  const ends = whole.curves
    .map((curve) => ({ curve, end: curve.points.at(-1)?.middle ?? null }))
    .filter((entry): entry is { curve: Curve; end: number } => entry.end !== null);
  if (ends.length === 0) return null;
  const best = Math.max(...ends.map(({ end }) => end));
  // Everything within four times the best error, but no less than 2 points and no more than 15.
  const reach = Math.min(0.15, Math.max(0.02, 4 * (1 - best)));
  const near = ends.filter(({ end }) => end >= best - reach);
  const low = Math.min(...near.flatMap(({ curve }) => lastHalf(curve)));
  if (low < 0.5 || near.length === 0) return null;
  const below = ends.filter(({ end }) => end < low).map(({ curve }) => curve.start);
  const values = near
    .flatMap(({ curve }) => curve.points.map(({ high }) => high))
    .filter((value) => value !== null && value >= low);
  const y = axisFor(whole.y.label, 'linear', [low, ...values], { percent: true });
  return {
    ...whole,
    id: 'test-close',
    title: localized(figureLabels.accuracyCloseTitle, {}),
    notes: below.length > 0 ? [localized(figureLabels.belowFrame, { starts: below })] : [],
    y,
    curves: whole.curves.filter((curve) => !below.includes(curve.start) && curve.points.length > 0),
  };
}

function lastHalf({ points }: Curve): number[] {
  return points.slice(Math.floor(points.length / 3)).flatMap(({ low }) => (low === null ? [] : [low]));
}

function epochCurve({ start, style, contestants }: StartGroup, epochs: readonly number[], pick: Pick): Curve {
  const points = epochs.map((epoch) => ({
    x: epoch,
    ...spreadOf(contestants.map((one) => pick(epochOf(one, epoch)))),
  }));
  return { start, style, points: trimmed(points), raw: [], breaks: [] };
}

type Pick = (record: EpochRecord | undefined) => number | null;

function testAccuracy(record: EpochRecord | undefined): number | null {
  return record?.testAccuracy ?? null;
}

function testLoss(record: EpochRecord | undefined): number | null {
  return record?.testLoss ?? null;
}

function epochAxis(epochs: readonly number[]): Axis {
  return axisFor(localized(figureLabels.epochAxis, {}), 'linear', [0, Math.max(1, ...epochs)]);
}

function testSummary(groups: readonly StartGroup[], pick: Pick, classes: boolean): Localized {
  const ends = groups
    .map(({ start, contestants }) => ({
      start,
      value: median(contestants.map(({ history }) => pick(history.epochs.at(-1)))),
    }))
    .filter((entry): entry is { start: string; value: number } => entry.value !== null)
    .sort((a, b) => (classes ? b.value - a.value : a.value - b.value));
  if (ends.length === 0) return localized(figureLabels.nothingFinished, {});
  const best = ends[0];
  const worst = ends[ends.length - 1];
  if (classes) {
    const names = { best: best.start, accuracy: formatPercent(best.value) };
    return ends.length === 1
      ? localized(figureLabels.accuracySummaryOne, names)
      : localized(figureLabels.accuracySummary, {
          ...names,
          worst: worst.start,
          worstAccuracy: formatPercent(worst.value),
        });
  }
  const names = { best: best.start, cost: formatNumber(best.value) };
  return ends.length === 1
    ? localized(figureLabels.testCostSummaryOne, names)
    : localized(figureLabels.testCostSummary, {
        ...names,
        worst: worst.start,
        worstCost: formatNumber(worst.value),
      });
}
