import type { Language } from '../../messages/index.ts';
import { raceLabels } from '../../messages/labels/race.ts';
import type { Contestant } from '../../race/contestants.ts';
import type { ContestantResult } from '../../race/result.ts';
import type { ContestantProgress } from '../../race/run-contestant.ts';
import { cutText, padText, type TerminalOptions } from '../../report/terminal/index.ts';
import { formatCost, formatDuration, formatPercent, formatRate } from './format.ts';

/** What a person or a machine sees while a race runs. Everything for people goes to standard error. */
export interface ProgressView {
  /** A sentence for people. */
  note(text: string): void;
  /** A line for machines (only with --json). */
  event(event: Readonly<Record<string, unknown>>): void;
  /** The closing chart and table: on standard output, unless that is for machines. */
  summary(text: string): void;
  /** How figures are drawn here. */
  readonly terminal: TerminalOptions;
  begin(contestants: readonly Contestant[], epochs: number, workers: number): void;
  progress(contestant: Contestant, progress: ContestantProgress): void;
  done(contestant: Contestant, result: ContestantResult): void;
  stopping(): void;
  end(): void;
}

const redrawMs = 100;
const plainMs = 5000;
const barWidth = 20;

/**
 * The view for this terminal: bars that are redrawn in place on a terminal; a line every few seconds elsewhere (CI,
 * a file); with `--json`, one JSON object per line on standard output besides.
 */
export function progressView(json: boolean, language: Language): ProgressView {
  return new TerminalProgress(json, language, process.stderr.isTTY === true && process.env.CI === undefined);
}

class TerminalProgress implements ProgressView {
  readonly #json: boolean;
  readonly #language: Language;
  readonly #live: boolean;
  readonly #running = new Map<string, { contestant: Contestant; progress: ContestantProgress }>();
  #drawnLines = 0;
  #lastDraw = 0;
  #total = 0;
  #finished = 0;
  #epochs = 0;
  #workers = 1;
  #nameWidth = 0;

  constructor(json: boolean, language: Language, live: boolean) {
    this.#json = json;
    this.#language = language;
    this.#live = live;
  }

  note(text: string): void {
    this.#erase();
    process.stderr.write(`${text}\n`);
    this.#draw(true);
  }

