import { boltzmannReportLabels as labels } from '../../messages/labels/boltzmann-report.ts';
import { axisFor } from '../figures/axis.ts';
import { type Axis, type FigureTable, type Localized, localized } from '../figures/figure.ts';
import { formatNumber } from '../figures/number-format.ts';

/** Histograms over one another. */
export interface OverlaidHistograms {
  readonly id: string;
  readonly title: Localized;
  readonly summary: Localized;
  readonly notes: readonly Localized[];
  readonly x: Axis;
  readonly y: Axis;
  /** Edges of the bins, ascending. */
  readonly edges: readonly number[];
  readonly sets: readonly {
    readonly name: Localized;
    readonly style: number;
    /** Share of the cases in each bin. */
    readonly shares: readonly number[];
  }[];
  readonly table: FigureTable;
}

const bins = 48;

/** How the free energies of training examples, test examples and samples of the model are spread. */
export function energyFigure(
  energies: {
    readonly train: ArrayLike<number>;
    readonly test?: ArrayLike<number>;
    readonly samples?: ArrayLike<number>;
  },
  id: string,
): OverlaidHistograms | null {
  const sets = [
    { name: localized(labels.trainCurve, {}), style: 0, values: finite(energies.train) },
    { name: localized(labels.testCurve, {}), style: 1, values: finite(energies.test ?? []) },
    { name: localized(labels.samplesCurve, {}), style: 2, values: finite(energies.samples ?? []) },
  ].filter(({ values }) => values.length > 0);
  if (sets.length === 0) return null;
  // The outer half per cent of each set is counted in the first and last bin: one outlier would squeeze all others.
  const low = Math.min(...sets.map(({ values }) => quantile(values, 0.005)));
  const high = Math.max(...sets.map(({ values }) => quantile(values, 0.995)), low + 1e-9);
  const edges = Array.from({ length: bins + 1 }, (_, i) => low + ((high - low) * i) / bins);
  const drawn = sets.map(({ name, style, values }) => ({ name, style, shares: sharesOf(values, low, high) }));
  const moments = sets.map(({ name, values }) => ({ name, count: values.length, ...momentsOf(values) }));
  return {
    id,
    title: localized(labels.energyTitle, {}),
    summary: localized(labels.energySummary, {
      names: moments.map(({ name, mean }) => ({ en: name.en, ko: name.ko, mean: formatNumber(mean, 4) })),
    }),
    notes: [],
    x: axisFor(localized(labels.energyAxis, {}), 'linear', [low, high], { fractional: true }),
    y: axisFor(
      localized(labels.shareAxis, {}),
      'linear',
      drawn.flatMap(({ shares }) => shares),
      { percent: true, include: [0] },
    ),
    edges,
    sets: drawn,
    table: {
      columns: [labels.setColumn, labels.casesColumn, labels.meanColumn, labels.deviationColumn].map(
        (label) => localized(label, {}),
      ),
      rows: moments.map(({ name, count, mean, deviation }) => [name, count, mean, deviation]),
    },
  };
}

function finite(values: ArrayLike<number>): Float64Array {
  return Float64Array.from(Array.from(values).filter(Number.isFinite)).sort();
}

function quantile(sorted: Float64Array, share: number): number {
  return sorted[Math.round(share * (sorted.length - 1))];
}

function sharesOf(values: Float64Array, low: number, high: number): number[] {
  const shares = new Array<number>(bins).fill(0);
  for (const value of values) {
    const bin = Math.floor(((value - low) / (high - low)) * bins);
    shares[Math.min(bins - 1, Math.max(0, bin))] += 1 / values.length;
  }
  return shares;
}

function momentsOf(values: Float64Array): { mean: number; deviation: number } {
  let sum = 0;
  for (const value of values) sum += value;
  const mean = sum / values.length;
  let squares = 0;
  for (const value of values) squares += (value - mean) ** 2;
  return { mean, deviation: Math.sqrt(squares / Math.max(1, values.length - 1)) };
}
