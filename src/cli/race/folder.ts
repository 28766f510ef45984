import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { ensureWritableFolder, writeFileAtomic } from '../../formats/node/atomic-file.ts';
import { OutsetError } from '../../messages/index.ts';
import type { ContestantResult, RaceSpec } from '../../race/result.ts';
import type { RaceOptions } from './options.ts';

/** What `race.json` holds: the race, how it was asked for, and which data it ran on. */
export interface RaceFile<Options = RaceOptions> {
  readonly format: 'outset-race-plan';
  readonly version: 1;
  /** Absent for `outset race`. */
  readonly command?: 'finetune';
  readonly options: Options;
  readonly spec: RaceSpec;
  readonly dataDigest: string;
}

const raceFileSchema = z.object({
  format: z.literal('outset-race-plan'),
  version: z.literal(1),
  command: z.literal('finetune').optional(),
  options: z.record(z.string(), z.unknown()),
  spec: z
    .object({
      data: z.string(),
      starts: z.array(z.string()).min(1),
      seeds: z.array(z.number().int().nonnegative()).min(1),
    })
    .loose(),
  dataDigest: z.string(),
});

/** The folder that a race writes to; every file is written to a temporary name and renamed. */
export class RaceFolder {
  readonly path: string;

  constructor(folder: string) {
    this.path = path.resolve(folder);
  }

  file(...names: string[]): string {
    return path.join(this.path, ...names);
  }

  get checkpoints(): string {
    return this.file('checkpoints');
  }

  checkpoint(id: string): string {
    return this.file('checkpoints', `${id}.safetensors`);
  }

  finished(id: string): string {
    return this.file('contestants', `${id}.json`);
  }

  weights(id: string): string {
    return path.join('weights', `${id}.safetensors`);
  }

  /** Makes the folder for a new race; refuses one that holds a race already. */
  async create(file: RaceFile<unknown>): Promise<void> {
    if (existsSync(this.file('race.json')))
      throw new OutsetError('race.output_in_use', { folder: this.path });
    for (const folder of [this.path, this.checkpoints, this.file('contestants'), this.file('weights')]) {
      await ensureWritableFolder(folder);
    }
    await writeFileAtomic(this.file('race.json'), encodeJson(file));
  }

  /** The plan of the race that is in the folder. */
  open<Options = RaceOptions>(asked: 'race' | 'finetune' = 'race'): RaceFile<Options> {
    const name = this.file('race.json');
    if (!existsSync(name)) throw new OutsetError('race.nothing_to_resume', { folder: this.path });
    const parsed = raceFileSchema.safeParse(readJsonFile(name));
    if (!parsed.success)
      throw new OutsetError('race.bad_file', { file: name, reason: z.prettifyError(parsed.error) });
    const { command = 'race' } = parsed.data;
    if (command !== asked) throw new OutsetError('cli.other_command', { folder: this.path, command, asked });
    for (const folder of [this.checkpoints, this.file('contestants'), this.file('weights')]) {
      mkdirSync(folder, { recursive: true });
    }
    return parsed.data as unknown as RaceFile<Options>;
  }

  /** Result of a contestant that finished earlier; undefined if it has to run (on). */
  finishedResult(id: string): ContestantResult | undefined {
    const name = this.finished(id);
    return existsSync(name) ? (readJsonFile(name) as ContestantResult) : undefined;
  }

  /** Keeps the result of a finished contestant and drops its checkpoint. */
  async keep(id: string, result: ContestantResult): Promise<void> {
    await writeFileAtomic(this.finished(id), encodeJson(result));
    rmSync(this.checkpoint(id), { force: true });
  }
}

/** Reads and parses a JSON file of ours. */
export function readJsonFile(name: string): unknown {
  try {
    return JSON.parse(readFileSync(name, 'utf8'));
  } catch (error) {
    throw new OutsetError('race.bad_file', { file: name, reason: (error as Error).message });
  }
}

/** JSON as bytes, with a line break at the end. */
export function encodeJson(value: unknown): Uint8Array {
  return new TextEncoder().encode(`${JSON.stringify(value)}\n`);
}
