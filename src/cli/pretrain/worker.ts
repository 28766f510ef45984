import { rbmTrainerFactory } from '../../boltzmann/create-rbm-trainer.ts';
import { createPretrainer, type DbnPretrainer } from '../../boltzmann/dbn/pretrain.ts';
import { readOutError } from '../../boltzmann/dbn/read-out.ts';
import { createUpDownTrainer, type UpDownTrainer } from '../../boltzmann/dbn/up-down-trainer.ts';
import type { Dbn } from '../../boltzmann/dbn.ts';
import { OutsetError } from '../../messages/index.ts';
import { openStream } from '../../random/index.ts';
import type { Stream } from '../../random/stream.ts';
import { nodeRuntime, nodeThreads } from '../../runtime/node.ts';
import type { Runtime } from '../../runtime/runtime.ts';
import { CheckpointWriter } from '../boltzmann/checkpoint-file.ts';
import { firstRows } from '../boltzmann/pictures.ts';
import { factsOf, labelsOf } from '../boltzmann/run-data.ts';
import { constantColumns, type StateData, stateData } from '../boltzmann/state-data.ts';
import { writeModelFile } from '../boltzmann/stored-model-file.ts';
import { serveTask, type TaskContext } from '../task/serve-task.ts';
import { pretrainBytes, readPretrainState } from './checkpoint.ts';
import { describeDbn } from './describe.ts';
import type { PretrainNews, PretrainOutcome, PretrainTask } from './protocol.ts';

/** Held-out examples that the free-energy gap looks at. */
const heldOut = 1000;

/** What the parts of a pre-training share. */
interface Work {
  readonly task: PretrainTask;
  readonly context: TaskContext<PretrainNews>;
  readonly states: StateData;
  readonly stream: Stream;
  readonly runtime: Runtime;
  readonly compile: { readonly threads: number; readonly flushSubnormals: true };
}

serveTask<PretrainTask, PretrainNews, PretrainOutcome>(async (task, context) => {
  const { plan, data } = task;
  const stream = openStream('threefry', plan.seed);
  const { grey } = plan.layers[0].spec;
  const states = stateData(data, { units: plan.visible, grey, standardize: plan.standardize, stream });
  const constant = constantColumns(plan.visible, states.train);
  if (constant > 0) context.say({ type: 'constant-columns', columns: constant, of: states.train.width });
  const runtime = await nodeRuntime();
  const compile = { threads: task.threads, flushSubnormals: true } as const;
  const work: Work = { task, context, states, stream, runtime, compile };
  const pretrainer = openPretrainer(work);
  try {
    const ended = await trainLayers(work, pretrainer);
    if (ended !== 'complete') return ended;
    const greedy = pretrainer.dbn();
    const refined = plan.upDown === null ? { dbn: greedy } : await trainUpDown(work, pretrainer, greedy);
    if (!('dbn' in refined)) return refined;
    const { dbn } = refined;
    const errorOf = (one: Dbn) => readOutError(one, states.test, labelsOf(data, 'test'), runtime, compile);
    const readOut = plan.labels === 0 ? null : { greedy: await errorOf(greedy), final: await errorOf(dbn) };
    await writeModelFile(task.modelFile, {
      kind: 'dbn',
      layers: dbn.layers,
      labels: dbn.labels,
      ...(states.standardization && { standardization: states.standardization }),
      about: {
        data: {
          name: plan.data,
          shape: factsOf(data).shape,
          classes: plan.labels === 0 ? [] : factsOf(data).classes,
          grey: plan.hasGrey ? grey : null,
          digest: data.dataset.digest,
        },
        training: plan.layers.map(({ spec }) => spec),
        seed: plan.seed,
        command: task.command,
        outsetVersion: task.outsetVersion,
      },
    });
    context.say({ type: 'drawing' });
    const described = await describeDbn({
      plan,
      dbn,
      data,
      states,
      histories: pretrainer.histories,
      stream,
      runtime,
      compile,
    });
    return { status: 'finished', ...described, readOut };
  } finally {
    await pretrainer.dispose();
  }
});

function openPretrainer({ task, states, stream, runtime, compile }: Work): DbnPretrainer {
  const { plan, data, threads } = task;
  return createPretrainer({
    visible: plan.visible,
    layers: plan.layers,
    data: states.train,
    validation: firstRows(states.test, heldOut),
    ...(plan.labels > 0 && { labels: { classes: plan.labels, values: labelsOf(data, 'train') } }),
    upward: plan.upward,
    stream: stream.child('pretrain'),
    createTrainer: rbmTrainerFactory({ runtime, compile, threads, host: nodeThreads }),
    runtime,
    compile,
  });
}

/** Trains what is left of the layers. */
async function trainLayers(
  { task, context }: Work,
  pretrainer: DbnPretrainer,
): Promise<'complete' | Exclude<PretrainOutcome, { status: 'finished' }>> {
  const { signal, say } = context;
  const before = readPretrainState(task.checkpointFile);
  if (before !== undefined) {
    await pretrainer.restore(before.layers);
    say({
      type: 'resumed',
      layer: pretrainer.layer,
      epoch: (before.upDown ?? before.layers.current)?.epoch ?? 0,
    });
  }
  const checkpoint = new CheckpointWriter(task.checkpointFile, () =>
    pretrainBytes({ layers: pretrainer.snapshot(), upDown: null }),
  );
  try {
    const end = await pretrainer.train({
      signal,
      onProgress: (layer, progress) => {
        say({ type: 'progress', layer, progress });
        checkpoint.tick();
      },
      onEpoch: (layer, record) => say({ type: 'epoch', layer, record }),
      onLayer: () => checkpoint.save(),
    });
    if (end === 'complete') return end;
    checkpoint.save();
    return { status: 'stopped' };
  } catch (error) {
    if (!(error instanceof OutsetError) || error.code !== 'dbn.not_finite') throw error;
    checkpoint.save();
    const { layer, step, what } = error.details as { layer: number; step: number; what: string };
    return { status: 'diverged', layer: layer - 1, step, what };
  } finally {
    await checkpoint.flush();
  }
}

async function trainUpDown(
  work: Work,
  pretrainer: DbnPretrainer,
  dbn: Dbn,
): Promise<{ dbn: Dbn } | Exclude<PretrainOutcome, { status: 'finished' }>> {
  const { task, context, states, stream, runtime, compile } = work;
  const { plan, data } = task;
  const { signal, say } = context;
  const layer = plan.layers.length;
  const trainer: UpDownTrainer = await createUpDownTrainer({
    dbn,
    data: states.train,
    ...(plan.labels > 0 && { labels: labelsOf(data, 'train') }),
    spec: plan.upDown!,
    stream: stream.child('up-down'),
    runtime,
    compile,
  });
  const checkpoint = new CheckpointWriter(task.checkpointFile, () =>
    pretrainBytes({ layers: pretrainer.snapshot(), upDown: trainer.snapshot() }),
  );
  try {
    const before = readPretrainState(task.checkpointFile)?.upDown ?? null;
    if (before !== null) trainer.restore(before);
    const end = await trainer.train({
      signal,
      onProgress: (progress) => {
        say({ type: 'progress', layer, progress });
        checkpoint.tick();
      },
      onEpoch: (record) => say({ type: 'epoch', layer, record }),
    });
    if (end !== 'complete') checkpoint.save();
    if (end === 'aborted') return { status: 'stopped' };
    if (trainer.finding !== null) return { status: 'diverged', layer, ...trainer.finding };
    return { dbn: trainer.dbn() };
  } finally {
    await checkpoint.flush();
    await trainer.dispose();
  }
}
