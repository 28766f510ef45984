import type { DataType, Dims } from '../../tensor/tensor.ts';
import { hasAttribute, intAttribute } from '../attributes.ts';
import { dataTypeOfCode, floatTypes } from '../data-types.ts';
import { resolveWindow } from '../window.ts';
import type { OperatorCall, TypeRules } from './call.ts';
import { productDims } from './matrix.ts';

const bytes: readonly DataType[] = ['int8', 'uint8'];
const stored: readonly DataType[] = [...bytes, 'int16', 'uint16', 'int32'];

/** Shape of a convolution of the operands at these places. */
function convolved(call: OperatorCall, signal: number, weight: number): Dims {
  const x = call.rank(signal, 3, Number.POSITIVE_INFINITY);
  const w = call.rank(weight, x.length);
  const groups = intAttribute(call.node, 'group', 1);
  if (groups < 1 || x[1] !== w[1] * groups || w[0] % groups !== 0) {
    call.fail('onnx.channel_mismatch', { channels: x[1], weight: [...w], groups });
  }
  return [x[0], w[0], ...resolveWindow(call.node, x.slice(2), w.slice(2)).output];
}

/** Signal, scale, zero point; weight, scale, zero point; scale and zero point of the result, which has its type. */
function requantized(call: OperatorCall, most: number): DataType {
  call.arity(8, most);
  for (const index of [0, 3]) call.type(index, bytes);
  for (const index of [1, 4, 6]) call.type(index, floatTypes);
  return call.type(7, bytes).dtype;
}

/** Real numbers as whole ones of a scale and a zero point, and back. */
export const quantizationRules: TypeRules = {
  QuantizeLinear(call) {
    call.arity(2, 3);
    const { dims } = call.type(0, [...floatTypes, 'int32']);
    call.type(1, floatTypes);
    const zero = call.optional(2, stored);
    const wanted = hasAttribute(call.node, 'output_dtype') ? intAttribute(call.node, 'output_dtype') : 0;
    const dtype = zero?.dtype ?? (wanted === 0 ? 'uint8' : dataTypeOfCode(wanted));
    if (dtype === undefined) return call.fail('onnx.unsupported', { feature: `output_dtype = ${wanted}` });
    return [{ dtype, dims }];
  },
  DequantizeLinear(call) {
    call.arity(2, 3);
    const { dtype, dims } = call.type(0, stored);
    const scale = call.type(1, floatTypes).dtype;
    if (call.optional(2, [dtype]) !== undefined) call.shape(2, call.type(1).dims);
    return [{ dtype: scale, dims }];
  },
  MatMulInteger(call) {
    call.arity(2, 4);
    const [a, b] = [call.type(0, bytes).dims, call.type(1, bytes).dims];
    return [{ dtype: 'int32', dims: productDims(call, a, b) }];
  },
  ConvInteger(call) {
    call.arity(2, 4);
    for (const index of [0, 1]) call.type(index, bytes);
    return [{ dtype: 'int32', dims: convolved(call, 0, 1) }];
  },
  QLinearMatMul(call) {
    const dtype = requantized(call, 8);
    return [{ dtype, dims: productDims(call, call.type(0).dims, call.type(3).dims, [0, 3]) }];
  },
  QLinearConv(call) {
    const dtype = requantized(call, 9);
    return [{ dtype, dims: convolved(call, 0, 3) }];
  },
  DynamicQuantizeLinear(call) {
    call.arity(1, 1, 3);
    const { dims } = call.type(0, ['float32']);
    return [
      { dtype: 'uint8', dims },
      { dtype: 'float32', dims: [] },
      { dtype: 'uint8', dims: [] },
    ];
  },
};
