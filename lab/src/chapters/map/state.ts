import { choiceField, numberField, seedField } from '../../state/field.ts';

/** What chapter 7 lets a reader choose. */
export const mapSchema = {
  activation: choiceField(['tanh', 'relu', 'sigmoid', 'gelu', 'silu', 'erf', 'selu']),
  w: numberField({ initial: 1, min: 0.25, max: 4, step: 0.05 }),
  b: numberField({ initial: 0.05, min: 0, max: 1, step: 0.01 }),
  depth: numberField({ initial: 30, min: 3, max: 60, step: 1 }),
  seed: seedField(),
};

export type MapActivation = (typeof mapSchema.activation.names)[number];
