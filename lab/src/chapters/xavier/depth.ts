/** Signal and gradient layer by layer through a real network, for every rule. */

import { varianceScaling } from '../../../../src/initializers/variance-scaling.ts';
import { labXavier, type XavierRule } from '../../../../src/messages/labels/lab-xavier.ts';
import { createNetwork } from '../../../../src/network/create-network.ts';
import { threefry } from '../../../../src/random/threefry-stream.ts';
import { axisFor } from '../../../../src/report/figures/axis.ts';
import {
  type Curve,
  type LineFigure,
  type Localized,
  localized,
  verbatim,
} from '../../../../src/report/figures/figure.ts';
import { formatNumber } from '../../../../src/report/figures/number-format.ts';
import { spreadOf } from '../../../../src/report/figures/seeds.ts';
import { referenceRuntime } from '../../../../src/runtime/reference/index.ts';
import { elementCount, float32, tensor } from '../../../../src/tensor/tensor.ts';
import type { Distribution, SignalTrace } from '../../../../src/training/trace.ts';
import { traceSignal } from '../../../../src/training/trace-signal.ts';
import { ruleNames, scalings } from './layer.ts';

export interface DepthInput {
  readonly fanIn: number;
  readonly fanOut: number;
  readonly activation: 'linear' | 'relu' | 'tanh';
  readonly depth: number;
  readonly seed: number;
}

export interface DepthFigures {
  readonly forward: LineFigure;
  readonly backward: LineFigure;
}

const draws = 3;
const batch = 16;

export async function depthFigures(
  input: DepthInput,
  context?: { readonly signal: AbortSignal },
): Promise<DepthFigures> {
  const widths = widthsOf(input);
  const traces = new Map<XavierRule, SignalTrace[]>();
  for (const rule of ruleNames) {
    const ofRule: SignalTrace[] = [];
    for (let draw = 0; draw < draws; draw++) {
      if (context?.signal.aborted) break;
      ofRule.push(await traceOf(input, widths, rule, draw));
    }
    traces.set(rule, ofRule);
  }
  const note = localized(labXavier.depthNote, {
    draws,
    batch,
    widths:
      widths.length > 6
        ? `${widths.slice(0, 3).join('-')}-…-${widths.slice(-2).join('-')}`
        : widths.join('-'),
  });
  const figure = (direction: 'forward' | 'backward', title: Localized): LineFigure => {
    const curves = ruleNames.map((rule, style) => curveOf(rule, style, traces.get(rule) ?? [], direction));
    const values = curves.flatMap(({ points }) => points.flatMap(({ low, high }) => [low, high]));
    return {
      kind: 'lines',
      id: direction,
      title,
      summary: summaryOf(curves, direction),
      notes: [note],
      x: axisFor(localized(labXavier.layerAxisName, {}), 'linear', [1, input.depth]),
      y: axisFor(localized(labXavier.squareAxis, {}), 'log', values, { include: [0.5, 2] }),
      xNames: Array.from({ length: input.depth }, (_, i) => String(i + 1)),
      curves,
      epochs: [],
      table: {
        columns: [localized(labXavier.layerAxisName, {}), ...curves.map(({ start }) => verbatim(start))],
        rows: Array.from({ length: input.depth }, (_, i) => [
          i + 1,
          ...curves.map(({ points }) => points[i]?.middle ?? null),
        ]),
      },
    };
  };
  return {
    forward: figure('forward', localized(labXavier.forwardTitle, {})),
    backward: figure('backward', localized(labXavier.backwardTitle, {})),
  };
}

/** Widths from fan_in to fan_out in equal ratios, one more than there are layers. */
function widthsOf({ fanIn, fanOut, depth }: DepthInput): number[] {
  return Array.from({ length: depth + 1 }, (_, i) => Math.round(fanIn * (fanOut / fanIn) ** (i / depth)));
}

async function traceOf(
  { activation, seed }: DepthInput,
  widths: readonly number[],
  rule: XavierRule,
  draw: number,
): Promise<SignalTrace> {
  const network = createNetwork({
    input: [widths[0]],
    layers: widths.slice(1).map((units, i) => ({
      type: 'dense' as const,
      units,
      bias: false,
      ...(i < widths.length - 2 ? { activation } : {}),
    })),
  });
  const stream = threefry(seed).child(`draw ${draw}`);
  const initializer = varianceScaling(scalings[rule]);
  const parameters = new Map(
    network.parameters.map((shape) => [
      shape.name,
      tensor('float32', shape.dims, initializer(stream.child(shape.name), shape).data),
    ]),
  );
  const random = (name: string, dims: readonly number[]) =>
    float32(dims, stream.child(name).normal(new Float32Array(elementCount(dims))));
  return traceSignal(
    network,
    parameters,
    {
      features: random('x', [batch, widths[0]]),
      targets: random('target', [batch, widths[widths.length - 1]]),
    },
    { loss: 'mean-squared-error', runtime: referenceRuntime({ precision: 'float32' }) },
  );
}

function curveOf(
  rule: XavierRule,
  style: number,
  traces: readonly SignalTrace[],
  direction: 'forward' | 'backward',
): Curve {
  const series = traces.map(({ layers }) => {
    const squares = layers.map((layer) =>
      meanSquare(direction === 'forward' ? layer.preActivations : layer.gradients.preActivations),
    );
    const last = squares[squares.length - 1];
    return direction === 'forward' ? squares : squares.map((square) => square / last);
  });
  return {
    start: labXavier.shortRule.en({ name: rule }),
    style,
    points: (series[0] ?? []).map((_, i) => ({ x: i + 1, ...spreadOf(series.map((one) => one[i])) })),
    raw: [],
    breaks: [],
  };
}

function meanSquare({ norm, count }: Distribution): number {
  return (norm ?? Number.NaN) ** 2 / count;
}

/** Nearest to 1 and farthest from it, at the end that the signal or the gradient reaches last. */
function summaryOf(curves: readonly Curve[], direction: 'forward' | 'backward'): Localized {
  const ends = curves
    .map(({ start, points }) => {
      const [from, to] =
        direction === 'forward' ? [points.at(0), points.at(-1)] : [points.at(-1), points.at(0)];
      const first = from?.middle ?? Number.NaN;
      return { start, factor: (to?.middle ?? Number.NaN) / first };
    })
    .sort((a, b) => Math.abs(Math.log(a.factor)) - Math.abs(Math.log(b.factor)));
  const [kept, lost] = [ends[0], ends[ends.length - 1]];
  return localized(labXavier.depthSummary, {
    kept: kept.start,
    keptFactor: formatNumber(kept.factor, 2),
    lost: lost.start,
    lostFactor: formatNumber(lost.factor, 2),
  });
}
