/**
 * Salakhutdinov & Murray 2008, "On the quantitative analysis of deep belief networks": a machine with 500 hidden units on
 * binary MNIST, judged by annealed importance sampling with the paper's 14,500 temperatures, and from the other side.
 */
import {
  boundPartition,
  type ChainAgreement,
  createSparseTrainer,
  kernelAis,
  type PartitionEstimate,
  publishedTemperatures,
  type Rbm,
  type RbmTrainingSpec,
} from '../../src/boltzmann/index.ts';
import { threefry } from '../../src/random/index.ts';
import { float32 } from '../../src/tensor/tensor.ts';
import { binaryDigits, meanLogWeight, newMachine, pixelUnits } from './binary-digits.ts';
import { loadDigits, pixels, rowsOf } from './digits.ts';
import { type PartContext, type PartResults, type Study, timeOf } from './study.ts';

const hidden = 500;
const seed = 1;
/** Rounds of training: each goes on from where the one before ended, with fresh chains, another decay, and Gibbs steps an update. */
const rounds = [
  { name: 'first', learningRate: 0.05, epochs: 150, steps: 1 },
  { name: 'second', learningRate: 0.1, epochs: 250, steps: 1 },
  { name: 'third', learningRate: 0.1, epochs: 150, steps: 3 },
] as const;
const common: Omit<RbmTrainingSpec, 'learningRate' | 'epochs' | 'negative'> = {
  centered: true,
  offsetRate: 0.01,
  optimizer: { name: 'momentum', initial: 0, final: 0, switchEpoch: 0 },
  schedule: { name: 'cosine', finalFactor: 0.01 },
  batchSize: 100,
  weightDecay: { l1: 0, l2: 0 },
  // A fresh draw of the grey levels each time an example is used: no two epochs see the same binary images.
  grey: 'resampled',
};

interface Trained {
  /** Weights, visible biases, hidden biases: float32, base64. */
  readonly parameters: readonly string[];
}

interface Judged {
  readonly forward: PartitionEstimate;
  readonly reverse: PartitionEstimate;
  readonly agreement: ChainAgreement;
  /** Mean of -F over training examples (as many as test examples) and test examples. */
  readonly train: number;
  readonly test: number;
}

async function train(round: number, { done, say }: PartContext): Promise<Trained> {
  const digits = await loadDigits();
  const binary = binaryDigits(digits);
  const { learningRate, epochs, steps } = rounds[round];
  const stream = threefry(seed).child('training');
  const trainer = await createSparseTrainer({
    rbm: round === 0 ? newMachine(hidden, binary.train, seed) : machineOf(done, round - 1),
    data: rowsOf(digits.train),
    spec: { ...common, negative: { name: 'pcd', steps }, learningRate, epochs },
    stream: round === 0 ? stream : stream.child(`round ${round + 1}`),
  });
  await trainer.train({
    onEpoch: ({ epoch, seconds }) => {
      if (epoch % 5 === 0) say(`epoch ${epoch}, ${seconds.toFixed(0)} s`);
    },
  });
  const { weights, visibleParameters, hiddenParameters } = trainer.rbm();
  await trainer.dispose();
  return {
    parameters: [weights.data, visibleParameters.bias, hiddenParameters.bias].map((one) =>
      Buffer.from(one.buffer, one.byteOffset, one.byteLength).toString('base64'),
    ),
  };
}

/** The machine at the end of a round. */
function machineOf(done: PartResults, round: number): Rbm {
  const trained = done.get(`train-${rounds[round].name}`);
  if (trained === undefined) throw new Error(`the ${rounds[round].name} round of training has not run`);
  const [weights, visible, hiddenBias] = (trained.data as Trained).parameters.map((text) => {
    const bytes = Uint8Array.from(Buffer.from(text, 'base64'));
    return new Float32Array(bytes.buffer);
  });
  return {
    visible: pixelUnits,
    hidden: { kind: 'bernoulli', count: hidden },
    weights: float32([pixels, hidden], weights),
    visibleParameters: { bias: visible },
    hiddenParameters: { bias: hiddenBias },
  };
}

async function judge(round: number, { done, say }: PartContext): Promise<Judged> {
  const rbm = machineOf(done, round);
  const binary = binaryDigits(await loadDigits());
  let told = 0;
  const { forward, reverse, agreement } = await boundPartition(rbm, {
    stream: threefry(seed).child('judging'),
    data: binary.train,
    chains: 100,
    temperatures: publishedTemperatures(),
    sweeps: 2000,
    engine: kernelAis(),
    onProgress: (at, of) => {
      // Forward first, then backward.
      if (at / of < told) told = 0;
      if (at / of >= told + 0.1) {
        told = at / of;
        say(`${(100 * told).toFixed(0)} % of the temperatures`);
      }
    },
  });
  const plain = ({ logEstimates: _, ...rest }: PartitionEstimate & { logEstimates: Float64Array }) => rest;
  const { states: _, ...estimate } = forward;
  return {
    forward: plain(estimate),
    reverse: plain(reverse),
    agreement,
    train: meanLogWeight(rbm, binary.train),
    test: meanLogWeight(rbm, binary.test),
  };
}

