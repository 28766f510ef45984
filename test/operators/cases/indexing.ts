import { float32, int64 } from '../../../src/tensor/tensor.ts';
import {
  distinct,
  exactly,
  fixed,
  listed,
  type OperatorCase,
  operatorCase as one,
  real,
  whole,
} from '../operator-case.ts';

const matrix = real([4, 5]);
const far = 2 ** 31;

function slice(
  what: string,
  starts: number[],
  ends: number[],
  axes?: number[],
  steps?: number[],
): OperatorCase {
  const list = (values: number[] | undefined) => values && int64([values.length], values);
  const operands = [real([4, 5, 6]), list(starts), list(ends), list(axes), list(steps)];
  return one('Slice', what, steps === undefined ? operands.slice(0, axes === undefined ? 3 : 4) : operands);
}

export const indexingCases: readonly OperatorCase[] = [
  slice('plain', [1, 0], [3, 4]),
  slice('named axes', [1, 2], [4, 5], [2, 0]),
  slice('steps', [0, 1], [far, far], [1, 2], [2, 3]),
  slice('negative ends', [-3], [-1], [-1]),
  slice('backwards', [-1, 4], [-far, 0], [0, 1], [-1, -2]),
  slice('nothing', [2], [2], [0]),
  slice('beyond the ends', [-far, 1], [far, far], [0, 2]),
  one('Gather', 'rows', [matrix, whole([3], -4, 4)]),
  one('Gather', 'columns by a matrix', [matrix, whole([2, 3], 0, 5)], { axis: 1 }),
  one('Gather', 'one row', [matrix, listed([], 2)]),
  one('Gather', 'int64 data', [whole([6], 0, 9), whole([3], 0, 6)]),
  one('GatherElements', 'first axis', [matrix, whole([3, 5], -4, 4)]),
  one('GatherElements', 'last axis', [matrix, whole([4, 3], 0, 5)], { axis: -1 }),
  one('GatherND', 'elements', [matrix, listed([3, 2], 0, 1, 3, 4, 1, -1)]),
  one('GatherND', 'rows', [real([3, 4, 2]), listed([2, 2, 1], 0, 2, 1, 1)]),
  one('GatherND', 'batches', [real([2, 4, 3]), listed([2, 1], 3, 1)], { batch_dims: 1 }),
  one('ScatterElements', 'none', [matrix, listed([2, 3], 0, 1, 2, 3, 0, 0), real([2, 3])]),
  ...['add', 'mul', 'max', 'min'].map((reduction) =>
    one(
      'ScatterElements',
      reduction,
      [matrix, listed([4, 3], 0, 1, 1, 3, 3, 3, 4, 0, 0, -1, 2, 1), real([4, 3])],
      {
        axis: 1,
        reduction,
      },
    ),
  ),
  one('ScatterND', 'none', [matrix, listed([2, 1], 3, 0), real([2, 5])]),
  one('ScatterND', 'elements', [matrix, listed([3, 2], 3, 0, 1, 4, 2, 2), real([3])]),
  ...['add', 'mul', 'max', 'min'].map((reduction) =>
    one('ScatterND', reduction, [matrix, listed([3, 1], 3, 0, 3), real([3, 5])], { reduction }),
  ),
  one('TopK', 'largest', [real([3, 6], distinct()), int64([1], [3])], {}, { outputs: 2 }),
  one(
    'TopK',
    'smallest, middle axis',
    [real([2, 5, 3], distinct()), int64([1], [2])],
    { axis: 1, largest: 0 },
    { outputs: 2 },
  ),
  one('TopK', 'ties', [fixed([6], exactly(1, 3, 3, 0, 3, 1)), int64([1], [5])], {}, { outputs: 2 }),
  one('OneHot', 'last axis', [whole([2, 3], -4, 4), int64([], [4]), real([2])]),
  one('OneHot', 'first axis, one out of range', [listed([3], 0, 5, 2), int64([1], [4]), real([2])], {
    axis: 0,
  }),
  one('OneHot', 'middle axis', [whole([2, 3], 0, 4), int64([], [4]), real([2])], { axis: 1 }),
  one('Pad', 'constant', [real([2, 3]), int64([4], [1, 0, 2, 1])]),
  one('Pad', 'constant 1.5', [real([2, 3]), int64([4], [0, 2, 1, 1]), float32([], [1.5])]),
  one('Pad', 'crops where negative', [real([4, 5]), int64([4], [-1, 1, 2, -2])]),
  one('Pad', 'one axis', [real([2, 3, 4]), int64([2], [1, 2]), undefined, int64([1], [-1])]),
  one('Pad', 'reflect', [real([2, 4, 5]), int64([6], [0, 2, 3, 0, 1, 4])], { mode: 'reflect' }),
  one('Pad', 'edge', [real([2, 4, 3]), int64([6], [0, 2, 3, 0, 1, 4])], { mode: 'edge' }),
  one('Pad', 'wrap', [real([2, 4, 5]), int64([6], [0, 2, 3, 0, 1, 4])], { mode: 'wrap' }),
  one('Trilu', 'upper', [real([4, 5])]),
  one('Trilu', 'lower', [real([2, 4, 3])], { upper: 0 }),
  one('Trilu', 'upper, shifted', [real([4, 5]), int64([], [-1])]),
  one('Trilu', 'lower, shifted', [real([4, 5]), int64([], [1])], { upper: 0 }),
];
