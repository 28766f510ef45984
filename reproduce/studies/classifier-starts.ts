/** The classifier of Hinton & Salakhutdinov 2006 without pre-training: the best of seven starts with a tuned rate. */
import { finetune } from '../../src/boltzmann/index.ts';
import { createNetwork } from '../../src/network/create-network.ts';
import type { Network } from '../../src/network/network.ts';
import { openStream, threefry } from '../../src/random/index.ts';
import { nodeRuntime } from '../../src/runtime/node.ts';
import type { Runtime } from '../../src/runtime/runtime.ts';
import { parseStart } from '../../src/starts/index.ts';
import { tensor } from '../../src/tensor/tensor.ts';
import type { Examples } from '../../src/training/examples.ts';
import { meanWithInterval } from './classifier-table.ts';
import { chosen, type Digits, labelled, loadDigits, pixels } from './digits.ts';
import {
  adam,
  classes,
  labelSmoothing,
  plain,
  pretrainEpochs,
  seedParts,
  widths,
} from './hinton-salakhutdinov-classifier.ts';
import { median, type PartContext, type PartResults, percent, type Study, timeOf } from './study.ts';

/** Gain 4 is what Glorot & Bengio 2010 found right for sigmoid units. */
const starts = [
  'glorot-uniform',
  'glorot-uniform(gain=4)',
  'he-normal',
  'lecun-normal',
  'orthogonal',
  'pytorch-default',
  'lsuv',
];
const rates = [3e-4, 1e-3, 3e-3];
const tuningEpochs = 6;

/** As much time as pre-training and fine-tuning together: an epoch of all RBMs costs about half one of fine-tuning. */
const epochs = plain.epochs + Math.round(0.5 * pretrainEpochs[0]);

interface Tried {
  readonly start: string;
  readonly rate: number;
  readonly error: number;
}

export async function startValues(
  start: string,
  digits: Digits,
  network: Network,
  seed: number,
  runtime: Runtime,
) {
  const rows = threefry(seed).child('start-batch').permutation(digits.train.count).slice(0, 1000);
  const batch = tensor('float32', [1000, pixels], chosen(digits.train, rows).features);
  return parseStart(start).parameters(network, { stream: openStream('threefry', seed), batch, runtime });
}

function sigmoidNetwork(): Network {
  const hidden = widths.map((units) => ({ type: 'dense', units, activation: 'sigmoid' }) as const);
  return createNetwork({ input: [pixels], layers: [...hidden, { type: 'dense', units: classes }] });
}

async function errorFrom(
  { start, rate }: Omit<Tried, 'error'>,
  seed: number,
  part: { digits: Digits; train: Examples; test: Examples; epochs: number },
  { threads, say }: PartContext,
): Promise<number> {
  const runtime = await nodeRuntime();
  const network = sigmoidNetwork();
  const { test } = await finetune({
    network,
    values: await startValues(start, part.digits, network, seed, runtime),
    train: part.train,
    test: part.test,
    spec: adam(rate, part.epochs, plain.batchSize),
    stream: threefry(seed),
    runtime,
    compile: { threads, flushSubnormals: true },
    onEpoch: ({ epoch, testAccuracy }) => say(`epoch ${epoch}: ${percent(1 - (testAccuracy ?? 0))}`),
  });
  return 1 - (test.accuracy ?? 0);
}

async function tune(context: PartContext): Promise<Tried[]> {
  const digits = await loadDigits();
  const order = threefry(99).permutation(digits.train.count);
  const train = labelled(chosen(digits.train, order.slice(0, 10_000)));
  const test = labelled(chosen(digits.train, order.slice(50_000)));
  const tried: Tried[] = [];
  for (const start of starts) {
    for (const rate of rates) {
      const quiet = { ...context, say: () => {} };
      const error = await errorFrom({ start, rate }, 0, { digits, train, test, epochs: tuningEpochs }, quiet);
      context.say(`${start}, rate ${rate}: ${percent(error)} on held-out training examples`);
      tried.push({ start, rate, error });
    }
  }
  return tried;
}

function bestOf(parts: PartResults): Tried {
  const tried = parts.get('tuning')?.data as Tried[];
  return tried.reduce((one, other) => (other.error < one.error ? other : one));
}

async function runSeed(part: string, context: PartContext): Promise<number> {
  const digits = await loadDigits();
  const all = { digits, train: labelled(digits.train), test: labelled(digits.test), epochs };
  return errorFrom(bestOf(context.done), Number(part.slice('seed-'.length)), all, context);
}

export const startsStudy: Study = {
  name: 'classifier-starts',
  title: '784-500-500-2000-10 without pre-training: the best of seven starts',
  source: 'the comparison that Hinton & Salakhutdinov 2006 make with randomly initialized networks',
  stages: [['tuning'], seedParts],
  runPart: (part, context) => (part === 'tuning' ? tune(context) : runSeed(part, context)),
  conclude: (parts) => {
    const tried = parts.get('tuning')?.data as Tried[];
    const best = bestOf(parts);
    const seeds = [...parts].filter(([part]) => part !== 'tuning');
    const errors = seeds.map(([, { data }]) => data as number);
    const from = `from \`${best.start}\`, rate ${best.rate}`;
    const table = tried
      .map(({ start, rate, error }) => `| \`${start}\` | ${rate} | ${percent(error)} |`)
      .join('\n');
    const runs = seeds
      .map(([part, result]) => `| ${part} | ${percent(result.data as number)} | ${timeOf(result)} |`)
      .join('\n');
    return {
      rows:
        errors.length === 0
          ? []
          : [
              {
                what: `test error ${from}, median of ${errors.length} seeds`,
                published: '',
                bar: null,
                measured: percent(median(errors)),
                holds: null,
              },
              { what: 'mean', published: '', bar: null, measured: meanWithInterval(errors), holds: null },
            ],
      notes: [
        `Start and rate were chosen on 10,000 training examples, ${tuningEpochs} epochs, by the error on 10,000 others. The chosen one then had ${epochs} epochs of all examples, as much time as pre-training and fine-tuning together; Adam with a cosine to 0, batch ${plain.batchSize}, label smoothing ${labelSmoothing}. Nothing was selected on the test set.`,
        `| seed | test error | time |\n|---|---|---|\n${runs}`,
        `| start | rate | error in tuning |\n|---|---|---|\n${table}`,
      ],
    };
  },
};
