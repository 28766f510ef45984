import type { Language } from '../messages/index.ts';
import { cutText, type TerminalOptions } from '../report/terminal/index.ts';

const redrawMs = 100;
const plainMs = 5000;
const barWidth = 20;

/**
 * What a person or a machine sees while one long task runs: a line with a bar that is redrawn in place on a terminal, a
 * line every few seconds elsewhere (CI, a file); with `--json` one JSON object a line on standard output besides.
 * Everything for people goes to standard error, except the closing summary.
 */
export class StatusView {
  readonly #json: boolean;
  readonly #language: Language;
  readonly #live = process.stderr.isTTY === true && process.env.CI === undefined;
  #line: { fraction: number; text: string } | undefined;
  #drawn = false;
  #lastDraw = performance.now();

  constructor(json: boolean, language: Language) {
    this.#json = json;
    this.#language = language;
  }

  /** How figures are drawn here. */
  get terminal(): TerminalOptions {
    const stream = this.#json ? process.stderr : process.stdout;
    const color = stream.isTTY === true && process.env.NO_COLOR === undefined;
    return { language: this.#language, width: Math.min(stream.columns ?? 100, 120), color };
  }

  /** A sentence for people. */
  note(text: string): void {
    this.#erase();
    process.stderr.write(`${text}\n`);
    if (this.#live) this.#draw();
  }

  /** A line for machines (only with --json). */
  event(event: Readonly<Record<string, unknown>>): void {
    if (this.#json) process.stdout.write(`${JSON.stringify(event)}\n`);
  }

  /** What came out: on standard output, unless that is for machines. */
  summary(text: string): void {
    this.#erase();
    (this.#json ? process.stderr : process.stdout).write(`${text}\n`);
  }

  /** Where the task stands, from 0 to 1, and a text beside the bar. */
  status(fraction: number, text: string): void {
    this.#line = { fraction, text };
    const now = performance.now();
    if (now - this.#lastDraw < (this.#live ? redrawMs : plainMs)) return;
    this.#lastDraw = now;
    if (this.#live) this.#draw();
    else process.stderr.write(`  ${text}\n`);
  }

  /** Takes the line away. */
  end(): void {
    this.#erase();
    this.#line = undefined;
  }

  #draw(): void {
    this.#erase();
    if (this.#line === undefined) return;
    const width = Math.max(40, process.stderr.columns ?? 80);
    process.stderr.write(`${cutText(`${bar(this.#line.fraction)} ${this.#line.text}`, width - 1)}\n`);
    this.#drawn = true;
  }

  #erase(): void {
    if (this.#drawn) process.stderr.write('\x1b[1A\x1b[0J');
    this.#drawn = false;
  }
}

function bar(fraction: number): string {
  const filled = Math.round(Math.min(1, Math.max(0, fraction || 0)) * barWidth);
  return `▕${'█'.repeat(filled)}${'░'.repeat(barWidth - filled)}▏`;
}
