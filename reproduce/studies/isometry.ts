/** Fifty layers of tanh at criticality: orthogonal weights learn, normal ones of the same variance do not. */
import { loadFashionMnist } from '../../src/data/node/index.ts';
import { createNetwork } from '../../src/network/create-network.ts';
import type { LayerSpec } from '../../src/network/spec.ts';
import { threefry } from '../../src/random/index.ts';
import { nodeRuntime } from '../../src/runtime/node.ts';
import { parseStart } from '../../src/starts/index.ts';
import { tensor } from '../../src/tensor/tensor.ts';
import { createTrainer } from '../../src/training/index.ts';
import { labelled } from './digits.ts';
import { median, type PartContext, percent, type Study, timeOf } from './study.ts';

const starts: Readonly<Record<string, string>> = {
  orthogonal: 'edge-of-chaos(activation=tanh,bias-variance=2.01e-5,weights=orthogonal)',
  normal: 'edge-of-chaos(activation=tanh,bias-variance=2.01e-5,weights=normal)',
};
const [depth, width, steps, batchSize] = [50, 128, 1500, 100];

const seeds = [0, 1, 2];

async function runPart(part: string, { say, threads }: PartContext): Promise<number> {
  const [kind, seed] = part.split('-');
  const stream = threefry(Number(seed));
  const { train, test } = await loadFashionMnist();
  const standardized = (split: typeof train) => {
    const { features, answers } = labelled(split);
    const data = features.data as Float32Array;
    return {
      features: tensor(
        'float32',
        features.dims,
        data.map((x) => (x - 0.286) / 0.353),
      ),
      answers,
    };
  };
  const hidden = Array.from(
    { length: depth },
    (): LayerSpec => ({ type: 'dense', units: width, activation: 'tanh' }),
  );
  const network = createNetwork({ input: [784], layers: [...hidden, { type: 'dense', units: 10 }] });
  const trainer = await createTrainer({
    network,
    parameters: await parseStart(starts[kind]).parameters(network, { stream }),
    train: standardized(train),
    test: standardized(test),
    spec: {
      loss: 'softmax-cross-entropy',
      optimizer: { name: 'momentum', momentum: 0.9 },
      learningRate: 0.01,
      schedule: { name: 'constant' },
      batchSize,
      epochs: Math.ceil((steps * batchSize) / train.count),
    },
    stream,
    runtime: await nodeRuntime(),
    compile: { threads, flushSubnormals: true },
  });
  while (trainer.step < steps && trainer.finding === null) {
    await trainer.trainStep();
    if (trainer.step % 250 === 0) say(`step ${trainer.step}`);
  }
  const { accuracy } = await trainer.evaluate();
  say(`${trainer.step} steps, finding ${JSON.stringify(trainer.finding)}`);
  await trainer.dispose();
  say(`${percent(accuracy ?? 0)} right`);
  return accuracy ?? 0;
}

export const isometryStudy: Study = {
  name: 'isometry',
  title: `${depth} layers of ${width} tanh units at criticality`,
  source:
    'Pennington, Schoenholz & Ganguli 2017, "Resurrecting the sigmoid in deep learning through dynamical isometry"',
  stages: [Object.keys(starts).flatMap((kind) => seeds.map((seed) => `${kind}-${seed}`))],
  runPart,
  conclude: (parts) => ({
    rows: Object.keys(starts).flatMap((kind) => {
      const found = [...parts]
        .filter(([part]) => part.startsWith(kind))
        .map(([, { data }]) => data as number);
      if (found.length === 0) return [];
      const isOrthogonal = kind === 'orthogonal';
      return {
        what: `${kind} weights: accuracy on the 10,000 test images after ${steps} steps, median of ${found.length}`,
        published: '',
        bar: isOrthogonal ? '>= 84 %' : '<= 30 %',
        measured: `${percent(median(found))} (${found.map(percent).join(', ')})`,
        holds: isOrthogonal ? median(found) >= 0.84 : median(found) <= 0.3,
      };
    }),
    notes: [
      `Fashion-MNIST, standardized; momentum 0.9, rate 0.01, batch ${batchSize}, seeds ${seeds.join(', ')}. Starts: ${Object.values(
        starts,
      )
        .map((start) => `\`${start}\``)
        .join(', ')}: weights of variance 1.05 / fan-in, biases of 2.01e-5.`,
      ...[...parts].map(([part, result]) => `${part}: ${timeOf(result)}`),
    ],
  }),
};
