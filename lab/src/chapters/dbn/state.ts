import { choiceField, numberField, seedField, severalField } from '../../state/field.ts';

/** Gibbs steps of the top RBM after which a dream is looked at. */
export const walkSteps = [1, 2, 3, 5, 8, 12, 20, 30, 50, 80, 120, 160, 200, 250, 300] as const;

/** What chapter 5 lets a reader choose. */
export const dbnSchema = {
  // The stack.
  layers: choiceField(['256-128', '128-64', '256-128-64', '500-500']),
  top: choiceField(['none', 'labels']),
  epochs: numberField({ initial: 10, min: 1, max: 30, step: 1 }),
  seed: seedField(),
  // Its dreams.
  walk: numberField({ initial: walkSteps.length - 1, min: 0, max: walkSteps.length - 1, step: 1 }),
  // The comparison.
  labels: choiceField(['100', '1000', '10000']),
  starts: severalField(
    ['lecture-normal', 'normal(std=0.01)', 'glorot-uniform', 'he-normal', 'pytorch-default', 'orthogonal'],
    ['lecture-normal', 'normal(std=0.01)', 'glorot-uniform', 'he-normal'],
  ),
  passes: numberField({ initial: 20, min: 1, max: 100, step: 1 }),
  seeds: numberField({ initial: 3, min: 1, max: 5, step: 1 }),
};
