import { type OperatorCase, operatorCase as one, real } from '../operator-case.ts';

const image = real([2, 3, 7, 6]);
const small = real([2, 4, 3, 4]);

export const convolutionCases: readonly OperatorCase[] = [
  one('Conv', 'plain', [image, real([4, 3, 3, 2])]),
  one('Conv', 'bias', [image, real([4, 3, 3, 3]), real([4])], { kernel_shape: [3, 3] }),
  one('Conv', 'uneven pads and strides', [image, real([4, 3, 3, 3]), real([4])], {
    pads: [1, 0, 2, 1],
    strides: [2, 3],
  }),
  one('Conv', 'dilations', [image, real([2, 3, 3, 2])], { dilations: [2, 3], pads: [1, 1, 1, 1] }),
  one('Conv', 'two groups', [real([2, 4, 5, 5]), real([6, 2, 3, 3]), real([6])], { group: 2 }),
  one('Conv', 'depthwise', [image, real([3, 1, 3, 3])], { group: 3, pads: [1, 1, 1, 1] }),
  ...['SAME_UPPER', 'SAME_LOWER', 'VALID'].map((mode) =>
    one('Conv', mode, [image, real([2, 3, 4, 3])], { auto_pad: mode, strides: [2, 1] }),
  ),
  one('Conv', 'one axis', [real([2, 3, 9]), real([4, 3, 3]), real([4])], { strides: [2], pads: [1, 1] }),
  one('Conv', 'three axes', [real([1, 2, 4, 5, 4]), real([3, 2, 2, 3, 2]), real([3])], {
    pads: [0, 1, 1, 1, 1, 0],
    strides: [1, 2, 1],
  }),
  one('Conv', '1 x 1', [image, real([5, 3, 1, 1])]),
  one('ConvTranspose', 'plain', [small, real([4, 3, 3, 2])]),
  one('ConvTranspose', 'bias', [small, real([4, 3, 3, 3]), real([3])]),
  one('ConvTranspose', 'strides and uneven pads', [small, real([4, 2, 3, 3]), real([2])], {
    strides: [2, 3],
    pads: [1, 0, 2, 1],
  }),
  one('ConvTranspose', 'output padding', [small, real([4, 2, 3, 3])], {
    strides: [2, 2],
    pads: [1, 1, 1, 1],
    output_padding: [1, 1],
  }),
  one('ConvTranspose', 'output shape', [small, real([4, 2, 3, 3])], {
    strides: [2, 2],
    output_shape: [6, 7],
  }),
  one('ConvTranspose', 'dilations', [small, real([4, 2, 2, 3])], { dilations: [2, 1] }),
  one('ConvTranspose', 'two groups', [small, real([4, 3, 3, 3]), real([6])], { group: 2 }),
  one('ConvTranspose', 'depthwise', [small, real([4, 1, 3, 3])], { group: 4, strides: [2, 2] }),
  ...['SAME_UPPER', 'SAME_LOWER', 'VALID'].map((mode) =>
    one('ConvTranspose', mode, [small, real([4, 2, 4, 3])], { auto_pad: mode, strides: [2, 2] }),
  ),
  one('ConvTranspose', 'one axis', [real([2, 3, 5]), real([3, 2, 3])], { strides: [2] }),
  one('ConvTranspose', 'three axes', [real([1, 2, 2, 3, 2]), real([2, 2, 2, 3, 2])], {
    strides: [1, 2, 1],
    pads: [0, 1, 0, 0, 1, 1],
  }),
];
