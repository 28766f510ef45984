/** A stack of RBMs that learns MNIST while somebody watches: what `outset pretrain` trains, with pictures and a pause. */
import { createRbmTrainer } from '../../../../src/boltzmann/create-rbm-trainer.ts';
import { createPretrainer } from '../../../../src/boltzmann/dbn/pretrain.ts';
import { readOutError } from '../../../../src/boltzmann/dbn/read-out.ts';
import type { Rbm, RbmEpochRecord, RbmTrainer, StoredModel } from '../../../../src/boltzmann/index.ts';
import { firstRows } from '../../../../src/cli/boltzmann/pictures.ts';
import { stateData } from '../../../../src/cli/boltzmann/state-data.ts';
import { planPretrain } from '../../../../src/cli/pretrain/plan.ts';
import type { Dataset } from '../../../../src/data/dataset.ts';
import { openStream } from '../../../../src/random/open-stream.ts';
import type { Pixels } from '../../../../src/report/images/pixels.ts';
import type { Runtime } from '../../../../src/runtime/runtime.ts';
import type { ThreadHost } from '../../../../src/runtime/threads.ts';
import { pretrainCommand, pretrainOptions, type StackOrder, stackData } from './orders.ts';
import { paintLayer } from './paint-layer.ts';

export type StackNews =
  | { readonly kind: 'data'; readonly loaded: number; readonly total: number }
  | { readonly kind: 'epoch'; readonly layer: number; readonly record: RbmEpochRecord }
  | {
      readonly kind: 'frame';
      /** The layer at work, from 0. */
      readonly layer: number;
      readonly step: number;
      readonly steps: number;
      readonly perSecond: number;
      readonly filters: Pixels | null;
    }
  | { readonly kind: 'layer'; readonly layer: number; readonly filters: Pixels }
  | { readonly kind: 'paused' };

export type StackControl = 'pause' | 'play';

export interface StackEnd {
  readonly model: StoredModel;
  readonly histories: readonly (readonly RbmEpochRecord[])[];
  readonly filters: readonly Pixels[];
  /** Error rate of the labels that the top RBM reads out of the test digits; null without labels. */
  readonly readOut: number | null;
  readonly seconds: number;
}

export interface StackRun {
  readonly order: StackOrder;
  readonly dataset: Dataset;
  readonly runtime: Runtime;
  readonly threads: number;
  readonly host?: ThreadHost;
  readonly signal: AbortSignal;
  report(news: StackNews): void;
  onControl(listener: (control: StackControl) => void): void;
}

/** Held-out examples that the free-energy gap looks at, as in `outset pretrain`. */
const heldOut = 1000;
/** Milliseconds between two pictures of an upper layer, whose filters are products with every layer below. */
const upperEvery = 250;

/** @throws dbn.not_finite when a learning rate makes the weights overflow */
export async function trainStack(run: StackRun): Promise<StackEnd> {
  const { order, dataset, runtime, threads, host, signal, report } = run;
  const options = pretrainOptions(order);
  const plan = planPretrain(options, { form: 'dense', dataset });
  const stream = openStream('threefry', plan.seed);
  const { grey } = plan.layers[0].spec;
  const states = stateData(
    { form: 'dense', dataset },
    { units: plan.visible, grey, standardize: plan.standardize, stream },
  );
  const compile = { threads };
  let current: RbmTrainer | null = null;
  const pretrainer = createPretrainer({
    visible: plan.visible,
    layers: plan.layers,
    data: states.train,
    validation: firstRows(states.test, heldOut),
    ...(plan.labels > 0 && { labels: { classes: plan.labels, values: dataset.train.labels } }),
    upward: plan.upward,
    stream: stream.child('pretrain'),
    createTrainer: async (problem) => {
      current = await createRbmTrainer(problem, { runtime, compile, threads, ...(host && { host }) });
      return current;
    },
    runtime,
    compile,
  });
  const pause = pausing(run);
  const finished: Rbm[] = [];
  const filters: Pixels[] = [];
  let painted = Number.NEGATIVE_INFINITY;
  try {
    while (!signal.aborted) {
      const end = await pretrainer.train({
        signal: pause.signal(),
        onProgress: (layer, { step, stepsTotal, examplesPerSecond }) => {
          const now = performance.now();
          const due = layer === 0 || now - painted > upperEvery;
          if (due) painted = now;
          report({
            kind: 'frame',
            layer,
            step,
            steps: stepsTotal,
            perSecond: examplesPerSecond,
            filters: due && current !== null ? paintLayer([...finished, current.rbm()]) : null,
          });
        },
        onEpoch: (layer, record) => report({ kind: 'epoch', layer, record }),
        onLayer: (layer, rbm) => {
          finished.push(rbm);
          filters.push(paintLayer(finished));
          report({ kind: 'layer', layer, filters: filters[layer] });
        },
      });
      if (end === 'complete') break;
      if (!signal.aborted) {
        report({ kind: 'paused' });
        await pause.over();
      }
    }
    const dbn = pretrainer.dbn();
    const { histories } = pretrainer;
    return {
      model: {
        kind: 'dbn',
        layers: dbn.layers,
        labels: dbn.labels,
        about: {
          data: {
            name: stackData,
            shape: dataset.exampleDims,
            classes: dbn.labels > 0 && dataset.task.kind === 'classification' ? dataset.task.classes : [],
            grey: plan.hasGrey ? grey : null,
            digest: dataset.digest,
          },
          training: plan.layers.map(({ spec }) => spec),
          seed: plan.seed,
          command: pretrainCommand(order),
          outsetVersion: '',
        },
      },
      histories: histories.map((records) => [...records]),
      filters,
      readOut:
        dbn.labels > 0 ? await readOutError(dbn, states.test, dataset.test.labels, runtime, compile) : null,
      seconds: histories.reduce((sum, records) => sum + (records.at(-1)?.seconds ?? 0), 0),
    };
  } finally {
    await pretrainer.dispose();
  }
}

/** Pause and play as a signal that aborts, and a promise that somebody played or left. */
function pausing({ onControl, signal }: StackRun) {
  let pause = new AbortController();
  let resume = () => {};
  onControl((word) => {
    if (word === 'pause') pause.abort();
    else resume();
  });
  signal.addEventListener('abort', () => {
    pause.abort();
    resume();
  });
  return {
    signal: () => pause.signal,
    over: async () => {
      await new Promise<void>((resolve) => {
        resume = resolve;
      });
      if (!signal.aborted) pause = new AbortController();
    },
  };
}
