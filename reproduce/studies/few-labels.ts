/** Few labels: pre-training sees all images, fine-tuning a few labels; beside starts by rule with the same batches. */
import { type Comparison, chooseLabelled, compareStarts, dbnClassifier } from '../../src/boltzmann/index.ts';
import { dbnLabels } from '../../src/messages/labels/dbn.ts';
import { createNetwork } from '../../src/network/create-network.ts';
import { threefry } from '../../src/random/index.ts';
import { nodeRuntime } from '../../src/runtime/node.ts';
import { startValues } from './classifier-starts.ts';
import { chosen, labelled, loadDigits } from './digits.ts';
import {
  adam,
  classes,
  labelSmoothing,
  pretrainedDigits,
  recipe,
} from './hinton-salakhutdinov-classifier.ts';
import { loadDbn, type StoredDbn, storeDbn } from './stored-dbn.ts';
import { type PartContext, percent, type Study, type StudyRow, timeOf } from './study.ts';

const settings: Readonly<
  Record<string, { epochs: number; batchSize: number; published: readonly [string, string] }>
> = {
  100: { epochs: 200, batchSize: 20, published: ['81.70 %', '76.02 %'] },
  1000: { epochs: 60, batchSize: 50, published: ['93.65 %', '88.71 %'] },
  10000: { epochs: 25, batchSize: 100, published: ['97.27 %', '94.73 %'] },
};
const seeds = [0, 1, 2];
const rules = ['glorot-uniform(gain=4)', 'he-normal', 'orthogonal'];

async function runPart(part: string, context: PartContext): Promise<StoredDbn | Comparison> {
  return part === 'pretraining'
    ? storeDbn(await pretrainedDigits(await loadDigits(), 0, await nodeRuntime(), context))
    : compare(part, context);
}

async function compare(part: string, context: PartContext): Promise<Comparison> {
  const { epochs, batchSize } = settings[part];
  const digits = await loadDigits();
  const runtime = await nodeRuntime();
  const dbn = loadDbn(context.done.get('pretraining')?.data as StoredDbn);
  const { spec, values } = dbnClassifier(dbn, { classes });
  return compareStarts({
    network: createNetwork(spec),
    starts: [
      { name: 'dbn', parameters: async () => values },
      ...rules.map((start) => ({
        name: start,
        parameters: (network: Parameters<typeof startValues>[2], _: unknown, seed: number) =>
          startValues(start, digits, network, seed, runtime),
      })),
    ],
    seeds,
    train: (seed) => {
      const stream = threefry(seed).child('labels');
      const rows = chooseLabelled(digits.train.labels, { count: Number(part), classes, stream });
      return labelled(chosen(digits.train, rows));
    },
    test: labelled(digits.test),
    // The curves are not looked at, and 10,000 images after every epoch would cost more than the training.
    watch: labelled(chosen(digits.test, Uint32Array.of(0))),
    spec: adam(5e-4, epochs, batchSize),
    runtime,
    compile: { threads: context.threads, flushSubnormals: true },
    onRun: (start, seed, { test }) =>
      context.say(`${start}, seed ${seed}: ${percent(test.accuracy ?? 0)} right`),
  });
}

export const fewLabelsStudy: Study = {
  name: 'few-labels',
  title: '784-500-500-2000-10 with 100, 1,000 and 10,000 labels',
  source:
    'github.com/yell/boltzmann-machines, README (784-1024-10, a long sparse RBM: 81.70 / 93.65 / 97.27 % pre-trained, 76.02 / 88.71 / 94.73 % without)',
  stages: [['pretraining'], Object.keys(settings)],
  runPart,
  conclude: (all) => {
    const parts = [...all].filter(([part]) => part !== 'pretraining');
    const rows = parts.flatMap(([part, { data }]) =>
      (data as Comparison).results.map(
        ({ name, mean, halfWidth }, i): StudyRow => ({
          what: `${part} labels, from \`${name}\`: test accuracy, mean of ${seeds.length} draws`,
          published: i < 2 ? settings[part].published[i] : '',
          bar: null,
          measured: `${percent(1 - mean)} ± ${(100 * (halfWidth ?? 0)).toFixed(2)}`,
          holds: null,
        }),
      ),
    );
    const verdicts = parts.map(([part, result]) => {
      const { verdict } = result.data as Comparison;
      const { epochs, batchSize } = settings[part];
      const text = verdict === null ? '' : dbnLabels.verdict.en(verdict);
      return `${part} labels, balanced, drawn by seed; Adam 5e-4 with a cosine to 0, label smoothing ${labelSmoothing}, ${epochs} epochs, batch ${batchSize}: ${text} ${timeOf(result)}`;
    });
    return { rows, notes: [recipe, ...verdicts] };
  },
};
