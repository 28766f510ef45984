import { figureLabels } from '../../messages/labels/figures.ts';
import type { RaceResult } from '../../race/result.ts';
import { axisFor } from './axis.ts';
import { type DotFigure, type Localized, localized, verbatim } from './figure.ts';
import { formatNumber } from './number-format.ts';
import { groupByStart, seedCount, spreadOf } from './seeds.ts';

/** How much of the last layer's gradient reaches the first before any update: 1 is all of it, 0 is none. */
export function gradientFigure(result: RaceResult): DotFigure {
  const rows = groupByStart(result).map(({ start, style, contestants }) => ({
    start,
    style,
    ...spreadOf(contestants.map(({ gradientRatio }) => gradientRatio)),
  }));
  const x = axisFor(
    localized(figureLabels.gradientAxis, {}),
    'log',
    rows.flatMap(({ middle, low, high }) => [middle, low, high]),
    { include: [1] },
  );
  const blocked = rows.filter(({ middle }) => middle === 0).map(({ start }) => start);
  const missing = rows.filter(({ middle }) => middle === null).map(({ start }) => start);
  const seeds = seedCount(result);
  return {
    kind: 'dots',
    id: 'gradient',
    title: localized(figureLabels.gradientTitle, {}),
    summary: gradientSummary(rows),
    notes: [
      ...(blocked.length > 0 ? [localized(figureLabels.gradientBlocked, { starts: blocked })] : []),
      ...(x.zeroRail ? [localized(figureLabels.zeroRailDots, {})] : []),
      ...(missing.length > 0 ? [localized(figureLabels.missing, { starts: missing })] : []),
      seeds > 1 ? localized(figureLabels.dots, { seeds }) : localized(figureLabels.oneSeed, {}),
    ],
    x,
    rows,
    table: {
      columns: [
        figureLabels.startColumn,
        figureLabels.medianColumn,
        figureLabels.minimumColumn,
        figureLabels.maximumColumn,
        figureLabels.seedsColumn,
      ].map((text) => localized(text, {})),
      rows: rows.map(({ start, middle, low, high, count }) => [verbatim(start), middle, low, high, count]),
    },
  };
}

function gradientSummary(rows: DotFigure['rows']): Localized {
  const known = rows
    .filter(({ middle }) => middle !== null)
    .map(({ start, middle }) => ({ start, ratio: middle ?? 0 }))
    .sort((a, b) => distance(a.ratio) - distance(b.ratio));
  if (known.length === 0) return localized(figureLabels.gradientSummaryNone, {});
  const nearest = known[0];
  const farthest = known[known.length - 1];
  const names = { nearest: nearest.start, ratio: formatNumber(nearest.ratio) };
  if (known.length === 1) return localized(figureLabels.gradientSummaryOne, names);
  return localized(figureLabels.gradientSummary, {
    ...names,
    farthest: farthest.start,
    farthestRatio: formatNumber(farthest.ratio),
  });
}

/** Factor away from 1, on a log scale; 0 is infinitely far. */
function distance(ratio: number): number {
  return ratio > 0 ? Math.abs(Math.log(ratio)) : Number.POSITIVE_INFINITY;
}
