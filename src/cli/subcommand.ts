import { type Command, Option } from 'commander';
import type { Language } from '../messages/index.ts';
import { cliLabels } from '../messages/labels/cli.ts';

/** A help text or other label in the language of the run. */
export type Say = (name: keyof typeof cliLabels) => string;

/** Speaks the language of the run. */
export function sayIn(language: Language): Say {
  return (name) => cliLabels[name][language]({});
}

/** A command below the program: help in the language of the run, errors thrown instead of exits, `--lang`. */
export function subcommand(program: Command, name: string, say: Say): Command {
  return localized(program.command(name), say);
}

/** Every command: help in the language of the run, errors thrown instead of exits, `--lang`. */
export function localized(command: Command, say: Say): Command {
  const titles: Readonly<Record<string, string>> = {
    'Usage:': say('usage'),
    'Options:': say('options'),
    'Commands:': say('commands'),
    'Arguments:': say('arguments'),
  };
  return command
    .helpOption('-h, --help', say('help'))
    .addOption(new Option('--lang <language>', say('lang')))
    .configureHelp({
      styleTitle: (title) => titles[title] ?? title,
      optionDescription: (option) =>
        option.defaultValue === undefined || option.defaultValue === false || option.negate
          ? option.description
          : `${option.description} (${say('defaultValue')}: ${String(option.defaultValue)})`,
    })
    .configureOutput({ outputError: () => {} })
    .exitOverride();
}

/** Lines that can be typed, below the options. */
export function examples(say: Say, lines: readonly string[]): string {
  return `\n${say('examples')}\n${lines.map((line) => `  ${line}`).join('\n')}\n`;
}

/** Names of the options that were typed, to tell them from defaults. */
export function typedOptions(command: Command): ReadonlySet<string> {
  return new Set(
    command.options
      .map((option) => option.attributeName())
      .filter((name) => command.getOptionValueSource(name) === 'cli'),
  );
}
