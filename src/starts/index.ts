/** Starts: ways to give a network its first weights, by rule or by data. */

export { defaultStarts } from './default-starts.ts';
export { explainStart, explanationText, type StartExplanation, startListText } from './explain.ts';
export { type LsuvOptions, lsuv, lsuvDefaults } from './lsuv.ts';
export { listStarts, parseStart, type StartEntry } from './registry.ts';
export { ruleStart } from './rule-start.ts';
export type { Start, StartContext } from './start.ts';
