/** Drawn weights beside their densities, and the same rule in every framework with its first bits. */
import { weightDensity } from '../../../../src/initializers/density.ts';
import { denseInOut, parameterShape } from '../../../../src/initializers/fans.ts';
import { inFrameworks } from '../../../../src/initializers/in-frameworks.ts';
import type { FrameworkName } from '../../../../src/initializers/in-frameworks-names.ts';
import { distributions, fanOf, varianceScaling } from '../../../../src/initializers/variance-scaling.ts';
import { labXavier } from '../../../../src/messages/labels/lab-xavier.ts';
import { threefry } from '../../../../src/random/threefry-stream.ts';
import { axisFor } from '../../../../src/report/figures/axis.ts';
import {
  type Axis,
  type FigureTable,
  type Localized,
  localized,
} from '../../../../src/report/figures/figure.ts';
import { formatNumber } from '../../../../src/report/figures/number-format.ts';
import { distribution } from '../../../../src/training/distribution.ts';
import type { LayerInput } from './layer.ts';

/** A histogram as densities, and the curve that it should follow. */
export interface DensityFigure {
  readonly id: string;
  readonly title: Localized;
  readonly summary: Localized;
  readonly x: Axis;
  readonly y: Axis;
  readonly bars: readonly { readonly from: number; readonly to: number; readonly density: number }[];
  readonly curve: readonly { readonly x: number; readonly y: number }[];
  readonly table: FigureTable;
}

/** Code, and the first weights that it draws. */
export interface FrameworkCode {
  readonly framework: FrameworkName;
  readonly rule: 'xavier' | 'he';
  readonly code: string;
  readonly first: readonly { readonly index: string; readonly value: number; readonly bits: string }[];
}

export interface WeightsFrame {
  readonly densities: readonly DensityFigure[];
  readonly codes: readonly FrameworkCode[];
}

/** Weights that are listed. */
const shown = 6;
/** Seeds that every framework takes. */
const mostSeed = 2 ** 31 - 1;

export function weightsFrame(input: LayerInput): WeightsFrame {
  return {
    densities: densities(input),
    codes: (['xavier', 'he'] as const).flatMap((rule) =>
      inFrameworks(rule, input.fanIn, input.fanOut, Math.min(input.seed, mostSeed)).map(
        ({ framework, code, dims, weights }) => ({
          framework,
          rule,
          code,
          first: Array.from({ length: Math.min(shown, weights.length) }, (_, i) => ({
            index: `w[${Math.floor(i / dims[1])}, ${i % dims[1]}]`,
            value: weights[i],
            bits: `0x${new Uint32Array(weights.buffer, weights.byteOffset)[i].toString(16).padStart(8, '0')}`,
          })),
        }),
      ),
    ),
  };
}

function densities({ fanIn, fanOut, seed }: LayerInput): DensityFigure[] {
  const shape = parameterShape({ name: 'w', dims: [fanIn, fanOut], layout: denseInOut });
  const std = Math.sqrt(1 / fanOf(shape, 'fanAvg'));
  const edge = 3.4 * std;
  const drawn = distributions.map((name) => {
    const { data } = varianceScaling({ scale: 1, mode: 'fanAvg', distribution: name })(threefry(seed), shape);
    return { name, data, density: weightDensity(name, std) };
  });
  const bins = Math.max(12, Math.min(60, Math.round(Math.sqrt(fanIn * fanOut) / 3)));
  const width = (2 * edge) / bins;
  const x = axisFor(localized(labXavier.weightAxis, {}), 'linear', [-edge, edge], { fractional: true });
  const y = axisFor(localized(labXavier.densityAxis, {}), 'linear', [0, 0.48 / std], { fractional: true });
  return drawn.map(({ name, data, density }) => {
    const counts = new Float64Array(bins);
    for (const w of data) {
      const bin = Math.floor((w + edge) / width);
      if (bin >= 0 && bin < bins) counts[bin]++;
    }
    const bars = Array.from(counts, (count, i) => ({
      from: -edge + i * width,
      to: -edge + (i + 1) * width,
      density: Math.min(y.domain[1], count / (data.length * width)),
    }));
    const summary = distribution(data);
    return {
      id: `density-${name}`,
      title: localized(labXavier.densityTitle, { name }),
      summary: localized(labXavier.densitySummary, {
        count: data.length,
        std: formatNumber(summary.std),
        wanted: formatNumber(std),
        most: formatNumber(Math.max(Math.abs(summary.min ?? 0), Math.abs(summary.max ?? 0))),
      }),
      x,
      y,
      bars,
      curve: Array.from({ length: 241 }, (_, i) => {
        const at = -edge + (i / 240) * 2 * edge;
        return { x: at, y: density.at(at) };
      }),
      table: {
        columns: [labXavier.weightColumn, labXavier.countColumn, labXavier.expectedColumn].map((one) =>
          localized(one, {}),
        ),
        rows: bars.map(({ from, to, density: seen }) => [(from + to) / 2, seen, density.at((from + to) / 2)]),
      },
    };
  });
}
