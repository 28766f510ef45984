import { type DataType, int64, type Tensor, tensor } from '../../tensor/tensor.ts';
import {
  hasAttribute,
  intAttribute,
  intsAttribute,
  numberAttribute,
  numbersAttribute,
  tensorAttribute,
} from '../attributes.ts';
import { dataTypeOfCode, floatTypes } from '../data-types.ts';
import type { GraphNode } from '../graph.ts';
import type { TypeRules } from './call.ts';

/** Tensors out of nothing, or out of a shape. */
export const generatorRules: TypeRules = {
  Constant(call) {
    call.arity(0, 0);
    const value = constantValue(call.node);
    if (value === undefined) return call.fail('onnx.missing_attribute', { attribute: 'value' });
    return [{ dtype: value.dtype, dims: value.dims }];
  },
  ConstantOfShape(call) {
    call.arity(1, 1);
    const dims = call.ints(0);
    if (dims.some((length) => length < 0)) {
      call.fail('onnx.bad_operand', { index: 0, expected: '>= 0', got: `[${dims.join(', ')}]` });
    }
    const value = hasAttribute(call.node, 'value') ? tensorAttribute(call.node, 'value') : undefined;
    return [{ dtype: value?.dtype ?? 'float32', dims }];
  },
  Shape(call) {
    call.arity(1, 1);
    const rank = call.type(0).dims.length;
    const clamp = (value: number) => Math.min(Math.max(value < 0 ? value + rank : value, 0), rank);
    const start = clamp(intAttribute(call.node, 'start', 0));
    const end = clamp(intAttribute(call.node, 'end', rank));
    return [{ dtype: 'int64', dims: [Math.max(end - start, 0)] }];
  },
  Size(call) {
    call.arity(1, 1);
    return [{ dtype: 'int64', dims: [] }];
  },
  Range(call) {
    call.arity(3, 3);
    const { dtype } = call.type(0, ['float32', 'float64', 'int16', 'int32', 'int64']);
    call.sameElementType(0, 1, 2);
    const [start, limit, step] = [0, 1, 2].map((i) => {
      call.rank(i, 0);
      return Number(call.constant(i).data[0]);
    });
    const count = Math.max(Math.ceil((limit - start) / step), 0);
    if (!Number.isFinite(count))
      call.fail('onnx.bad_operand', { index: 2, expected: '!= 0', got: `${step}` });
    return [{ dtype, dims: [count] }];
  },
  EyeLike(call) {
    call.arity(1, 1);
    const { dtype } = call.type(0);
    const dims = call.rank(0, 2);
    intAttribute(call.node, 'k', 0);
    if (!hasAttribute(call.node, 'dtype')) return [{ dtype, dims }];
    const code = intAttribute(call.node, 'dtype');
    const wanted = dataTypeOfCode(code);
    if (wanted === undefined) return call.fail('onnx.unsupported', { feature: `dtype = ${code}` });
    return [{ dtype: wanted, dims }];
  },
  ...random('RandomNormalLike', 'mean', 'scale'),
  ...random('RandomUniformLike', 'low', 'high'),
  ...random('Bernoulli'),
};

function random(operator: string, ...numbers: string[]): TypeRules {
  return {
    [operator](call) {
      call.arity(1, 1);
      const { dtype, dims } = call.type(0, floatTypes);
      for (const name of numbers) numberAttribute(call.node, name, 0);
      if (!hasAttribute(call.node, 'dtype')) return [{ dtype, dims }];
      const code = intAttribute(call.node, 'dtype');
      const wanted: DataType | undefined = dataTypeOfCode(code);
      if (wanted === undefined) return call.fail('onnx.unsupported', { feature: `dtype = ${code}` });
      return [{ dtype: wanted, dims }];
    },
  };
}

/** The tensor that a Constant node stands for, from whichever attribute states it; undefined if none does. */
export function constantValue(node: GraphNode): Tensor | undefined {
  if (hasAttribute(node, 'value')) return tensorAttribute(node, 'value');
  if (hasAttribute(node, 'value_int')) return int64([], [intAttribute(node, 'value_int')]);
  if (hasAttribute(node, 'value_float')) {
    return tensor('float32', [], Float32Array.of(numberAttribute(node, 'value_float')));
  }
  if (hasAttribute(node, 'value_ints')) {
    const values = intsAttribute(node, 'value_ints');
    return int64([values.length], values);
  }
  if (hasAttribute(node, 'value_floats')) {
    const values = Float32Array.from(numbersAttribute(node, 'value_floats'));
    return tensor('float32', [values.length], values);
  }
  return undefined;
}
