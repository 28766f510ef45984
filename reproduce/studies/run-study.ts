import { fork } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { type PartResult, type PartResults, Stopwatch, type Study, studySection } from './study.ts';

export interface RunStudyOptions {
  /** Folder `reproduce/`. */
  readonly folder: string;
  /** Parts side by side, each with 2 / jobs threads. */
  readonly jobs: number;
  /** Only these parts; default all. */
  readonly parts?: readonly string[];
  /** Forget what has run before. */
  readonly fresh: boolean;
}

/** The script that runs one part in a process of its own: `main.ts --part <study> <part> <threads>`. */
const partFlag = '--part';

/** Runs what is missing of a study, writes its results and returns the number of missed bars. */
export async function runStudy(study: Study, options: RunStudyOptions): Promise<number> {
  const { folder, jobs, parts: wanted, fresh } = options;
  const kept = partsFolder(study.name);
  if (fresh) rmSync(kept, { recursive: true, force: true });
  mkdirSync(kept, { recursive: true });
  for (const stage of study.stages) {
    const queue = stage.filter(
      (part) => (wanted?.includes(part) ?? true) && !existsSync(partFile(study.name, part)),
    );
    const worker = async () => {
      for (let part = queue.shift(); part !== undefined; part = queue.shift())
        await runInChild(study, part, jobs);
    };
    await Promise.all(Array.from({ length: jobs }, worker));
  }
  const results = readParts(study);
  const result = study.conclude(results);
  const text = studySection(study, result, results);
  writeFileSync(path.join(folder, `RESULTS-${study.name}.md`), text);
  for (const [name, content] of result.files ?? []) writeFileSync(path.join(folder, name), content);
  console.log(text);
  return result.rows.filter(({ holds }) => holds === false).length;
}

/** Runs one part in this process if the arguments ask for it. */
export async function runPartOf(arguments_: readonly string[], studies: readonly Study[]): Promise<boolean> {
  if (arguments_[0] !== partFlag) return false;
  const [, name, part, threads] = arguments_;
  const study = studies.find((one) => one.name === name) as Study;
  const time = new Stopwatch();
  const say = (text: string) => console.log(`${part}: ${text}`);
  const data = await study.runPart(part, { threads: Number(threads), done: readParts(study), say });
  const { wallSeconds, cpuSeconds } = time;
  const date = new Date().toISOString().slice(0, 10);
  const result: PartResult = { data, wallSeconds, cpuSeconds, threads: Number(threads), date };
  writeFileSync(partFile(name, part), JSON.stringify(result));
  say(`done, ${time}`);
  return true;
}

function runInChild(study: Study, part: string, jobs: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const threads = String(Math.max(1, Math.floor(2 / jobs)));
    const child = fork(process.argv[1], [partFlag, study.name, part, threads], { stdio: 'inherit' });
    child.on('error', reject);
    child.on('exit', (code) =>
      code === 0 ? resolve() : reject(new Error(`${study.name} ${part} ended with ${code}`)),
    );
  });
}

/** Results of the parts that have run. */
export function readParts(study: Study): PartResults {
  const results = new Map<string, PartResult>();
  for (const part of study.stages.flat()) {
    const file = partFile(study.name, part);
    if (existsSync(file)) results.set(part, JSON.parse(readFileSync(file, 'utf8')) as PartResult);
  }
  return results;
}

/** Under runs/, which git ignores. */
function partsFolder(study: string): string {
  return path.resolve('runs', 'reproduce', study);
}

function partFile(study: string, part: string): string {
  return path.join(partsFolder(study), `${part}.json`);
}
