import { choiceField, numberField, seedField } from '../../state/field.ts';

/** Updates between two models of the small machine that are kept. */
export const keptEvery = 10;

/** What chapter 4 lets a reader choose. */
export const rbmSchema = {
  // The machine of 6 + 4 units.
  method: choiceField(['cd', 'exact']),
  k: numberField({ initial: 1, min: 1, max: 10, step: 1 }),
  rate: choiceField(['0.1', '0.3', '1'], '1'),
  updates: numberField({ initial: 300, min: 0, max: 600, step: keptEvery }),
  pattern: numberField({ initial: 5, min: 1, max: 10, step: 1 }),
  draw: numberField({ initial: 0, min: 0, max: 50, step: 1 }),
  seed: seedField(),
  // The machine that learns digits.
  hidden: choiceField(['64', '128', '256']),
  examples: choiceField(['1000', '10000'], '10000'),
  phase: choiceField(['cd', 'pcd']),
  epochs: numberField({ initial: 5, min: 1, max: 50, step: 1 }),
  digit: numberField({ initial: 1, min: 1, max: 20, step: 1 }),
};
