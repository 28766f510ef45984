import type { DataType } from '../../tensor/tensor.ts';
import { hasAttribute, intAttribute } from '../attributes.ts';
import { dataTypeOfCode, floatTypes } from '../data-types.ts';
import type { TypeRules } from './call.ts';

const bytes: readonly DataType[] = ['int8', 'uint8'];
const stored: readonly DataType[] = [...bytes, 'int16', 'uint16', 'int32'];

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
