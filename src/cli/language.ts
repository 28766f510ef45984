import { type Language, languages, OutsetError } from '../messages/index.ts';

/**
 * The language of this run: `--lang` anywhere on the command line, then OUTSET_LANG, then the locale of the
 * environment (LC_ALL, LC_MESSAGES, LANG); English otherwise. Decided before parsing, because help needs it.
 */
export function chooseLanguage(args: readonly string[], environment: NodeJS.ProcessEnv): Language {
  const option = langOption(args);
  if (option !== undefined) {
    if (!isLanguage(option))
      throw new OutsetError('race.bad_option', {
        option: '--lang',
        got: option,
        expected: languages.join(', '),
      });
    return option;
  }
  if (environment.OUTSET_LANG !== undefined && isLanguage(environment.OUTSET_LANG))
    return environment.OUTSET_LANG;
  const locale = environment.LC_ALL || environment.LC_MESSAGES || environment.LANG || '';
  return /^ko(?:[_.-]|$)/i.test(locale) ? 'ko' : 'en';
}

function langOption(args: readonly string[]): string | undefined {
  for (const [i, arg] of args.entries()) {
    if (arg === '--') return undefined;
    if (arg.startsWith('--lang=')) return arg.slice('--lang='.length);
    if (arg === '--lang') return args[i + 1] ?? '';
  }
  return undefined;
}

function isLanguage(text: string): text is Language {
  return (languages as readonly string[]).includes(text);
}
