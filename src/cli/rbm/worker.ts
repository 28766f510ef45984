import { createRbm } from '../../boltzmann/create-rbm.ts';
import { createRbmTrainer } from '../../boltzmann/create-rbm-trainer.ts';
import { kernelAis } from '../../boltzmann/kernels/kernel-ais.ts';
import type { RbmTrainer } from '../../boltzmann/rbm-trainer.ts';
import { openStream } from '../../random/index.ts';
import { nodeRuntime, nodeThreads } from '../../runtime/node.ts';
import { CheckpointWriter, readSnapshot, snapshotBytes } from '../boltzmann/checkpoint-file.ts';
import { firstRows } from '../boltzmann/pictures.ts';
import { factsOf, weightsOf } from '../boltzmann/run-data.ts';
import { constantColumns, stateData } from '../boltzmann/state-data.ts';
import { writeModelFile } from '../boltzmann/stored-model-file.ts';
import { serveTask, type TaskContext } from '../task/serve-task.ts';
import { describeRbm } from './describe.ts';
import type { RbmNews, RbmOutcome, RbmTask } from './protocol.ts';

/** Held-out examples that the free-energy gap looks at. */
const heldOut = 1000;

serveTask<RbmTask, RbmNews, RbmOutcome>(async (task, context) => {
  const { plan, data } = task;
  const stream = openStream('threefry', plan.seed);
  const states = stateData(data, {
    units: plan.visible,
    grey: plan.training.grey,
    standardize: plan.standardize,
    stream,
  });
  const constant = constantColumns(plan.visible, states.train);
  if (constant > 0) context.say({ type: 'constant-columns', columns: constant, of: states.train.width });
  const runtime = await nodeRuntime();
  const start = createRbm(plan.visible, plan.hidden, {
    stream: stream.child('start'),
    weightStd: plan.weightStd,
    data: states.train,
  });
  const weights = weightsOf(data);
  const trainer = await createRbmTrainer(
    {
      rbm: start,
      data: states.train,
      validation: firstRows(states.test, heldOut),
      ...(weights && { weights }),
      spec: plan.training,
      labels: 0,
      stream: stream.child('train'),
    },
    {
      runtime,
      compile: { threads: task.threads, flushSubnormals: true },
      threads: task.threads,
      host: nodeThreads,
    },
  );
  const engine = kernelAis({ host: nodeThreads, threads: task.threads });
  try {
    const end = await train(trainer, task, context);
    if (end === 'aborted') return { status: 'stopped' };
    if (trainer.finding !== null) return { status: 'diverged', ...trainer.finding };
    const rbm = trainer.rbm();
    const { shape } = factsOf(data);
    await writeModelFile(task.modelFile, {
      kind: 'rbm',
      layers: [{ rbm }],
      labels: 0,
      ...(states.standardization && { standardization: states.standardization }),
      about: {
        data: {
          name: plan.data,
          shape,
          classes: [],
          grey: plan.hasGrey ? plan.training.grey : null,
          digest: data.dataset.digest,
        },
        training: [plan.training],
        seed: plan.seed,
        command: task.command,
        outsetVersion: task.outsetVersion,
      },
    });
    return {
      status: 'finished',
      ...(await describeRbm(
        { plan, start, rbm, engine, history: trainer.history, states, shape, stream },
        context.say,
      )),
    };
  } finally {
    await trainer.dispose();
  }
});

async function train(
  trainer: RbmTrainer,
  { checkpointFile }: RbmTask,
  { signal, say }: TaskContext<RbmNews>,
): Promise<'complete' | 'aborted' | 'not-finite'> {
  const before = readSnapshot(checkpointFile);
  if (before !== undefined) trainer.restore(before);
  const checkpoint = new CheckpointWriter(checkpointFile, () => snapshotBytes(trainer.snapshot()));
  const end = await trainer.train({
    signal,
    onProgress: (progress) => {
      say({ type: 'progress', progress });
      checkpoint.tick();
    },
    onEpoch: (record) => say({ type: 'epoch', record }),
  });
  // A training that overflowed keeps the last good state, like one that was stopped.
  if (end !== 'complete') checkpoint.save();
  await checkpoint.flush();
  return end;
}
