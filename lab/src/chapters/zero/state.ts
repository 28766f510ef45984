import { choiceField, numberField, seedField } from '../../state/field.ts';

/** What chapter 1 lets a reader choose. */
export const zeroSchema = {
  w: numberField({ initial: 0, min: -2, max: 2, step: 0.1 }),
  x: numberField({ initial: 1.5, min: -2, max: 2, step: 0.1 }),
  b: numberField({ initial: 0.5, min: -2, max: 2, step: 0.1 }),
  start: choiceField(['zeros', 'equal', 'random']),
  activation: choiceField(['relu', 'tanh', 'sigmoid']),
  layers: choiceField(['2', '3']),
  updates: numberField({ initial: 0, min: 0, max: 50, step: 1 }),
  seed: seedField(),
};

export type StartChoice = (typeof zeroSchema.start.names)[number];

/** The library's starts behind the three choices. */
export const startTexts: Readonly<Record<StartChoice, string>> = {
  zeros: 'zeros',
  equal: 'constant(value=0.5)',
  random: 'glorot-normal',
};
