import type { Dims } from '../../tensor/tensor.ts';
import { intAttribute, intsAttribute } from '../attributes.ts';
import { floatTypes, numericTypes } from '../data-types.ts';
import { resolveWindow } from '../window.ts';
import type { OperatorCall, TypeRule, TypeRules } from './call.ts';

const globalPool: TypeRule = (call) => {
  call.arity(1, 1);
  const { dtype } = call.type(0, floatTypes);
  const dims = call.rank(0, 3, Number.POSITIVE_INFINITY);
  return [{ dtype, dims: dims.map((length, axis) => (axis < 2 ? length : 1)) }];
};

/** Pools over X [N, C, D1...]. */
export const poolingRules: TypeRules = {
  MaxPool(call) {
    call.arity(1, 1, 2);
    const { dtype } = call.type(0, numericTypes);
    intAttribute(call.node, 'storage_order', 0);
    const dims = pooled(call);
    return [
      { dtype, dims },
      { dtype: 'int64', dims },
    ];
  },
  AveragePool(call) {
    call.arity(1, 1);
    const { dtype } = call.type(0, floatTypes);
    intAttribute(call.node, 'count_include_pad', 0);
    return [{ dtype, dims: pooled(call) }];
  },
  GlobalAveragePool: globalPool,
  GlobalMaxPool: globalPool,
  MaxUnpool(call) {
    call.arity(2, 3);
    const { dtype } = call.type(0, floatTypes);
    call.type(1, ['int64']);
    const dims = call.rank(0, 3, Number.POSITIVE_INFINITY);
    call.shape(1, dims);
    const kernel = kernelShape(call, dims.length - 2);
    const wanted = call.optionalInts(2);
    if (wanted !== undefined) {
      if (wanted.length !== dims.length || wanted.some((length, i) => length < dims[i])) {
        call.fail('onnx.bad_operand', {
          index: 2,
          expected: `>= [${dims.join(', ')}]`,
          got: `[${wanted.join(', ')}]`,
        });
      }
      return [{ dtype, dims: wanted }];
    }
    const strides = intsAttribute(
      call.node,
      'strides',
      kernel.map(() => 1),
    );
    const pads = intsAttribute(
      call.node,
      'pads',
      [...kernel, ...kernel].map(() => 0),
    );
    const rank = kernel.length;
    if (strides.length !== rank || pads.length !== 2 * rank) {
      call.fail('onnx.bad_attribute', {
        attribute: 'strides, pads',
        expected: `${rank}, ${2 * rank}`,
        got: `${strides.length}, ${pads.length}`,
      });
    }
    const spatial = kernel.map(
      (length, i) => (dims[i + 2] - 1) * strides[i] - pads[i] - pads[i + rank] + length,
    );
    if (spatial.some((length) => length < 1)) {
      call.fail('onnx.window_too_large', { input: dims.slice(2), kernel: [...kernel] });
    }
    return [{ dtype, dims: [dims[0], dims[1], ...spatial] }];
  },
};

function pooled(call: OperatorCall): Dims {
  const dims = call.rank(0, 3, Number.POSITIVE_INFINITY);
  const window = resolveWindow(call.node, dims.slice(2), kernelShape(call, dims.length - 2));
  return [dims[0], dims[1], ...window.output];
}

function kernelShape(call: OperatorCall, rank: number): readonly number[] {
  const kernel = intsAttribute(call.node, 'kernel_shape');
  if (kernel.length !== rank || kernel.some((length) => length < 1)) {
    call.fail('onnx.bad_attribute', {
      attribute: 'kernel_shape',
      expected: `${rank} x int >= 1`,
      got: `[${kernel.join(', ')}]`,
    });
  }
  return kernel;
}
