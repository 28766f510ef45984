export { type Contestant, contestantsOf } from './contestants.ts';
export {
  type ContestantSource,
  type OpenContestant,
  openContestant,
  type ResumeState,
} from './open-contestant.ts';
export type { ContestantResult, RaceResult, RaceSpec, Verdict } from './result.ts';
export {
  type ContestantProgress,
  type ContestantRun,
  type ContestantRunResult,
  runContestant,
} from './run-contestant.ts';
export { type Field, fieldOf, gradientRatio, judge } from './verdict.ts';
