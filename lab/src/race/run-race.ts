/** Runs a race in lockstep: every contestant does the same number of updates before the next round begins. */
import { chanceOf } from '../../../src/data/chance.ts';
import type { Dataset } from '../../../src/data/dataset.ts';
import { createNetwork } from '../../../src/network/create-network.ts';
import type { ParameterValues } from '../../../src/network/network.ts';
import { contestantsOf } from '../../../src/race/contestants.ts';
import { type OpenContestant, openContestant } from '../../../src/race/open-contestant.ts';
import type { ContestantResult, RaceSpec } from '../../../src/race/result.ts';
import { fieldOf, gradientRatio, judge } from '../../../src/race/verdict.ts';
import type { Runtime } from '../../../src/runtime/runtime.ts';
import { yieldToEvents } from '../../../src/runtime/yield-to-events.ts';
import { examplesFor } from '../../../src/training/examples.ts';
import type { History, TrainingFinding } from '../../../src/training/history.ts';
import type { SignalTrace } from '../../../src/training/trace.ts';

/** What has happened to one contestant since the last report. */
export interface ContestantNews {
  readonly index: number;
  readonly losses: readonly (number | null)[];
  readonly epochs: History['epochs'];
  readonly traces: readonly SignalTrace[];
  readonly finding: TrainingFinding | null;
}

export type RaceNews =
  | { readonly kind: 'data'; readonly loaded: number; readonly total: number }
  | {
      readonly kind: 'begin';
      readonly spec: RaceSpec;
      readonly title: string;
      readonly parameters: number;
      readonly train: number;
      readonly test: number;
      readonly totalSteps: number;
    }
  | {
      readonly kind: 'news';
      readonly step: number;
      readonly paused: boolean;
      /** Examples that went through a network, each time counted, in a second of training. */
      readonly perSecond: number;
      readonly contestants: readonly ContestantNews[];
    };

/** Words from the page. */
export type RaceControl = 'pause' | 'play' | 'step';

export interface RaceEnd {
  readonly contestants: readonly ContestantResult[];
  /** Seconds of training and tracing, without the data. */
  readonly seconds: number;
}

export interface RaceRun {
  readonly spec: RaceSpec;
  readonly dataset: Dataset;
  readonly runtime: Runtime;
  readonly threads: number;
  readonly signal: AbortSignal;
  /** First weights from outside, for starts that are no rule: pre-trained ones. */
  parametersOf?(start: string): ParameterValues | undefined;
  /** When the signal is traced: after every epoch as well (default), or only before the first update. */
  readonly traced?: 'epochs' | 'start';
  report(news: RaceNews): void;
  onControl(listener: (control: RaceControl) => void): void;
}

interface Runner extends OpenContestant {
  /** Losses, epochs and traces that the page knows. */
  readonly told: { losses: number; epochs: number; traces: number };
  readonly traces: SignalTrace[];
}

/** Reports ten times a second: often enough to look alive, seldom enough to cost nothing. */
const reportEvery = 100;

export async function runRace(run: RaceRun): Promise<RaceEnd> {
  const { spec, dataset, runtime, threads, signal, report } = run;
  const network = createNetwork(spec.network);
  const [train, test] = [examplesFor(network, dataset.train), examplesFor(network, dataset.test)];
  const contestants = contestantsOf(spec);
  const runners: Runner[] = [];
  const control = controls(run);
  const began = performance.now();
  try {
    for (const contestant of contestants) {
      const parameters = run.parametersOf?.(contestant.start);
      const opened = await openContestant({
        contestant,
        ...(parameters && { parameters }),
        spec,
        train,
        test,
        runtime,
        threads,
        flushSubnormals: false,
      });
      runners.push({ ...opened, told: { losses: 0, epochs: 0, traces: 0 }, traces: [await opened.trace()] });
      if (signal.aborted) break;
      await yieldToEvents();
    }
    const { stepsPerEpoch } = runners[0].trainer;
    const totalSteps = stepsPerEpoch * spec.training.epochs;
    report({
      kind: 'begin',
      spec,
      title: network.title,
      parameters: network.parameterCount,
      train: dataset.train.count,
      test: dataset.test.count,
      totalSteps,
    });
    await lockstep(run, runners, control, totalSteps);
    const seconds = (performance.now() - began) / 1000;
    return { seconds, contestants: results(run, runners) };
  } finally {
    for (const { trainer } of runners) await trainer.dispose();
  }
}

