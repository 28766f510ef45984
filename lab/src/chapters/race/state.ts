import { defaultStarts } from '../../../../src/starts/default-starts.ts';
import { choiceField, numberField, seedField, severalField } from '../../state/field.ts';

/** What chapter 2 lets a reader choose. */
export const raceSchema = {
  data: choiceField(['mnist', 'fashion-mnist', 'xor', 'spirals', 'own']),
  size: choiceField(['10000', 'all']),
  starts: severalField(defaultStarts, [
    'zeros',
    'lecture-normal',
    'normal(std=0.01)',
    'glorot-uniform',
    'he-normal',
    'orthogonal',
  ]),
  depth: numberField({ initial: 2, min: 1, max: 50, step: 1 }),
  width: numberField({ initial: 256, min: 8, max: 512, step: 8 }),
  activation: choiceField(['relu', 'tanh', 'sigmoid', 'gelu', 'selu', 'linear']),
  optimizer: choiceField(['adam', 'sgd', 'momentum', 'rmsprop']),
  rate: choiceField(['0.0001', '0.0003', '0.001', '0.003', '0.01', '0.03', '0.1'], '0.001'),
  batch: choiceField(['25', '50', '100', '200'], '100'),
  epochs: numberField({ initial: 2, min: 1, max: 50, step: 1 }),
  seeds: numberField({ initial: 1, min: 1, max: 5, step: 1 }),
  seed: seedField(),
  look: choiceField(['activations', 'preActivations', 'gradients', 'weights']),
  when: choiceField(['start', 'end']),
  engine: choiceField(['auto', 'wasm', 'webgpu']),
};
