import { figureLabels, type QuantityName } from '../../messages/labels/figures.ts';
import type { ContestantResult } from '../../race/result.ts';
import type { Distribution, LayerTrace, SignalTrace } from '../../training/trace.ts';
import { axisFor } from './axis.ts';
import { curveNotes } from './cost.ts';
import { type Axis, type Curve, type LineFigure, type Localized, localized, verbatim } from './figure.ts';
import { formatNumber } from './number-format.ts';
import { groupByStart, type RaceRuns, type StartGroup, seedCount, spreadOf } from './seeds.ts';

/** What is looked at in a layer, in the order of the report. */
export const quantityNames: readonly QuantityName[] = [
  'weights',
  'preActivations',
  'activations',
  'gradients',
];

/** A layer's distribution of a quantity; `gradients` are those with respect to the pre-activations. */
export function quantityOf(layer: LayerTrace, name: QuantityName): Distribution {
  return name === 'gradients' ? layer.gradients.preActivations : layer[name];
}

export type When = 'start' | 'end';

/** The trace before the first update, or the last one taken after it; undefined where there is none. */
export function traceAt(contestant: ContestantResult, when: When): SignalTrace | undefined {
  if (when === 'start') return contestant.traces.find(({ step }) => step === 0);
  return contestant.traces.filter(({ step }) => step > 0).at(-1);
}

/** Names of the layers that were traced, first to last. */
export function layerNames(result: RaceRuns): string[] {
  const longest = result.contestants
    .flatMap(({ traces }) => traces)
    .reduce<readonly LayerTrace[]>((best, { layers }) => (layers.length > best.length ? layers : best), []);
  return longest.map(({ name }) => name);
}

/**
 * Standard deviation against depth, one line per start: a start that keeps the scale draws a flat line. The panels of
 * a quantity, before and after training, share one y axis.
 */
export function depthFigures(result: RaceRuns, name: QuantityName): { start: LineFigure; end: LineFigure } {
  const groups = groupByStart(result);
  const layers = layerNames(result);
  const curves = {
    start: groups.map((group) => depthCurve(group, layers, name, 'start')),
    end: groups.map((group) => depthCurve(group, layers, name, 'end')),
  };
  const values = [...curves.start, ...curves.end].flatMap(({ points }) =>
    points.flatMap(({ middle, low, high }) => [middle, low, high]),
  );
  const y = axisFor(localized(figureLabels.standardDeviationAxis, {}), 'log', values);
  const figure = (when: When) => depthFigure(result, { name, when, layers, curves: curves[when], y });
  return { start: figure('start'), end: figure('end') };
}

interface Panel {
  readonly name: QuantityName;
  readonly when: When;
  readonly layers: readonly string[];
  readonly curves: readonly Curve[];
  readonly y: Axis;
}

function depthFigure(result: RaceRuns, { name, when, layers, curves, y }: Panel): LineFigure {
  const zero = curves.filter(({ points }) => points.some(({ low }) => low === 0)).map(({ start }) => start);
  const gaps = curves.flatMap(({ start, points }) =>
    points.some(({ middle }) => middle !== null)
      ? points.filter(({ middle }) => middle === null).map(({ x }) => `${start} (${layers[x - 1]})`)
      : [],
  );
  return {
    kind: 'lines',
    id: `depth-${name}-${when}`,
    title: localized(figureLabels.depthTitle, { name, when }),
    summary: depthSummary(curves),
    notes: [
      ...(zero.length > 0
        ? [localized(figureLabels.depthZero, { starts: zero }), localized(figureLabels.zeroRail, {})]
        : []),
      ...(gaps.length > 0 ? [localized(figureLabels.partlyMissing, { places: gaps })] : []),
      ...curveNotes(curves, seedCount(result)),
    ],
    x: axisFor(localized(figureLabels.layerAxis, {}), 'linear', [1, Math.max(2, layers.length)]),
    y,
    xNames: layers,
    curves,
    epochs: [],
    table: {
      columns: [localized(figureLabels.startColumn, {}), ...layers.map(verbatim)],
      rows: curves.map(({ start, points }) => [
        verbatim(start),
        ...layers.map((_, i) => points[i]?.middle ?? null),
      ]),
    },
  };
}

function depthCurve(
  { start, style, contestants }: StartGroup,
  layers: readonly string[],
  name: QuantityName,
  when: When,
): Curve {
  const traces = contestants.map((contestant) => traceAt(contestant, when));
  const points = layers.map((_, i) => ({
    x: i + 1,
    ...spreadOf(
      traces.map((trace) => {
        const layer = trace?.layers[i];
        return layer === undefined ? null : quantityOf(layer, name).std;
      }),
    ),
  }));
  return { start, style, points, raw: [], breaks: [] };
}

function depthSummary(curves: readonly Curve[]): Localized {
  const changes = curves
    .map(({ start, points }) => {
      const first = points.at(0)?.middle ?? 0;
      const last = points.at(-1)?.middle ?? 0;
      return { start, factor: first > 0 && last > 0 ? last / first : null };
    })
    .filter((entry): entry is { start: string; factor: number } => entry.factor !== null)
    .sort((a, b) => Math.abs(Math.log(a.factor)) - Math.abs(Math.log(b.factor)));
  if (changes.length === 0) return localized(figureLabels.depthSummaryNone, {});
  const least = changes[0];
  const most = changes[changes.length - 1];
  if (Math.abs(Math.log(most.factor)) < Math.log(1.1)) return localized(figureLabels.depthSummaryLevel, {});
  const names = { most: most.start, mostFactor: formatNumber(most.factor, 2) };
  if (changes.length === 1) return localized(figureLabels.depthSummaryOne, names);
  return localized(figureLabels.depthSummary, {
    ...names,
    least: least.start,
    leastFactor: formatNumber(least.factor, 2),
  });
}
