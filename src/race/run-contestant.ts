import { createNetwork } from '../network/create-network.ts';
import type { ParameterValues } from '../network/network.ts';
import { openStream } from '../random/index.ts';
import type { Stream } from '../random/stream.ts';
import type { Runtime } from '../runtime/runtime.ts';
import { parseStart } from '../starts/registry.ts';
import type { StartContext } from '../starts/start.ts';
import { type Tensor, tensor } from '../tensor/tensor.ts';
import { type Examples, exampleCount, gatherRows } from '../training/examples.ts';
import type { TrainingSnapshot } from '../training/snapshot.ts';
import type { SignalTrace } from '../training/trace.ts';
import { type TraceBatch, traceSignal } from '../training/trace-signal.ts';
import { createTrainer, type Trainer, type TrainingEnd, type TrainingProgress } from '../training/trainer.ts';
import type { Contestant } from './contestants.ts';
import type { ContestantResult, RaceSpec } from './result.ts';
import { gradientRatio } from './verdict.ts';

/** Where a running contestant stands. */
export interface ContestantProgress extends Omit<TrainingProgress, 'epoch'> {
  /** Epoch that is being trained, from 1. */
  readonly epoch: number;
  /** Test accuracy after the last complete epoch; null before, and for regression. */
  readonly accuracy: number | null;
  /** Seconds left at the present rate. */
  readonly secondsLeft: number;
}

/** What running one contestant needs. */
export interface ContestantRun {
  readonly contestant: Contestant;
  readonly spec: RaceSpec;
  readonly train: Examples;
  readonly test: Examples;
  readonly runtime: Runtime;
  /** Threads of the engine; the results are the same bits for any number. */
  readonly threads: number;
  /** True only in a thread of its own: see CompileOptions. */
  readonly flushSubnormals: boolean;
  /** First weights from outside, e.g. pre-trained ones; then the contestant's start is only a name. */
  readonly parameters?: ParameterValues;
  /** Where an earlier run of this contestant was stopped. */
  readonly resume?: ResumeState;
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: ContestantProgress) => void;
  /** Called now and then and when the run is stopped, with everything that a resumed run needs. */
  readonly onCheckpoint?: (state: ResumeState) => void;
  readonly checkpointEverySeconds?: number;
}

/** A stopped contestant: the training and what was traced before it. */
export interface ResumeState {
  readonly snapshot: TrainingSnapshot;
  readonly traces: readonly SignalTrace[];
}

/** A contestant that has run, before the field is known that it is judged against. */
export interface ContestantRunResult {
  readonly result: Omit<ContestantResult, 'verdict' | 'weightsFile'>;
  /** Final parameters and buffers. */
  readonly weights: ParameterValues;
}

/** Examples that the signal is traced on, and that data-driven starts look at. */
const traceExamples = 500;
const startExamples = 1000;

/**
 * Runs one contestant from its start to its end: first weights, trace at step 0, training, trace at the end.
 *
 * Everything random hangs on the seed: weights by parameter name, the order of the examples by epoch, dropout masks by
 * step. So contestants with one seed differ in their start only.
 */
export async function runContestant(run: ContestantRun): Promise<ContestantRunResult> {
  const { contestant, spec, train, runtime } = run;
  const network = createNetwork(spec.network);
  const stream = openStream('threefry', contestant.seed);
  const pick = (name: string, count: number) => sample(train, stream.child(name), count);
  const parameters =
    run.resume?.snapshot.parameters ??
    run.parameters ??
    (await parseStart(contestant.start).parameters(
      network,
      startContext(run, stream, () => pick('start-batch', startExamples)),
    ));
  const trainer = await createTrainer({
    network,
    parameters,
    train,
    test: run.test,
    spec: spec.training,
    stream,
    runtime,
    compile: { threads: run.threads, flushSubnormals: run.flushSubnormals },
  });
  try {
    if (run.resume !== undefined) trainer.restore(run.resume.snapshot);
    const batch = pick('trace-batch', traceExamples);
    const traceNow = () =>
      traceSignal(network, valuesOf(trainer), batch, {
        loss: spec.training.loss,
        runtime,
        step: trainer.step,
      });
    const traces = [...(run.resume?.traces ?? [await traceNow()])];
    const end = await trainWithCheckpoints(run, trainer, traces);
    if (end !== 'aborted') traces.push(await traceNow());
    const { history, finding } = trainer;
    return {
      result: {
        start: contestant.start,
        seed: contestant.seed,
        status: end === 'complete' ? 'finished' : end === 'aborted' ? 'stopped' : 'diverged',
        history: { stepLosses: [...history.stepLosses], epochs: [...history.epochs] },
        traces,
        gradientRatio: gradientRatio(traces.find(({ step }) => step === 0)),
        finding,
        failure: null,
        seconds: trainer.snapshot().seconds,
      },
      weights: copyOf(valuesOf(trainer)),
    };
  } finally {
    await trainer.dispose();
  }
}

