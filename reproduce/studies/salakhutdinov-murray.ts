/**
 * Salakhutdinov & Murray 2008, "On the quantitative analysis of deep belief networks": a machine with 500 hidden units on
 * binary MNIST, judged by annealed importance sampling with the paper's 14,500 temperatures, and from the other side.
 */
import {
  boundPartition,
  type ChainAgreement,
  createSparseTrainer,
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
const spec: RbmTrainingSpec = {
  negative: { name: 'pcd', steps: 1 },
  centered: true,
  offsetRate: 0.01,
  optimizer: { name: 'momentum', initial: 0, final: 0, switchEpoch: 0 },
  learningRate: 0.05,
  schedule: { name: 'cosine', finalFactor: 0.01 },
  batchSize: 100,
  epochs: 110,
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

async function train({ say }: PartContext): Promise<Trained> {
  const digits = await loadDigits();
  const binary = binaryDigits(digits);
  const trainer = await createSparseTrainer({
    rbm: newMachine(hidden, binary.train, seed),
    data: rowsOf(digits.train),
    spec,
    stream: threefry(seed).child('training'),
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

function trainedMachine({ parameters }: Trained): Rbm {
  const [weights, visible, hiddenBias] = parameters.map((text) => {
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

async function judge({ done, say }: PartContext): Promise<Judged> {
  const rbm = trainedMachine(done.get('train')?.data as Trained);
  const binary = binaryDigits(await loadDigits());
  let told = 0;
  const { forward, reverse, agreement } = await boundPartition(rbm, {
    stream: threefry(seed).child('judging'),
    data: binary.train,
    chains: 100,
    temperatures: publishedTemperatures(),
    sweeps: 2000,
    onProgress: (at, of) => {
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
  stages: [['train'], ['judge']],
  runPart: (part, context) => (part === 'train' ? train(context) : judge(context)),
  conclude,
};

function conclude(parts: PartResults): ReturnType<Study['conclude']> {
  const number = (value: number | null) => (value === null ? '∞' : value.toFixed(2).replace('-', '−'));
  const training = parts.get('train');
  const judging = parts.get('judge');
  const notes = [
    `784-500, W ~ N(0, 0.01²), visible biases from the data; centred PCD-1, 100 chains, batch 100, ${spec.epochs} epochs, learning rate ${spec.learningRate} with cosine decay to a hundredth, no momentum, no weight decay, seed ${seed}. Training images are drawn from the grey levels anew in each epoch; the test images are drawn once. Base: the means of the training images. 100 runs forward. Backward: 50 chains from training images and 50 from the ends of the forward runs, 2,000 Gibbs steps, then the temperatures in reverse.`,
    ...(training === undefined ? [] : [`Training: ${timeOf(training)}.`]),
  ];
  if (judging === undefined) return { rows: [], notes };
  const { forward, reverse, agreement, train: onTrain, test } = judging.data as Judged;
  const between = ({ interval }: PartitionEstimate) => `${number(interval.low)} … ${number(interval.high)}`;
  const optimistic = test - forward.logPartition;
  const other = test - reverse.logPartition;
  return {
    rows: [
      {
        what: 'test log-likelihood by AIS, 14,500 temperatures (optimistic side)',
        published: '−86.34',
        bar: 'at least −84.50',
        measured: number(optimistic),
        holds: optimistic >= -84.5,
      },
      {
        what: 'the same by reverse AIS',
        published: '',
        bar: 'within 3 nats of the forward value',
        measured: number(other),
        holds: Math.abs(other - optimistic) <= 3,
      },
      {
        what: 'training log-likelihood by AIS',
        published: '',
        bar: null,
        measured: number(onTrain - forward.logPartition),
        holds: null,
      },
      {
        what: 'log Z forward; ±3 σ; effective runs of 100',
        published: '451.28 (another model)',
        bar: null,
        measured: `${number(forward.logPartition)}; ${between(forward)}; ${forward.effectiveSampleSize.toFixed(0)}`,
        holds: null,
      },
      {
        what: 'log Z backward; ±3 σ; effective runs',
        published: '',
        bar: null,
        measured: `${number(reverse.logPartition)}; ${between(reverse)}; ${reverse.effectiveSampleSize.toFixed(0)} of ${reverse.chains}`,
        holds: null,
      },
    ],
    notes: [
      ...notes,
      `Judging: ${timeOf(judging)}.`,
      `Chains of the reverse runs, those from data against those from the forward runs, in standard errors: free energy ${number(agreement.freeEnergy)}, log weight ${number(agreement.logWeight)}, largest pixel mean ${number(agreement.state)}: they ${agreement.agree ? 'agree' : 'do not agree, so the reverse value is an estimate and no bound'}. Warnings: ${[...forward.warnings, ...reverse.warnings].join(', ') || 'none'}.`,
    ],
  };
}
