import { float32, int64 } from '../../../src/tensor/tensor.ts';
import {
  avoiding,
  between,
  distinct,
  exactly,
  fixed,
  listed,
  type OperatorCase,
  operatorCase as one,
  real,
  signed,
  truth,
  whole,
} from '../operator-case.ts';

const smooth = ['Neg', 'Exp', 'Erf', 'Abs', 'Reciprocal', 'Sin', 'Cos', 'Atan', 'Sinh', 'Cosh', 'Asinh'];
const steps = ['Floor', 'Ceil', 'Sign'];
const comparisons = ['Equal', 'Greater', 'GreaterOrEqual', 'Less', 'LessOrEqual'];

/** Shapes that stretch in different ways. */
const stretches: readonly [string, readonly number[], readonly number[]][] = [
  ['same shape', [2, 3], [2, 3]],
  ['scalar right', [2, 3], []],
  ['row over matrix', [4, 3], [3]],
  ['column over row', [4, 1], [1, 3]],
  ['both stretch', [2, 1, 3], [4, 1]],
];

function arithmetic(operator: string, left = signed(), right = signed(0.5, 1.5)): OperatorCase[] {
  return stretches.map(([what, a, b]) => one(operator, what, [real(a, left), real(b, right)]));
}

export const elementwiseCases: readonly OperatorCase[] = [
  ...smooth.map((operator) => one(operator, 'plain', [real([3, 4])])),
  ...['Tan', 'Asin', 'Acos', 'Atanh'].map((operator) =>
    one(operator, 'plain', [real([3, 4], signed(0.1, 0.9))]),
  ),
  one('Acosh', 'plain', [real([3, 4], between(1.2, 3))]),
  one('Mod', 'int64, sign of the divisor', [whole([12], -20, 20), listed([1], 7)]),
  one('Mod', 'int64, negative divisor', [whole([12], -20, 20), listed([1], -7)]),
  one('Mod', 'real numbers, sign of the dividend', [fixed([12], between(-3, 3)), float32([], [0.75])], {
    fmod: 1,
  }),
  one('Erf', 'wide', [real([40], between(-5, 5))]),
  one('Sqrt', 'plain', [real([3, 4], between(0.2, 3))]),
  one('Log', 'plain', [real([3, 4], between(0.2, 3))]),
  ...steps.map((operator) => one(operator, 'plain', [fixed([4, 5], between(-3, 3))])),
  one('Round', 'halves go to the even', [fixed([8], exactly(-2.5, -1.5, -0.5, 0.5, 1.5, 2.5, 2.2, -2.7))]),
  ...arithmetic('Add'),
  ...arithmetic('Sub'),
  ...arithmetic('Mul'),
  ...arithmetic('Div'),
  ...arithmetic('Pow', between(0.3, 2)),
  one('Pow', 'square of negatives', [real([3, 4]), float32([], [2])]),
  one('Add', 'int64', [whole([2, 3], -9, 9), whole([3], -9, 9)]),
  one('Mul', 'int64', [whole([2, 3], -9, 9), whole([3], -9, 9)]),
  one('Div', 'int64 truncates', [whole([6], -20, 20), listed([], 3)]),
  one('Max', 'three inputs', [
    real([2, 3], distinct()),
    real([3], between(5, 6)),
    real([1], between(-9, -8)),
  ]),
  one('Max', 'two inputs', [real([4, 3], signed(0.3, 2)), real([4, 3], between(-0.2, 0.2))]),
  one('Min', 'two inputs', [real([4, 3], signed(0.3, 2)), real([3], between(-0.2, 0.2))]),
  one('Sum', 'three inputs', [real([2, 3]), real([3]), real([2, 1])]),
  one('Mean', 'three inputs', [real([2, 3]), real([3]), real([2, 1])]),
  ...comparisons.map((operator) =>
    one(operator, 'with ties', [
      fixed([3, 4], exactly(1, 2, 3, 4, 4, 3, 2, 1, 0, -1, -2, 5)),
      fixed([4], exactly(1, 3, 2, 1)),
    ]),
  ),
  one('Equal', 'int64', [whole([4, 4], 0, 3), whole([4], 0, 3)]),
  ...['And', 'Or', 'Xor'].map((operator) => one(operator, 'broadcast', [truth([4, 4]), truth([4])])),
  one('Not', 'plain', [truth([7])]),
  one('IsNaN', 'plain', [fixed([4], exactly(1, Number.NaN, Infinity, 0))]),
  one('IsInf', 'plain', [fixed([4], exactly(1, Number.NaN, Infinity, -Infinity))]),
  one('IsInf', 'positive only', [fixed([3], exactly(1, Infinity, -Infinity))], { detect_negative: 0 }),
  one('Where', 'broadcast', [truth([4, 1, 5]), real([3, 1]), real([5])]),
  one('Where', 'int64', [truth([4]), whole([4], 0, 9), whole([1], 0, 9)]),
  one('Clip', 'both ends', [
    real([5, 4], avoiding([-0.5, 0.7], -2, 2)),
    float32([], [-0.5]),
    float32([], [0.7]),
  ]),
  one('Clip', 'no lower end', [real([5], avoiding([0.7], -2, 2)), undefined, float32([], [0.7])]),
  one('Cast', 'float to int64 truncates', [fixed([6], between(-4, 4))], { to: 7 }),
  one('Cast', 'float to bool', [fixed([4], exactly(0, 1, -0.5, 0))], { to: 9 }),
  one('Cast', 'int64 to float', [whole([6], -4, 4)], { to: 1 }),
  one('Cast', 'float to double', [real([6])], { to: 11 }),
  one('Cast', 'bool to float', [truth([6])], { to: 1 }),
  one('CumSum', 'rows', [real([3, 4]), int64([], [1])]),
  one('CumSum', 'exclusive', [real([3, 4]), int64([], [0])], { exclusive: 1 }),
  one('CumSum', 'reverse', [real([3, 4]), int64([], [-1])], { reverse: 1 }),
  one('CumSum', 'both', [real([2, 3, 4]), int64([], [1])], { reverse: 1, exclusive: 1 }),
  one('Identity', 'plain', [real([3])]),
  one('Dropout', 'inference', [real([3, 4])], {}, { outputs: 2 }),
];