async function trainWithCheckpoints(
  run: ContestantRun,
  trainer: Trainer,
  traces: readonly SignalTrace[],
): Promise<TrainingEnd> {
  const { spec, onProgress, onCheckpoint } = run;
  const every = (run.checkpointEverySeconds ?? 30) * 1000;
  let saved = performance.now();
  const end = await trainer.train({
    signal: run.signal,
    progressMs: 200,
    onProgress: (progress) => {
      onProgress?.(contestantProgress(progress, trainer, spec));
      if (performance.now() - saved > every) {
        onCheckpoint?.({ snapshot: trainer.snapshot(), traces });
        saved = performance.now();
      }
    },
  });
  if (end === 'aborted') onCheckpoint?.({ snapshot: trainer.snapshot(), traces });
  return end;
}

function contestantProgress(
  progress: TrainingProgress,
  trainer: Trainer,
  spec: RaceSpec,
): ContestantProgress {
  const { step, totalSteps, epoch, examplesPerSecond } = progress;
  const stepsPerSecond = examplesPerSecond / spec.training.batchSize;
  return {
    ...progress,
    epoch: Math.min(epoch + 1, spec.training.epochs),
    accuracy: trainer.history.epochs.at(-1)?.testAccuracy ?? null,
    secondsLeft: stepsPerSecond > 0 ? (totalSteps - step) / stepsPerSecond : Number.POSITIVE_INFINITY,
  };
}

function startContext(run: ContestantRun, stream: Stream, batch: () => TraceBatch): StartContext {
  const { spec, contestant, runtime } = run;
  const weights = spec.stream === 'threefry' ? stream : openStream(spec.stream, contestant.seed);
  const { needsData, needsInputs = false } = parseStart(contestant.start);
  if (!needsData) return { stream: weights };
  const inputs = needsInputs ? { inputs: run.train.features } : {};
  const { features, labels, targets } = batch();
  return { stream: weights, batch: features, answers: labels ?? targets, ...inputs, runtime };
}

/** Up to `count` training examples, drawn without replacement. */
function sample(examples: Examples, stream: Stream, count: number): TraceBatch {
  const { features, answers } = examples;
  const size = Math.min(count, exampleCount(examples));
  const rows = stream.permutation(exampleCount(examples));
  const pickRows = <Source extends Tensor<'float32'> | Tensor<'int32'>>(source: Source): Source => {
    const width = source.data.length / exampleCount(examples);
    const out = source.dtype === 'int32' ? new Int32Array(size * width) : new Float32Array(size * width);
    gatherRows(source.data, width, rows, 0, size, out);
    return tensor(source.dtype, [size, ...source.dims.slice(1)], out as never) as Source;
  };
  const picked = pickRows(answers);
  return picked.dtype === 'int32'
    ? { features: pickRows(features), labels: picked }
    : { features: pickRows(features), targets: picked };
}

function valuesOf(trainer: Trainer): ParameterValues {
  return new Map([...trainer.parameters, ...trainer.buffers]);
}

function copyOf(values: ParameterValues): ParameterValues {
  return new Map([...values].map(([name, { dims, data }]) => [name, tensor('float32', dims, data.slice())]));
}
