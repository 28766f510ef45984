/** A figure that somebody published (or measured elsewhere) and that a race has to give again. */
export interface Claim {
  readonly what: string;
  /** Seed means of the race, by start. */
  readonly value: (race: RaceMeans) => number;
  readonly holds: (value: number) => boolean;
  /** The bar in words. */
  readonly bar: string;
  readonly format: (value: number) => string;
}

/** Means over the seeds of a race, by start. */
export interface RaceMeans {
  readonly accuracy: (start: string) => number;
  readonly firstEpochCost: (start: string) => number;
}

export interface Experiment {
  readonly name: string;
  readonly title: string;
  readonly source: string;
  /** Arguments of `outset race`, without the folder. */
  readonly args: readonly string[];
  readonly claims: readonly Claim[];
}

const percent = (value: number): string => `${(100 * value).toFixed(2)} %`;
const times = (value: number): string => value.toFixed(0);
const labs =
  'github.com/hunkim/DeepLearningZeroToAll, lab-10-2 to 10-5: the scripts and the logs in their comments';

/** The lecture's lab 10-2: everything N(0, 1), and lab 10-3: Xavier uniform with the lab's N(0, 1) biases. */
const normal = 'lecture-normal';
const xavier = 'glorot-uniform(bias=normal)';

function accuracyAtLeast(start: string, what: string, bar: number): Claim {
  return {
    what,
    value: (race) => race.accuracy(start),
    holds: (value) => value >= bar,
    bar: `at least ${percent(bar)}`,
    format: percent,
  };
}

function accuracyWithin(start: string, what: string, middle: number, margin: number): Claim {
  return {
    what,
    value: (race) => race.accuracy(start),
    holds: (value) => Math.abs(value - middle) <= margin,
    bar: `${percent(middle)} ± ${(100 * margin).toFixed(1)}`,
    format: percent,
  };
}

function costRatio(bar: number): Claim {
  return {
    what: 'cost of epoch 1, lab 10-2 over lab 10-3',
    value: (race) => race.firstEpochCost(normal) / race.firstEpochCost(xavier),
    holds: (value) => value >= bar,
    bar: `at least ${bar}`,
    format: times,
  };
}

const three = ['--epochs', '15', '--seeds', '3'];

export const experiments: readonly Experiment[] = [
  {
    name: 'mnist',
    title: 'Labs 10-2 and 10-3: 784-256-256-10 on MNIST, Adam 1e-3, batch 100',
    source: labs,
    args: ['--data', 'mnist', '--start', normal, '--start', xavier, '--start', 'glorot-uniform', ...three],
    claims: [
      accuracyWithin(normal, 'test accuracy, lab 10-2 (log: 94.55 %)', 0.945, 0.005),
      accuracyAtLeast(xavier, 'test accuracy, lab 10-3, biases N(0, 1) (log: 97.83 %)', 0.976),
      costRatio(300),
    ],
  },
  {
    name: 'mnist-dropout',
    title: 'Lab 10-5: 784-512-512-512-512-10 with dropout, keep 0.7, on MNIST',
    source: labs,
    args: [
      '--data',
      'mnist',
      '--network',
      '784-512-512-512-512-10:relu:dropout=0.3',
      '--start',
      xavier,
      ...three,
    ],
    claims: [accuracyAtLeast(xavier, 'test accuracy, lab 10-5 (log: 98.04 %)', 0.98)],
  },
  {
    name: 'fashion-mnist',
    title: 'Labs 10-2 and 10-3 on Fashion-MNIST',
    source:
      'the same labs run with PyTorch 1.13 on the first 55,000 training examples of Fashion-MNIST (here: all 60,000)',
    args: ['--data', 'fashion-mnist', '--start', normal, '--start', xavier, ...three],
    claims: [
      accuracyWithin(normal, 'test accuracy, everything N(0, 1)', 0.824, 0.008),
      accuracyWithin(xavier, 'test accuracy, Xavier uniform, biases N(0, 1)', 0.887, 0.004),
    ],
  },
];
