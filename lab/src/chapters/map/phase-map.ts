/** The plane of weight and bias variance: what a layer does to gradients at every point, and the edge between. */
import { criticalPoint } from '../../../../src/initializers/criticality.ts';
import { labMap, type PhaseName } from '../../../../src/messages/labels/lab-map.ts';
import { axisFor } from '../../../../src/report/figures/axis.ts';
import { type Axis, type FigureTable, localized, verbatim } from '../../../../src/report/figures/figure.ts';
import { formatNumber } from '../../../../src/report/figures/number-format.ts';
import { asymptotics, depthScale, phasePlane } from '../../../../src/theory/index.ts';
import { type MapActivation, mapSchema } from './state.ts';

/** What a layer multiplies the square of a gradient by, in a grid: rows of bias variances, ascending. */
export interface PhaseMap {
  readonly activation: MapActivation;
  readonly x: Axis;
  readonly y: Axis;
  readonly weightVariances: readonly number[];
  readonly biasVariances: readonly number[];
  /** chi, row by row. */
  readonly chi: readonly (readonly number[])[];
  /** Where chi is 1 in each row; rows without such a place are left out. */
  readonly edge: readonly { readonly x: number; readonly y: number }[];
  readonly table: FigureTable;
}

const columns = 46;
const rows = 26;

export function phaseMap({ activation }: { readonly activation: MapActivation }): PhaseMap {
  const { w, b } = mapSchema;
  const weightVariances = spaced(w.min, w.max, columns);
  // Closer together towards 0, where the edge bends.
  const biasVariances = spaced(Math.sqrt(b.min), Math.sqrt(b.max), rows).map((root) =>
    Number((root * root).toPrecision(6)),
  );
  const chi = phasePlane(activation, weightVariances, biasVariances);
  return {
    activation,
    x: axisFor(localized(labMap.weightAxisName, {}), 'linear', [w.min, w.max], { fractional: true }),
    y: axisFor(localized(labMap.biasAxisName, {}), 'linear', [b.min, b.max], { fractional: true }),
    weightVariances,
    biasVariances,
    chi,
    edge: edgeOf(weightVariances, biasVariances, chi),
    table: tableOf(weightVariances, biasVariances, chi),
  };
}

function spaced(low: number, high: number, count: number): number[] {
  return Array.from({ length: count }, (_, i) =>
    Number((low + (i / (count - 1)) * (high - low)).toPrecision(6)),
  );
}

/** Where a row passes 1, on a straight line of ln chi between neighbours. */
function edgeOf(
  weightVariances: readonly number[],
  biasVariances: readonly number[],
  chi: readonly (readonly number[])[],
): PhaseMap['edge'] {
  return chi.flatMap((row, i) => {
    const j = row.findIndex((value, at) => at > 0 && row[at - 1] < 1 && value >= 1);
    if (j < 0) return [];
    const [before, here] = [Math.log(row[j - 1]), Math.log(row[j])];
    const share = here === before ? 0 : -before / (here - before);
    const x = weightVariances[j - 1] + share * (weightVariances[j] - weightVariances[j - 1]);
    return [{ x, y: biasVariances[i] }];
  });
}

/** Every fifth row and column: the depth scale in layers. */
function tableOf(
  weightVariances: readonly number[],
  biasVariances: readonly number[],
  chi: readonly (readonly number[])[],
): FigureTable {
  const every = (_: unknown, i: number) => i % 5 === 0;
  return {
    columns: [
      verbatim('σb² \\ σw²'),
      ...weightVariances.filter(every).map((one) => verbatim(formatNumber(one))),
    ],
    rows: biasVariances
      .map((b, i) => [verbatim(formatNumber(b)), ...(chi[i] ?? []).filter(every).map(depthScale)])
      .filter(every),
  };
}

/** Where one network stands. */
export interface Place {
  readonly phase: PhaseName;
  readonly chi: number;
  /** Layers in which the square of a gradient changes by a factor e; null at criticality. */
  readonly scale: number | null;
  /** The critical weight variance for these biases; null where there is none. */
  readonly criticalWeightVariance: number | null;
}

export function placeOf(layer: {
  activation: MapActivation;
  weightVariance: number;
  biasVariance: number;
}): Place {
  const { phase, chi, depthScales } = asymptotics(layer);
  return {
    phase,
    chi,
    scale: Number.isFinite(depthScales.gradient) ? depthScales.gradient : null,
    criticalWeightVariance: criticalWeight(layer),
  };
}

function criticalWeight({
  activation,
  biasVariance,
}: {
  activation: MapActivation;
  biasVariance: number;
}): number | null {
  try {
    return criticalPoint(activation, biasVariance).weightVariance;
  } catch {
    // No pair with these biases is critical: a rectifier has one only without biases.
    return null;
  }
}
