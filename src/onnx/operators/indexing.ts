import type { Dims } from '../../tensor/tensor.ts';
import { intAttribute, intsAttribute, stringAttribute } from '../attributes.ts';
import { numericTypes } from '../data-types.ts';
import type { OperatorCall, TypeRules } from './call.ts';

const indexTypes = ['int32', 'int64'] as const;

/** Parts of a tensor, by position. */
export const indexingRules: TypeRules = {
  Slice(call) {
    call.arity(3, 5);
    const { dtype, dims } = call.type(0);
    const result = [...dims];
    for (const { axis, count } of sliceRanges(call)) result[axis] = count;
    return [{ dtype, dims: result }];
  },
  Gather(call) {
    call.arity(2, 2);
    const { dtype } = call.type(0);
    const dims = call.rank(0, 1, Number.POSITIVE_INFINITY);
    const indices = call.type(1, indexTypes).dims;
    const axis = call.axis(intAttribute(call.node, 'axis', 0), dims.length);
    return [{ dtype, dims: [...dims.slice(0, axis), ...indices, ...dims.slice(axis + 1)] }];
  },
  GatherElements(call) {
    call.arity(2, 2);
    const { dtype } = call.type(0);
    const dims = call.rank(0, 1, Number.POSITIVE_INFINITY);
    call.type(1, indexTypes);
    const indices = call.rank(1, dims.length);
    const axis = call.axis(intAttribute(call.node, 'axis', 0), dims.length);
    within(call, indices, dims, axis);
    return [{ dtype, dims: indices }];
  },
  GatherND(call) {
    call.arity(2, 2);
    const { dtype } = call.type(0);
    const dims = call.rank(0, 1, Number.POSITIVE_INFINITY);
    call.type(1, ['int64']);
    const indices = call.rank(1, 1, Number.POSITIVE_INFINITY);
    const batch = intAttribute(call.node, 'batch_dims', 0);
    const depth = indices[indices.length - 1];
    if (batch < 0 || batch >= indices.length || batch + depth > dims.length) {
      call.fail('onnx.shape_mismatch', {
        index: 1,
        expected: `[..., <= ${dims.length - batch}]`,
        got: [...indices],
      });
    }
    return [{ dtype, dims: [...indices.slice(0, -1), ...dims.slice(batch + depth)] }];
  },
  ScatterElements(call) {
    call.arity(3, 3);
    const type = call.type(0);
    const dims = call.rank(0, 1, Number.POSITIVE_INFINITY);
    call.type(1, indexTypes);
    const indices = call.rank(1, dims.length);
    within(call, indices, dims, call.axis(intAttribute(call.node, 'axis', 0), dims.length));
    stringAttribute(call.node, 'reduction', 'none', ['none', 'add', 'mul', 'max', 'min']);
    call.sameElementType(0, 2);
    call.shape(2, indices);
    return [type];
  },
  ScatterND(call) {
    call.arity(3, 3);
    const type = call.type(0);
    const dims = call.rank(0, 1, Number.POSITIVE_INFINITY);
    call.type(1, ['int64']);
    const indices = call.rank(1, 1, Number.POSITIVE_INFINITY);
    const depth = indices[indices.length - 1];
    if (depth > dims.length) {
      call.fail('onnx.shape_mismatch', { index: 1, expected: `[..., <= ${dims.length}]`, got: [...indices] });
    }
    stringAttribute(call.node, 'reduction', 'none', ['none', 'add', 'mul', 'max', 'min']);
    call.sameElementType(0, 2);
    call.shape(2, [...indices.slice(0, -1), ...dims.slice(depth)]);
    return [type];
  },
  OneHot(call) {
    call.arity(3, 3);
    const { dims } = call.type(0, numericTypes);
    call.type(1, numericTypes);
    call.rank(1, 0, 1);
    const depth = Number(call.constant(1).data[0]);
    if (!Number.isInteger(depth) || depth < 1) {
      call.fail('onnx.bad_operand', { index: 1, expected: '>= 1', got: `${depth}` });
    }
    const { dtype } = call.type(2);
    call.shape(2, [2]);
    const axis = call.axis(intAttribute(call.node, 'axis', -1), dims.length + 1);
    return [{ dtype, dims: [...dims.slice(0, axis), depth, ...dims.slice(axis)] }];
  },
  Pad(call) {
    call.arity(2, 4);
    const { dtype, dims } = call.type(0);
    stringAttribute(call.node, 'mode', 'constant', ['constant', 'reflect', 'edge', 'wrap']);
    if (call.optional(2) !== undefined) {
      call.sameElementType(0, 2);
      call.rank(2, 0, 1);
    }
    const axes = call.axes(call.optionalInts(3) ?? dims.map((_, i) => i), dims.length);
    const pads = call.ints(1);
    if (pads.length !== 2 * axes.length) {
      call.fail('onnx.bad_operand', {
        index: 1,
        expected: `${2 * axes.length} x int`,
        got: `[${pads.join(', ')}]`,
      });
    }
    const result = [...dims];
    for (const [i, axis] of axes.entries()) {
      result[axis] += pads[i] + pads[i + axes.length];
      if (!(result[axis] >= 0))
        call.fail('onnx.bad_operand', {
          index: 1,
          expected: `>= -${dims[axis]}`,
          got: `[${pads.join(', ')}]`,
        });
    }
    return [{ dtype, dims: result }];
  },
  Trilu(call) {
    call.arity(1, 2);
    const type = call.type(0);
    call.rank(0, 2, Number.POSITIVE_INFINITY);
    if (call.optional(1, ['int64']) !== undefined) call.rank(1, 0, 1);
    return [type];
  },
  TopK(call) {
    call.arity(2, 2, 2);
    const { dtype } = call.type(0, numericTypes);
    const dims = call.rank(0, 1, Number.POSITIVE_INFINITY);
    const axis = call.axis(intAttribute(call.node, 'axis', -1), dims.length);
    const [count] = call.ints(1);
    if (!(count >= 0 && count <= dims[axis])) {
      call.fail('onnx.bad_operand', { index: 1, expected: `0..${dims[axis]}`, got: `${count}` });
    }
    const result = dims.map((length, i) => (i === axis ? count : length));
    return [
      { dtype, dims: result },
      { dtype: 'int64', dims: result },
    ];
  },
  LRN(call) {
    call.arity(1, 1);
    intAttribute(call.node, 'size');
    intsAttribute(call.node, 'axes', []);
    const type = call.type(0, numericTypes);
    call.rank(0, 3, Number.POSITIVE_INFINITY);
    return [type];
  },
};

