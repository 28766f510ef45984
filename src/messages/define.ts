/**
 * How a sentence that a person reads is written down.
 *
 * An *issue* is an error or finding: data (code, path, details) plus one sentence per language.
 * A *label* is any other text of the interface. Both are plain objects with a function for each
 * language, so TypeScript refuses an entry that lacks one.
 */

/** The languages that every text exists in. */
export const languages = ['en', 'ko'] as const;

/** A language that Outset speaks. */
export type Language = (typeof languages)[number];

/** One text in every language; `details` are the values that it mentions. */
export type Text<Details> = Readonly<Record<Language, (details: Details) => string>>;

/**
 * What went wrong, by who can mend it: `usage` (the call or command line), `input` (a file or value that
 * came from outside), `run` (something failed while running). Decides the exit code: 2, 3, 4.
 */
export type IssueKind = 'usage' | 'input' | 'run';

/** An issue's kind and its sentence: *where: what was expected, what was got, what to do next*. */
export type IssueText<Details> = Text<Details> & { readonly kind: IssueKind };

/** Declares one issue; `Details` is inferred from the annotation of `en`'s argument. */
export function issue<Details = Record<string, never>>(
  kind: IssueKind,
  text: { en: (details: Details) => string; ko: (details: Details) => string },
): IssueText<Details> {
  return { kind, ...text };
}

/** Declares one label. */
export function label<Details = Record<string, never>>(text: {
  en: (details: Details) => string;
  ko: (details: Details) => string;
}): Text<Details> {
  return text;
}

/** Declares one label without details. */
export function sentence(en: string, ko: string): Text<Record<string, never>> {
  return { en: () => en, ko: () => ko };
}
