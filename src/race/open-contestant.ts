import { createNetwork } from '../network/create-network.ts';
import type { ParameterValues } from '../network/network.ts';
import { openStream } from '../random/index.ts';
import type { Stream } from '../random/stream.ts';
import type { Runtime } from '../runtime/runtime.ts';
import { parseStart } from '../starts/registry.ts';
import type { StartContext } from '../starts/start.ts';
import { createEvaluator } from '../training/evaluator.ts';
import { type Examples, exampleCount } from '../training/examples.ts';
import type { TrainingSnapshot } from '../training/snapshot.ts';
import type { SignalTrace } from '../training/trace.ts';
import { type TraceBatch, traceSignal } from '../training/trace-signal.ts';
import { createTrainer, type Trainer } from '../training/trainer.ts';
import type { Contestant } from './contestants.ts';
import { chosenRows, EarlyStoppingWatch, holdOut, type WatchState } from './early-stopping.ts';
import type { RaceSpec } from './result.ts';

/** Examples that the signal is traced on, and that data-driven starts look at. */
const traceExamples = 500;
const startExamples = 1000;

/** What a contestant is made of. */
export interface ContestantSource {
  readonly contestant: Contestant;
  readonly spec: RaceSpec;
  readonly train: Examples;
  readonly test: Examples;
  readonly runtime: Runtime;
  /** Threads of the engine; see CompileOptions for when they change bits. */
  readonly threads: number;
  /** True only in a thread of its own: see CompileOptions. */
  readonly flushSubnormals: boolean;
  /** First weights from outside, e.g. pre-trained ones; then the contestant's start is only a name. */
  readonly parameters?: ParameterValues;
  /** Where an earlier run of this contestant was stopped. */
  readonly resume?: ResumeState;
}

/** A stopped contestant: the training and what was traced before it. */
export interface ResumeState {
  readonly snapshot: TrainingSnapshot;
  readonly traces: readonly SignalTrace[];
  /** With early stopping: the best epoch so far. */
  readonly watch?: WatchState;
}

/** A contestant with its first weights in place, before its first step (or where it was stopped). */
export interface OpenContestant {
  readonly trainer: Trainer;
  /** With early stopping. */
  readonly watch: EarlyStoppingWatch | undefined;
  /** Every parameter and buffer as it is now, in the memory of the trainer. */
  values(): ParameterValues;
  /** Signal and gradient through the network as it is now (or of an epoch whose weights were put back), on a batch that all contestants of the seed share. */
  trace(of?: { readonly epoch: number }): Promise<SignalTrace>;
  dispose(): Promise<void>;
}

/**
 * Gives a contestant its first weights and prepares its training.
 *
 * Everything random hangs on the seed: weights by parameter name, the order of the examples by epoch, dropout masks by
 * step. So contestants with one seed differ in their start only.
 */
export async function openContestant(run: ContestantSource): Promise<OpenContestant> {
  const { contestant, spec, runtime } = run;
  const network = createNetwork(spec.network);
  const stream = openStream('threefry', contestant.seed);
  const { earlyStopping } = spec;
  const [train, validation] =
    earlyStopping === undefined
      ? [run.train, undefined]
      : holdOut(run.train, earlyStopping.validation, stream.child('validation'));
  const pick = (name: string, count: number) => sample(train, stream.child(name), count);
  const parameters =
    run.resume?.snapshot.parameters ??
    run.parameters ??
    (await parseStart(contestant.start).parameters(
      network,
      startContext({ ...run, train }, stream, () => pick('start-batch', startExamples)),
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
  let watch: EarlyStoppingWatch | undefined;
  const dispose = async () => {
    await trainer.dispose();
    await watch?.dispose();
  };
  try {
    if (run.resume !== undefined) trainer.restore(run.resume.snapshot);
    if (validation !== undefined) {
      const { loss } = spec.training;
      const evaluator = await createEvaluator(network, loss, validation, runtime, { threads: run.threads });
      watch = new EarlyStoppingWatch(evaluator, earlyStopping?.patience ?? 0, run.resume?.watch);
    }
  } catch (error) {
    await dispose();
    throw error;
  }
  const batch = pick('trace-batch', traceExamples);
  const values = () => new Map([...trainer.parameters, ...trainer.buffers]);
  const trace: OpenContestant['trace'] = (of) =>
    traceSignal(network, values(), batch, {
      loss: spec.training.loss,
      runtime,
      step: of === undefined ? trainer.step : of.epoch * trainer.stepsPerEpoch,
    });
  return { trainer, watch, values, trace, dispose };
}

function startContext(run: ContestantSource, stream: Stream, batch: () => TraceBatch): StartContext {
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
  const size = Math.min(count, exampleCount(examples));
  const { features, answers } = chosenRows(
    examples,
    stream.permutation(exampleCount(examples)).slice(0, size),
  );
  return answers.dtype === 'int32' ? { features, labels: answers } : { features, targets: answers };
}
