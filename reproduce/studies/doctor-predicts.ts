/** Theory beside measurement: the gradient ratio of many networks before anything is run, and what one batch gives. */
import { createNetwork } from '../../src/network/create-network.ts';
import type { ActivationName, LayerSpec, NetworkSpec } from '../../src/network/spec.ts';
import { threefry } from '../../src/random/index.ts';
import { nodeRuntime } from '../../src/runtime/node.ts';
import { parseStart } from '../../src/starts/index.ts';
import { tensor } from '../../src/tensor/tensor.ts';
import { inputSignal, predict } from '../../src/theory/index.ts';
import { chosen, loadDigits } from './digits.ts';
import { createGradientMeter } from './gradient-meter.ts';
import { standardizedImages } from './segmented-network.ts';
import { mean, median, type PartContext, type Study, type StudyRow, timeOf } from './study.ts';

/** One draw of the weights. */
interface Draw {
  /** log10 of the mean square of the gradient at the first layer over that at the last. */
  readonly measured: number;
  readonly predicted: number;
  readonly log10Std: number;
  readonly stable: boolean;
  /** dq'/dq where the variance comes to rest; null where too few layers repeat. */
  readonly slope: number | null;
}

interface Compared {
  readonly network: string;
  readonly draws: readonly Draw[];
}

const dense: readonly (readonly [ActivationName, string])[] = [
  ['tanh', 'glorot-normal'],
  ['tanh', 'orthogonal'],
  ['tanh', 'mean-field'],
  ['relu', 'he-normal'],
  ['relu', 'pytorch-default'],
  ['selu', 'lecun-normal'],
  ['elu', 'he-normal'],
  ['gelu', 'he-normal'],
  ['gelu', 'mean-field'],
  ['silu', 'he-normal'],
  ['sigmoid', 'glorot-normal'],
  ['softplus', 'glorot-normal'],
];
const convolutional = [
  ['tanh', 'glorot-normal'],
  ['tanh', 'delta-orthogonal'],
  ['relu', 'he-normal'],
  ['relu', 'pytorch-default'],
  ['selu', 'lecun-normal'],
  ['gelu', 'he-normal'],
] as const;
const depths = [3, 10, 30, 100];
const [width, channels, examples, seeds] = [256, 64, 32, 10];
/** Smaller ratios are lost in float32. */
const least = 1e-32;

function mlp(activation: ActivationName, depth: number): NetworkSpec {
  const hidden = Array.from(
    { length: depth - 1 },
    (): LayerSpec => ({ type: 'dense', units: width, activation }),
  );
  return { input: [1, 28, 28], layers: [...hidden, { type: 'dense', units: 10 }] };
}

function cnn(activation: ActivationName, depth: number): NetworkSpec {
  const convolution = (stride: number): LayerSpec => ({ type: 'conv', channels, activation, stride });
  const rest = Array.from({ length: depth - 3 }, () => convolution(1));
  return {
    input: [1, 28, 28],
    layers: [convolution(2), convolution(2), ...rest, { type: 'dense', units: 10 }],
  };
}

async function runPart(part: string, { say, threads }: PartContext): Promise<Compared[]> {
  const { train } = await loadDigits();
  const split = chosen(train, threefry(0).permutation(train.count).slice(0, examples));
  const features = tensor('float32', [examples, 1, 28, 28], standardizedImages(split.features));
  const labels = tensor('int32', [examples], split.labels);
  const runtime = await nodeRuntime();
  const compared: Compared[] = [];
  const depth = Number(part.slice('depth-'.length));
  const tried = [
    ...dense.map(([activation, start]) => ({ kind: 'MLP', activation, start, spec: mlp(activation, depth) })),
    ...(depth > 30 ? [] : convolutional).map(([activation, start]) => ({
      kind: 'CNN',
      activation,
      start,
      spec: cnn(activation, depth),
    })),
  ];
  for (const { kind, activation, start, spec } of tried) {
    const network = createNetwork(spec);
    const graph = network.build(examples, 'training').builder.build();
    const inputs = new Map([['features', inputSignal(features)]]);
    const name = `${kind} ${activation} ${start} ${depth}`;
    const draws: Draw[] = [];
    const meter = await createGradientMeter(network, examples, runtime);
    for (let seed = 1; seed <= seeds; seed++) {
      const parameters = await parseStart(start).parameters(network, { stream: threefry(seed) });
      const { first, last } = await meter.measure(parameters, features, labels);
      const prediction = predict({ graph, parameters, layers: network.layers, inputs });
      const expected = prediction.layers[0].gradient;
      if (expected === null || !(Math.min(first, first / last) > least)) break;
      draws.push({
        measured: Math.log10(first / last),
        predicted: Math.log10(expected.value),
        log10Std: expected.log10Std,
        stable: prediction.stable,
        slope: prediction.asymptotics?.slope ?? null,
      });
    }
    await meter.dispose();
    if (draws.length < seeds) {
      say(`${name}: below what float32 holds`);
      continue;
    }
    compared.push({ network: name, draws });
    const of = (key: 'measured' | 'predicted') => mean(draws.map((draw) => draw[key])).toFixed(3);
    say(`${name}: measured ${of('measured')}, predicted ${of('predicted')} (${threads} thread)`);
  }
  return compared;
}