async function lockstep(
  { spec, signal, report, traced = 'epochs' }: RaceRun,
  runners: readonly Runner[],
  control: Controls,
  totalSteps: number,
): Promise<void> {
  const { stepsPerEpoch } = runners[0].trainer;
  let step = 0;
  let training = 0;
  let reported = Number.NEGATIVE_INFINITY;
  const tell = (paused: boolean) => {
    const examples = step * spec.training.batchSize * runners.length;
    const perSecond = training > 0 ? (1000 * examples) / training : 0;
    report({ kind: 'news', step, paused, perSecond, contestants: runners.map(newsOf) });
    reported = performance.now();
  };
  tell(control.paused());
  while (step < totalSteps && !signal.aborted) {
    if (control.paused()) {
      tell(true);
      await control.resumed(signal);
      continue;
    }
    const began = performance.now();
    for (const { trainer } of runners) if (trainer.finding === null) await trainer.trainStep();
    training += performance.now() - began;
    step++;
    if (traced === 'epochs' && step % stepsPerEpoch === 0) {
      for (const runner of runners)
        if (runner.trainer.finding === null) runner.traces.push(await runner.trace());
    }
    control.stepped();
    const now = performance.now();
    if (now - reported > reportEvery) tell(false);
    await yieldToEvents();
  }
  tell(false);
}

interface Controls {
  paused(): boolean;
  /** Tells that an update was made: after a single step the race pauses again. */
  stepped(): void;
  /** Resolves when the race goes on, or nobody waits any more. */
  resumed(signal: AbortSignal): Promise<void>;
}

function controls({ onControl }: RaceRun): Controls {
  let paused = false;
  let single = false;
  let wake = () => {};
  onControl((word) => {
    single = word === 'step';
    paused = word === 'pause';
    wake();
  });
  return {
    paused: () => paused,
    stepped: () => {
      if (single) paused = true;
    },
    resumed: (signal) =>
      new Promise((resolve) => {
        wake = resolve;
        signal.addEventListener('abort', () => resolve(), { once: true });
      }),
  };
}

function newsOf({ trainer, told, traces }: Runner, index: number): ContestantNews {
  const { history, finding } = trainer;
  const news = {
    index,
    losses: history.stepLosses.slice(told.losses),
    epochs: history.epochs.slice(told.epochs),
    traces: traces.slice(told.traces),
    finding,
  };
  told.losses = history.stepLosses.length;
  told.epochs = history.epochs.length;
  told.traces = traces.length;
  return news;
}

function results({ spec, dataset }: RaceRun, runners: readonly Runner[]): ContestantResult[] {
  const contestants = contestantsOf(spec);
  const unjudged = runners.map(({ trainer, traces }, i): ContestantResult => {
    const { history, finding } = trainer;
    return {
      start: contestants[i].start,
      seed: contestants[i].seed,
      status: finding !== null ? 'diverged' : trainer.epoch >= spec.training.epochs ? 'finished' : 'stopped',
      history: { stepLosses: [...history.stepLosses], epochs: [...history.epochs] },
      traces,
      gradientRatio: gradientRatio(traces[0]),
      verdict: 'unfinished',
      finding,
      failure: null,
      weightsFile: null,
      seconds: trainer.snapshot().seconds,
    };
  });
  const field = fieldOf(unjudged, chanceOf(dataset));
  return unjudged.map((one) => ({ ...one, verdict: judge(one, field) }));
}
