import { boltzmannReportLabels as labels } from '../../messages/labels/boltzmann-report.ts';
import { figureLabels } from '../../messages/labels/figures.ts';
import { axisFor } from '../figures/axis.ts';
import type { Axis, Curve, CurvePoint, LineFigure, Localized } from '../figures/figure.ts';
import { localized } from '../figures/figure.ts';
import { formatNumber } from '../figures/number-format.ts';
import type { EpochReport, JudgedValue } from './rbm-report-data.ts';

/**
 * What was measured after each epoch: log-likelihood (where it was judged), free-energy gap and reconstruction error.
 * There is no figure of fewer than two values.
 *
 * @param prefix  goes before the ids, e.g. `layer-1`
 */
export function historyFigures(
  history: readonly EpochReport[],
  prefix: string,
): { likelihood: LineFigure | null; others: LineFigure[] } {
  const others = [gapFigure(history, prefix), errorFigure(history, prefix)];
  return {
    likelihood: likelihoodFigure(history, prefix),
    others: others.filter((figure) => figure !== null),
  };
}

function likelihoodFigure(history: readonly EpochReport[], prefix: string): LineFigure | null {
  const curves = [
    curveOf('training', labels.trainCurve, 0, history, ({ trainLogLikelihood }) => trainLogLikelihood),
    curveOf('test', labels.testCurve, 1, history, ({ testLogLikelihood }) => testLogLikelihood),
  ].filter(({ points }) => points.length > 1);
  if (curves.length === 0) return null;
  const watched = curves[curves.length - 1].points;
  const best = watched.reduce((most, point) => ((point.middle ?? 0) > (most.middle ?? 0) ? point : most));
  const banded = curves.some(({ points }) => points.some(({ low, high }) => low !== high));
  return {
    ...frame(history, curves, labels.likelihoodAxis),
    id: `${prefix}-likelihood`,
    title: localized(labels.likelihoodTitle, {}),
    summary: localized(labels.likelihoodSummary, {
      best: formatNumber(best.middle, 5),
      epoch: best.x,
      last: formatNumber(watched[watched.length - 1].middle, 5),
    }),
    notes: banded ? [localized(labels.likelihoodNote, {})] : [],
  };
}

function gapFigure(history: readonly EpochReport[], prefix: string): LineFigure | null {
  const curve = curveOf('machine', labels.machineCurve, 0, history, ({ freeEnergyGap }) =>
    plain(freeEnergyGap),
  );
  if (curve.points.length < 2) return null;
  return {
    ...frame(history, [curve], labels.gapAxis, [0]),
    id: `${prefix}-gap`,
    title: localized(labels.gapTitle, {}),
    summary: localized(labels.gapSummary, { last: formatNumber(last(curve).middle) }),
    notes: [],
  };
}

function errorFigure(history: readonly EpochReport[], prefix: string): LineFigure | null {
  const curve = curveOf('machine', labels.machineCurve, 0, history, ({ reconstructionError }) =>
    plain(reconstructionError),
  );
  if (curve.points.length < 2) return null;
  return {
    ...frame(history, [curve], labels.errorAxis, [0]),
    id: `${prefix}-error`,
    title: localized(labels.errorTitle, {}),
    summary: localized(labels.errorSummary, {
      first: formatNumber(curve.points[0].middle),
      last: formatNumber(last(curve).middle),
    }),
    notes: [],
  };
}

function curveOf(
  start: string,
  label: (typeof labels)['trainCurve'],
  style: number,
  history: readonly EpochReport[],
  pick: (record: EpochReport) => JudgedValue | null | undefined,
): Curve {
  const points = history.flatMap((record): CurvePoint[] => {
    const judged = pick(record);
    if (judged == null || !Number.isFinite(judged.value)) return [];
    const { value } = judged;
    return [
      { x: record.epoch, middle: value, low: judged.low ?? value, high: judged.high ?? value, count: 1 },
    ];
  });
  return { start, label: localized(label, {}), style, points, raw: [], breaks: [] };
}

function plain(value: number | null): JudgedValue | null {
  return value === null ? null : { value, low: value, high: value };
}

function last({ points }: Curve): CurvePoint {
  return points[points.length - 1];
}

/** Axes and table that all of these figures have. */
function frame(
  history: readonly EpochReport[],
  curves: readonly Curve[],
  yLabel: (typeof labels)['likelihoodAxis'],
  include: readonly number[] = [],
): Pick<LineFigure, 'kind' | 'x' | 'y' | 'xNames' | 'curves' | 'epochs' | 'table'> {
  const values = curves.flatMap(({ points }) =>
    points.flatMap(({ middle, low, high }) => [middle, low, high]),
  );
  const epochs = history.map(({ epoch }) => epoch);
  const columns: Localized[] = [localized(figureLabels.epochColumn, {})];
  for (const { label } of curves) if (label !== undefined) columns.push(label);
  const y: Axis = axisFor(localized(yLabel, {}), 'linear', values, { include, fractional: true });
  return {
    kind: 'lines',
    x: axisFor(localized(figureLabels.epochAxis, {}), 'linear', [
      Math.min(...epochs),
      Math.max(1, ...epochs),
    ]),
    y,
    xNames: null,
    curves,
    epochs: [],
    table: {
      columns,
      rows: epochs
        .filter((epoch) => curves.some(({ points }) => points.some(({ x }) => x === epoch)))
        .map((epoch) => [
          epoch,
          ...curves.map(({ points }) => points.find(({ x }) => x === epoch)?.middle ?? null),
        ]),
    },
  };
}