/** A network over its draws. */
function summary({ network, draws }: Compared) {
  const measured = draws.map((draw) => draw.measured);
  const errors = draws.map((draw) => draw.measured - draw.predicted);
  const middle = mean(errors);
  const variance = errors.reduce((sum, error) => sum + (error - middle) ** 2, 0) / (errors.length - 1);
  return {
    network,
    measured: mean(measured),
    predicted: mean(draws.map((draw) => draw.predicted)),
    error: Math.abs(middle),
    spread: Math.sqrt(variance),
    log10Std: mean(draws.map((draw) => draw.log10Std)),
    isStable: draws.every(({ stable }) => stable),
    draws,
  };
}

type Summary = ReturnType<typeof summary>;

function rowsOf(all: readonly Summary[]): StudyRow[] {
  const stable = all.filter(({ isStable }) => isStable);
  const worst = stable.reduce((one, other) => (other.error > one.error ? other : one));
  const middle = median(stable.map(({ error }) => error));
  const single = stable.flatMap(({ draws }) => draws);
  const errorOf = ({ measured, predicted }: Draw): number => Math.abs(measured - predicted);
  const within = single.filter((draw) => errorOf(draw) <= 2 * draw.log10Std + 0.05).length;
  const row = (what: string, measured: string, bar: string | null = null, holds: boolean | null = null) => ({
    what,
    published: '',
    bar,
    measured,
    holds,
  });
  return [
    row('networks compared', `${all.length}`, '>= 60', all.length >= 60),
    row('of them flagged as unstable', `${all.length - stable.length}`),
    row(
      `not flagged, mean of ${seeds} draws: median error of log10 of the gradient ratio`,
      middle.toFixed(3),
      '<= 0.1',
      middle <= 0.1,
    ),
    row(
      `not flagged, mean of ${seeds} draws: the worst`,
      `${worst.error.toFixed(3)} (${worst.network}; standard error of its mean ${(worst.spread / Math.sqrt(seeds)).toFixed(3)})`,
      '<= 0.3',
      worst.error <= 0.3,
    ),
    row('not flagged, each draw by itself: median error', median(single.map(errorOf)).toFixed(3)),
    row('not flagged, each draw by itself: the worst', Math.max(...single.map(errorOf)).toFixed(3)),
    row(
      'not flagged, each draw by itself: within two of its error bars + 0.05',
      `${within} of ${single.length}`,
    ),
  ];
}

export const predictsStudy: Study = {
  name: 'doctor-predicts',
  title: 'What theory expects of a network, beside what a batch gives',
  source: 'Schoenholz et al. 2017, "Deep information propagation"; Xiao et al. 2018 for convolutions',
  stages: [depths.map((depth) => `depth-${depth}`)],
  runPart,
  conclude: (parts) => {
    const all = [...parts.values()].flatMap(({ data }) => (data as Compared[]).map(summary));
    if (all.length === 0) return { rows: [], notes: [] };
    const lines = all.map(
      ({ network, measured, predicted, spread, log10Std, isStable }) =>
        `| ${network} | ${measured.toFixed(3)} | ${predicted.toFixed(3)} | ${(measured - predicted).toFixed(3)} | ${spread.toFixed(3)} | ${log10Std.toFixed(3)} | ${isStable ? '' : 'unstable'} |`,
    );
    return {
      rows: rowsOf(all),
      notes: [
        `log10 of the mean square of the gradient of the loss with respect to the pre-activations of the first layer over that of the last. A prediction is an average over draws of the weights, so ${seeds} draws (seeds 1 to ${seeds}) are measured, on the same ${examples} standardized MNIST images; MLPs of ${width}, CNNs of ${channels} channels (two strides of 2). Networks whose gradient is lost in float32 are left out. Spread: standard deviation of the error over the draws. Error bar: what theory expects of it for these widths (of first order, and of one example).`,
        'A network counts as flagged if one of its draws is.',
        `| network | measured | predicted | error | spread | error bar | |\n|---|---|---|---|---|---|---|\n${lines.join('\n')}`,
        ...[...parts].map(([part, result]) => `${part}: ${timeOf(result)}`),
      ],
    };
  },
};
