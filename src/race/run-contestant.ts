import type { ParameterValues } from '../network/network.ts';
import type { History } from '../training/history.ts';
import { copyTensors } from '../training/snapshot.ts';
import type { SignalTrace } from '../training/trace.ts';
import type { Trainer, TrainingEnd, TrainingProgress } from '../training/trainer.ts';
import type { EarlyStoppingWatch } from './early-stopping.ts';
import { type ContestantSource, openContestant, type ResumeState } from './open-contestant.ts';
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
export interface ContestantRun extends ContestantSource {
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: ContestantProgress) => void;
  /** Called now and then and when the run is stopped, with everything that a resumed run needs. */
  readonly onCheckpoint?: (state: ResumeState) => void;
  readonly checkpointEverySeconds?: number;
}

/** A contestant that has run, before the field is known that it is judged against. */
export interface ContestantRunResult {
  readonly result: Omit<ContestantResult, 'verdict' | 'weightsFile'>;
  /** Final parameters and buffers. */
  readonly weights: ParameterValues;
}

/**
 * Runs one contestant from its start to its end: first weights, trace at step 0, training, trace at the end.
 */
export async function runContestant(run: ContestantRun): Promise<ContestantRunResult> {
  const { contestant } = run;
  const { trainer, watch, trace, values, dispose } = await openContestant(run);
  try {
    const traces = [...(run.resume?.traces ?? [await trace()])];
    const end = await trainWithCheckpoints(run, trainer, traces, watch);
    const { epoch } = trainer;
    const kept = end === 'complete' ? watch?.restoreBest(trainer) : undefined;
    if (end !== 'aborted') traces.push(await trace(kept));
    const { finding } = trainer;
    const history = historyUntil(trainer, kept?.epoch ?? epoch);
    return {
      result: {
        start: contestant.start,
        seed: contestant.seed,
        status: end === 'complete' ? 'finished' : end === 'aborted' ? 'stopped' : 'diverged',
        history,
        ...(kept !== undefined && { earlyStopping: { trainedEpochs: epoch, measure: kept.measure } }),
        traces,
        gradientRatio: gradientRatio(traces.find(({ step }) => step === 0)),
        finding,
        failure: null,
        seconds: trainer.snapshot().seconds,
      },
      weights: copyTensors(values()),
    };
  } finally {
    await dispose();
  }
}

async function trainWithCheckpoints(
  run: ContestantRun,
  trainer: Trainer,
  traces: readonly SignalTrace[],
  watch: EarlyStoppingWatch | undefined,
): Promise<TrainingEnd> {
  const { spec, onProgress, onCheckpoint } = run;
  const every = (run.checkpointEverySeconds ?? 30) * 1000;
  const save = () =>
    onCheckpoint?.({
      snapshot: trainer.snapshot(),
      traces: [...traces],
      ...(watch && { watch: watch.state }),
    });
  let saved = performance.now();
  const train = (untilEpoch: number) =>
    trainer.train({
      untilEpoch,
      signal: run.signal,
      progressMs: 200,
      onProgress: (progress) => {
        onProgress?.(contestantProgress(progress, trainer, spec));
        if (performance.now() - saved > every) {
          save();
          saved = performance.now();
        }
      },
    });
  const end = watch === undefined ? await train(spec.training.epochs) : await watched(trainer, watch, train);
  if (end === 'aborted') save();
  return end;
}

/** Epoch by epoch, until none is left or none gets better. */
async function watched(
  trainer: Trainer,
  watch: EarlyStoppingWatch,
  train: (untilEpoch: number) => Promise<TrainingEnd>,
): Promise<TrainingEnd> {
  const { epochs } = trainer.spec;
  // A checkpoint may lie between the end of an epoch and the look at it.
  if (trainer.step === trainer.epoch * trainer.stepsPerEpoch) await watch.look(trainer);
  while (trainer.epoch < epochs && !watch.exhausted) {
    const end = await train(trainer.epoch + 1);
    if (end !== 'complete') return end;
    await watch.look(trainer);
  }
  return 'complete';
}

/** The history up to the end of an epoch, and everything of a training that did not end with one. */
function historyUntil({ history, stepsPerEpoch, epoch }: Trainer, last: number): History {
  const { stepLosses, epochs } = history;
  if (last === epoch) return { stepLosses: [...stepLosses], epochs: [...epochs] };
  return {
    stepLosses: stepLosses.slice(0, last * stepsPerEpoch),
    epochs: epochs.filter((record) => record.epoch <= last),
  };
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
