import { frameworkNames } from '../../../../src/initializers/in-frameworks-names.ts';
import { choiceField, numberField, seedField } from '../../state/field.ts';

/** What chapter 3 lets a reader choose. */
export const xavierSchema = {
  in: numberField({ initial: 400, min: 4, max: 512, step: 4 }),
  out: numberField({ initial: 100, min: 4, max: 512, step: 4 }),
  activation: choiceField(['linear', 'relu', 'tanh']),
  depth: numberField({ initial: 10, min: 2, max: 20, step: 1 }),
  rule: choiceField(['xavier', 'he']),
  framework: choiceField(frameworkNames),
  seed: seedField(),
};
