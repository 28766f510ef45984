import { spawn } from 'node:child_process';
import type { Engine, Plan } from './engines.ts';
import type { Workload } from './workload.ts';

/** What an engine reports. */
export interface EngineRun {
  readonly version: string;
  readonly threads: number;
  readonly secondsPerStep: number;
  readonly losses: readonly number[];
}

/** Runs an engine in a process of its own. A string is the reason why it did not run to the end. */
export async function runEngine(
  engine: Engine,
  workload: Workload,
  model: string,
  { steps, warmup }: Pick<Plan, 'steps' | 'warmup'>,
): Promise<EngineRun | string> {
  const [command, ...args] = engine.command;
  const all = [...args, workload.folder, model, String(steps), String(warmup)];
  return new Promise((resolve) => {
    const child = spawn(command, all, { stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    let errors = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => (output += text));
    child.stderr.setEncoding('utf8').on('data', (text: string) => (errors += text));
    child.on('error', (error) => resolve(error.message));
    child.on('close', (code, signal) => {
      const last = output.trim().split('\n').at(-1) ?? '';
      if (code === 0 && last.startsWith('{')) resolve(JSON.parse(last) as EngineRun);
      else resolve(lastWords(errors, `ended with ${signal ?? `code ${code}`}`));
    });
  });
}

/** The line of an error output that says what happened. */
function lastWords(errors: string, otherwise: string): string {
  const lines = errors.split('\n').map((line) => line.trim());
  const telling = lines.filter((line) => /^[\w.]*(Error|error|Exception)\b.*:/.test(line));
  return telling.at(-1) ?? lines.findLast((line) => line !== '') ?? otherwise;
}
