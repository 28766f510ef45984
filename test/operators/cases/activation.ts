import { floatAttribute } from '../../../src/onnx/builder.ts';
import {
  avoiding,
  between,
  distinct,
  exactly,
  fixed,
  type OperatorCase,
  operatorCase as one,
  real,
} from '../operator-case.ts';

const plain = [
  'Relu',
  'LeakyRelu',
  'Elu',
  'Selu',
  'Celu',
  'Gelu',
  'Sigmoid',
  'Tanh',
  'Softplus',
  'Softsign',
  'Mish',
];

export const activationCases: readonly OperatorCase[] = [
  ...plain.map((operator) => one(operator, 'plain', [real([4, 5])])),
  ...['Sigmoid', 'Tanh', 'Softplus', 'Mish'].map((operator) =>
    one(operator, 'far out', [real([20], between(-25, 25))]),
  ),
  one('LeakyRelu', 'steeper', [real([4, 5])], { alpha: 0.25 }),
  one('Elu', 'scaled', [real([4, 5])], { alpha: 0.5 }),
  one('Celu', 'scaled', [real([4, 5])], { alpha: floatAttribute(2) }),
  one('Selu', 'own constants', [real([4, 5])], { alpha: 1.5, gamma: floatAttribute(2) }),
  one('Gelu', 'tanh', [real([4, 5])], { approximate: 'tanh' }),
  one('PRelu', 'one slope', [real([2, 3, 4]), real([1])]),
  one('PRelu', 'slope for each channel', [real([2, 3, 4]), real([3, 1])]),
  one('HardSigmoid', 'plain', [real([6, 5], avoiding([-2.5, 2.5], -4, 4))]),
  one('HardSigmoid', 'own slope', [real([6, 5], avoiding([-2, 2], -4, 4))], { alpha: 0.25 }),
  one('HardSwish', 'plain', [real([6, 5], avoiding([-3, 3], -5, 5))]),
  one('ThresholdedRelu', 'plain', [real([6, 5], avoiding([1], -3, 3))]),
  one('ThresholdedRelu', 'lower', [real([6, 5], avoiding([0.5], -3, 3))], { alpha: 0.5 }),
  one('Shrink', 'hard', [real([6, 5], avoiding([-0.5, 0.5], -2, 2))]),
  one('Shrink', 'soft', [real([6, 5], avoiding([-0.75, 0.75], -2, 2))], { lambd: 0.75, bias: 0.75 }),
  one('Hardmax', 'last axis', [fixed([4, 5], distinct())]),
  one('Hardmax', 'first of a tie', [fixed([2, 3], exactly(1, 1, 0, 0, 2, 2))]),
  one('Hardmax', 'middle axis', [fixed([2, 4, 3], distinct())], { axis: 1 }),
  ...['Softmax', 'LogSoftmax'].flatMap((operator) => [
    one(operator, 'last axis', [real([3, 4])]),
    one(operator, 'middle axis', [real([2, 3, 4])], { axis: 1 }),
    one(operator, 'first axis, large inputs', [real([4, 3], between(50, 90))], { axis: 0 }),
  ]),
];
