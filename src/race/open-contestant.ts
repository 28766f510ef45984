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
import { createTrainer, type Trainer } from '../training/trainer.ts';
import type { Contestant } from './contestants.ts';
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
  /** Threads of the engine; the results are the same bits for any number. */
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
}

/** A contestant with its first weights in place, before its first step (or where it was stopped). */
export interface OpenContestant {
  readonly trainer: Trainer;
  /** Every parameter and buffer as it is now, in the memory of the trainer. */
  values(): ParameterValues;
  /** Signal and gradient through the network as it is now, on a batch that all contestants of the seed share. */
  trace(): Promise<SignalTrace>;
}

/**
 * Gives a contestant its first weights and prepares its training.
 *
 * Everything random hangs on the seed: weights by parameter name, the order of the examples by epoch, dropout masks by
 * step. So contestants with one seed differ in their start only.
 */
export async function openContestant(run: ContestantSource): Promise<OpenContestant> {
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
  } catch (error) {
    await trainer.dispose();
    throw error;
  }
  const batch = pick('trace-batch', traceExamples);
  const values = () => new Map([...trainer.parameters, ...trainer.buffers]);
  const trace = () =>
    traceSignal(network, values(), batch, { loss: spec.training.loss, runtime, step: trainer.step });
  return { trainer, values, trace };
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
