import type { Dataset, Split } from '../../data/dataset.ts';
import { writeFileAtomic } from '../../formats/node/atomic-file.ts';
import { writeSafetensors } from '../../formats/safetensors.ts';
import { OutsetError } from '../../messages/index.ts';
import type { RaceSpec } from '../../race/result.ts';
import { runContestant } from '../../race/run-contestant.ts';
import { nodeRuntime } from '../../runtime/node.ts';
import { tensor } from '../../tensor/tensor.ts';
import type { Examples } from '../../training/examples.ts';
import { toPlainError } from '../task/issue-across-threads.ts';
import { encodeCheckpoint, readCheckpoint } from './checkpoint-file.ts';
import { readParameters } from './parameters-file.ts';
import type { ContestantOutcome, ContestantTask, WorkerMessage } from './protocol.ts';

/**
 * Runs one contestant in a worker thread: reads its checkpoint if there is one, reports progress through the port,
 * writes checkpoints while it runs and the weights at its end. An error of ours comes back as data.
 */
export default async function runTask(task: ContestantTask): Promise<ContestantOutcome> {
  const { contestant, spec, dataset, port } = task;
  const stop = new AbortController();
  port.onmessage = () => stop.abort();
  let saving: Promise<void> = Promise.resolve();
  const runtime = await nodeRuntime();
  try {
    const { result, weights } = await runContestant({
      contestant,
      spec,
      train: examplesOf(dataset.train, dataset, spec),
      test: examplesOf(dataset.test, dataset, spec),
      runtime,
      threads: task.threads,
      ...(task.parametersFile !== undefined && { parameters: readParameters(task.parametersFile) }),
      flushSubnormals: true,
      resume: readCheckpoint(task.checkpointFile),
      signal: stop.signal,
      checkpointEverySeconds: task.checkpointEverySeconds,
      onProgress: (progress) => port.postMessage({ type: 'progress', progress } satisfies WorkerMessage),
      onCheckpoint: (state) => {
        const bytes = encodeCheckpoint(state);
        saving = saving.then(() => writeFileAtomic(task.checkpointFile, bytes));
      },
    });
    await saving;
    if (result.status === 'stopped') return { ...result, weightsFile: null, engine: runtime.name };
    await writeFileAtomic(
      task.weightsFile,
      writeSafetensors(weights, {
        start: contestant.start,
        seed: String(contestant.seed),
        network: JSON.stringify(spec.network),
      }),
    );
    return { ...result, weightsFile: task.weightsName, engine: runtime.name };
  } catch (error) {
    // A full disk or a defect ends the race; what is wrong with this contestant alone does not.
    if (!(error instanceof OutsetError) || error.code.startsWith('formats.')) throw toPlainError(error);
    return failed(task, error, runtime.name);
  } finally {
    port.close();
  }
}

function failed(task: ContestantTask, error: OutsetError, engine: string): ContestantOutcome {
  const { code, details, message } = error.toJSON();
  return {
    start: task.contestant.start,
    seed: task.contestant.seed,
    status: 'failed',
    history: { stepLosses: [], epochs: [] },
    traces: [],
    gradientRatio: null,
    finding: null,
    failure: { code, details, message },
    weightsFile: null,
    seconds: 0,
    engine,
  };
}

/** The examples in the shape that the network takes, on the memory of the data set. */
function examplesOf(split: Split, dataset: Dataset, spec: RaceSpec): Examples {
  const features = tensor('float32', [split.count, ...spec.network.input], split.features);
  if (dataset.task.kind === 'regression') {
    const targets = split.targets ?? new Float32Array(0);
    return { features, answers: tensor('float32', [split.count, dataset.task.outputs], targets) };
  }
  return { features, answers: tensor('int32', [split.count], split.labels) };
}
