import type { DataType, Dims } from '../../tensor/tensor.ts';
import { flagAttribute, intAttribute } from '../attributes.ts';
import { floatTypes, numericTypes } from '../data-types.ts';
import type { TypeRule, TypeRules } from './call.ts';

function reduce(allowed: readonly DataType[]): TypeRule {
  return (call) => {
    call.arity(1, 2);
    const { dtype, dims } = call.type(0, allowed);
    const given = call.optionalInts(1) ?? [];
    const keep = flagAttribute(call.node, 'keepdims', true);
    if (given.length === 0 && flagAttribute(call.node, 'noop_with_empty_axes', false))
      return [{ dtype, dims }];
    const axes = given.length === 0 ? dims.map((_, i) => i) : call.axes(given, dims.length);
    return [{ dtype, dims: without(dims, axes, keep) }];
  };
}

const position: TypeRule = (call) => {
  call.arity(1, 1);
  const { dims } = call.type(0, numericTypes);
  call.rank(0, 1, Number.POSITIVE_INFINITY);
  const axis = call.axis(intAttribute(call.node, 'axis', 0), dims.length);
  if (dims[axis] === 0) call.fail('onnx.empty_axis', { axis, dims: [...dims] });
  return [{ dtype: 'int64', dims: without(dims, [axis], flagAttribute(call.node, 'keepdims', true)) }];
};

const sums = reduce(numericTypes);

/** Axes folded into one number each. Axes are an input since opset 18. */
export const reductionRules: TypeRules = {
  ReduceSum: sums,
  ReduceMean: sums,
  ReduceMax: sums,
  ReduceMin: sums,
  ReduceProd: sums,
  ReduceL1: sums,
  ReduceL2: sums,
  ReduceSumSquare: sums,
  ReduceLogSum: reduce(floatTypes),
  ReduceLogSumExp: reduce(floatTypes),
  ArgMax: position,
  ArgMin: position,
  CumSum(call) {
    call.arity(2, 2);
    const type = call.type(0, numericTypes);
    call.type(1, ['int32', 'int64']);
    call.rank(1, 0, 1);
    return [type];
  },
};

function without(dims: Dims, axes: readonly number[], keep: boolean): number[] {
  const gone = new Set(axes);
  return keep ? dims.map((length, i) => (gone.has(i) ? 1 : length)) : dims.filter((_, i) => !gone.has(i));
}
