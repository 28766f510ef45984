import type { DataType, Dims } from '../../tensor/tensor.ts';
import { tryBroadcast } from '../broadcast.ts';
import { floatTypes, integerTypes, numericTypes } from '../data-types.ts';
import type { OperatorCall, TypeRule, TypeRules } from './call.ts';

/** The common shape of operands, or an error that names the node. */
export function broadcastOperands(call: OperatorCall, indices: readonly number[]): Dims {
  let dims: Dims = call.type(indices[0]).dims;
  for (const index of indices.slice(1)) {
    const other = call.type(index).dims;
    const both = tryBroadcast(dims, other);
    if (both === undefined) call.fail('onnx.not_broadcastable', { a: [...dims], b: [...other] });
    dims = both;
  }
  return dims;
}

function binary(allowed: readonly DataType[] | undefined, result?: DataType): TypeRule {
  return (call) => {
    call.arity(2, 2);
    const { dtype } = call.type(0, allowed);
    call.sameElementType(0, 1);
    return [{ dtype: result ?? dtype, dims: broadcastOperands(call, [0, 1]) }];
  };
}

function variadic(allowed: readonly DataType[]): TypeRule {
  return (call) => {
    call.arity(1, Number.POSITIVE_INFINITY);
    const { dtype } = call.type(0, allowed);
    const indices = Array.from({ length: call.count }, (_, i) => i);
    for (const index of indices) call.type(index);
    call.sameElementType(...indices);
    return [{ dtype, dims: broadcastOperands(call, indices) }];
  };
}

const arithmetic = binary(numericTypes);
const logic = binary(['bool']);
const comparison = binary(numericTypes, 'bool');

/** Several operands stretched to a common shape. */
export const broadcastRules: TypeRules = {
  Add: arithmetic,
  Sub: arithmetic,
  Mul: arithmetic,
  Div: arithmetic,
  Mod: arithmetic,
  And: logic,
  Or: logic,
  Xor: logic,
  Equal: binary(undefined, 'bool'),
  Greater: comparison,
  GreaterOrEqual: comparison,
  Less: comparison,
  LessOrEqual: comparison,
  BitwiseAnd: binary(integerTypes),
  BitwiseOr: binary(integerTypes),
  BitwiseXor: binary(integerTypes),
  BitShift: binary(integerTypes),
  Max: variadic(numericTypes),
  Min: variadic(numericTypes),
  Sum: variadic(floatTypes),
  Mean: variadic(floatTypes),
  Pow(call) {
    call.arity(2, 2);
    // The one operator whose operands may differ in type; the base decides.
    const { dtype } = call.type(0, ['float32', 'float64', 'int32', 'int64']);
    call.type(1, numericTypes);
    return [{ dtype, dims: broadcastOperands(call, [0, 1]) }];
  },
  Where(call) {
    call.arity(3, 3);
    call.type(0, ['bool']);
    const dtype = call.sameElementType(1, 2);
    return [{ dtype, dims: broadcastOperands(call, [0, 1, 2]) }];
  },
  PRelu(call) {
    call.arity(2, 2);
    const { dtype, dims } = call.type(0, numericTypes);
    call.sameElementType(0, 1);
    const slope = call.type(1).dims;
    const both = tryBroadcast(dims, slope);
    if (both === undefined || both.length !== dims.length || both.some((length, i) => length !== dims[i])) {
      call.fail('onnx.not_broadcastable', { a: [...dims], b: [...slope] });
    }
    return [{ dtype, dims }];
  },
};
