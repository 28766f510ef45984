import type { RuleFacts } from '../initializers/catalogue/entry.ts';
import type { RuleParameter, RuleValues } from '../initializers/rule-parameters.ts';
import type { Start } from './start.ts';

/** A start of this room before its options are given: what the registry, the command line and the docs read. */
export interface StartDefinition extends RuleFacts {
  readonly needsData: boolean;
  readonly parameters: Readonly<Record<string, RuleParameter>>;
  /** @param name canonical text of the start with these values */
  readonly build: (name: string, values: RuleValues) => Start;
}
