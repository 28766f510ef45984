/** What a chapter knows about the page that it stands on: language, state, command; one object in the context. */
import { getContext, setContext } from 'svelte';
import type { Language, Text } from '../../../src/messages/define.ts';
import { initialState, type Schema, type StateOf } from '../state/address.ts';
import { TaskFailure } from '../worker/client.ts';

/** The page that a chapter stands on. */
export class LabPage<Fields extends Schema = Schema> {
  readonly language: Language;
  /** Name of the chapter, `home` for the overview. */
  readonly chapter: string;
  readonly schema: Fields;
  /** What the controls show and change; the address follows. */
  readonly state: StateOf<Fields>;
  /** Sentence about what could not be computed last; empty when all is well. */
  failure = $state('');
  /** True in a browser, once the address has been read. */
  ready = $state(false);

  constructor(language: Language, chapter: string, schema: Fields) {
    const values = $state(initialState(schema));
    this.language = language;
    this.chapter = chapter;
    this.schema = schema;
    this.state = values;
  }

  /** A label in the language of the page. */
  say(text: Text<Record<string, never>>): string;
  say<Details>(text: Text<Details>, details: Details): string;
  say<Details>(text: Text<Details>, details?: Details): string {
    return text[this.language](details ?? ({} as Details));
  }

  /** Shows what went wrong; null takes it away. */
  report(error: unknown): void {
    this.failure =
      error === null
        ? ''
        : error instanceof TaskFailure
          ? error.issue.text[this.language]
          : error instanceof Error
            ? error.message
            : String(error);
  }
}

const key = Symbol('page');

export function providePage(page: LabPage<never>): void {
  setContext(key, page);
}

/** The page around the component that asks. */
export function currentPage(): LabPage {
  return getContext<LabPage>(key);
}

/** The same for a chapter, whose state has the given fields. */
export function chapterPage<Fields extends Schema>(_schema: Fields): LabPage<Fields> {
  return getContext<LabPage<Fields>>(key);
}
