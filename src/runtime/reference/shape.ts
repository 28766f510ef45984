/** Operators that move elements or change dims and leave the values as they are. */
import { flagAttribute, hasAttribute, intAttribute, intsAttribute } from '../../onnx/attributes.ts';
import { constantValue } from '../../onnx/operators/generator.ts';
import { allocate, elementCount, int64, strides, type Tensor, tensor } from '../../tensor/tensor.ts';
import { elementType } from './elementwise.ts';
import {
  fromNumbers,
  type Kernel,
  type KernelTable,
  normalizeAxis,
  numbersOf,
  optionalInts,
  requiredInput,
  reshaped,
  shapesDoNotFit,
} from './kernel.ts';
import { broadcastDims, broadcastOffsets, strideOffsets, tableOffsets, take, wholeAxis } from './offsets.ts';

/** The tensor with its axes in the given order. */
export function transpose(value: Tensor, order: readonly number[]): Tensor {
  const own = strides(value.dims);
  const dims = order.map((axis) => value.dims[axis]);
  return take(
    value,
    strideOffsets(
      dims,
      order.map((axis) => own[axis]),
    ),
    dims,
  );
}

const reshape: Kernel = (call) => {
  const input = requiredInput(call, 0);
  const allowZero = flagAttribute(call.node, 'allowzero', false);
  const wanted = Array.from(numbersOf(requiredInput(call, 1)));
  const dims = wanted.map((length, axis) => (length === 0 && !allowZero ? input.dims[axis] : length));
  const free = dims.indexOf(-1);
  if (free >= 0) {
    const rest = dims.reduce((product, length, axis) => (axis === free ? product : product * length), 1);
    dims[free] = rest === 0 ? 0 : input.data.length / rest;
  }
  if (elementCount(dims) !== input.data.length) throw shapesDoNotFit(call);
  return [reshaped(input, dims)];
};

const flatten: Kernel = (call) => {
  const input = requiredInput(call, 0);
  const given = intAttribute(call.node, 'axis', 1);
  const axis = given < 0 ? given + input.dims.length : given;
  const dims = [elementCount(input.dims.slice(0, axis)), elementCount(input.dims.slice(axis))];
  return [reshaped(input, dims)];
};

const squeeze: Kernel = (call) => {
  const input = requiredInput(call, 0);
  const axes = optionalInts(call, 1)?.map((axis) => normalizeAxis(call, axis, input.dims.length));
  if (axes?.some((axis) => input.dims[axis] !== 1)) throw shapesDoNotFit(call);
  const dims = input.dims.filter((length, axis) =>
    axes === undefined ? length !== 1 : !axes.includes(axis),
  );
  return [reshaped(input, dims)];
};

const unsqueeze: Kernel = (call) => {
  const input = requiredInput(call, 0);
  const given = optionalInts(call, 1) ?? [];
  const rank = input.dims.length + given.length;
  const axes = given.map((axis) => normalizeAxis(call, axis, rank));
  const rest = [...input.dims];
  const dims = Array.from({ length: rank }, (_, axis) => (axes.includes(axis) ? 1 : (rest.shift() ?? 1)));
  return [reshaped(input, dims)];
};

const concat: Kernel = (call) => {
  const inputs = call.inputs.map((_, i) => requiredInput(call, i));
  const [first] = inputs;
  const axis = normalizeAxis(call, intAttribute(call.node, 'axis'), first.dims.length);
  const fits = inputs.every(
    ({ dims }) =>
      dims.length === first.dims.length && dims.every((n, a) => a === axis || n === first.dims[a]),
  );
  if (!fits) throw shapesDoNotFit(call);
  const dims = [...first.dims];
  dims[axis] = inputs.reduce((sum, input) => sum + input.dims[axis], 0);
  const data = allocate(first.dtype, elementCount(dims));
  const outer = elementCount(dims.slice(0, axis));
  const inner = elementCount(dims.slice(axis + 1));
  let start = 0;
  for (const input of inputs) {
    const block = input.dims[axis] * inner;
    for (let o = 0; o < outer; o++) {
      // All parts have one element type, so the arrays have one class.
      const part = input.data.subarray(o * block, (o + 1) * block) as Float64Array;
      (data as Float64Array).set(part, o * dims[axis] * inner + start);
    }
    start += block;
  }
  return [tensor(first.dtype, dims, data)];
};

/** The elements from `start` on, `length` of them, along one axis. */
function slab(input: Tensor, axis: number, start: number, length: number): Tensor {
  const own = strides(input.dims);
  const dims = input.dims.map((n, a) => (a === axis ? length : n));
  return take(input, strideOffsets(dims, own, start * own[axis]), dims);
}

