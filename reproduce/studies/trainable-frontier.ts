/** How deep a tanh network can be and still learn, beside six times the depth scale of the correlation. */
import { type Stream, threefry } from '../../src/random/index.ts';
import { nodeRuntime } from '../../src/runtime/node.ts';
import { float32 } from '../../src/tensor/tensor.ts';
import { asymptotics } from '../../src/theory/index.ts';
import { loadDigits } from './digits.ts';
import { frontierSvg } from './frontier-figure.ts';
import { inputs, outputs } from './segmented-graphs.ts';
import {
  batchOf,
  createSegments,
  type Matrix,
  SegmentedNetwork,
  type SegmentedWeights,
  standardizedImages,
} from './segmented-network.ts';
import { type PartContext, type PartResult, percent, Stopwatch, type Study, timeOf } from './study.ts';

/** Training accuracy of each depth at one weight variance. */
type Column = readonly (readonly [depth: number, accuracy: number])[];

const weightVariances = [1, 1.25, 1.5, 1.6, 1.7, 1.76, 1.85, 2, 2.25, 2.6, 3, 3.5, 4];
const biasVariance = 0.05;
const depths = [10, 20, 30, 40, 60, 80, 110, 150, 200, 250, 300];
const [width, batch, segment, steps, tested] = [100, 100, 10, 200, 1000];
/** Times 1 / depth: every layer adds its share to the change of the output. */
const rateTimesDepth = 0.4;
/** Behind two depths in a row that stay below, no deeper one is run. */
const hopeless = 0.2;
const chance = 0.1;

/** 784 - width x depth - 10: the weights of theory, for images of mean square 1. */
function normalWeights(weightVariance: number, depth: number, stream: Stream): SegmentedWeights {
  const draw = (name: string, dims: number[], variance: number): Matrix => {
    const data = stream.child(name).normal(new Float32Array(dims.reduce((a, b) => a * b, 1)));
    const std = Math.sqrt(variance);
    return float32(
      dims,
      data.map((x) => x * std),
    );
  };
  const pieces = Array.from({ length: depth / segment }, (_, p) => p);
  return {
    first: draw('first', [inputs, width], weightVariance / inputs),
    firstBias: draw('first.bias', [1, width], biasVariance),
    last: draw('last', [width, outputs], weightVariance / width),
    pieces: pieces.map((p) => draw(`${p}`, [segment, width, width], weightVariance / width)),
    pieceBiases: pieces.map((p) => draw(`${p}.bias`, [segment, 1, width], biasVariance)),
  };
}

async function runPart(part: string, { say }: PartContext): Promise<Column> {
  const weightVariance = Number(part.slice('weights-'.length));
  const { train } = await loadDigits();
  const images = standardizedImages(train.features);
  const segments = await createSegments({ width, batch, segment, biases: true }, await nodeRuntime());
  const clock = new Stopwatch();
  const column: (readonly [number, number])[] = [];
  for (const depth of depths) {
    const stream = threefry(0);
    const order = stream.child('shuffle').permutation(train.count);
    const weights = normalWeights(weightVariance, depth, stream);
    const network = new SegmentedNetwork(segments, weights, {
      learningRate: rateTimesDepth / depth,
      momentum: 0,
    });
    for (let step = 0; step < steps; step++) {
      const rows = order.slice(step * batch, (step + 1) * batch);
      const { features, labels } = batchOf(images, train.labels, rows);
      if (!Number.isFinite(await network.step(features, labels))) break;
    }
    const seen = batchOf(images, train.labels, order.slice(0, tested));
    const accuracy = await network.accuracy(seen.features.data, seen.labels.data);
    column.push([depth, accuracy]);
    say(`${depth} layers: ${percent(accuracy)}, ${clock}`);
    if (column.slice(-2).filter(([, right]) => right < hopeless).length === 2) break;
  }
  return column;
}

/** The depth at which accuracy falls below a level, on a logarithmic scale between depths; the ends of the grid beyond. */
function frontierDepth(column: Column, level: number): number {
  const above = column.findLastIndex(([, accuracy]) => accuracy >= level);
  if (above < 0) return column[0][0];
  if (above === column.length - 1) return column[above][0];
  const [[shallow, high], [deep, low]] = [column[above], column[above + 1]];
  return shallow * (deep / shallow) ** ((high - level) / (high - low));
}

