/**
 * The contestants of a race when none are named: from the starts that cannot learn to those that learn at once.
 *
 * - `lecture-normal`: N(0, 1), biases too, as in lab 10-2 of the lecture;
 * - `lecture-xavier`, `lecture-he`: randn / sqrt(fan_in) and randn / sqrt(fan_in / 2);
 * - `orthogonal`: gain 1, PyTorch's default; `orthogonal(gain=relu)` is the variant for rectifiers;
 * - `lsuv`: by data.
 */
export const defaultStarts = [
  'zeros',
  'lecture-normal',
  'normal(std=0.01)',
  'lecture-xavier',
  'glorot-uniform',
  'lecture-he',
  'he-normal',
  'pytorch-default',
  'orthogonal',
  'lsuv',
] as const;
