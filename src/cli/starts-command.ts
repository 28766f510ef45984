import { type Language, OutsetError } from '../messages/index.ts';
import { cliLabels } from '../messages/labels/cli.ts';
import { startLabels } from '../messages/labels/starts.ts';
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
  for (const entry of chosen) write(`${entryText(entry, language)}\n`);
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

function entryText(entry: StartEntry, language: Language): string {
  const sentence = startLabels[entry.name as keyof typeof startLabels];
  const lines = [
    entry.aliases.length === 0 ? entry.name : `${entry.name} (${entry.aliases.join(', ')})`,
    ...(sentence === undefined ? [] : [`  ${sentence[language]({})}`]),
    `  ${entry.formula}`,
    ...(entry.parameters.length === 0
      ? []
      : [`  ${cliLabels.parameters[language]({})}: ${entry.parameters.join(', ')}`]),
    ...(entry.source === '-' ? [] : [`  ${cliLabels.source[language]({})}: ${entry.source}`]),
  ];
  return lines.join('\n');
}
