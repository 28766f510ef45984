/**
 * What a start is, in words: the data behind `outset starts` and `outset init --list`, `--explain`, and the data as text.
 */
import { type Signal, type StartFamily, startFamilies } from '../initializers/catalogue/entry.ts';
import type { Language, Text } from '../messages/define.ts';
import {
  explanationLabels,
  signalLabels,
  startFamilyLabels,
  startGuides,
} from '../messages/labels/start-guide.ts';
import { startLabels } from '../messages/labels/starts.ts';
import { findStart, listStarts } from './registry.ts';

type Sentence = Text<Record<string, never>>;

/** Everything that is said of one start. Sentences are functions of a language: `whenToUse.ko({})`. */
export interface StartExplanation {
  readonly name: string;
  readonly aliases: readonly string[];
  readonly family: StartFamily;
  readonly needsData: boolean;
  /** Parameters with their usual values, e.g. `slope=0`. */
  readonly parameters: readonly string[];
  /** One sentence: what it does. */
  readonly summary: Sentence;
  readonly formula: string;
  readonly assumptions: Sentence;
  /** What it keeps under its assumptions; empty if nothing. */
  readonly preserves: readonly Signal[];
  readonly whenToUse: Sentence;
  readonly whenNot: Sentence;
  /** `-` where there is none. */
  readonly source: string;
}

/**
 * Explains a start by its name or alias, in any framework's spelling.
 * @throws starts.unknown with the near names
 */
export function explainStart(name: string): StartExplanation {
  const entry = findStart(name);
  const guide = startGuides[entry.name];
  return {
    ...entry,
    summary: startLabels[entry.name],
    assumptions: guide.assumes,
    whenToUse: guide.use,
    whenNot: guide.avoid,
  };
}

/** An explanation as lines of text, without a final newline. */
export function explanationText(start: StartExplanation, language: Language): string {
  const say = (sentence: Sentence) => sentence[language]({});
  const { nothing, needsData, ...heading } = explanationLabels;
  const kept = start.preserves.map((signal) => say(signalLabels[signal])).join(', ');
  const rows: [Sentence, string][] = [
    [heading.aliases, start.aliases.join(', ')],
    [heading.formula, start.formula],
    [heading.assumes, say(start.assumptions)],
    [heading.preserves, kept === '' ? say(nothing) : kept],
    [heading.use, say(start.whenToUse)],
    [heading.avoid, say(start.whenNot)],
    [heading.parameters, start.parameters.join(', ')],
    [heading.source, start.source === '-' ? '' : start.source],
  ];
  const data = start.needsData ? ` (${say(needsData)})` : '';
  return [
    `${start.name}${data}`,
    `  ${say(start.summary)}`,
    ...rows.filter(([, text]) => text !== '').map(([title, text]) => `  ${say(title)}: ${text}`),
  ].join('\n');
}

/** All starts by group, a line each: name, and what it does. */
export function startListText(language: Language): string {
  const all = listStarts();
  const width = Math.max(...all.map(({ name }) => name.length));
  return startFamilies
    .map((family) => ({ family, members: all.filter((start) => start.family === family) }))
    .filter(({ members }) => members.length > 0)
    .map(({ family, members }) =>
      [
        startFamilyLabels[family][language]({}),
        ...members.map(({ name }) => `  ${name.padEnd(width)}  ${startLabels[name][language]({})}`),
      ].join('\n'),
    )
    .join('\n\n');
}