/** One axis of a Slice: elements start, start + step, ... , `count` of them. */
export interface SliceRange {
  readonly axis: number;
  readonly start: number;
  readonly step: number;
  readonly count: number;
}

/** The resolved ranges of a Slice: negative positions count from the end, all are clamped as ONNX says. */
export function resolveSlice(
  dims: Dims,
  starts: readonly number[],
  ends: readonly number[],
  axes: readonly number[],
  steps: readonly number[],
): SliceRange[] {
  return axes.map((given, i) => {
    const axis = given < 0 ? given + dims.length : given;
    const length = dims[axis];
    const step = steps[i];
    const clamp = (value: number, least: number, most: number) =>
      Math.min(Math.max(value < 0 ? value + length : value, least), most);
    const start = step > 0 ? clamp(starts[i], 0, length) : clamp(starts[i], 0, Math.max(length - 1, 0));
    const end = step > 0 ? clamp(ends[i], 0, length) : clamp(ends[i], -1, Math.max(length - 1, 0));
    const count = length === 0 ? 0 : Math.max(Math.ceil((end - start) / step), 0);
    return { axis, start, step, count };
  });
}

function sliceRanges(call: OperatorCall): SliceRange[] {
  const { dims } = call.type(0);
  const starts = call.ints(1);
  const ends = call.ints(2);
  const axes = call.axes(call.optionalInts(3) ?? starts.map((_, i) => i), dims.length);
  const steps = call.optionalInts(4) ?? starts.map(() => 1);
  for (const [index, list] of [
    [2, ends],
    [3, axes],
    [4, steps],
  ] as const) {
    if (list.length !== starts.length) {
      call.fail('onnx.bad_operand', {
        index,
        expected: `${starts.length} x int`,
        got: `[${list.join(', ')}]`,
      });
    }
  }
  if (steps.includes(0))
    call.fail('onnx.bad_operand', { index: 4, expected: 'step != 0', got: `[${steps.join(', ')}]` });
  return resolveSlice(dims, starts, ends, axes, steps);
}

function within(call: OperatorCall, indices: Dims, dims: Dims, axis: number): void {
  if (indices.some((length, i) => i !== axis && length > dims[i])) {
    const expected = dims.map((length, i) => (i === axis ? '?' : `<= ${length}`)).join(', ');
    call.fail('onnx.shape_mismatch', { index: 1, expected: `[${expected}]`, got: [...indices] });
  }
}
