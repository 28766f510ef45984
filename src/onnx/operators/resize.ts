import { hasAttribute, intsAttribute, stringAttribute } from '../attributes.ts';
import { numericTypes } from '../data-types.ts';
import type { TypeRules } from './call.ts';

/** Resampling of spatial axes. */
export const resizeRules: TypeRules = {
  Resize(call) {
    call.arity(1, 4);
    const { dtype, dims } = call.type(0, numericTypes);
    const mode = stringAttribute(call.node, 'mode', 'nearest', ['nearest', 'linear', 'cubic']);
    if (mode === 'cubic') call.fail('onnx.unsupported', { feature: 'mode = cubic' });
    const policy = stringAttribute(call.node, 'keep_aspect_ratio_policy', 'stretch');
    if (policy !== 'stretch')
      call.fail('onnx.unsupported', { feature: `keep_aspect_ratio_policy = ${policy}` });
    const axes = hasAttribute(call.node, 'axes')
      ? call.axes(intsAttribute(call.node, 'axes'), dims.length)
      : dims.map((_, i) => i);
    // An empty tensor stands for an absent operand in older exporters.
    const given = (index: number) => {
      const type = call.optional(index);
      return type !== undefined && type.dims[0] !== 0;
    };
    const result = [...dims];
    if (given(3)) {
      const sizes = call.ints(3);
      if (sizes.length !== axes.length || sizes.some((length) => length < 0)) {
        call.fail('onnx.bad_operand', {
          index: 3,
          expected: `${axes.length} x int >= 0`,
          got: `[${sizes.join(', ')}]`,
        });
      }
      for (const [i, axis] of axes.entries()) result[axis] = sizes[i];
    } else {
      call.type(2, ['float32']);
      const scales = Array.from(call.constant(2).data, Number);
      if (scales.length !== axes.length || scales.some((scale) => !(scale > 0 && scale < 2 ** 31))) {
        call.fail('onnx.bad_operand', {
          index: 2,
          expected: `${axes.length} x float > 0`,
          got: `[${scales.join(', ')}]`,
        });
      }
      for (const [i, axis] of axes.entries()) result[axis] = Math.floor(Math.fround(dims[axis] * scales[i]));
    }
    return [{ dtype, dims: result }];
  },
};