const split: Kernel = (call) => {
  const input = requiredInput(call, 0);
  const axis = normalizeAxis(call, intAttribute(call.node, 'axis', 0), input.dims.length);
  const length = input.dims[axis];
  const count = hasAttribute(call.node, 'num_outputs')
    ? intAttribute(call.node, 'num_outputs')
    : call.node.outputs.length;
  const even = Math.ceil(length / count);
  // Equal parts; the last one is shorter when they do not divide the axis.
  const equal = Array.from({ length: count }, (_, i) => Math.max(0, Math.min(even, length - i * even)));
  const lengths = optionalInts(call, 1) ?? equal;
  if (lengths.reduce((a, b) => a + b, 0) !== length) throw shapesDoNotFit(call);
  let start = 0;
  return lengths.map((part) => {
    start += part;
    return slab(input, axis, start - part, part);
  });
};

const expand: Kernel = (call) => {
  const input = requiredInput(call, 0);
  const dims = broadcastDims(call, [input.dims, optionalInts(call, 1) ?? []]);
  return [take(input, broadcastOffsets(input.dims, dims), dims)];
};

const tile: Kernel = (call) => {
  const input = requiredInput(call, 0);
  const repeats = optionalInts(call, 1) ?? [];
  if (repeats.length !== input.dims.length) throw shapesDoNotFit(call);
  const own = strides(input.dims);
  const tables = input.dims.map((length, axis) => {
    const once = wholeAxis(length, own[axis]);
    return Int32Array.from({ length: length * repeats[axis] }, (_, i) => once[i % length]);
  });
  return [
    take(
      input,
      tableOffsets(tables),
      input.dims.map((length, axis) => length * repeats[axis]),
    ),
  ];
};

const shape: Kernel = (call) => {
  const { dims } = requiredInput(call, 0);
  const part = dims.slice(
    intAttribute(call.node, 'start', 0),
    hasAttribute(call.node, 'end') ? intAttribute(call.node, 'end') : dims.length,
  );
  return [int64([part.length], part)];
};

const constant: Kernel = (call) => {
  const value = constantValue(call.node);
  if (value === undefined) throw shapesDoNotFit(call);
  return [fromNumbers(value.dtype, value.dims, numbersOf(value))];
};

const constantOfShape: Kernel = (call) => {
  const dims = optionalInts(call, 0) ?? [];
  const value = call.node.attributes.value;
  const fill = value?.kind === 'tensor' ? value.value : undefined;
  const numbers = new Float64Array(elementCount(dims));
  if (fill !== undefined) numbers.fill(numbersOf(fill)[0]);
  return [fromNumbers(fill?.dtype ?? 'float32', dims, numbers)];
};

const range: Kernel = (call) => {
  const [start, limit, delta] = [0, 1, 2].map((i) => numbersOf(requiredInput(call, i))[0]);
  const count = Math.max(0, Math.ceil((limit - start) / delta));
  const numbers = Float64Array.from({ length: count }, (_, i) => start + i * delta);
  return [fromNumbers(requiredInput(call, 0).dtype, [count], numbers)];
};

const eyeLike: Kernel = (call) => {
  const input = requiredInput(call, 0);
  const dtype = hasAttribute(call.node, 'dtype') ? elementType(call, 'dtype') : input.dtype;
  const shift = intAttribute(call.node, 'k', 0);
  const [rows, columns] = input.dims;
  const numbers = new Float64Array(rows * columns);
  for (let i = 0; i < rows; i++) {
    if (i + shift >= 0 && i + shift < columns) numbers[i * columns + i + shift] = 1;
  }
  return [fromNumbers(dtype, input.dims, numbers)];
};

export const shapeKernels: KernelTable = {
  Reshape: reshape,
  Flatten: flatten,
  Transpose: (call) => {
    const input = requiredInput(call, 0);
    const reversed = input.dims.map((_, axis) => input.dims.length - 1 - axis);
    return [transpose(input, intsAttribute(call.node, 'perm', reversed))];
  },
  Squeeze: squeeze,
  Unsqueeze: unsqueeze,
  Concat: concat,
  Split: split,
  Expand: expand,
  Tile: tile,
  Shape: shape,
  Size: (call) => [int64([], [requiredInput(call, 0).data.length])],
  Constant: constant,
  ConstantOfShape: constantOfShape,
  Range: range,
  EyeLike: eyeLike,
};
