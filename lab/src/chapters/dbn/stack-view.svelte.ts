/** A stack that learns, and then dreams, as the page sees it. */
import type { RbmEpochRecord, StoredModel } from '../../../../src/boltzmann/index.ts';
import type { Pixels } from '../../../../src/report/images/pixels.ts';
import { type Still, stillOf } from '../../marks/still.ts';
import { type RunningTask, startTask } from '../../worker/client.ts';
import type { DreamFrame } from './dream.ts';
import type { StackOrder } from './orders.ts';
import type { StackNews } from './train-stack.ts';

export type StackStatus = 'built' | 'idle' | 'data' | 'running' | 'paused' | 'done';

/** A look at the dreams; without its picture where only the page's builder has seen it. */
export type SeenDream = Omit<DreamFrame, 'pixels'> & { readonly pixels?: Pixels };

export interface SeenDreams {
  readonly frames: readonly SeenDream[];
  readonly last: Still;
  readonly strip: Still;
  readonly stripSteps: readonly number[];
}

/** What the page was built with. */
export interface FirstStack {
  readonly stack: {
    readonly histories: readonly (readonly RbmEpochRecord[])[];
    readonly filters: readonly Still[];
  };
  readonly dreams: SeenDreams;
}

export class StackView {
  status = $state<StackStatus>('idle');
  /** Epoch records of each layer that has begun. */
  histories = $state.raw<readonly (readonly RbmEpochRecord[])[]>([]);
  /** Filters of the layers at rest. */
  stills = $state.raw<readonly Still[]>([]);
  /** Filters of the layer at work. */
  moving = $state.raw<Pixels | null>(null);
  /** The layer at work, from 0; the number of layers when all are done. */
  layer = $state(0);
  model = $state.raw<StoredModel | null>(null);
  readOut = $state<number | null>(null);
  dreams = $state.raw<SeenDreams | null>(null);
  /** The dreams of the moment while they are being drawn. */
  dreaming = $state.raw<DreamFrame | null>(null);
  step = $state(0);
  steps = $state(0);
  perSecond = $state(0);
  seconds = $state(0);
  loaded = $state(0);
  /** The order that is shown, as text. */
  shown = $state('');
  readonly #fail: (error: unknown) => void;
  #task: RunningTask<'dbn.stack'> | undefined;
  #dream: RunningTask<'dbn.dream'> | undefined;

  constructor(first: FirstStack | null, shown: string, fail: (error: unknown) => void) {
    this.#fail = fail;
    this.shown = shown;
    if (first === null) return;
    this.status = 'built';
    this.histories = first.stack.histories;
    this.stills = first.stack.filters;
    this.layer = this.stills.length;
    this.dreams = first.dreams;
  }

  get busy(): boolean {
    return this.status === 'data' || this.status === 'running';
  }

  /** The same order gives the same stack and the same dreams. Resolves when the stack is trained. */
  async start(order: StackOrder): Promise<void> {
    this.#task?.cancel();
    this.#dream?.cancel();
    this.#fail(null);
    this.status = 'data';
    this.shown = JSON.stringify(order);
    this.histories = this.stills = [];
    this.model = this.moving = this.readOut = this.dreams = this.dreaming = null;
    this.layer = this.step = this.steps = this.loaded = 0;
    const task = startTask('dbn.stack', order, (news) => {
      if (task === this.#task) this.#take(news);
    });
    this.#task = task;
    try {
      const end = await task.result;
      if (task !== this.#task || end === undefined) return;
      this.stills = end.filters.map(stillOf);
      this.moving = null;
      this.histories = end.histories;
      this.layer = end.filters.length;
      this.model = end.model;
      this.readOut = end.readOut;
      this.seconds = end.seconds;
      this.status = 'done';
      void this.#dreamOf(end.model, order.seed);
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

  async #dreamOf(model: StoredModel, seed: number): Promise<void> {
    const task = startTask('dbn.dream', { model, seed }, (frame) => {
      if (task === this.#dream) this.dreaming = frame;
    });
    this.#dream = task;
    try {
      const seen = await task.result;
      if (task !== this.#dream || seen === undefined) return;
      const { frames, strip, stripSteps } = seen;
      this.dreams = {
        frames,
        last: stillOf(frames[frames.length - 1].pixels),
        strip: stillOf(strip),
        stripSteps,
      };
    } catch (error) {
      if (task === this.#dream) this.#fail(error);
    }
    if (task === this.#dream) this.dreaming = null;
  }

  #take(news: StackNews): void {
    if (news.kind === 'data') this.loaded = news.loaded;
    else if (news.kind === 'epoch') {
      const before = this.histories[news.layer] ?? [];
      this.histories = [...this.histories.slice(0, news.layer), [...before, news.record]];
    } else if (news.kind === 'layer') {
      this.stills = [...this.stills.slice(0, news.layer), stillOf(news.filters)];
      this.moving = null;
      this.layer = news.layer + 1;
    } else if (news.kind === 'paused') {
      this.status = 'paused';
      if (this.moving !== null) this.stills = [...this.stills.slice(0, this.layer), stillOf(this.moving)];
      this.moving = null;
    } else {
      if (this.status === 'data') this.status = 'running';
      this.layer = news.layer;
      this.moving = news.filters ?? this.moving;
      this.step = news.step;
      this.steps = news.steps;
      this.perSecond = news.perSecond;
    }
  }
}
