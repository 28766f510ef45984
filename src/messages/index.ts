export type { IssueCode, IssueDetails } from './catalogue.ts';
export { type IssueKind, type Language, languages } from './define.ts';
export { issueText, OutsetError } from './error.ts';
