import { floatAttribute } from '../../../src/onnx/builder.ts';
import { between, fixed, type OperatorCase, operatorCase as one, real } from '../operator-case.ts';

const image = real([2, 4, 3, 3]);
const perChannel = real([4]);
const positive = real([4], between(0.5, 2));

export const normalizationCases: readonly OperatorCase[] = [
  one('BatchNormalization', 'inference', [image, perChannel, perChannel, perChannel, positive]),
  one(
    'BatchNormalization',
    'inference of vectors',
    [real([5, 4]), perChannel, perChannel, perChannel, positive],
    {
      epsilon: 0.01,
    },
  ),
  one(
    'BatchNormalization',
    'training',
    [image, perChannel, perChannel, fixed([4]), fixed([4], between(0.5, 2))],
    { training_mode: 1, momentum: 0.75 },
    { outputs: 3 },
  ),
  one('LayerNormalization', 'last axis', [real([3, 5]), real([5]), real([5])], {}, { outputs: 3 }),
  one(
    'LayerNormalization',
    'two axes',
    [real([2, 3, 4]), real([3, 4]), real([3, 4])],
    { axis: 1 },
    { outputs: 3 },
  ),
  one('LayerNormalization', 'no bias', [real([2, 3, 4]), real([4])], { epsilon: 0.01 }),
  one('InstanceNormalization', 'image', [image, perChannel, perChannel]),
  one('InstanceNormalization', 'sequence', [real([2, 4, 6]), perChannel, perChannel], {
    epsilon: floatAttribute(0.01),
  }),
  one('GroupNormalization', 'two groups', [image, perChannel, perChannel], { num_groups: 2 }),
  one('GroupNormalization', 'one group', [image, perChannel, perChannel], { num_groups: 1, epsilon: 0.01 }),
  one('GroupNormalization', 'a group for each channel', [real([2, 4, 5]), perChannel, perChannel], {
    num_groups: 4,
  }),
  one('LRN', 'three channels', [real([2, 5, 2, 3])], { size: 3, alpha: 0.5 }),
  one('LRN', 'five channels', [real([2, 6, 2, 3])], {
    size: 5,
    alpha: 0.5,
    beta: 0.5,
    bias: floatAttribute(2),
  }),
  one(
    'LRN',
    'even size',
    [real([2, 5, 2, 3])],
    { size: 4, alpha: 0.5 },
    { engineLacks: 'onnxruntime takes odd sizes only; the interpreter follows the text of ONNX' },
  ),
];
