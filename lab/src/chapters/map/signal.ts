/** A network at one point of the map: correlation and gradient layer by layer, by theory and measured. */
import { appendGradient } from '../../../../src/autodiff/index.ts';
import { normal } from '../../../../src/initializers/normal.ts';
import { varianceScaling } from '../../../../src/initializers/variance-scaling.ts';
import { labMap } from '../../../../src/messages/labels/lab-map.ts';
import { createNetwork, featuresInput } from '../../../../src/network/create-network.ts';
import type { Network } from '../../../../src/network/network.ts';
import type { Stream } from '../../../../src/random/stream.ts';
import { threefry } from '../../../../src/random/threefry-stream.ts';
import { axisFor } from '../../../../src/report/figures/axis.ts';
import { type Curve, type LineFigure, localized, verbatim } from '../../../../src/report/figures/figure.ts';
import { formatNumber } from '../../../../src/report/figures/number-format.ts';
import { spreadOf } from '../../../../src/report/figures/seeds.ts';
import { referenceRuntime } from '../../../../src/runtime/reference/index.ts';
import { dot } from '../../../../src/tensor/dot.ts';
import { elementCount, float32, type Tensor } from '../../../../src/tensor/tensor.ts';
import { correlationMap, gradientFactor, varianceMap } from '../../../../src/theory/index.ts';
import { type Place, placeOf } from './phase-map.ts';
import type { MapActivation } from './state.ts';

export interface SignalInput {
  readonly activation: MapActivation;
  readonly weightVariance: number;
  readonly biasVariance: number;
  readonly depth: number;
  readonly seed: number;
}

export interface SignalFrame {
  readonly place: Place;
  readonly correlation: LineFigure;
  readonly gradient: LineFigure;
}

const width = 128;
const draws = 3;
/** Cosine between the two inputs. */
const agreement = 0.5;

interface Series {
  readonly correlations: number[];
  readonly gradients: number[];
}

export async function signalFrame(
  input: SignalInput,
  context?: { readonly signal: AbortSignal },
): Promise<SignalFrame> {
  const theory = predicted(input);
  const measuredSeries: Series[] = [];
  for (let draw = 0; draw < draws && context?.signal.aborted !== true; draw++) {
    measuredSeries.push(await measured(input, threefry(input.seed).child(`draw ${draw}`)));
  }
  const of = (name: keyof Series) => measuredSeries.map((one) => one[name]);
  const [correlation, gradient] = (['correlations', 'gradients'] as const).map((name) => ({
    curves: [curveOf('predicted', 0, [theory[name]]), curveOf('measured', 1, of(name))],
    first: formatNumber(curveOf('measured', 1, of(name)).points[0]?.middle ?? null),
    last: formatNumber(curveOf('measured', 1, of(name)).points.at(-1)?.middle ?? null),
    theoryFirst: formatNumber(theory[name][0]),
    theoryLast: formatNumber(theory[name][input.depth - 1]),
  }));
  return {
    place: placeOf(input),
    correlation: figureOf(input, {
      id: 'correlation',
      title: localized(labMap.correlationTitle, {}),
      summary: localized(labMap.correlationSummary, {
        first: correlation.first,
        last: correlation.last,
        predicted: correlation.theoryLast,
        depth: input.depth,
      }),
      curves: correlation.curves,
      y: axisFor(localized(labMap.correlationAxis, {}), 'linear', [0, 1], { fractional: true }),
    }),
    gradient: figureOf(input, {
      id: 'gradient',
      title: localized(labMap.gradientTitle, {}),
      summary: localized(labMap.gradientSummary, {
        left: gradient.first,
        predicted: gradient.theoryFirst,
        depth: input.depth - 1,
      }),
      curves: gradient.curves,
      y: axisFor(
        localized(labMap.gradientAxis, {}),
        'log',
        gradient.curves.flatMap(({ points }) => points.flatMap(({ low, high }) => [low, high])),
        { include: [0.5, 2] },
      ),
    }),
  };
}

/** The maps of the theory, one layer after the other. The first layer sees the inputs themselves. */
function predicted({ activation, weightVariance, biasVariance, depth }: SignalInput): Series {
  const first = { activation: 'linear', weightVariance, biasVariance } as const;
  const layer = { activation, weightVariance, biasVariance };
  const variances = [varianceMap(first, 1)];
  const correlations = [correlationMap(first, 1, agreement)];
  for (let i = 1; i < depth; i++) {
    correlations.push(correlationMap(layer, variances[i - 1], Math.min(1, correlations[i - 1])));
    variances.push(varianceMap(layer, variances[i - 1]));
  }
  const gradients = new Array<number>(depth).fill(1);
  for (let i = depth - 2; i >= 0; i--) gradients[i] = gradients[i + 1] * gradientFactor(layer, variances[i]);
  return { correlations, gradients };
}

