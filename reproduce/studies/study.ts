import { cpus } from 'node:os';

/** One row of a study's table: a figure, what was published, and what was measured here. */
export interface StudyRow {
  readonly what: string;
  readonly published: string;
  /** What the measurement has to reach; null where it is only reported. */
  readonly bar: string | null;
  readonly measured: string;
  /** Null where there is no bar. */
  readonly holds: boolean | null;
}

/** What a study found. */
export interface StudyResult {
  readonly rows: readonly StudyRow[];
  /** Settings, seeds and remarks: Markdown. */
  readonly notes: readonly string[];
  /** Files to write beside the results, by name. */
  readonly files?: ReadonlyMap<string, string | Uint8Array>;
}

/** A published experiment that is run again in this process. */
export interface Study {
  readonly name: string;
  readonly title: string;
  /** The paper. */
  readonly source: string;
  run(say: (text: string) => void): Promise<StudyResult>;
}

/** Wall and processor time since it was started. */
export class Stopwatch {
  readonly #began = performance.now();
  readonly #cpu = process.cpuUsage();

  get wallSeconds(): number {
    return (performance.now() - this.#began) / 1000;
  }

  /** User and system time of all threads: what the work costs, whatever else runs on the machine. */
  get cpuSeconds(): number {
    const { user, system } = process.cpuUsage(this.#cpu);
    return (user + system) / 1e6;
  }

  toString(): string {
    return `${this.wallSeconds.toFixed(0)} s (processor ${this.cpuSeconds.toFixed(0)} s)`;
  }
}

/** Threads of every study: the machine that the bars are stated for has two cores. */
export const threads = 2;

export const percent = (value: number): string => `${(100 * value).toFixed(2)} %`;

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length / 2;
  return sorted.length % 2 === 1 ? sorted[Math.floor(middle)] : (sorted[middle - 1] + sorted[middle]) / 2;
}

/** The section of a study's results file. */
export function studySection(study: Study, result: StudyResult, time: Stopwatch, arguments_: string): string {
  const rows = result.rows.map(
    ({ what, published, bar, measured, holds }) =>
      `| ${what} | ${published} | ${bar ?? ''} | ${measured} | ${holds === null ? '' : holds ? 'holds' : '**missed**'} |`,
  );
  return `# ${study.title}

Source: ${study.source}.

| figure | published | bar | measured | |
|---|---|---|---|---|
${rows.join('\n')}

${result.notes.join('\n\n')}

\`npm run reproduce -- ${arguments_}\`: ${time}, ${threads} threads on ${cpus().length} cores of ${cpus()[0]?.model.trim() ?? 'unknown'}, Node ${process.versions.node}, ${new Date().toISOString().slice(0, 10)}.
`;
}
