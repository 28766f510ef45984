import type { Diagnosis } from '../../doctor/diagnosis.ts';
import type { Text } from '../../messages/define.ts';
import { doctorReportLabels as labels } from '../../messages/labels/doctor-report.ts';
import { axisFor } from '../figures/axis.ts';
import {
  type Axis,
  type Curve,
  type LineFigure,
  type Localized,
  localized,
  verbatim,
} from '../figures/figure.ts';
import { formatNumber } from '../figures/number-format.ts';
import { type Band, isRelative, type LayerValues, layerValues } from './layer-values.ts';

export type Direction = 'forward' | 'backward';

/** Places in the palette. */
const measuredStyle = 0;
const predictedStyle = 1;
const mendedStyle = 2;

/** How many styles the figures of a diagnosis use. */
export const doctorStyles = 4;

/**
 * Size of the signal or of its gradient against depth, on a log axis: dots for what was measured, a line with its band for
 * what theory expects, and what was measured after the fix.
 */
export function depthFigure(diagnosis: Diagnosis, direction: Direction, mended?: Diagnosis): LineFigure {
  const layers = layerValues(diagnosis);
  const after = mended === undefined ? [] : layerValues(mended);
  const curves = [
    curve(labels.predicted, predictedStyle, layers, (layer) => layer[direction].predicted),
    curve(labels.measured, measuredStyle, layers, (layer) => exactly(layer[direction].measured), 'dots'),
    ...(after.length === 0
      ? []
      : [curve(labels.mended, mendedStyle, after, (layer) => exactly(layer[direction].measured), 'dots')]),
  ].filter(({ points }) => points.some(({ middle }) => middle !== null));
  const gaps = layers.filter((layer) => layer[direction].measured === null).map(({ name }) => name);
  const axes = axesOf(diagnosis, direction, curves, layers.length);
  return {
    kind: 'lines',
    id: `depth-${direction}`,
    title: localized(labels.depthTitle, { direction }),
    summary: summaryOf(layers, direction),
    notes: [
      ...(curves.some(({ style }) => style === predictedStyle) ? [localized(labels.bandNote, {})] : []),
      ...(axes.y.zeroRail ? [localized(labels.zeroNote, {})] : []),
      ...(gaps.length > 0 && gaps.length <= 12 ? [localized(labels.gapNote, { layers: gaps })] : []),
    ],
    ...axes,
    xNames: null,
    curves,
    epochs: [],
    table: {
      columns: [
        localized(labels.layerColumn, {}),
        localized(labels.measured, {}),
        localized(labels.predicted, {}),
        localized(labels.fromColumn, {}),
        localized(labels.toColumn, {}),
        ...(after.length === 0 ? [] : [localized(labels.mended, {})]),
      ],
      rows: layers.map((layer, i) => {
        const { measured, predicted } = layer[direction];
        return [
          verbatim(layer.name),
          measured,
          predicted.middle,
          predicted.low,
          predicted.high,
          ...(after.length === 0 ? [] : [after[i]?.[direction].measured ?? null]),
        ];
      }),
    },
  };
}

/** Forward and backward in one small picture, for a screen. */
export function screenFigure(diagnosis: Diagnosis): LineFigure {
  const layers = layerValues(diagnosis);
  const curves = [
    curve(labels.forwardPredicted, 1, layers, ({ forward }) => forward.predicted),
    curve(labels.forwardMeasured, 0, layers, ({ forward }) => exactly(forward.measured), 'dots'),
    curve(labels.backwardPredicted, 3, layers, ({ backward }) => backward.predicted),
    curve(labels.backwardMeasured, 2, layers, ({ backward }) => exactly(backward.measured), 'dots'),
  ].filter(({ points }) => points.some(({ middle }) => middle !== null));
  return {
    kind: 'lines',
    id: 'screen',
    title: localized(labels.screenTitle, {}),
    summary: summaryOf(layers, 'forward'),
    notes: [],
    ...axesOf(diagnosis, 'forward', curves, layers.length),
    y: { ...axesOf(diagnosis, 'forward', curves, layers.length).y, label: localized(labels.screenAxis, {}) },
    xNames: null,
    curves,
    epochs: [],
    table: { columns: [], rows: [] },
  };
}

function axesOf(
  diagnosis: Diagnosis,
  direction: Direction,
  curves: readonly Curve[],
  depth: number,
): { x: Axis; y: Axis } {
  const label =
    direction === 'forward'
      ? localized(labels.forwardAxis, {})
      : localized(labels.backwardAxis, { relative: isRelative(diagnosis) });
  // The band may leave the picture: an unstable theory says "anything".
  const middles = curves.flatMap(({ points }) => points.map(({ middle }) => middle));
  return {
    x: axisFor(localized(labels.depthAxis, {}), 'linear', [1, Math.max(2, depth)]),
    y: axisFor(label, 'log', middles),
  };
}

function curve(
  label: Text<Record<string, never>>,
  style: number,
  layers: readonly LayerValues[],
  value: (layer: LayerValues) => Band,
  drawn?: 'dots',
): Curve {
  return {
    start: label.en({}),
    label: localized(label, {}),
    style,
    ...(drawn === undefined ? {} : { drawn }),
    points: layers.map((layer) => {
      const band = value(layer);
      return { x: layer.depth, ...band, count: band.middle === null ? 0 : 1 };
    }),
    raw: [],
    breaks: [],
  };
}

function exactly(value: number | null): Band {
  return { middle: value, low: value, high: value };
}

function summaryOf(layers: readonly LayerValues[], direction: Direction): Localized {
  const known = layers.filter((layer) => layer[direction].measured !== null);
  const first = known.at(0);
  const last = known.at(-1);
  if (first === undefined || last === undefined) return localized(labels.depthNothing, {});
  const [from, to] = [first[direction].measured ?? 0, last[direction].measured ?? 0];
  const factor = direction === 'forward' ? to / from : from / to;
  return localized(labels.depthSummary, {
    direction,
    first: first.name,
    last: last.name,
    from: formatNumber(from, 2),
    to: formatNumber(to, 2),
    factor: formatNumber(factor, 2),
  });
}
