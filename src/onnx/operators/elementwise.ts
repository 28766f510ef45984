import type { DataType } from '../../tensor/tensor.ts';
import { intAttribute } from '../attributes.ts';
import { dataTypeOfCode, floatTypes, numericTypes } from '../data-types.ts';
import type { TypeRule, TypeRules } from './call.ts';

/** One operand, same type and shape out. */
export function unary(allowed: readonly DataType[]): TypeRule {
  return (call) => {
    call.arity(1, 1);
    return [call.type(0, allowed)];
  };
}

function predicate(allowed: readonly DataType[]): TypeRule {
  return (call) => {
    call.arity(1, 1);
    return [{ dtype: 'bool', dims: call.type(0, allowed).dims }];
  };
}

const float = unary(floatTypes);
const numeric = unary(numericTypes);

/** Element by element: arithmetic of one operand, casts and tests. */
export const elementwiseRules: TypeRules = {
  Neg: numeric,
  Abs: numeric,
  Sign: numeric,
  Sqrt: float,
  Exp: float,
  Log: float,
  Erf: float,
  Reciprocal: float,
  Sin: float,
  Cos: float,
  Tan: float,
  Asin: float,
  Acos: float,
  Atan: float,
  Sinh: float,
  Cosh: float,
  Asinh: float,
  Acosh: float,
  Atanh: float,
  Floor: float,
  Ceil: float,
  Round: float,
  Not: unary(['bool']),
  IsNaN: predicate(floatTypes),
  IsInf: predicate(floatTypes),
  Identity(call) {
    call.arity(1, 1);
    return [call.type(0)];
  },
  Cast(call) {
    call.arity(1, 1);
    const to = intAttribute(call.node, 'to');
    const dtype = dataTypeOfCode(to);
    if (dtype === undefined) return call.fail('onnx.unsupported', { feature: `to = ${to}` });
    return [{ dtype, dims: call.type(0).dims }];
  },
  Clip(call) {
    call.arity(1, 3);
    const { dtype, dims } = call.type(0, numericTypes);
    call.sameElementType(0, 1, 2);
    for (const i of [1, 2]) if (call.optional(i) !== undefined) call.rank(i, 0);
    return [{ dtype, dims }];
  },
  Dropout(call) {
    call.arity(1, 3, 2);
    const type = call.type(0, floatTypes);
    if (call.optional(1, floatTypes) !== undefined) call.rank(1, 0);
    if (call.optional(2, ['bool']) !== undefined) call.rank(2, 0);
    return [type, { dtype: 'bool', dims: type.dims }];
  },
};
