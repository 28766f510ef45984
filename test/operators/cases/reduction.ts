import { int64 } from '../../../src/tensor/tensor.ts';
import {
  between,
  type Draw,
  distinct,
  exactly,
  fixed,
  type OperatorCase,
  operatorCase as one,
  real,
  signed,
} from '../operator-case.ts';

const reductions: readonly [string, Draw][] = [
  ['ReduceSum', signed()],
  ['ReduceMean', signed()],
  ['ReduceMax', distinct()],
  ['ReduceMin', distinct()],
  ['ReduceProd', signed(0.5, 1.5)],
  ['ReduceL1', signed()],
  ['ReduceL2', signed()],
  ['ReduceSumSquare', signed()],
  ['ReduceLogSum', between(0.5, 2)],
  ['ReduceLogSumExp', signed()],
];

export const reductionCases: readonly OperatorCase[] = [
  ...reductions.flatMap(([operator, draw]) => [
    one(operator, 'all axes', [real([2, 3, 2], draw)]),
    one(operator, 'all axes, none kept', [real([2, 3], draw)], { keepdims: 0 }),
    one(operator, 'middle axis', [real([2, 3, 4], draw), int64([1], [1])]),
    one(operator, 'two axes, none kept', [real([2, 3, 4], draw), int64([2], [0, -1])], { keepdims: 0 }),
  ]),
  one('ReduceSum', 'no axes, no operation', [real([2, 3])], { noop_with_empty_axes: 1 }),
  one('ReduceLogSumExp', 'large inputs', [real([3, 4], between(80, 90)), int64([1], [1])]),
  ...['ArgMax', 'ArgMin'].flatMap((operator) => [
    one(operator, 'first axis', [fixed([4, 3], distinct())]),
    one(operator, 'last axis, not kept', [fixed([2, 4, 3], distinct())], { axis: -1, keepdims: 0 }),
    one(operator, 'first of a tie', [fixed([6], exactly(1, 3, 3, 0, 0, 3))]),
    one(operator, 'last of a tie', [fixed([6], exactly(1, 3, 3, 0, 0, 3))], { select_last_index: 1 }),
  ]),
];
