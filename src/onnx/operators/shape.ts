import { type Dims, elementCount } from '../../tensor/tensor.ts';
import { flagAttribute, hasAttribute, intAttribute, intsAttribute, stringAttribute } from '../attributes.ts';
import { tryBroadcast } from '../broadcast.ts';
import { floatTypes } from '../data-types.ts';
import type { OperatorCall, TypeRules } from './call.ts';

/** The same elements in another shape or order, or several tensors in one. */
export const shapeRules: TypeRules = {
  Reshape(call) {
    call.arity(2, 2);
    const { dtype, dims } = call.type(0);
    return [{ dtype, dims: reshaped(call, dims, call.ints(1)) }];
  },
  Flatten(call) {
    call.arity(1, 1);
    const { dtype, dims } = call.type(0);
    const axis = intAttribute(call.node, 'axis', 1);
    // The axis may also be the rank itself: everything in one row.
    const split = axis === dims.length ? axis : call.axis(axis, dims.length);
    return [{ dtype, dims: [elementCount(dims.slice(0, split)), elementCount(dims.slice(split))] }];
  },
  Transpose(call) {
    call.arity(1, 1);
    const { dtype, dims } = call.type(0);
    const order = intsAttribute(
      call.node,
      'perm',
      dims.map((_, i) => dims.length - 1 - i),
    );
    if (order.length !== dims.length || dims.some((_, i) => !order.includes(i))) {
      call.fail('onnx.bad_attribute', {
        attribute: 'perm',
        expected: `0..${dims.length - 1}`,
        got: `[${order.join(', ')}]`,
      });
    }
    return [{ dtype, dims: order.map((axis) => dims[axis]) }];
  },
  Squeeze(call) {
    call.arity(1, 2);
    const { dtype, dims } = call.type(0);
    const given = call.optionalInts(1);
    if (given === undefined) return [{ dtype, dims: dims.filter((length) => length !== 1) }];
    const gone = new Set(call.axes(given, dims.length));
    for (const axis of gone) {
      if (dims[axis] !== 1) {
        call.fail('onnx.shape_mismatch', { index: 0, expected: `dims[${axis}] = 1`, got: [...dims] });
      }
    }
    return [{ dtype, dims: dims.filter((_, i) => !gone.has(i)) }];
  },
  Unsqueeze(call) {
    call.arity(2, 2);
    const { dtype, dims } = call.type(0);
    const given = call.ints(1);
    const fresh = new Set(call.axes(given, dims.length + given.length));
    const source = dims.values();
    return [
      {
        dtype,
        dims: Array.from({ length: dims.length + given.length }, (_, i) =>
          fresh.has(i) ? 1 : (source.next().value ?? 1),
        ),
      },
    ];
  },
  Concat(call) {
    call.arity(1, Number.POSITIVE_INFINITY);
    const { dtype, dims } = call.type(0);
    call.rank(0, 1, Number.POSITIVE_INFINITY);
    const axis = call.axis(intAttribute(call.node, 'axis'), dims.length);
    let length = 0;
    for (let i = 0; i < call.count; i++) {
      const other = call.rank(i, dims.length);
      if (other.some((size, k) => k !== axis && size !== dims[k])) {
        const expected = dims.map((size, k) => (k === axis ? '?' : `${size}`)).join(', ');
        call.fail('onnx.shape_mismatch', { index: i, expected: `[${expected}]`, got: [...other] });
      }
      length += other[axis];
    }
    call.sameElementType(...Array.from({ length: call.count }, (_, i) => i));
    return [{ dtype, dims: dims.map((size, k) => (k === axis ? length : size)) }];
  },
  Split(call) {
    call.arity(1, 2, Number.POSITIVE_INFINITY);
    const { dtype, dims } = call.type(0);
    call.rank(0, 1, Number.POSITIVE_INFINITY);
    const axis = call.axis(intAttribute(call.node, 'axis', 0), dims.length);
    const parts = splitLengths(call, dims[axis]);
    return parts.map((part) => ({ dtype, dims: dims.map((size, k) => (k === axis ? part : size)) }));
  },
  Expand(call) {
    call.arity(2, 2);
    const { dtype, dims } = call.type(0);
    const wanted = call.ints(1);
    const both = wanted.some((length) => length < 0) ? undefined : tryBroadcast(dims, wanted);
    if (both === undefined) return call.fail('onnx.not_broadcastable', { a: [...dims], b: wanted });
    return [{ dtype, dims: both }];
  },
  Tile(call) {
    call.arity(2, 2);
    const { dtype, dims } = call.type(0);
    const repeats = call.ints(1);
    if (repeats.length !== dims.length || repeats.some((count) => count < 0)) {
      call.fail('onnx.bad_operand', {
        index: 1,
        expected: `${dims.length} x int >= 0`,
        got: `[${repeats.join(', ')}]`,
      });
    }
    return [{ dtype, dims: dims.map((length, i) => length * repeats[i]) }];
  },
  DepthToSpace(call) {
    call.arity(1, 1);
    const { dtype } = call.type(0);
    const [n, c, h, w] = call.rank(0, 4);
    const block = blockSize(call);
    stringAttribute(call.node, 'mode', 'DCR', ['DCR', 'CRD']);
    if (c % (block * block) !== 0) {
      call.fail('onnx.shape_mismatch', {
        index: 0,
        expected: `[?, ${block * block}k, ?, ?]`,
        got: [n, c, h, w],
      });
    }
    return [{ dtype, dims: [n, c / (block * block), h * block, w * block] }];
  },
  SpaceToDepth(call) {
    call.arity(1, 1);
    const { dtype } = call.type(0, floatTypes);
    const [n, c, h, w] = call.rank(0, 4);
    const block = blockSize(call);
    if (h % block !== 0 || w % block !== 0) {
      call.fail('onnx.shape_mismatch', {
        index: 0,
        expected: `[?, ?, ${block}k, ${block}k]`,
        got: [n, c, h, w],
      });
    }
    return [{ dtype, dims: [n, c * block * block, h / block, w / block] }];
  },
};