export const quantitativeStudy: Study = {
  name: 'salakhutdinov-murray',
  title: 'Salakhutdinov & Murray 2008: 500 hidden units, annealed importance sampling from both sides',
  source:
    'Salakhutdinov & Murray 2008, "On the quantitative analysis of deep belief networks", table 2 (CD-25, 500 hidden units: −86.34)',
  stages: [
    ['train-first'],
    ['train-second', 'judge-first'],
    ['train-third', 'judge-second'],
    ['judge-third'],
  ],
  runPart: (part, context) => {
    const [what, name] = part.split('-');
    const round = rounds.findIndex((one) => one.name === name);
    return what === 'train' ? train(round, context) : judge(round, context);
  },
  conclude,
};

function conclude(parts: PartResults): ReturnType<Study['conclude']> {
  const number = (value: number | null) => (value === null ? '∞' : value.toFixed(2).replace('-', '−'));
  const judged = rounds.flatMap((round) => {
    const part = parts.get(`judge-${round.name}`);
    return part === undefined ? [] : [{ round, part, ...(part.data as Judged) }];
  });
  const between = ({ interval }: PartitionEstimate) => `${number(interval.low)} … ${number(interval.high)}`;
  const rows = judged.flatMap(({ round, forward, reverse, train: onTrain, test }, i) => {
    const optimistic = test - forward.logPartition;
    const other = test - reverse.logPartition;
    const last = i === judged.length - 1;
    const after = `after the ${round.name} round (${round.epochs} epochs)`;
    return [
      {
        what: `${after}: test log-likelihood by AIS, 14,500 temperatures (optimistic side)`,
        published: '−86.34',
        bar: last ? 'at least −84.50' : null,
        measured: number(optimistic),
        holds: last ? optimistic >= -84.5 : null,
      },
      {
        what: `${after}: the same by reverse AIS`,
        published: '',
        bar: last ? 'within 3 nats of the forward value' : null,
        measured: number(other),
        holds: last ? Math.abs(other - optimistic) <= 3 : null,
      },
      {
        what: `${after}: training log-likelihood by AIS`,
        published: '',
        bar: null,
        measured: number(onTrain - forward.logPartition),
        holds: null,
      },
      {
        what: `${after}: log Z forward; ±3 σ; effective runs`,
        published: i === 0 ? '451.28 (another model)' : '',
        bar: null,
        measured: `${number(forward.logPartition)}; ${between(forward)}; ${forward.effectiveSampleSize.toFixed(0)} of ${forward.chains}`,
        holds: null,
      },
      {
        what: `${after}: log Z backward; ±3 σ; effective runs`,
        published: '',
        bar: null,
        measured: `${number(reverse.logPartition)}; ${between(reverse)}; ${reverse.effectiveSampleSize.toFixed(0)} of ${reverse.chains}`,
        holds: null,
      },
    ];
  });
  const times = [...parts].map(([name, part]) => `${name} ${timeOf({ ...part, threads: 1 })}`);
  return {
    rows,
    notes: [
      `784-500, W ~ N(0, 0.01²), visible biases from the data; centred PCD, 100 chains, batch 100, no momentum, no weight decay, seed ${seed}. ${rounds.map(({ name, epochs, learningRate, steps }) => `The ${name} round: ${epochs} epochs of PCD-${steps}, learning rate ${learningRate} with cosine decay to a hundredth`).join('. ')}; each goes on from the one before. Training images are drawn from the grey levels anew in each epoch; the test images are drawn once. Base: the means of the training images. 100 runs forward. Backward: 50 chains from training images and 50 from the ends of the forward runs, 2,000 Gibbs steps, then the temperatures in reverse.`,
      `Times: ${times.join('; ')}.`,
      ...judged.map(
        ({ round, forward, reverse, agreement }) =>
          `Chains of the reverse runs after the ${round.name} round, those from data against those from the forward runs, in standard errors: free energy ${number(agreement.freeEnergy)}, log weight ${number(agreement.logWeight)}, largest pixel mean ${number(agreement.state)}: they ${agreement.agree ? 'agree' : 'do not agree, so the reverse value is an estimate and no bound'}. Warnings: ${[...new Set([...forward.warnings, ...reverse.warnings])].join(', ') || 'none'}.`,
      ),
    ],
  };
}
