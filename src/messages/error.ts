import { type IssueCode, type IssueDetails, issues } from './catalogue.ts';
import type { IssueKind, Language, Text } from './define.ts';

/**
 * The one error class of Outset. The issue is data: `code`, `path` (where in the input, outermost first)
 * and `details`; the sentence is made from the catalogue in the language that the reader wants.
 */
export class OutsetError<Code extends IssueCode = IssueCode> extends Error {
  readonly code: Code;
  readonly path: readonly (string | number)[];
  readonly details: IssueDetails<Code>;

  constructor(
    code: Code,
    details: IssueDetails<Code>,
    options: { path?: readonly (string | number)[]; cause?: unknown } = {},
  ) {
    super(issueText(code, details, 'en'), options.cause === undefined ? undefined : { cause: options.cause });
    this.name = 'OutsetError';
    this.code = code;
    this.details = details;
    this.path = options.path ?? [];
  }

  /** Who can mend it; decides the exit code of the command line. */
  get kind(): IssueKind {
    return issues[this.code].kind;
  }

  /** The sentence in the given language. */
  text(language: Language): string {
    return issueText(this.code, this.details, language);
  }

  /** The issue as data, for `--json` and for messages between threads. */
  toJSON(): { code: Code; path: readonly (string | number)[]; details: IssueDetails<Code>; message: string } {
    return { code: this.code, path: this.path, details: this.details, message: this.message };
  }
}

/** The sentence of an issue in a language. */
export function issueText<Code extends IssueCode>(
  code: Code,
  details: IssueDetails<Code>,
  language: Language,
): string {
  return (issues[code] as unknown as Text<IssueDetails<Code>>)[language](details);
}
