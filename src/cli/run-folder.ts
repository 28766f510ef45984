import { existsSync, readdirSync, rmdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { ensureWritableFolder, writeFileAtomic } from '../formats/node/atomic-file.ts';
import { OutsetError } from '../messages/index.ts';
import { encodeJson, readJsonFile } from './race/folder.ts';
import { shownPath } from './shown-path.ts';

/** A command that works in a folder of its own. */
export type RunCommand = 'rbm' | 'pretrain';

/** What `plan.json` holds: what was asked for, what that means, and which data it means it for. */
export interface RunFile<Options, Plan> {
  readonly format: 'outset-run';
  readonly version: 1;
  readonly command: RunCommand;
  readonly options: Options;
  readonly plan: Plan;
  readonly dataDigest: string;
}

const schema = z.object({
  format: z.literal('outset-run'),
  version: z.literal(1),
  command: z.string(),
  options: z.record(z.string(), z.unknown()),
  plan: z.record(z.string(), z.unknown()),
  dataDigest: z.string(),
});

/** The folder that a run writes to; every file is written to a temporary name and renamed. */
export class RunFolder<Options, Plan> {
  readonly path: string;
  readonly #command: RunCommand;

  constructor(command: RunCommand, folder: string | undefined) {
    const time = new Date().toISOString().slice(0, 19).replaceAll(':', '-');
    this.path = path.resolve(folder ?? `runs/${command}-${time}`);
    this.#command = command;
  }

  file(name: string): string {
    return path.join(this.path, name);
  }

  /** As a person in the current folder would write it. */
  shown(name = ''): string {
    return shownPath(this.file(name));
  }

  get checkpoint(): string {
    return this.file('checkpoint.safetensors');
  }

  /** Makes the folder for a new run; refuses one that holds a run already. */
  async create(file: Pick<RunFile<Options, Plan>, 'options' | 'plan' | 'dataDigest'>): Promise<void> {
    if (existsSync(this.file('plan.json')) || existsSync(this.file('race.json'))) {
      throw new OutsetError('cli.output_in_use', { folder: this.path });
    }
    await ensureWritableFolder(this.path);
    const whole = { format: 'outset-run', version: 1, command: this.#command, ...file };
    await writeFileAtomic(this.file('plan.json'), encodeJson(whole));
  }

  /** The plan of the run that is in the folder. */
  open(): RunFile<Options, Plan> {
    const name = this.file('plan.json');
    if (!existsSync(name)) throw new OutsetError('cli.nothing_to_resume', { folder: this.path });
    const parsed = schema.safeParse(readJsonFile(name));
    if (!parsed.success) {
      throw new OutsetError('cli.bad_run_file', { file: name, reason: z.prettifyError(parsed.error) });
    }
    if (parsed.data.command !== this.#command) {
      const { command } = parsed.data;
      throw new OutsetError('cli.other_command', { folder: this.path, command, asked: this.#command });
    }
    return parsed.data as unknown as RunFile<Options, Plan>;
  }

  /** Takes the plan of a run back that could not begin, with the folder if nothing else is in it. */
  discard(): void {
    if (existsSync(this.checkpoint)) return;
    rmSync(this.file('plan.json'), { force: true });
    if (readdirSync(this.path).length === 0) rmdirSync(this.path);
  }

  dropCheckpoint(): void {
    rmSync(this.checkpoint, { force: true });
  }
}

/** Options that may be typed together with --resume: they change no number. */
const free: readonly string[] = ['resume', 'threads', 'json', 'lang', 'output'];

/**
 * Options that were typed together with --resume must say what the run has already.
 * @throws cli.resume_differs
 */
export function checkSameOptions(
  folder: string,
  explicit: ReadonlySet<string>,
  asked: object,
  before: object,
): void {
  const [now, then] = [asked, before].map((options) => options as Readonly<Record<string, unknown>>);
  for (const name of explicit) {
    if (free.includes(name)) continue;
    const [was, is] = [JSON.stringify(then[name]) ?? '-', JSON.stringify(now[name]) ?? '-'];
    if (was === is) continue;
    const what = `--${name.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
    throw new OutsetError('cli.resume_differs', { folder, what, before: was, after: is });
  }
}