/** Spearman's rank correlation; equal values share the mean of their ranks. */
function rankCorrelation(first: readonly number[], second: readonly number[]): number {
  const ranks = (values: readonly number[]) =>
    values.map((value) => {
      const below = values.filter((other) => other < value).length;
      return below + (values.filter((other) => other === value).length - 1) / 2;
    });
  const centered = (values: number[]) => {
    const mean = values.reduce((sum, x) => sum + x, 0) / values.length;
    return values.map((x) => x - mean);
  };
  const [a, b] = [centered(ranks(first)), centered(ranks(second))];
  const dot = (x: number[], y: number[]) => x.reduce((sum, value, i) => sum + value * y[i], 0);
  return dot(a, b) / Math.sqrt(dot(a, a) * dot(b, b));
}

/** Six depth scales, no deeper than the deepest network. */
function expectedDepth(weightVariance: number): number {
  const { correlation } = asymptotics({ activation: 'tanh', weightVariance, biasVariance }).depthScales;
  return Math.min(depths[depths.length - 1], 6 * correlation);
}

export const frontierStudy: Study = {
  name: 'trainable-frontier',
  title: 'How deep a tanh network can be and still learn',
  source: 'Schoenholz, Gilmer, Ganguli & Sohl-Dickstein 2017, "Deep information propagation", figure 5',
  stages: [weightVariances.map((variance) => `weights-${variance}`)],
  runPart,
  conclude: (parts) => {
    const columns = weightVariances.flatMap((weightVariance) => {
      const part = parts.get(`weights-${weightVariance}`);
      return part === undefined ? [] : [{ weightVariance, part, column: part.data as Column }];
    });
    if (columns.length < 3) return { rows: [], notes: [] };
    const best = Math.max(...columns.flatMap(({ column }) => column.map(([, accuracy]) => accuracy)));
    const level = (chance + best) / 2;
    const found = columns.map(({ weightVariance, column, part }) => ({
      weightVariance,
      column,
      part,
      measured: frontierDepth(column, level),
      expected: expectedDepth(weightVariance),
    }));
    const correlation = rankCorrelation(
      found.map(({ measured }) => measured),
      found.map(({ expected }) => expected),
    );
    const lines = found.map(({ weightVariance, column, measured, expected }) => {
      const accuracies = depths.map((_, i) => (column[i] === undefined ? '' : percent(column[i][1])));
      return `| ${weightVariance} | ${expected.toFixed(0)} | ${measured.toFixed(0)} | ${accuracies.join(' | ')} |`;
    });
    return {
      rows: [
        {
          what: `rank correlation of the frontier with 6 xi_c, ${found.length} weight variances`,
          published: '6 xi_c "in good agreement"',
          bar: '>= 0.9',
          measured: correlation.toFixed(3),
          holds: correlation >= 0.9,
        },
        {
          what: `best training accuracy; the frontier is at ${percent(level)}, half way from chance`,
          published: '',
          bar: null,
          measured: percent(best),
          holds: null,
        },
      ],
      notes: [
        '![Training accuracy by weight variance and depth, with the measured frontier and 6 xi_c](trainable-frontier.svg)',
        `784 - ${width} x depth - 10, tanh, weights N(0, sw²/fan-in), biases N(0, ${biasVariance}), standardized MNIST; plain SGD, rate ${rateTimesDepth} / depth, ${steps} steps of ${batch}, seed 0; accuracy on ${tested} of the images that were learned. The paper has width 300, its own rates and numbers of steps. Behind two depths in a row under ${percent(hopeless)} no deeper network was run. The frontier is the depth behind which accuracy stays below the level, between depths on a logarithmic scale. Theory has an infinite depth at the critical 1.76: there, and wherever else 6 xi_c is beyond ${depths[depths.length - 1]} layers, the deepest network, the depth counts as ${depths[depths.length - 1]}; so does a measured frontier beyond it; equal depths share their rank.`,
        `| sw² | 6 xi_c | frontier | ${depths.map((depth) => `${depth}`).join(' | ')} |\n|---|---|---|${depths.map(() => '---|').join('')}\n${lines.join('\n')}`,
        `Time: ${minutes(found.map(({ part }) => part))}`,
      ],
      files: new Map([
        [
          'trainable-frontier.svg',
          new TextEncoder().encode(
            frontierSvg({ columns: found, depths, expectedAt: expectedDepth, best, chance }),
          ),
        ],
      ]),
    };
  },
};

/** Of all parts together. */
function minutes(parts: readonly PartResult[]): string {
  const sum = (key: 'wallSeconds' | 'cpuSeconds') => parts.reduce((total, part) => total + part[key], 0);
  return timeOf({ ...parts[0], wallSeconds: sum('wallSeconds'), cpuSeconds: sum('cpuSeconds') });
}
