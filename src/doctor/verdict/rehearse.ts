/**
 * A rehearsal: some updates of the plan on a copy of the parameters. Three quarters of the given batch are trained on, a
 * quarter is held out. How many updates follows from what one costs by count, so that the answer does not depend on the
 * machine. The subject's own parameters never change.
 *
 * A start that has learned nothing by then may lie on a plateau that it leaves later. Time-lapse looks for that: updates by the
 * part of the gradient that tells examples apart, at a rate that grows until they reach beyond the end of the plan. On a
 * plateau there is nothing that such strides could break, and where the logits begin to differ between examples it ends.
 * Only for updates in proportion to the gradient: an adaptive one is no slower on a plateau, and a longer stride of it is not
 * many short ones.
 */
import { threefry } from '../../random/index.ts';
import type { Runtime } from '../../runtime/runtime.ts';
import { isAdaptive, optimizerConstants } from '../../training/optimizer.ts';
import type { Rehearsal, TrainingPlan } from '../diagnosis.ts';
import { takesAnyBatch } from '../measure/few-examples.ts';
import type { Subject } from '../subject.ts';
import { batchCount, type VerdictBatch } from './loss-graph.ts';
import { copyToTrain, type GradientPlan, planGradients, type TrainableCopy } from './trainable-copy.ts';

/** Microseconds by count that a rehearsal may take, held-out examples and time-lapse included. */
const budget = 450_000;
const most = 300;
const least = 12;
/** Examples of an update, the first that leaves time for `many` updates; else the last. */
const batchSizes = [64, 32, 16, 8];
const many = 24;
/** Time-lapse: part of the updates of the rehearsal, how far beyond the plan, and the largest change of a weight at once. */
const lapsePart = 1 / 3;
const beyond = 3;
const largestChange = 0.05;
/** Part of the loss of chance by which it has to fall. */
const fall = 0.13;
/** Standard deviation of the logits over examples from which they differ. */
const differs = 0.1;
/** Bytes of parameters, gradients and state that are copied at most. */
const largestCopy = 2 ** 31;

/**
 * Rehearses a training.
 * @param length updates instead of what the budget allows
 * @returns null where the subject cannot be run, has no gradient, takes a fixed batch, or is too large to copy
 */
export async function rehearse(
  subject: Subject,
  batch: VerdictBatch,
  plan: TrainingPlan,
  runtime: Runtime,
  length?: number,
): Promise<Rehearsal | null> {
  if (subject.build === undefined || subject.withoutGradient.length > 0) return null;
  if (!takesAnyBatch(subject)) return null;
  const examples = batchCount(batch);
  if (examples < 4 || bytesOf(subject, plan) > largestCopy) return null;
  const { planned, updates } = planFor(subject, Math.floor(examples / 2));
  const copy = await copyToTrain(subject, batch, plan, planned, runtime);
  try {
    const shown = await new Stage(copy, planned, examples, plan).perform(length ?? updates);
    return batch.labels === undefined ? { ...shown, heldOut: null } : shown;
  } finally {
    await copy.dispose();
  }
}

function bytesOf({ parameters }: Subject, { optimizer }: TrainingPlan): number {
  const elements = [...parameters.values()].reduce((sum, { data }) => sum + data.length, 0);
  return 4 * elements * (2 + optimizerConstants(optimizer).slotCount);
}

/** The largest minibatch that leaves time for enough updates, and their number. */
function planFor(subject: Subject, largest: number): { planned: GradientPlan; updates: number } {
  const first = planGradients(subject, Math.min(batchSizes[0], largest));
  const { fixed, arithmetic } = first.work;
  const costOf = (count: number) => fixed + (arithmetic * count) / first.count;
  const allowed = (count: number) => Math.floor(budget / (costOf(count) * (1.1 + lapsePart)));
  const sizes = batchSizes.filter((count) => count < first.count);
  const count = [first.count, ...sizes].find((one) => allowed(one) >= many) ?? sizes.at(-1) ?? first.count;
  const planned = count === first.count ? first : planGradients(subject, count);
  return { planned, updates: Math.min(most, Math.max(least, allowed(count))) };
}

/** One rehearsal under way. */
class Stage {
  readonly #copy: TrainableCopy;
  readonly #count: number;
  readonly #chance: number;
  readonly #steps: number;
  readonly #adaptive: boolean;
  /** Examples trained on; those behind them are held out. */
  readonly #trained: number;
  readonly #held: number;
  readonly #losses: number[] = [];
  readonly #rights: number[] = [];
  #order: Uint32Array = new Uint32Array(0);
  #position = 0;
  #epoch = 0;

