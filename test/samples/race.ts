/** A race made up for the tests: the shapes of real ones, with everything that can go wrong. */
import type { ContestantResult, RaceResult } from '../../src/race/result.ts';
import type { Distribution, LayerTrace, SignalTrace } from '../../src/training/trace.ts';

/** A number in [0, 1) that depends on nothing but its arguments. */
function noise(...keys: number[]): number {
  let hash = 2166136261;
  for (const key of keys) hash = Math.imul(hash ^ (key + 1), 16777619) ^ (hash >>> 13);
  hash = Math.imul(hash ^ (hash >>> 16), 2246822507);
  return ((hash ^ (hash >>> 13)) >>> 0) / 4294967296;
}

/** A normal distribution with a share of exact zeros, in 24 bins over ±3 standard deviations. */
export function distribution(
  std: number,
  options: { zero?: number; count?: number; mean?: number } = {},
): Distribution {
  const { zero = 0, count = 20000, mean = 0 } = options;
  const shared = { count, saturated: null, notFinite: 0 };
  if (std === 0) {
    return {
      ...shared,
      mean: 0,
      std: 0,
      min: 0,
      max: 0,
      norm: 0,
      zero: 1,
      histogram: { edges: [-0.5, 0.5], counts: [count] },
    };
  }
  const edges = Array.from({ length: 25 }, (_, i) => mean + std * (i / 4 - 3));
  const weights = edges.slice(1).map((edge) => Math.exp(-(((edge - std / 8 - mean) / std) ** 2) / 2));
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const counts = weights.map((weight) => Math.round((count * (1 - zero) * weight) / total));
  counts[
    Math.max(
      0,
      edges.findLastIndex((edge, i) => edge <= 0 && i < 24),
    )
  ] += Math.round(zero * count);
  const norm = Math.sqrt(count) * std;
  return {
    ...shared,
    mean,
    std,
    min: edges[0],
    max: edges[24],
    norm,
    zero,
    histogram: { edges, counts },
  };
}

/** What makes a start of the sample. */
export interface SampleStart {
  readonly start: string;
  readonly first: number;
  readonly last: number;
  readonly accuracy: number;
  /** Standard deviation of the weights, and the factor on signal and gradient per layer. */
  readonly std: number;
  readonly forward: number;
  readonly backward: number;
  readonly verdict: ContestantResult['verdict'];
  /** Update at which it overflows. */
  readonly divergesAt?: number;
}

export const sampleStarts: readonly SampleStart[] = [
  {
    start: 'zeros',
    first: Math.LN10,
    last: 2.301,
    accuracy: 0.1135,
    std: 0,
    forward: 0,
    backward: 0,
    verdict: 'frozen',
  },
  {
    start: 'normal(std=1)',
    first: 412,
    last: 1.9,
    accuracy: 0.945,
    std: 1,
    forward: 12,
    backward: 14,
    verdict: 'learns-slowly',
  },
  {
    start: 'normal(std=0.01)',
    first: 2.3028,
    last: 0.012,
    accuracy: 0.976,
    std: 0.01,
    forward: 0.12,
    backward: 0.1,
    verdict: 'learns',
  },
  {
    start: 'xavier-lecture',
    first: 2.34,
    last: 0.006,
    accuracy: 0.978,
    std: 0.0625,
    forward: 0.7,
    backward: 0.72,
    verdict: 'learns',
  },
  {
    start: 'glorot-uniform',
    first: 2.33,
    last: 0.0058,
    accuracy: 0.9795,
    std: 0.0617,
    forward: 0.69,
    backward: 0.7,
    verdict: 'learns',
  },
  {
    start: 'he-lecture',
    first: 2.5,
    last: 0.0049,
    accuracy: 0.98,
    std: 0.088,
    forward: 1,
    backward: 1,
    verdict: 'learns',
  },
  {
    start: 'he-normal',
    first: 2.47,
    last: 0.005,
    accuracy: 0.9803,
    std: 0.0884,
    forward: 1.01,
    backward: 0.98,
    verdict: 'learns',
  },
  {
    start: 'pytorch-default',
    first: 2.305,
    last: 0.0068,
    accuracy: 0.9788,
    std: 0.036,
    forward: 0.4,
    backward: 0.41,
    verdict: 'learns',
  },
  {
    start: 'orthogonal',
    first: 2.36,
    last: 0.0055,
    accuracy: 0.9799,
    std: 0.0624,
    forward: 0.71,
    backward: 0.71,
    verdict: 'learns',
  },
  {
    start: 'lsuv',
    first: 2.6,
    last: 0.0047,
    accuracy: 0.9806,
    std: 0.089,
    forward: 1.02,
    backward: 0.9,
    verdict: 'learns',
  },
];

