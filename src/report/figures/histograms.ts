import { figureLabels, type QuantityName } from '../../messages/labels/figures.ts';
import type { Distribution } from '../../training/trace.ts';
import { layerNames, quantityOf, traceAt, type When } from './depth.ts';
import { type FigureTable, type Localized, localized, verbatim } from './figure.ts';
import { formatPercent } from './number-format.ts';
import { groupByStart, type RaceRuns } from './seeds.ts';

/** Small multiples of one quantity: a row per start, a column per layer, before and after training. */
export interface HistogramFigure {
  readonly kind: 'histograms';
  readonly id: string;
  readonly name: QuantityName;
  readonly title: Localized;
  readonly summary: Localized;
  readonly notes: readonly Localized[];
  readonly layers: readonly string[];
  readonly rows: readonly HistogramRow[];
  readonly table: FigureTable;
}

export interface HistogramRow {
  readonly start: string;
  readonly style: number;
  /** One entry per layer; null where nothing was traced. */
  readonly cells: readonly Readonly<Record<When, Distribution | null>>[];
}

/** Histograms of the first seed of every start. */
export function histogramFigure(result: RaceRuns, name: QuantityName): HistogramFigure {
  const layers = layerNames(result);
  const rows = groupByStart(result).map(({ start, style, contestants }) => {
    const first = contestants.find(({ traces }) => traces.length > 0);
    const at = (when: When, i: number) => {
      const layer = first === undefined ? undefined : traceAt(first, when)?.layers[i];
      return layer === undefined ? null : quantityOf(layer, name);
    };
    return { start, style, cells: layers.map((_, i) => ({ start: at('start', i), end: at('end', i) })) };
  });
  const seed = result.contestants.find(({ traces }) => traces.length > 0)?.seed ?? result.spec.seeds[0] ?? 0;
  return {
    kind: 'histograms',
    id: `histograms-${name}`,
    name,
    title: localized(figureLabels.histogramTitle, { name }),
    summary: localized(figureLabels.histogramSummary, { layers: layers.length, starts: rows.length }),
    notes: [localized(figureLabels.histogramNote, { seed })],
    layers,
    rows,
    table: histogramTable(rows, layers),
  };
}

/**
 * The bars of a distribution without its exact zeros, which a rectifier makes so many that they would flatten the
 * rest: heights relative to the tallest bar, and the share of exact zeros apart.
 */
export function histogramBars({ histogram, count, zero }: Distribution): { bars: number[]; zero: number } {
  const { edges, counts } = histogram;
  const zeros = Math.round(zero * count);
  const bin = edges.findLastIndex((edge, i) => edge <= 0 && i < counts.length);
  const rest = counts.map((value, i) =>
    i === bin && 0 <= edges[edges.length - 1] ? Math.max(0, value - zeros) : value,
  );
  const tallest = Math.max(0, ...rest);
  return { bars: rest.map((value) => (tallest === 0 ? 0 : value / tallest)), zero };
}

function histogramTable(rows: readonly HistogramRow[], layers: readonly string[]): FigureTable {
  const text = (label: (typeof figureLabels)['startColumn']) => localized(label, {});
  const whens: readonly When[] = ['start', 'end'];
  return {
    columns: [
      figureLabels.startColumn,
      figureLabels.layerColumn,
      figureLabels.whenColumn,
      figureLabels.meanColumn,
      figureLabels.deviationColumn,
      figureLabels.minimumColumn,
      figureLabels.maximumColumn,
      figureLabels.zeroColumn,
      figureLabels.saturatedColumn,
      figureLabels.notFiniteColumn,
    ].map(text),
    rows: rows.flatMap(({ start, cells }) =>
      cells.flatMap((cell, i) =>
        whens.flatMap((when) => {
          const one = cell[when];
          if (one === null) return [];
          return [
            [
              verbatim(start),
              verbatim(layers[i]),
              text(when === 'start' ? figureLabels.atStart : figureLabels.atEnd),
              one.mean,
              one.std,
              one.min,
              one.max,
              verbatim(formatPercent(one.zero, 1)),
              one.saturated === null ? null : verbatim(formatPercent(one.saturated, 1)),
              one.notFinite,
            ],
          ];
        }),
      ),
    ),
  };
}
