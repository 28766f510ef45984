import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

/** How a run of the command line ended. */
export interface CliRun {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

const main = path.resolve(import.meta.dirname, '../../dist/cli/main.js');

/**
 * Runs the built command line in a process of its own.
 * @param whileRunning called with everything on standard error and standard output so far; may send a signal
 */
export function runOutset(
  args: readonly string[],
  options: {
    env?: Readonly<Record<string, string>>;
    cwd?: string;
    whileRunning?: (output: string, kill: (signal: NodeJS.Signals) => void) => void;
  } = {},
): Promise<CliRun> {
  const { LANG: _lang, LC_ALL: _all, LC_MESSAGES: _messages, OUTSET_LANG: _outset, ...rest } = process.env;
  const child = spawn(process.execPath, [main, ...args], {
    cwd: options.cwd,
    env: { ...rest, NO_COLOR: '1', ...options.env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let stdout = '';
  let stderr = '';
  const look = () => options.whileRunning?.(stderr + stdout, (signal) => child.kill(signal));
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
    stdout += chunk;
    look();
  });
  child.stderr.setEncoding('utf8').on('data', (chunk: string) => {
    stderr += chunk;
    look();
  });
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) => resolve({ code, stdout, stderr }));
  });
}

/** A new folder for one test file, and how to remove it. */
export function temporaryFolder(name: string): { folder: string; remove: () => void } {
  const folder = mkdtempSync(path.join(tmpdir(), `outset-${name}-`));
  return { folder, remove: () => rmSync(folder, { recursive: true, force: true }) };
}

/** The JSON lines of a run with --json. */
export function eventsOf(run: CliRun): Record<string, unknown>[] {
  return run.stdout
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => JSON.parse(line) as Record<string, unknown>);
}