/** The normal race of the tests: 3 layers, 3 seeds; one start frozen, one that diverged, one that could not run. */
export function sampleRace(
  options: { epochs?: number; steps?: number; seeds?: number; starts?: readonly SampleStart[] } = {},
): RaceResult {
  const { epochs = 4, steps = 60, seeds = 3 } = options;
  const starts = options.starts ?? [
    sampleStarts[0],
    { ...sampleStarts[1], divergesAt: 150, verdict: 'diverged' as const },
    sampleStarts[4],
    sampleStarts[6],
  ];
  const seedList = Array.from({ length: seeds }, (_, i) => i);
  const contestants = seedList.flatMap((seed) =>
    starts.map((start, index) => contestant(start, { seed, index, epochs, steps })),
  );
  return {
    format: 'outset-race',
    version: 1,
    outsetVersion: '0.1.0',
    createdAt: '2026-11-24T03:00:00.000Z',
    command: `outset race --data mnist --network 784-256-256-10:relu --epochs ${epochs} --seeds ${seeds}`,
    machine: {
      cpu: 'Sample CPU @ 2.50GHz',
      cores: 2,
      platform: 'linux x64',
      node: '20.20.2',
      engine: 'onnxruntime-node 1.30.0',
      workers: 2,
    },
    dataset: {
      name: 'mnist',
      description: 'MNIST handwritten digits',
      digest: 'sha256:5f2c0e8d7a9b',
      train: 60000,
      test: 10000,
      classes: ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9'],
    },
    networkTitle: '784-256-256-10:relu',
    parameterCount: 269322,
    spec: {
      data: 'mnist',
      preprocessing: 'none',
      network: {
        input: [784],
        layers: [
          { type: 'dense', units: 256, activation: 'relu' },
          { type: 'dense', units: 256, activation: 'relu' },
          { type: 'dense', units: 10 },
        ],
      },
      starts: starts.map(({ start }) => start),
      stream: 'threefry',
      training: {
        loss: 'softmax-cross-entropy',
        optimizer: { name: 'adam' },
        learningRate: 0.001,
        schedule: { name: 'constant' },
        batchSize: 100,
        epochs,
      },
      seeds: seedList,
    },
    contestants,
    seconds: 151,
  };
}

interface Place {
  readonly seed: number;
  readonly index: number;
  readonly epochs: number;
  readonly steps: number;
}

function contestant(sample: SampleStart, place: Place): ContestantResult {
  const { seed, index, epochs, steps } = place;
  const total = epochs * steps;
  const stop = sample.divergesAt ?? total;
  const stepLosses: (number | null)[] = [];
  for (let step = 0; step < Math.min(total, stop); step++) {
    const fall = sample.first * (sample.last / sample.first) ** (Math.log1p(step) / Math.log1p(total));
    stepLosses.push(
      step === 0 ? sample.first * (1 + 0.02 * seed) : fall * (0.7 + 0.6 * noise(seed, index, step)),
    );
  }
  if (sample.divergesAt !== undefined) stepLosses.push(null);
  const epochList = Array.from({ length: epochs + 1 }, (_, epoch) => epoch).filter(
    (epoch) => epoch * steps <= stop,
  );
  return {
    start: sample.start,
    seed,
    status: sample.divergesAt === undefined ? 'finished' : 'diverged',
    history: {
      stepLosses,
      epochs: epochList.map((epoch) => {
        const losses = stepLosses.slice((epoch - 1) * steps, epoch * steps).filter((loss) => loss !== null);
        const reached =
          epoch === 0 ? 0.1 : sample.accuracy - (sample.accuracy - 0.1) * 0.12 * (1 - epoch / epochs);
        return {
          epoch,
          step: epoch * steps,
          trainLoss: epoch === 0 ? null : losses.reduce((sum, loss) => sum + loss, 0) / losses.length,
          testLoss: 1.2 * sample.last,
          testAccuracy: reached + (epoch === 0 ? 0 : 0.002 * (noise(seed, index, epoch, 7) - 0.5)),
          learningRate: 0.001,
          seconds: epoch * 2.1,
        };
      }),
    },
    traces: [
      trace(sample, 0, seed),
      trace({ ...sample, std: sample.std * 1.3 }, Math.min(stop, total), seed),
    ],
    gradientRatio: sample.std === 0 ? 0 : sample.backward ** 2 * (1 + 0.05 * seed),
    verdict: sample.verdict,
    finding:
      sample.divergesAt === undefined
        ? null
        : { kind: 'not-finite', step: sample.divergesAt, layer: 'dense2', where: 'pre-activations' },
    failure: null,
    weightsFile: null,
    seconds: 8.4,
  };
}

function trace(sample: SampleStart, step: number, seed: number): SignalTrace {
  const layers = [784, 256, 256].map((fanIn, i): LayerTrace => {
    const depth = i + 1;
    const jitter = 1 + 0.04 * (noise(seed, i, step) - 0.5);
    const signal = sample.std === 0 ? 0 : sample.forward ** depth * jitter;
    const back = sample.std === 0 ? 0 : 0.01 * sample.backward ** (3 - depth) * jitter;
    const last = depth === 3;
    return {
      name: `dense${depth}`,
      type: 'dense',
      depth,
      activation: last ? 'linear' : 'relu',
      fanIn,
      fanOut: last ? 10 : 256,
      weights: distribution(sample.std * jitter),
      biases: distribution(0, { count: 256 }),
      preActivations: distribution(signal),
      activations: distribution(signal * (last ? 1 : 0.58), {
        zero: last ? 0 : 0.51,
        mean: last ? 0 : signal,
      }),
      gradients: {
        weights: distribution(back / 10),
        biases: distribution(last ? 0.01 : back / 10, { count: 256 }),
        preActivations: distribution(last ? 0.01 : back, { zero: last || back === 0 ? 0 : 0.5 }),
        activations: distribution(back),
      },
      equalUnits: sample.std === 0 && !last ? { groups: 1, units: 256 } : { groups: 0, units: 0 },
    };
  });
  return { step, batchSize: 100, loss: sample.first, layers };
}

/** A contestant that could not run at all. */
export function failedContestant(start: string, seed: number, message: string): ContestantResult {
  return {
    start,
    seed,
    status: 'failed',
    history: { stepLosses: [], epochs: [] },
    traces: [],
    gradientRatio: null,
    verdict: 'unfinished',
    finding: null,
    failure: { code: 'initializers.not_orthogonal', details: {}, message },
    weightsFile: null,
    seconds: 0,
  };
}
