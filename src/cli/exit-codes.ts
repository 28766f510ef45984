import type { IssueKind } from '../messages/index.ts';

/** Exit codes: 0 done, 1 the doctor found what --fail-on names, 2 wrong usage, 3 bad input, 4 a run failed, 130 stopped by Ctrl-C (can be resumed). */
export const exitCodes: Readonly<Record<IssueKind, number>> = { usage: 2, input: 3, run: 4 };

/** Stopped by Ctrl-C, as shells number it: 128 + SIGINT. */
export const exitInterrupted = 130;

/** `outset doctor` found what `--fail-on` names. */
export const exitFound = 1;
