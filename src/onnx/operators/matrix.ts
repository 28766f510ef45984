import type { Dims } from '../../tensor/tensor.ts';
import { flagAttribute, intAttribute, numberAttribute, stringAttribute } from '../attributes.ts';
import { tryBroadcast } from '../broadcast.ts';
import { floatTypes, numericTypes } from '../data-types.ts';
import type { OperatorCall, TypeRules } from './call.ts';
import { parseEquation } from './equation.ts';

/** Matrix products. */
export const matrixRules: TypeRules = {
  MatMul(call) {
    call.arity(2, 2);
    const { dtype, dims: a } = call.type(0, numericTypes);
    call.sameElementType(0, 1);
    return [{ dtype, dims: productDims(call, a, call.type(1).dims) }];
  },
  Gemm(call) {
    call.arity(2, 3);
    const { dtype } = call.type(0, numericTypes);
    call.sameElementType(0, 1, 2);
    numberAttribute(call.node, 'alpha', 1);
    numberAttribute(call.node, 'beta', 1);
    const a = call.rank(0, 2);
    const b = call.rank(1, 2);
    const [rows, innerA] = intAttribute(call.node, 'transA', 0) === 0 ? a : [a[1], a[0]];
    const [innerB, columns] = intAttribute(call.node, 'transB', 0) === 0 ? b : [b[1], b[0]];
    if (innerA !== innerB)
      call.fail('onnx.inner_sizes', { a: [...a], b: [...b], left: innerA, right: innerB });
    const c = call.optional(2)?.dims;
    if (c !== undefined) {
      const fits =
        c.length <= 2 && c.every((length, i) => length === 1 || length === [rows, columns][i + 2 - c.length]);
      if (!fits) {
        call.fail('onnx.shape_mismatch', {
          index: 2,
          expected: `[${rows}|1, ${columns}|1] or [${columns}|1]`,
          got: [...c],
        });
      }
    }
    return [{ dtype, dims: [rows, columns] }];
  },
  Einsum(call) {
    call.arity(1, Number.POSITIVE_INFINITY);
    const { dtype } = call.type(0, numericTypes);
    const indices = Array.from({ length: call.count }, (_, i) => i);
    call.sameElementType(...indices);
    const text = stringAttribute(call.node, 'equation');
    const equation = parseEquation(
      text,
      indices.map((i) => call.type(i).dims.length),
    );
    if (equation === undefined || equation.inputs.length !== call.count) {
      return call.fail('onnx.bad_attribute', { attribute: 'equation', expected: 'ij,jk->ik', got: text });
    }
    const sizes = new Map<string, number>();
    for (const [i, letters] of equation.inputs.entries()) {
      const dims = call.rank(i, letters.length);
      for (const [axis, letter] of letters.entries()) {
        const known = sizes.get(letter) ?? 1;
        const got = dims[axis];
        if (known !== 1 && got !== 1 && known !== got) {
          call.fail('onnx.inner_sizes', { a: [known], b: [...dims], left: known, right: got });
        }
        if (known === 1) sizes.set(letter, got);
      }
    }
    return [{ dtype, dims: equation.output.map((letter) => sizes.get(letter) ?? 1) }];
  },
};

/** onnxruntime's own matrix products (domain `com.microsoft`). */
export const fusedMatrixRules: TypeRules = {
  FusedMatMul(call) {
    call.arity(2, 2);
    const { dtype, dims: a } = call.type(0, floatTypes);
    call.sameElementType(0, 1);
    numberAttribute(call.node, 'alpha', 1);
    for (const name of ['transBatchA', 'transBatchB']) {
      if (flagAttribute(call.node, name, false)) call.fail('onnx.unsupported', { feature: `${name} = 1` });
    }
    const left = flagAttribute(call.node, 'transA', false) ? swapLast(a) : a;
    const b = call.type(1).dims;
    const right = flagAttribute(call.node, 'transB', false) ? swapLast(b) : b;
    return [{ dtype, dims: productDims(call, left, right) }];
  },
};

function swapLast(dims: Dims): Dims {
  const rank = dims.length;
  return rank < 2 ? dims : [...dims.slice(0, rank - 2), dims[rank - 1], dims[rank - 2]];
}

/**
 * numpy.matmul: a 1-D operand is a row on the left, a column on the right, and its axis goes again.
 * @param places which operands of the call they are
 */
export function productDims(call: OperatorCall, a: Dims, b: Dims, places: readonly number[] = [0, 1]): Dims {
  for (const index of places) call.rank(index, 1, Number.POSITIVE_INFINITY);
  const left = a.length === 1 ? [1, a[0]] : a;
  const right = b.length === 1 ? [b[0], 1] : b;
  const inner = left[left.length - 1];
  const other = right[right.length - 2];
  if (inner !== other) call.fail('onnx.inner_sizes', { a: [...a], b: [...b], left: inner, right: other });
  const batch = tryBroadcast(left.slice(0, -2), right.slice(0, -2));
  if (batch === undefined) call.fail('onnx.not_broadcastable', { a: [...a], b: [...b] });
  return [
    ...batch,
    ...(a.length === 1 ? [] : [left[left.length - 2]]),
    ...(b.length === 1 ? [] : [right[right.length - 1]]),
  ];
}
