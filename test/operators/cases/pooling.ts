import { int64 } from '../../../src/tensor/tensor.ts';
import { distinct, listed, type OperatorCase, operatorCase as one, real } from '../operator-case.ts';

const image = real([2, 3, 7, 6], distinct());
const both = { outputs: 2 };

export const poolingCases: readonly OperatorCase[] = [
  one('MaxPool', 'plain', [image], { kernel_shape: [2, 3] }),
  one('MaxPool', 'with indices', [image], { kernel_shape: [2, 2], strides: [2, 2] }, both),
  one('MaxPool', 'uneven pads', [image], { kernel_shape: [3, 3], strides: [2, 2], pads: [1, 0, 2, 1] }, both),
  one('MaxPool', 'ceil', [image], { kernel_shape: [2, 2], strides: [2, 4], ceil_mode: 1 }, both),
  one('MaxPool', 'ceil with pads', [image], {
    kernel_shape: [3, 3],
    strides: [3, 3],
    pads: [1, 1, 1, 1],
    ceil_mode: 1,
  }),
  one('MaxPool', 'dilations', [image], { kernel_shape: [2, 3], dilations: [3, 2] }, both),
  one('MaxPool', 'SAME_UPPER', [image], { kernel_shape: [2, 3], strides: [2, 1], auto_pad: 'SAME_UPPER' }),
  one('MaxPool', 'SAME_LOWER', [image], { kernel_shape: [2, 3], strides: [2, 1], auto_pad: 'SAME_LOWER' }),
  one('MaxPool', 'one axis', [real([2, 3, 9], distinct())], { kernel_shape: [3], strides: [2] }, both),
  one('MaxPool', 'three axes', [real([1, 2, 4, 4, 4], distinct())], {
    kernel_shape: [2, 2, 2],
    strides: [2, 2, 2],
  }),
  one('MaxUnpool', 'plain', [real([1, 1, 2, 2]), listed([1, 1, 2, 2], 5, 7, 8, 15)], {
    kernel_shape: [2, 2],
    strides: [2, 2],
  }),
  one('MaxUnpool', 'two planes', [real([1, 2, 2, 2]), listed([1, 2, 2, 2], 0, 3, 8, 15, 17, 19, 28, 31)], {
    kernel_shape: [2, 2],
    strides: [2, 2],
  }),
  one(
    'MaxUnpool',
    'output shape',
    [real([1, 1, 2, 2]), listed([1, 1, 2, 2], 5, 7, 12, 20), int64([4], [1, 1, 5, 5])],
    { kernel_shape: [2, 2], strides: [2, 2] },
  ),
  one('AveragePool', 'plain', [image], { kernel_shape: [2, 3] }),
  one('AveragePool', 'pads left out', [image], { kernel_shape: [3, 3], strides: [2, 2], pads: [1, 0, 2, 1] }),
  one('AveragePool', 'pads counted', [image], {
    kernel_shape: [3, 3],
    strides: [2, 2],
    pads: [1, 0, 2, 1],
    count_include_pad: 1,
  }),
  one('AveragePool', 'ceil', [image], { kernel_shape: [2, 2], strides: [2, 4], ceil_mode: 1 }),
  one('AveragePool', 'ceil, pads counted', [image], {
    kernel_shape: [3, 3],
    strides: [3, 3],
    pads: [1, 1, 1, 1],
    ceil_mode: 1,
    count_include_pad: 1,
  }),
  one('AveragePool', 'dilations', [image], { kernel_shape: [2, 2], dilations: [3, 2] }),
  one('AveragePool', 'SAME_UPPER', [image], {
    kernel_shape: [2, 3],
    strides: [2, 1],
    auto_pad: 'SAME_UPPER',
  }),
  one('AveragePool', 'SAME_LOWER', [image], {
    kernel_shape: [2, 3],
    strides: [2, 1],
    auto_pad: 'SAME_LOWER',
  }),
  one('AveragePool', 'one axis', [real([2, 3, 9])], { kernel_shape: [3], strides: [2], pads: [1, 1] }),
  one('AveragePool', 'three axes', [real([1, 2, 4, 4, 4])], { kernel_shape: [2, 3, 2] }),
  one('GlobalAveragePool', 'plain', [image]),
  one('GlobalMaxPool', 'plain', [image]),
];
