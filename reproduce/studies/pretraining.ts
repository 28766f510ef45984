import { rbmTrainerFactory } from '../../src/boltzmann/create-rbm-trainer.ts';
import {
  type Dbn,
  type DbnLabels,
  type DbnLayerPlan,
  pretrainDbn,
  type RbmTrainingSpec,
} from '../../src/boltzmann/index.ts';
import { threefry } from '../../src/random/index.ts';
import type { Runtime } from '../../src/runtime/runtime.ts';
import { type Digits, pixels, rowsOf } from './digits.ts';
import { Stopwatch } from './study.ts';

/** CD-1 as in the code of Hinton & Salakhutdinov 2006, for binary units. */
export const cd1: RbmTrainingSpec = {
  negative: { name: 'cd', steps: 1 },
  centered: false,
  offsetRate: 0.01,
  optimizer: { name: 'momentum', initial: 0.5, final: 0.9, switchEpoch: 5 },
  learningRate: 0.1,
  schedule: { name: 'constant' },
  batchSize: 100,
  epochs: 10,
  weightDecay: { l1: 0, l2: 2e-4 },
  grey: 'grey',
};

export function binaryLayer(count: number, spec: RbmTrainingSpec, weightStd = 0.01): DbnLayerPlan {
  return { hidden: { kind: 'bernoulli', count }, spec, weightStd };
}

export interface PretrainingOptions {
  readonly layers: readonly DbnLayerPlan[];
  readonly seed: number;
  readonly labels?: DbnLabels;
  readonly upward?: 'means' | 'samples';
  readonly runtime: Runtime;
  readonly threads: number;
  readonly say: (text: string) => void;
}

/** Stacks RBMs on the training digits. */
export async function pretrainDigits(digits: Digits, options: PretrainingOptions): Promise<Dbn> {
  const { layers, seed, labels, upward = 'samples', runtime, threads, say } = options;
  const time = new Stopwatch();
  const compile = { threads, flushSubnormals: true };
  return pretrainDbn(
    {
      visible: { kind: 'bernoulli', count: pixels },
      layers,
      data: rowsOf(digits.train),
      ...(labels === undefined ? {} : { labels }),
      upward,
      stream: threefry(seed).child('pretraining'),
      runtime,
      compile,
      createTrainer: rbmTrainerFactory({ runtime, compile }),
    },
    {
      onEpoch: (layer, { epoch, reconstructionError }) => {
        if (epoch > 0) {
          say(
            `layer ${layer + 1}, epoch ${epoch}: reconstruction ${reconstructionError?.toFixed(2)}, ${time}`,
          );
        }
      },
    },
  );
}
