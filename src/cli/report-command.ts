import { existsSync, statSync } from 'node:fs';
import path from 'node:path';
import { writeFileAtomic } from '../formats/node/atomic-file.ts';
import { type Language, OutsetError } from '../messages/index.ts';
import { raceLabels } from '../messages/labels/race.ts';
import type { RaceResult } from '../race/result.ts';
import { raceReport } from '../report/html.ts';
import { readJsonFile } from './race/folder.ts';

/** `outset report`: draws the HTML report of a finished race again, e.g. after an update or in the other language. */
export async function runReportCommand(
  result: string,
  out: string | undefined,
  language: Language,
): Promise<void> {
  const file =
    existsSync(result) && statSync(result).isDirectory() ? path.join(result, 'result.json') : result;
  if (!existsSync(file)) throw new OutsetError('cli.file_unreadable', { file, reason: 'ENOENT' });
  const parsed = readJsonFile(file) as Partial<RaceResult> | null;
  if (parsed?.format !== 'outset-race' || parsed.version !== 1 || !Array.isArray(parsed.contestants)) {
    throw new OutsetError('race.bad_file', { file, reason: 'format' });
  }
  const target = out ?? path.join(path.dirname(file), 'report.html');
  await writeFileAtomic(target, raceReport(parsed as RaceResult, { language }));
  process.stdout.write(`${raceLabels.written[language]({ report: target })}\n`);
}