function blockSize(call: OperatorCall): number {
  const block = intAttribute(call.node, 'blocksize');
  if (block < 1)
    call.fail('onnx.bad_attribute', { attribute: 'blocksize', expected: '>= 1', got: `${block}` });
  return block;
}

function reshaped(call: OperatorCall, dims: Dims, wanted: readonly number[]): number[] {
  const copyZero = !flagAttribute(call.node, 'allowzero', false);
  const bad = () =>
    call.fail('onnx.element_count', { from: [...dims], to: [...wanted], count: elementCount(dims) });
  const free = wanted.indexOf(-1);
  const result = wanted.map((length, i) => {
    if (length === 0 && copyZero) return i < dims.length ? dims[i] : bad();
    if (length < -1 || (length === -1 && i !== free)) return bad();
    return length === -1 ? 1 : length;
  });
  const known = elementCount(result);
  const total = elementCount(dims);
  if (free >= 0) {
    if (known === 0 || total % known !== 0) bad();
    result[free] = total / known;
  } else if (known !== total) bad();
  return result;
}

function splitLengths(call: OperatorCall, length: number): number[] {
  const given = call.optionalInts(1);
  const outputs = call.outputCount;
  if (given !== undefined) {
    const total = given.reduce((sum, part) => sum + part, 0);
    if (given.length !== outputs || total !== length || given.some((part) => part < 0)) {
      call.fail('onnx.bad_operand', {
        index: 1,
        expected: `${outputs} x int, sum ${length}`,
        got: `[${given.join(', ')}]`,
      });
    }
    return given;
  }
  const count = hasAttribute(call.node, 'num_outputs') ? intAttribute(call.node, 'num_outputs') : outputs;
  if (count !== outputs) {
    call.fail('onnx.bad_attribute', { attribute: 'num_outputs', expected: `${outputs}`, got: `${count}` });
  }
  const part = Math.ceil(length / count);
  const last = length - part * (count - 1);
  if (last < 0) {
    call.fail('onnx.bad_attribute', { attribute: 'num_outputs', expected: `<= ${length}`, got: `${count}` });
  }
  return Array.from({ length: count }, (_, i) => (i === count - 1 ? last : part));
}
