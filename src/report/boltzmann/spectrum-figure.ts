import { boltzmannReportLabels as labels } from '../../messages/labels/boltzmann-report.ts';
import { axisFor } from '../figures/axis.ts';
import { type Curve, type LineFigure, localized } from '../figures/figure.ts';
import { formatNumber } from '../figures/number-format.ts';

/** Singular values of the weights by rank, before and after training. */
export function spectrumFigure(
  spectrum: { readonly before?: ArrayLike<number>; readonly after: ArrayLike<number> },
  id: string,
): LineFigure {
  const { before, after } = spectrum;
  const curves = [
    ...(before === undefined ? [] : [curveOf('before', labels.spectrumBefore, 8, before)]),
    curveOf('after', labels.spectrumAfter, 0, after),
  ];
  const values = curves.flatMap(({ points }) => points.map(({ middle }) => middle));
  const largest = after[0] ?? 0;
  const ranks = Math.max(2, ...curves.map(({ points }) => points.length));
  return {
    kind: 'lines',
    id,
    title: localized(labels.spectrumTitle, {}),
    summary: localized(labels.spectrumSummary, {
      largest: formatNumber(largest),
      above: Array.from(after).filter((value) => value > largest / 10).length,
      of: after.length,
    }),
    notes: [],
    x: axisFor(localized(labels.rankAxis, {}), 'linear', [1, ranks]),
    y: axisFor(localized(labels.spectrumAxis, {}), 'linear', values, { include: [0], fractional: true }),
    xNames: null,
    curves,
    epochs: [],
    table: {
      columns: [localized(labels.rankColumn, {}), ...curves.flatMap(({ label }) => label ?? [])],
      rows: listedRanks(ranks).map((rank) => [
        rank,
        ...curves.map(({ points }) => points[rank - 1]?.middle ?? null),
      ]),
    },
  };
}

/** The first ten ranks, then fewer and fewer: nobody reads 500 rows. */
function listedRanks(ranks: number): number[] {
  const listed: number[] = [];
  for (let rank = 1; rank <= ranks; rank += Math.max(1, Math.floor(rank / 10) * 5)) listed.push(rank);
  if (listed[listed.length - 1] !== ranks) listed.push(ranks);
  return listed;
}

function curveOf(
  start: string,
  label: (typeof labels)['spectrumAfter'],
  style: number,
  values: ArrayLike<number>,
): Curve {
  const points = Array.from(values, (value, i) => ({
    x: i + 1,
    middle: value,
    low: value,
    high: value,
    count: 1,
  }));
  return { start, label: localized(label, {}), style, points, raw: [], breaks: [] };
}
