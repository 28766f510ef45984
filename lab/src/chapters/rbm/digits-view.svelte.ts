/** A training on digits as the page sees it. */
import type { Rbm, RbmEpochRecord } from '../../../../src/boltzmann/index.ts';
import type { Pixels } from '../../../../src/report/images/pixels.ts';
import { type Still, stillOf } from '../../marks/still.ts';
import { type RunningTask, startTask } from '../../worker/client.ts';
import type { DigitsOrder } from './commands.ts';
import type { Glimpse } from './digit-pictures.ts';
import type { Digit, DigitsNews } from './train-digits.ts';

export type DigitsStatus = 'built' | 'idle' | 'data' | 'running' | 'paused' | 'done';

/** What the page was built with. */
export interface FirstDigits {
  readonly history: readonly RbmEpochRecord[];
  readonly filters: Still;
  readonly glimpse: Glimpse;
}

export class DigitsView {
  status = $state<DigitsStatus>('idle');
  history = $state.raw<readonly RbmEpochRecord[]>([]);
  /** The filters of the moment while it trains, else null. */
  moving = $state.raw<Pixels | null>(null);
  still = $state.raw<Still | null>(null);
  glimpse = $state.raw<Glimpse | null>(null);
  rbm = $state.raw<Rbm | null>(null);
  step = $state(0);
  steps = $state(0);
  perSecond = $state(0);
  seconds = $state(0);
  loaded = $state(0);
  total = $state(0);
  /** The settings that are shown, as text. */
  shown = $state('');
  readonly #fail: (error: unknown) => void;
  #task: RunningTask<'rbm.digits'> | undefined;

  constructor(first: FirstDigits | null, shown: string, fail: (error: unknown) => void) {
    this.#fail = fail;
    this.shown = shown;
    if (first === null) return;
    this.status = 'built';
    this.history = first.history;
    this.still = first.filters;
    this.glimpse = first.glimpse;
  }

  get busy(): boolean {
    return this.status === 'data' || this.status === 'running';
  }

  /** The same settings give the same machine. */
  async start(order: DigitsOrder, digit: Digit): Promise<void> {
    this.#task?.cancel();
    this.#fail(null);
    this.status = 'data';
    this.shown = JSON.stringify(order);
    this.history = [];
    this.rbm = null;
    this.step = this.steps = this.loaded = this.total = 0;
    const task = startTask('rbm.digits', { order, digit }, (news) => {
      if (task === this.#task) this.#take(news);
    });
    this.#task = task;
    try {
      const end = await task.result;
      if (task !== this.#task || end === undefined) return;
      this.#rest(end.filters);
      this.history = end.history;
      this.rbm = end.rbm;
      this.seconds = end.seconds;
      this.perSecond = end.perSecond;
      this.status = 'done';
    } catch (error) {
      if (task !== this.#task) return;
      this.moving = null;
      this.status = 'idle';
      this.#fail(error);
    }
  }

  pause(): void {
    this.#task?.control('pause');
  }

  resume(): void {
    this.#task?.control('play');
    this.status = 'running';
  }

  /** Shows another digit to the machine that trains, or to the one that has been trained. */
  async show(digit: Digit): Promise<void> {
    if (this.busy || this.status === 'paused') {
      this.#task?.control({ digit });
      return;
    }
    if (this.rbm === null) return;
    try {
      this.glimpse = (await startTask('rbm.look', { rbm: this.rbm, digit }).result) ?? this.glimpse;
    } catch (error) {
      this.#fail(error);
    }
  }

  #rest(pixels: Pixels): void {
    this.still = stillOf(pixels);
    this.moving = null;
  }

  #take(news: DigitsNews): void {
    if (news.kind === 'data') {
      this.loaded = news.loaded;
      this.total = news.total;
    } else if (news.kind === 'epoch') {
      this.history = [...this.history, news.record];
    } else if (news.kind === 'paused') {
      this.status = 'paused';
      if (this.moving !== null) this.#rest(this.moving);
    } else {
      if (this.status === 'data') this.status = 'running';
      if (this.status === 'running') this.moving = news.filters;
      this.glimpse = news.glimpse ?? this.glimpse;
      this.step = news.step;
      this.steps = news.steps;
      this.perSecond = news.perSecond;
    }
  }
}
