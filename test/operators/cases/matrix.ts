import { type OperatorCase, operatorCase as one, real } from '../operator-case.ts';

const microsoft = { domain: 'com.microsoft' };

export const matrixCases: readonly OperatorCase[] = [
  one('MatMul', 'matrices', [real([3, 4]), real([4, 5])]),
  one('MatMul', 'vector left', [real([4]), real([4, 5])]),
  one('MatMul', 'vector right', [real([3, 4]), real([4])]),
  one('MatMul', 'two vectors', [real([4]), real([4])]),
  one('MatMul', 'batches', [real([2, 3, 4]), real([2, 4, 5])]),
  one('MatMul', 'shared right matrix', [real([2, 3, 4]), real([4, 5])]),
  one('MatMul', 'broadcast batches', [real([2, 1, 3, 4]), real([3, 4, 2])]),
  one('MatMul', 'batches and vector', [real([2, 3, 4]), real([4])]),
  one('Gemm', 'no bias', [real([3, 4]), real([4, 5])]),
  one('Gemm', 'bias row', [real([3, 4]), real([4, 5]), real([5])]),
  one('Gemm', 'bias column, both transposed', [real([4, 3]), real([5, 4]), real([3, 1])], {
    transA: 1,
    transB: 1,
  }),
  one('Gemm', 'scaled, scalar bias', [real([3, 4]), real([5, 4]), real([])], {
    alpha: 0.5,
    beta: 0.25,
    transB: 1,
  }),
  one('FusedMatMul', 'scaled', [real([3, 4]), real([4, 5])], { alpha: 0.5 }, microsoft),
  one(
    'FusedMatMul',
    'both transposed',
    [real([2, 4, 3]), real([2, 5, 4])],
    { transA: 1, transB: 1 },
    microsoft,
  ),
  one('Einsum', 'matrix product', [real([3, 4]), real([4, 5])], { equation: 'ij,jk->ik' }),
  one('Einsum', 'batches under an ellipsis', [real([2, 3, 4]), real([2, 5, 4])], {
    equation: '...ij,...kj->...ki',
  }),
  one('Einsum', 'implicit output', [real([3, 2]), real([3])], { equation: 'ba,b' }),
  one('Einsum', 'diagonal', [real([3, 3])], { equation: 'ii->i' }),
  one('Einsum', 'trace', [real([3, 3])], { equation: 'ii' }),
  one('Einsum', 'three operands', [real([2, 3]), real([3, 4]), real([4, 2])], { equation: 'ab,bc,cd->da' }),
];
