/**
 * Hinton, Osindero & Teh 2006, "A fast learning algorithm for deep belief nets": 784-500-500 and a top RBM of 510 and
 * 2000 units, ten of the 510 a softmax label unit; greedy learning, then the up-down algorithm.
 */
import {
  createUpDownTrainer,
  type Dbn,
  generateSamples,
  readOutError,
  type UpDownSpec,
} from '../../src/boltzmann/index.ts';
import { threefry } from '../../src/random/index.ts';
import { imageGridPng } from '../../src/report/images/image-grid.ts';
import { nodeRuntime } from '../../src/runtime/node.ts';
import { loadDigits, pixels, rowsOf } from './digits.ts';
import { binaryLayer, cd1, pretrainDigits } from './pretraining.ts';
import { type PartContext, percent, Stopwatch, type Study, type StudyRow, timeOf, timeRow } from './study.ts';

const classes = 10;
const greedy = [
  binaryLayer(500, { ...cd1, epochs: 10 }),
  binaryLayer(500, { ...cd1, epochs: 10 }),
  binaryLayer(2000, { ...cd1, epochs: 10 }),
];

/** Gibbs steps of the top RBM rise in the course of learning, as in the paper. */
const plans: Readonly<Record<string, Pick<UpDownSpec, 'gibbs' | 'epochs'>>> = {
  short: {
    epochs: 10,
    gibbs: [
      { fromEpoch: 0, steps: 3 },
      { fromEpoch: 7, steps: 6 },
    ],
  },
  long: {
    epochs: 32,
    gibbs: [
      { fromEpoch: 0, steps: 3 },
      { fromEpoch: 24, steps: 6 },
    ],
  },
};

const upDown: Omit<UpDownSpec, 'gibbs' | 'epochs'> = {
  optimizer: { name: 'momentum', initial: 0.5, final: 0.9, switchEpoch: 1 },
  learningRate: 0.1,
  schedule: { name: 'cosine', finalFactor: 0.05 },
  batchSize: 100,
  l2: 0,
  centered: false,
  offsetRate: 0.01,
};

/** Errors before and after, and the picture of the dreams (PNG, base64). */
interface Found {
  readonly before: number;
  readonly after: number;
  readonly picture: string;
}

const columns = 12;

async function run(part: string, { threads, say }: PartContext): Promise<Found> {
  const digits = await loadDigits();
  const runtime = await nodeRuntime();
  const compile = { threads, flushSubnormals: true };
  const time = new Stopwatch();
  const labels = { classes, values: digits.train.labels };
  const pretraining = { layers: greedy, seed: 0, labels, upward: 'samples', runtime, threads, say } as const;
  const start = await pretrainDigits(digits, pretraining);
  const errorOf = (dbn: Dbn) => readOutError(dbn, rowsOf(digits.test), digits.test.labels, runtime, compile);
  const before = await errorOf(start);
  say(`greedy: read-out error ${percent(before)}, ${time}`);
  const trainer = await createUpDownTrainer({
    dbn: start,
    data: rowsOf(digits.train),
    labels: digits.train.labels,
    spec: { ...upDown, ...plans[part] },
    stream: threefry(0).child('up-down'),
    runtime,
    compile,
  });
  await trainer.train({
    onEpoch: async ({ epoch, reconstructionError, hiddenActivity }) => {
      if (epoch === 0) return;
      const error = epoch % 5 === 0 ? `, read-out error ${percent(await errorOf(trainer.dbn()))}` : '';
      say(
        `epoch ${epoch}: reconstruction ${reconstructionError?.toFixed(2)}, activity ${hiddenActivity?.toFixed(3)}${error}, ${time}`,
      );
    },
  });
  const dbn = trainer.dbn();
  const after = await errorOf(dbn);
  const wanted = Int32Array.from({ length: classes * columns }, (_, i) => Math.floor(i / columns));
  const dreams = await generateSamples(dbn, {
    count: wanted.length,
    steps: 1000,
    labels: wanted,
    stream: threefry(0).child('dreams'),
    runtime,
    compile,
  });
  const images = Array.from(wanted, (_, i) => dreams.visible.subarray(i * pixels, (i + 1) * pixels));
  const picture = imageGridPng(images, { shape: [28, 28], columns, range: [0, 1], zoom: 2 });
  return { before, after, picture: Buffer.from(picture).toString('base64') };
}

const greedyEpochs = greedy.map(({ spec }) => spec.epochs).join(', ');

export const upDownStudy: Study = {
  name: 'up-down',
  title: 'Generative model of digits and labels: greedy learning and the up-down algorithm',
  source: 'Hinton, Osindero & Teh 2006, section 6',
  stages: [['short'], ['long']],
  runPart: run,
  conclude: (parts) => {
    const rows: StudyRow[] = [];
    const notes: string[] = [];
    for (const [name, part] of parts) {
      const { before, after } = part.data as Found;
      const { epochs, gibbs } = plans[name];
      const barred = name === 'long';
      rows.push(
        {
          what: `test error by the generative read-out, ${epochs} epochs of up-down`,
          published: '1.25 %',
          bar: barred ? '<= 1.5 %' : null,
          measured: percent(after),
          holds: barred ? after <= 0.01505 : null,
        },
        ...(barred ? [timeRow('processor minutes, greedy learning included', 25, [part])] : []),
        {
          what: 'test error before up-down',
          published: '',
          bar: null,
          measured: percent(before),
          holds: null,
        },
      );
      const steps = gibbs.map(({ fromEpoch, steps }) => `${steps} from epoch ${fromEpoch + 1}`).join(', ');
      notes.push(`${name}: ${epochs} epochs, Gibbs steps ${steps}: ${timeOf(part)}`);
    }
    const last = [...parts.values()].at(-1)?.data as Found | undefined;
    return {
      rows,
      notes: [
        `Greedy: CD-1, batch 100, rate 0.1, momentum 0.5, then 0.9, weight decay 2e-4, ${greedyEpochs} epochs. Up-down: batch ${upDown.batchSize}, rate ${upDown.learningRate} with a cosine to 5 %, momentum 0.9; seed 0. The read-out is the free energy of each label given the means of the second hidden layer; an error is that after the last epoch.`,
        ...notes,
        '![Dreams of each digit](RESULTS-up-down.png)',
        `Probabilities of the pixels after 1,000 Gibbs steps of the top RBM from random states, the label held; ${columns} of each digit.`,
      ],
      files:
        last === undefined
          ? new Map()
          : new Map([['RESULTS-up-down.png', Buffer.from(last.picture, 'base64')]]),
    };
  },
};
