/** An RBM that learns MNIST while somebody watches: what `outset rbm` trains, with pictures and a pause. */

import { createRbm } from '../../../../src/boltzmann/create-rbm.ts';
import {
  createSparseTrainer,
  type Rbm,
  type RbmEpochRecord,
  rowsFromFeatures,
} from '../../../../src/boltzmann/index.ts';
import type { RbmTrainingSpec } from '../../../../src/boltzmann/rbm-training-spec.ts';
import { firstRows } from '../../../../src/cli/boltzmann/pictures.ts';
import { planTraining } from '../../../../src/cli/boltzmann/training-options.ts';
import { type Dataset, exampleSize } from '../../../../src/data/dataset.ts';
import { OutsetError } from '../../../../src/messages/error.ts';
import { openStream } from '../../../../src/random/open-stream.ts';
import type { Pixels } from '../../../../src/report/images/pixels.ts';
import type { ThreadHost } from '../../../../src/runtime/threads.ts';
import { filterPainter } from '../../digits/filter-painter.ts';
import { type DigitsOrder, digitsOptions } from './commands.ts';
import { type Glimpse, lookAt } from './digit-pictures.ts';

export type DigitsNews =
  | { readonly kind: 'data'; readonly loaded: number; readonly total: number }
  | { readonly kind: 'epoch'; readonly record: RbmEpochRecord }
  | {
      readonly kind: 'frame';
      readonly step: number;
      readonly steps: number;
      readonly perSecond: number;
      readonly filters: Pixels;
      /** What the machine makes of the digit now; null in the pictures between two looks. */
      readonly glimpse: Glimpse | null;
    }
  | { readonly kind: 'paused' };

export type DigitsControl = 'pause' | 'play' | { readonly digit: Digit };

/** What is shown to the machine: a test digit by its number from 1, or 784 grey levels. */
export type Digit = number | readonly number[];

export interface DigitsEnd {
  readonly history: readonly RbmEpochRecord[];
  readonly rbm: Rbm;
  readonly filters: Pixels;
  readonly seconds: number;
  readonly perSecond: number;
}

export interface DigitsRun {
  readonly order: DigitsOrder;
  readonly digit: Digit;
  readonly dataset: Dataset;
  readonly threads: number;
  readonly host?: ThreadHost;
  readonly signal: AbortSignal;
  report(news: DigitsNews): void;
  onControl(listener: (control: DigitsControl) => void): void;
}

/** Held-out examples that the free-energy gap looks at, as in `outset rbm`. */
const heldOut = 1000;
/** Milliseconds between two pictures. */
const frameEvery = 25;
/** Pictures between two looks at how large the weights have become: a sort of all of them. */
const scaleEvery = 20;
/** Milliseconds between two looks at a digit: it costs a page more than the filters. */
const lookEvery = 150;

export function digitsSpec(order: DigitsOrder, dataset: Dataset): RbmTrainingSpec {
  const visible = { kind: 'bernoulli', count: exampleSize(dataset.exampleDims) } as const;
  const subject = {
    visible,
    hidden: { kind: 'bernoulli', count: Number(order.hidden) },
    examples: dataset.train.count,
    data: dataset.name,
    method: 'pcd',
    grey: 'sampled',
    epochs: 1,
  } as const;
  return planTraining(digitsOptions(order), subject);
}

/** @throws dbn.not_finite when a learning rate makes the weights overflow */
export async function trainDigits(run: DigitsRun): Promise<DigitsEnd> {
  const { order, dataset, threads, host, signal, report } = run;
  const stream = openStream('threefry', order.seed);
  const width = exampleSize(dataset.exampleDims);
  const visible = { kind: 'bernoulli', count: width } as const;
  const hidden = { kind: 'bernoulli', count: Number(order.hidden) } as const;
  const rows = (name: 'train' | 'test') => {
    const { count, features } = dataset[name];
    return rowsFromFeatures(visible, 'sampled', { count, width, features }, stream.child('grey').child(name));
  };
  const data = rows('train');
  const rbm = createRbm(visible, hidden, {
    stream: stream.child('start'),
    weightStd: Number(digitsOptions(order).weightStd),
    data,
  });
  const trainer = await createSparseTrainer({
    rbm,
    data,
    validation: firstRows(rows('test'), heldOut),
    spec: digitsSpec(order, dataset),
    stream: stream.child('train'),
    ...(host && { host, threads }),
  });
  let digit = run.digit;
  let pause = new AbortController();
  let resume = () => {};
  let perSecond = 0;
  let looked = Number.NEGATIVE_INFINITY;
  const paint = filterPainter(scaleEvery);
  const frame = (step: number, steps: number) => {
    const model = trainer.rbm();
    const now = performance.now();
    const due = now - looked > lookEvery || step === 0 || step === steps;
    if (due) looked = now;
    const glimpse = due ? lookAt(model, digit, dataset) : null;
    report({ kind: 'frame', step, steps, perSecond, filters: paint(model), glimpse });
  };
  const steps = trainer.stepsPerEpoch * trainer.spec.epochs;
  run.onControl((word) => {
    if (typeof word === 'object') {
      digit = word.digit;
      looked = Number.NEGATIVE_INFINITY;
      frame(trainer.step, steps);
    } else if (word === 'pause') pause.abort();
    else resume();
  });
  signal.addEventListener('abort', () => {
    pause.abort();
    resume();
  });
  try {
    frame(0, steps);
    while (!signal.aborted) {
      const end = await trainer.train({
        signal: pause.signal,
        reportEvery: frameEvery,
        onProgress: ({ step, stepsTotal, examplesPerSecond }) => {
          perSecond = examplesPerSecond;
          frame(step, stepsTotal);
        },
        onEpoch: (record) => report({ kind: 'epoch', record }),
      });
      if (end !== 'aborted') break;
      if (signal.aborted) break;
      report({ kind: 'paused' });
      await new Promise<void>((resolve) => {
        resume = resolve;
      });
      pause = new AbortController();
    }
    if (trainer.finding !== null) {
      throw new OutsetError('dbn.not_finite', { layer: 1, ...trainer.finding });
    }
    const model = trainer.rbm();
    const seconds = trainer.history.at(-1)?.seconds ?? 0;
    return {
      history: [...trainer.history],
      rbm: model,
      filters: filterPainter(1)(model),
      seconds,
      perSecond,
    };
  } finally {
    await trainer.dispose();
  }
}
