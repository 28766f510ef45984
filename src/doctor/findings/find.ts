import type { Finding } from '../diagnosis.ts';
import { backwardFindings } from './backward.ts';
import { biasFindings } from './biases.ts';
import { blockFindings } from './blocks.ts';
import { correlationFindings } from './correlation.ts';
import type { Examination } from './examination.ts';
import { forwardFindings } from './forward.ts';
import { inputFindings } from './inputs.ts';
import { outputFindings } from './outputs.ts';
import { precisionFindings } from './precision.ts';
import { rankFindings } from './rank.ts';
import { rateFindings } from './rate.ts';
import { stateFindings } from './state.ts';
import { symmetryFindings } from './symmetry.ts';
import { unitFindings } from './units.ts';
import { weightFindings } from './weights.ts';

const families = [
  stateFindings,
  symmetryFindings,
  forwardFindings,
  backwardFindings,
  correlationFindings,
  unitFindings,
  outputFindings,
  biasFindings,
  blockFindings,
  weightFindings,
  inputFindings,
  precisionFindings,
  rateFindings,
];

/**
 * Everything that is wrong with a start, the worst first, without what only follows from something else that is said.
 * Pure: nothing is measured here.
 */
export function findProblems(examination: Examination): Finding[] {
  return rankFindings(families.flatMap((family) => family(examination)));
}
