import { intAttribute, intsAttribute } from '../attributes.ts';
import { floatTypes } from '../data-types.ts';
import { resolveTransposedWindow, resolveWindow } from '../window.ts';
import type { OperatorCall, TypeRules } from './call.ts';

/** Convolutions: X [N, C, D1...], W [M, C/group, k1...] (transposed: [C, M/group, k1...]), B [M]. */
export const convolutionRules: TypeRules = {
  Conv(call) {
    const { dtype, x, w, kernel, groups } = operands(call);
    if (x[1] !== w[1] * groups) {
      call.fail('onnx.channel_mismatch', { channels: x[1], weight: [...w], groups });
    }
    if (w[0] % groups !== 0) call.fail('onnx.channel_mismatch', { channels: x[1], weight: [...w], groups });
    if (call.optional(2) !== undefined) call.shape(2, [w[0]]);
    return [{ dtype, dims: [x[0], w[0], ...resolveWindow(call.node, x.slice(2), kernel).output] }];
  },
  ConvTranspose(call) {
    const { dtype, x, w, kernel, groups } = operands(call);
    if (x[1] !== w[0] || w[0] % groups !== 0) {
      call.fail('onnx.channel_mismatch', { channels: x[1], weight: [...w], groups });
    }
    const channels = w[1] * groups;
    if (call.optional(2) !== undefined) call.shape(2, [channels]);
    return [
      { dtype, dims: [x[0], channels, ...resolveTransposedWindow(call.node, x.slice(2), kernel).output] },
    ];
  },
};

function operands(call: OperatorCall) {
  call.arity(2, 3);
  const { dtype } = call.type(0, floatTypes);
  call.sameElementType(0, 1, 2);
  const x = call.rank(0, 3, Number.POSITIVE_INFINITY);
  const w = call.rank(1, x.length);
  const kernel = w.slice(2);
  const stated = intsAttribute(call.node, 'kernel_shape', kernel);
  if (stated.length !== kernel.length || stated.some((length, i) => length !== kernel[i])) {
    call.fail('onnx.bad_attribute', {
      attribute: 'kernel_shape',
      expected: `[${kernel.join(', ')}]`,
      got: `[${stated.join(', ')}]`,
    });
  }
  const groups = intAttribute(call.node, 'group', 1);
  if (groups < 1) call.fail('onnx.bad_attribute', { attribute: 'group', expected: '>= 1', got: `${groups}` });
  return { dtype, x, w, kernel, groups };
}
