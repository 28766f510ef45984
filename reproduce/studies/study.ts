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
  readonly files?: ReadonlyMap<string, Uint8Array>;
}

/** What one part of a study needs. */
export interface PartContext {
  /** Threads of the engine and the kernels. */
  readonly threads: number;
  /** Results of the parts of earlier stages. */
  readonly done: PartResults;
  readonly say: (text: string) => void;
}

/** What a part found (plain JSON), and what it took. */
export interface PartResult {
  readonly data: unknown;
  readonly wallSeconds: number;
  /** User and system time of all threads: what the work costs, whatever else runs on the machine. */
  readonly cpuSeconds: number;
  readonly threads: number;
  readonly date: string;
}

export type PartResults = ReadonlyMap<string, PartResult>;

/**
 * A published experiment that is run again: in parts, each in a process of its own, whose results are kept in files, so
 * that a study that was stopped goes on where it was.
 */
export interface Study {
  readonly name: string;
  readonly title: string;
  /** The paper. */
  readonly source: string;
  /** Parts of a stage may run side by side; a stage begins when the one before is done. */
  readonly stages: readonly (readonly string[])[];
  runPart(part: string, context: PartContext): Promise<unknown>;
  /** What the parts that have run say together. */
  conclude(parts: PartResults): StudyResult;
}

/** Wall and processor time since it was started. */
export class Stopwatch {
  readonly #began = performance.now();
  readonly #cpu = process.cpuUsage();

  get wallSeconds(): number {
    return (performance.now() - this.#began) / 1000;
  }

  get cpuSeconds(): number {
    const { user, system } = process.cpuUsage(this.#cpu);
    return (user + system) / 1e6;
  }

  toString(): string {
    return `${this.wallSeconds.toFixed(0)} s (processor ${this.cpuSeconds.toFixed(0)} s)`;
  }
}

/** `12.3 min (processor 15.0 min, 2 threads)` */
export function timeOf({ wallSeconds, cpuSeconds, threads }: PartResult): string {
  const minutes = (seconds: number) => (seconds / 60).toFixed(1);
  return `${minutes(wallSeconds)} min (processor ${minutes(cpuSeconds)} min, ${threads} thread${threads === 1 ? '' : 's'})`;
}

/**
 * A bar in minutes on two cores, held against processor time: wall time says nothing where other work runs as well.
 */
export function timeRow(what: string, minutes: number, parts: readonly PartResult[]): StudyRow {
  const most = Math.max(...parts.map(({ cpuSeconds }) => cpuSeconds)) / 60;
  return {
    what,
    published: '',
    bar: `<= ${2 * minutes} (${minutes} minutes of two cores)`,
    measured: most.toFixed(1),
    holds: most <= 2 * minutes,
  };
}

export const percent = (value: number): string => `${(100 * value).toFixed(2)} %`;

export function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length / 2;
  return sorted.length % 2 === 1 ? sorted[Math.floor(middle)] : (sorted[middle - 1] + sorted[middle]) / 2;
}

/** The section of a study's results file. */
export function studySection(study: Study, result: StudyResult, parts: PartResults): string {
  const rows = result.rows.map(
    ({ what, published, bar, measured, holds }) =>
      `| ${what} | ${published} | ${bar ?? ''} | ${measured} | ${holds === null ? '' : holds ? 'holds' : '**missed**'} |`,
  );
  const missing = study.stages.flat().filter((part) => !parts.has(part));
  const open = missing.length === 0 ? '' : `\nNot run yet: ${missing.join(', ')}.\n`;
  const dates = [...new Set([...parts.values()].map(({ date }) => date))].sort().join(', ');
  return `# ${study.title}

Source: ${study.source}.

| figure | published | bar | measured | |
|---|---|---|---|---|
${rows.join('\n')}
${open}
${result.notes.join('\n\n')}

\`npm run reproduce -- ${study.name}\`, ${cpus().length} cores of ${cpus()[0]?.model.trim() ?? 'unknown'}, Node ${process.versions.node}, ${dates}. Other work ran on the machine at the same time, so processor time says more than wall time.
`;
}