async function measured(input: SignalInput, stream: Stream): Promise<Series> {
  const { activation, depth } = input;
  const network = createNetwork({
    input: [width],
    layers: Array.from({ length: depth }, (_, i) => ({
      type: 'dense' as const,
      units: width,
      ...(i < depth - 1 ? { activation } : {}),
    })),
  });
  const { builder, logits } = network.build(2, 'training');
  builder.input('arriving', 'float32', [2, width]);
  const values = network.layers.map(({ preActivation }) => preActivation);
  const gradients = appendGradient(builder, logits, values, { seed: 'arriving' });
  for (const name of new Set([...values, ...gradients.values()])) builder.output(name);
  const program = await referenceRuntime({ precision: 'float32' }).compile(builder.build());
  try {
    const results = await program.run({
      ...drawParameters(network, input, stream),
      [featuresInput]: twoInputs(stream),
      arriving: float32([2, width], stream.child('arriving').normal(new Float32Array(2 * width))),
    });
    const data = (name: string) => results[name].data as Float32Array;
    const squares = values.map((name) => {
      const gradient = data(gradients.get(name) ?? '');
      return dot(gradient, gradient);
    });
    return {
      correlations: values.map((name) => cosine(data(name).subarray(0, width), data(name).subarray(width))),
      gradients: squares.map((square) => square / squares[squares.length - 1]),
    };
  } finally {
    await program.dispose();
  }
}

function drawParameters(
  network: Network,
  { weightVariance, biasVariance }: SignalInput,
  stream: Stream,
): Record<string, Tensor<'float32'>> {
  const weights = varianceScaling({ scale: weightVariance, mode: 'fanIn', distribution: 'normal' });
  const biases = normal({ mean: 0, std: Math.sqrt(biasVariance) });
  return Object.fromEntries(
    network.parameters.map((shape) => {
      const draw = shape.role === 'bias' ? biases : weights;
      return [shape.name, float32(shape.dims, draw(stream.child(shape.name), shape).data)];
    }),
  );
}

/** Two inputs of mean square 1 whose cosine is {@link agreement}, as exactly as the draw allows. */
function twoInputs(stream: Stream): Tensor<'float32'> {
  const draw = stream.child('inputs').normal(new Float64Array(2 * width));
  const first = scaled(draw.subarray(0, width));
  const other = draw.subarray(width);
  const along = dot(first, other) / width;
  const across = scaled(other.map((value, i) => value - along * first[i]));
  const second = first.map((value, i) => agreement * value + Math.sqrt(1 - agreement ** 2) * across[i]);
  const dims = [2, width];
  const out = new Float32Array(elementCount(dims));
  out.set(first);
  out.set(second, width);
  return float32(dims, out);
}

function scaled(values: Float64Array): Float64Array {
  const root = Math.sqrt(dot(values, values) / values.length);
  return values.map((value) => value / root);
}

function cosine(a: Float32Array, b: Float32Array): number {
  return dot(a, b) / Math.sqrt(dot(a, a) * dot(b, b));
}

function curveOf(
  start: 'predicted' | 'measured',
  style: number,
  series: readonly (readonly number[])[],
): Curve {
  return {
    start,
    label: localized(labMap[start], {}),
    style,
    points: (series[0] ?? []).map((_, i) => ({ x: i + 1, ...spreadOf(series.map((one) => one[i])) })),
    raw: [],
    breaks: [],
  };
}

function figureOf(
  { depth }: SignalInput,
  parts: Pick<LineFigure, 'id' | 'title' | 'summary' | 'curves' | 'y'>,
): LineFigure {
  return {
    kind: 'lines',
    ...parts,
    notes: [localized(labMap.signalNote, { width, draws })],
    x: axisFor(localized(labMap.layerAxis, {}), 'linear', [1, depth]),
    xNames: null,
    epochs: [],
    table: {
      columns: [labMap.layerAxis, labMap.predicted, labMap.measured].map((one) => localized(one, {})),
      rows: Array.from({ length: depth }, (_, i) => [
        verbatim(String(i + 1)),
        ...parts.curves.map(({ points }) => points[i]?.middle ?? null),
      ]),
    },
  };
}