  summary(text: string): void {
    (this.#json ? process.stderr : process.stdout).write(`${text}\n`);
  }

  get terminal(): TerminalOptions {
    const stream = this.#json ? process.stderr : process.stdout;
    const color = stream.isTTY === true && process.env.NO_COLOR === undefined;
    return { language: this.#language, width: Math.min(stream.columns ?? 100, 120), color };
  }

  event(event: Readonly<Record<string, unknown>>): void {
    if (this.#json) process.stdout.write(`${JSON.stringify(event)}\n`);
  }

  begin(contestants: readonly Contestant[], epochs: number, workers: number): void {
    this.#total = contestants.length;
    this.#epochs = epochs;
    this.#workers = workers;
    this.#nameWidth = Math.max(...contestants.map((contestant) => nameOf(contestant).length));
    this.#lastDraw = performance.now();
  }

  progress(contestant: Contestant, progress: ContestantProgress): void {
    const before = this.#running.get(contestant.id)?.progress;
    this.#running.set(contestant.id, { contestant, progress });
    if (before === undefined || before.epoch !== progress.epoch) {
      this.event({ event: 'progress', contestant: contestant.id, ...progress });
    }
    this.#draw(false);
  }

  done(contestant: Contestant, result: ContestantResult): void {
    this.#running.delete(contestant.id);
    this.#finished += 1;
    this.event({
      event: 'contestant',
      id: contestant.id,
      start: contestant.start,
      seed: contestant.seed,
      status: result.status,
      finding: result.finding,
      failure: result.failure,
      last: result.history.epochs.at(-1) ?? null,
    });
    this.#erase();
    process.stderr.write(`${this.#mark(result)} ${this.#name(contestant)}  ${this.#outcome(result)}\n`);
    this.#draw(true);
  }

  stopping(): void {
    this.note(raceLabels.stopping[this.#language]({}));
  }

  end(): void {
    this.#erase();
    this.#running.clear();
    this.#total = 0;
  }

  #outcome(result: ContestantResult): string {
    const language = this.#language;
    if (result.failure !== null) return raceLabels.failed[language]({ message: result.failure.message });
    if (result.finding !== null) {
      const { step, layer, where } = result.finding;
      return raceLabels.divergedAt[language]({
        step,
        layer,
        where: raceLabels[`where.${where}`][language]({}),
      });
    }
    const last = result.history.epochs.at(-1);
    return raceLabels.finished[language]({
      cost: formatCost(last?.trainLoss ?? null),
      accuracy: last?.testAccuracy == null ? '' : formatPercent(last.testAccuracy),
      seconds: formatDuration(result.seconds, language),
    });
  }

  #mark(result: ContestantResult): string {
    return result.status === 'finished' ? '✓' : '✗';
  }

  #name(contestant: Contestant): string {
    return padText(nameOf(contestant), this.#nameWidth);
  }

  #lines(): string[] {
    const language = this.#language;
    const lines = [...this.#running.values()].map(({ contestant, progress }) => {
      const text = raceLabels.progress[language]({
        epoch: progress.epoch,
        epochs: this.#epochs,
        rate: formatRate(progress.examplesPerSecond),
        left: formatDuration(progress.secondsLeft, language),
        cost: formatCost(progress.loss),
        accuracy: progress.accuracy === null ? '' : formatPercent(progress.accuracy),
      });
      return `${bar(progress.step / Math.max(1, progress.totalSteps))} ${this.#name(contestant)}  ${text}`;
    });
    if (this.#total > 1) {
      const left = formatDuration(this.#secondsLeft(), language);
      lines.push(raceLabels.total[language]({ done: this.#finished, all: this.#total, left }));
    }
    return lines;
  }

  /** Time left for all: what the running ones need, and the waiting ones at the running ones' pace. */
  #secondsLeft(): number {
    const running = [...this.#running.values()].map(({ progress }) => progress);
    if (running.length === 0) return Number.NaN;
    const left = running.reduce((sum, { secondsLeft }) => sum + secondsLeft, 0);
    const whole = running.reduce(
      (sum, { secondsLeft, step, totalSteps }) =>
        sum + (secondsLeft * totalSteps) / Math.max(1, totalSteps - step),
      0,
    );
    const waiting = this.#total - this.#finished - running.length;
    return (left + waiting * (whole / running.length)) / this.#workers;
  }

  #draw(now: boolean): void {
    if (this.#total === 0) return;
    const time = performance.now();
    if (!this.#live) {
      if (now || time - this.#lastDraw < plainMs) return;
      this.#lastDraw = time;
      process.stderr.write(
        `${this.#lines()
          .map((line) => line.replace(/^[█▏░▕ ]+/, '  '))
          .join('\n')}\n`,
      );
      return;
    }
    if (!now && time - this.#lastDraw < redrawMs) return;
    this.#lastDraw = time;
    this.#erase();
    const width = Math.max(40, process.stderr.columns ?? 80);
    const lines = this.#lines().map((line) => cutText(line, width - 1));
    process.stderr.write(lines.map((line) => `${line}\n`).join(''));
    this.#drawnLines = lines.length;
  }

  #erase(): void {
    if (this.#drawnLines > 0) process.stderr.write(`\x1b[${this.#drawnLines}A\x1b[0J`);
    this.#drawnLines = 0;
  }
}

/** `he-normal`, with the seed if there are several contestants of the start. */
function nameOf(contestant: Contestant): string {
  return `${contestant.start} #${contestant.seed}`;
}

function bar(fraction: number): string {
  const filled = Math.round(Math.min(1, Math.max(0, fraction)) * barWidth);
  return `▕${'█'.repeat(filled)}${'░'.repeat(barWidth - filled)}▏`;
}
