/** A race as the page sees it: what has come in so far, and where it stands. */

import { contestantsOf } from '../../../src/race/contestants.ts';
import type { ContestantResult, RaceSpec } from '../../../src/race/result.ts';
import type { RaceRuns } from '../../../src/report/figures/seeds.ts';
import { type RunningTask, startTask } from '../worker/client.ts';
import type { Tasks } from '../worker/protocol.ts';
import type { RaceControl, RaceNews } from './run-race.ts';

export type RaceStatus = 'built' | 'idle' | 'data' | 'preparing' | 'running' | 'paused' | 'done';

/** Facts about a race that has begun. */
export type RaceFacts = Omit<Extract<RaceNews, { kind: 'begin' }>, 'kind'>;

/** Tasks that are races. */
export type RaceTaskName = 'race.run' | 'dbn.compare';

type Growing = ContestantResult & {
  readonly history: {
    readonly stepLosses: (number | null)[];
    readonly epochs: ContestantResult['history']['epochs'];
  };
  readonly traces: ContestantResult['traces'][number][];
};

export class RaceView<Name extends RaceTaskName> {
  status = $state<RaceStatus>('idle');
  /** What the figures draw; null before anything has run. */
  runs = $state.raw<RaceRuns | null>(null);
  facts = $state.raw<RaceFacts | null>(null);
  step = $state(0);
  perSecond = $state(0);
  loaded = $state(0);
  total = $state(0);
  seconds = $state(0);
  /** What the task gave at its end; null before. */
  end = $state.raw<Tasks[Name]['output'] | null>(null);
  /** The order whose curves are shown, as JSON. */
  shown = $state('');
  readonly #name: Name;
  readonly #fail: (error: unknown) => void;
  #task: RunningTask<Name> | undefined;
  #growing: Growing[] = [];

  constructor(name: Name, first: RaceRuns | null, shown: string, fail: (error: unknown) => void) {
    this.#name = name;
    this.#fail = fail;
    this.runs = first;
    this.shown = shown;
    this.status = first === null ? 'idle' : 'built';
  }

  get busy(): boolean {
    return this.status === 'data' || this.status === 'preparing' || this.status === 'running';
  }

  /** Starts from the first weights of the order's seeds: the same order gives the same curves. */
  async start(order: Tasks[Name]['input'], text: string): Promise<void> {
    this.#task?.cancel();
    this.#fail(null);
    this.status = 'data';
    this.shown = text;
    this.runs = null;
    this.facts = null;
    this.end = null;
    this.step = this.loaded = this.total = 0;
    const task = startTask(this.#name, order, (news) => {
      if (task === this.#task) this.#take(news);
    });
    this.#task = task;
    try {
      const end = await task.result;
      if (task !== this.#task || end === undefined) return;
      this.#finish(end.contestants);
      this.seconds = end.seconds;
      this.end = end;
      this.status = 'done';
    } catch (error) {
      if (task !== this.#task) return;
      this.status = 'idle';
      this.#fail(error);
    }
  }

  control(word: RaceControl): void {
    this.#task?.control(word);
    if (word === 'pause') this.status = 'paused';
    if (word === 'play') this.status = 'running';
  }

  /** Back to before the first update; the seeds stay. */
  rewind(): void {
    this.#task?.cancel();
    this.#task = undefined;
    this.runs = null;
    this.facts = null;
    this.end = null;
    this.step = 0;
    this.status = 'idle';
  }

  #finish(contestants: readonly ContestantResult[]): void {
    if (this.facts !== null) this.runs = { spec: this.facts.spec, contestants };
  }

  #take(news: RaceNews): void {
    if (news.kind === 'data') {
      this.loaded = news.loaded;
      this.total = news.total;
      if (news.loaded === news.total) this.status = 'preparing';
      return;
    }
    if (news.kind === 'begin') {
      this.facts = news;
      this.#growing = contestantsOf(news.spec).map(blank);
      this.status = 'running';
      return;
    }
    for (const { index, losses, epochs, traces } of news.contestants) {
      const { history, traces: known } = this.#growing[index];
      history.stepLosses.push(...losses);
      history.epochs.push(...epochs);
      known.push(...traces);
    }
    const { spec } = this.facts as { spec: RaceSpec };
    this.runs = { spec, contestants: [...this.#growing] };
    this.step = news.step;
    this.perSecond = news.perSecond;
    if (news.paused) this.status = 'paused';
  }
}

function blank({ start, seed }: { start: string; seed: number }): Growing {
  return {
    start,
    seed,
    status: 'finished',
    history: { stepLosses: [], epochs: [] },
    traces: [],
    gradientRatio: null,
    verdict: 'unfinished',
    finding: null,
    failure: null,
    weightsFile: null,
    seconds: 0,
  };
}
