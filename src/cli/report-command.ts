import { existsSync, statSync } from 'node:fs';
import path from 'node:path';
import { writeFileAtomic } from '../formats/node/atomic-file.ts';
import { type Language, OutsetError } from '../messages/index.ts';
import { raceLabels } from '../messages/labels/race.ts';
import type { RaceResult } from '../race/result.ts';
import { raceReport } from '../report/html.ts';
import { raceSvg } from '../report/svg/race-svg.ts';
import { readJsonFile } from './race/folder.ts';

/**
 * `outset report`: draws the HTML report of a finished race again, e.g. after an update or in the other language, or the
 * cost curves alone as a picture.
 */
export async function runReportCommand(
  result: string,
  options: { readonly out?: string; readonly svg?: string },
  language: Language,
): Promise<void> {
  const file =
    existsSync(result) && statSync(result).isDirectory() ? path.join(result, 'result.json') : result;
  if (!existsSync(file)) throw new OutsetError('cli.file_unreadable', { file, reason: 'ENOENT' });
  const race = readJsonFile(file) as RaceResult;
  const write = async (target: string, content: string) => {
    await writeFileAtomic(target, content);
    process.stdout.write(`${raceLabels.written[language]({ report: target })}\n`);
  };
  if (options.svg !== undefined) await write(options.svg, raceSvg(race, { language }));
  if (options.svg === undefined || options.out !== undefined) {
    await write(options.out ?? path.join(path.dirname(file), 'report.html'), raceReport(race, { language }));
  }
}
