import { choiceField, seedField, textField } from '../../state/field.ts';
import { patients } from './patients.ts';

/** What chapter 6 lets a reader choose. Files are not part of an address. */
export const doctorSchema = {
  network: textField({
    initial: patients[0].network,
    pattern: /^[\w.:=-]{1,120}$/,
    example: '784-128x30-10:relu',
  }),
  start: textField({
    initial: patients[0].start,
    pattern: /^[\w.,=()+-]{1,80}$/,
    example: 'glorot-uniform',
  }),
  data: choiceField(['mnist', 'fashion-mnist', 'noise']),
  optimizer: choiceField(['adam', 'sgd', 'momentum', 'rmsprop']),
  rate: choiceField(['0.0001', '0.0003', '0.001', '0.003', '0.01', '0.03', '0.1'], '0.001'),
  steps: choiceField(['100', '300', '1000', '3000', '10000'], '3000'),
  seed: seedField(),
  mend: choiceField(['no', 'yes']),
  framework: choiceField(['pytorch', 'keras', 'jax', 'tfjs', 'outset']),
};
