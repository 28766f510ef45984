import { type Language, OutsetError } from '../messages/index.ts';
import { cliLabels } from '../messages/labels/cli.ts';
import { nearestNames } from '../messages/nearest.ts';
import { listStarts, type StartEntry } from '../starts/index.ts';

/** `outset starts [name]`: what every start is called, what it does, its formula, parameters and source. */
export function runStartsCommand(name: string | undefined, json: boolean, language: Language): void {
  const all = listStarts();
  const chosen = name === undefined ? all : [find(all, name)];
  const write = (line: string) => process.stdout.write(`${line}\n`);
  if (json) {
    for (const entry of chosen) write(JSON.stringify(entry));
    return;
  }
  for (const entry of chosen) write(`${describe(entry, language)}\n`);
}

function find(all: readonly StartEntry[], name: string): StartEntry {
  const wanted = name.trim().toLowerCase();
  const found = all.find((entry) => entry.name === wanted || entry.aliases.includes(wanted));
  if (found === undefined) {
    const names = all.flatMap((entry) => [entry.name, ...entry.aliases]);
    throw new OutsetError('cli.unknown_name', {
      option: 'starts',
      got: name,
      near: nearestNames(name, names),
      all: all.map((entry) => entry.name),
    });
  }
  return found;
}
