import { readFileSync } from 'node:fs';
import { OutsetError } from '../messages/index.ts';

/**
 * The content of a JSON file that somebody named on the command line.
 * @throws cli.file_unreadable, cli.bad_json
 */
export function readJsonFile(file: string): unknown {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    const reason = (error as NodeJS.ErrnoException).code ?? String(error);
    throw new OutsetError('cli.file_unreadable', { file, reason }, { cause: error });
  }
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new OutsetError('cli.bad_json', { file, reason: (error as Error).message }, { cause: error });
  }
}