  constructor(
    copy: TrainableCopy,
    { count, built }: GradientPlan,
    examples: number,
    { steps, optimizer }: TrainingPlan,
  ) {
    this.#copy = copy;
    this.#count = count;
    this.#chance = built.chance;
    this.#steps = steps;
    this.#adaptive = isAdaptive(optimizer.name);
    this.#held = Math.max(1, Math.round(examples / 4 / count));
    this.#trained = examples - this.#held * count;
  }

  async perform(updates: number): Promise<Rehearsal> {
    let heldOut = await this.#heldOut();
    let change = 0;
    let spread = 0;
    let broke = false;
    const looks = Math.max(1, Math.round(updates / 10));
    for (let i = 1; i <= updates; i++) {
      const seen = await this.#copy.update(this.#next(), 1, false, i === updates);
      if (seen === null) {
        broke = true;
        break;
      }
      change = seen.change;
      spread = i > updates - 5 ? Math.max(spread, seen.spread) : 0;
      this.#losses.push(seen.loss);
      this.#rights.push(seen.right);
      if (i % looks === 0) heldOut = Math.max(heldOut, await this.#heldOut());
    }
    const losses = smoothed(this.#losses, 9);
    const low = this.#chance * (1 - fall);
    const fell = losses.findIndex((loss, i) => i >= 4 && loss < low);
    const last = losses.at(-1) ?? Number.POSITIVE_INFINITY;
    const level = !broke && !this.#adaptive && last >= low && last < this.#chance + 0.5;
    const later = level ? await this.#timeLapse(updates, change, spread) : null;
    const escapesAt = broke ? null : (later ?? (fell < 0 ? null : fell + 1));
    const right = smoothed(this.#rights, 15).at(-1) ?? 0;
    return { updates, escapesAt, inTimeLapse: later !== null, right, heldOut, relapse: relapseOf(losses) };
  }

  /** @returns update of the plan at which the plateau ends, or null */
  async #timeLapse(taken: number, change: number, spread: number): Promise<number | null> {
    const updates = Math.max(least, Math.round(taken * lapsePart));
    const end = beyond * this.#steps;
    const fastest = Math.max(1, (2 * end) / updates);
    const growth = fastest ** (2 / updates);
    const low = this.#chance * (1 - fall);
    let at = taken;
    let pace = 1;
    let relative = change;
    const losses: number[] = [];
    this.#copy.forget();
    for (let i = 0; i < updates && at < end; i++) {
      pace = Math.min(pace * growth, fastest, largestChange / relative);
      const seen = await this.#copy.update(this.#next(), pace, true);
      at += pace;
      if (seen === null) return null;
      losses.push(seen.loss);
      const mean = smoothed(losses, 3).at(-1) as number;
      if (seen.spread > Math.max(differs, 2 * spread) || (losses.length >= 3 && mean < low)) return at;
      relative = Math.max(seen.change / pace, 0.9 * relative);
    }
    return null;
  }

  async #heldOut(): Promise<number> {
    let right = 0;
    for (let i = 0; i < this.#held; i++) {
      const from = this.#trained + i * this.#count;
      const rows = Uint32Array.from({ length: this.#count }, (_, row) => from + row);
      right += (await this.#copy.answer(rows)).right / this.#held;
    }
    return right;
  }

  /** Rows of the next minibatch; a new order when the last is used up. */
  #next(): Uint32Array {
    if (this.#position + this.#count > this.#order.length) {
      this.#order = threefry(0)
        .child('rehearsal')
        .child(this.#epoch++)
        .permutation(this.#trained);
      this.#position = 0;
    }
    this.#position += this.#count;
    return this.#order.subarray(this.#position - this.#count, this.#position);
  }
}

/** Means of each number and those before it, `width` at most. */
function smoothed(values: readonly number[], width: number): number[] {
  return values.map((_, i) => {
    const window = values.slice(Math.max(0, i - width + 1), i + 1);
    return window.reduce((sum, value) => sum + value, 0) / window.length;
  });
}

function relapseOf(losses: readonly number[]): number {
  if (losses.length === 0) return Number.POSITIVE_INFINITY;
  const lowest = losses.indexOf(Math.min(...losses));
  return Math.max(...losses.slice(lowest)) - losses[lowest];
}
