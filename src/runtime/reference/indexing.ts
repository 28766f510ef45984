/** Operators that pick or place elements by position. */
import { OutsetError } from '../../messages/error.ts';
import { flagAttribute, intAttribute, stringAttribute } from '../../onnx/attributes.ts';
import { resolveSlice } from '../../onnx/operators/indexing.ts';
import { type Dims, elementCount, strides, type Tensor } from '../../tensor/tensor.ts';
import {
  fromNumbers,
  type Kernel,
  type KernelCall,
  type KernelTable,
  normalizeAxis,
  numbersOf,
  optionalInts,
  requiredInput,
  shapesDoNotFit,
} from './kernel.ts';
import { axisTable, outside, strideOffsets, tableOffsets, take, wholeAxis } from './offsets.ts';

const slice: Kernel = (call) => {
  const input = requiredInput(call, 0);
  const [starts, ends] = [optionalInts(call, 1) ?? [], optionalInts(call, 2) ?? []];
  const axes = optionalInts(call, 3) ?? starts.map((_, i) => i);
  const steps = optionalInts(call, 4) ?? starts.map(() => 1);
  const own = strides(input.dims);
  const dims = [...input.dims];
  const walk = [...own];
  let origin = 0;
  for (const { axis, start, step, count } of resolveSlice(input.dims, starts, ends, axes, steps)) {
    dims[axis] = count;
    walk[axis] = step * own[axis];
    origin += start * own[axis];
  }
  return [take(input, strideOffsets(dims, walk, origin), dims)];
};

/** A position along an axis; a negative index counts from its end. */
function positionOf(call: KernelCall, index: number, length: number): number {
  const position = index < 0 ? index + length : index;
  if (position < 0 || position >= length) {
    const { name: node, operator } = call.node;
    throw new OutsetError('runtime.index_out_of_range', { node, operator, index, length });
  }
  return position;
}

function positions(call: KernelCall, indices: Tensor, length: number): Float64Array {
  return numbersOf(indices).map((index) => positionOf(call, index, length));
}

const gather: Kernel = (call) => {
  const [input, indices] = [requiredInput(call, 0), requiredInput(call, 1)];
  const axis = normalizeAxis(call, intAttribute(call.node, 'axis', 0), input.dims.length);
  const own = strides(input.dims);
  const tables = input.dims.map((length, a) =>
    a === axis ? axisTable(positions(call, indices, length), own[a]) : wholeAxis(length, own[a]),
  );
  const dims = [...input.dims.slice(0, axis), ...indices.dims, ...input.dims.slice(axis + 1)];
  return [take(input, tableOffsets(tables), dims)];
};

/** Offsets in a tensor of shape `dims` that the elements of `indices` stand for along `axis`. */
function elementOffsets(call: KernelCall, dims: Dims, indices: Tensor, axis: number): Int32Array {
  const own = strides(dims);
  if (indices.dims.length !== dims.length) throw shapesDoNotFit(call);
  const offsets = strideOffsets(
    indices.dims,
    own.map((stride, a) => (a === axis ? 0 : stride)),
  );
  const at = positions(call, indices, dims[axis]);
  for (let i = 0; i < offsets.length; i++) offsets[i] += at[i] * own[axis];
  return offsets;
}

const gatherElements: Kernel = (call) => {
  const [input, indices] = [requiredInput(call, 0), requiredInput(call, 1)];
  const axis = normalizeAxis(call, intAttribute(call.node, 'axis', 0), input.dims.length);
  return [take(input, elementOffsets(call, input.dims, indices, axis), indices.dims)];
};

/** Offset of the block that each index tuple names; blocks are `size` elements long. */
function blockOffsets(call: KernelCall, dims: Dims, indices: Tensor, batchDims = 0) {
  const depth = indices.dims[indices.dims.length - 1];
  const own = strides(dims);
  const count = elementCount(indices.dims.slice(0, -1));
  const size = elementCount(dims.slice(batchDims + depth));
  const batches = elementCount(dims.slice(0, batchDims));
  const flat = numbersOf(indices);
  const offsets = new Int32Array(count);
  for (let i = 0; i < count; i++) {
    const batch = Math.floor(i / (count / batches));
    offsets[i] = batchDims === 0 ? 0 : batch * own[batchDims - 1];
    for (let d = 0; d < depth; d++) {
      const position = positionOf(call, flat[i * depth + d], dims[batchDims + d]);
      offsets[i] += position * own[batchDims + d];
    }
  }
  return { offsets, size };
}

const gatherND: Kernel = (call) => {
  const [input, indices] = [requiredInput(call, 0), requiredInput(call, 1)];
  const batchDims = intAttribute(call.node, 'batch_dims', 0);
  const { offsets, size } = blockOffsets(call, input.dims, indices, batchDims);
  const all = new Int32Array(offsets.length * size);
  for (let i = 0; i < all.length; i++) all[i] = offsets[Math.floor(i / size)] + (i % size);
  const depth = indices.dims[indices.dims.length - 1];
  return [take(input, all, [...indices.dims.slice(0, -1), ...input.dims.slice(batchDims + depth)])];
};

const reductions: Readonly<Record<string, (old: number, update: number) => number>> = {
  none: (_, update) => update,
  add: (old, update) => old + update,
  mul: (old, update) => old * update,
  max: Math.max,
  min: Math.min,
};

/** How an update joins the element that it meets, from the `reduction` attribute. */
function reductionOf(call: KernelCall): (old: number, update: number) => number {
  const names = Object.keys(reductions);
  return reductions[stringAttribute(call.node, 'reduction', 'none', names)];
}

const scatterElements: Kernel = (call) => {
  const [input, indices, updates] = [0, 1, 2].map((i) => requiredInput(call, i));
  const axis = normalizeAxis(call, intAttribute(call.node, 'axis', 0), input.dims.length);
  const join = reductionOf(call);
  const offsets = elementOffsets(call, input.dims, indices, axis);
  const result = Float64Array.from(numbersOf(input));
  const values = numbersOf(updates);
  for (let i = 0; i < offsets.length; i++) result[offsets[i]] = join(result[offsets[i]], values[i]);
  return [fromNumbers(input.dtype, input.dims, result)];
};

const scatterND: Kernel = (call) => {
  const [input, indices, updates] = [0, 1, 2].map((i) => requiredInput(call, i));
  const join = reductionOf(call);
  const { offsets, size } = blockOffsets(call, input.dims, indices);
  const result = Float64Array.from(numbersOf(input));
  const values = numbersOf(updates);
  for (let i = 0; i < values.length; i++) {
    const at = offsets[Math.floor(i / size)] + (i % size);
    result[at] = join(result[at], values[i]);
  }
  return [fromNumbers(input.dtype, input.dims, result)];
};

/** `values` = [off, on]; indices outside of -depth ... depth - 1 give a row of `off`. */
const oneHot: Kernel = (call) => {
  const [indices, depthInput, values] = [0, 1, 2].map((i) => requiredInput(call, i));
  const depth = numbersOf(depthInput)[0];
  const [off, on] = numbersOf(values);
  const axis = normalizeAxis(call, intAttribute(call.node, 'axis', -1), indices.dims.length + 1);
  const dims = [...indices.dims.slice(0, axis), depth, ...indices.dims.slice(axis)];
  const inner = elementCount(indices.dims.slice(axis));
  const result = new Float64Array(elementCount(dims)).fill(off);
  const hot = numbersOf(indices);
  for (let i = 0; i < hot.length; i++) {
    const position = hot[i] < 0 ? hot[i] + depth : hot[i];
    if (position < 0 || position >= depth) continue;
    result[(Math.floor(i / inner) * depth + position) * inner + (i % inner)] = on;
  }
  return [fromNumbers(values.dtype, dims, result)];
};

/** Where position `at` of a padded axis comes from in an axis of `length` elements. */
function padSource(mode: string, at: number, length: number): number {
  if (at >= 0 && at < length) return at;
  if (mode === 'constant') return outside;
  if (mode === 'edge') return Math.min(Math.max(at, 0), length - 1);
  const period = mode === 'reflect' ? Math.max(1, 2 * (length - 1)) : length;
  const inPeriod = ((at % period) + period) % period;
  return inPeriod < length ? inPeriod : period - inPeriod;
}

const pad: Kernel = (call) => {
  const input = requiredInput(call, 0);
  const mode = stringAttribute(call.node, 'mode', 'constant', ['constant', 'reflect', 'edge', 'wrap']);
  const pads = optionalInts(call, 1) ?? [];
  const axes = optionalInts(call, 3) ?? input.dims.map((_, axis) => axis);
  if (pads.length !== 2 * axes.length) throw shapesDoNotFit(call);
  const fill = call.inputs[2] === undefined ? 0 : numbersOf(call.inputs[2])[0];
  const own = strides(input.dims);
  const tables = input.dims.map((length, axis) => wholeAxis(length, own[axis]));
  for (const [i, given] of axes.entries()) {
    const axis = normalizeAxis(call, given, input.dims.length);
    const [begin, end] = [pads[i], pads[i + axes.length]];
    const length = input.dims[axis];
    if (length + begin + end < 0) throw shapesDoNotFit(call);
    const sources = Array.from({ length: length + begin + end }, (_, at) =>
      padSource(mode, at - begin, length),
    );
    tables[axis] = axisTable(sources, own[axis]);
  }
  const dims = tables.map((table) => table.length);
  return [take(input, tableOffsets(tables), dims, fill)];
};

const trilu: Kernel = (call) => {
  const input = requiredInput(call, 0);
  const upper = flagAttribute(call.node, 'upper', true);
  const shift = optionalInts(call, 1)?.[0] ?? 0;
  const [rows, columns] = input.dims.slice(-2);
  const result = numbersOf(input).map((value, i) => {
    const distance = (i % columns) - (Math.floor(i / columns) % rows);
    return (upper ? distance >= shift : distance <= shift) ? value : 0;
  });
  return [fromNumbers(input.dtype, input.dims, result)];
};

export const indexingKernels: KernelTable = {
  Slice: slice,
  Gather: gather,
  GatherElements: gatherElements,
  GatherND: gatherND,
  ScatterElements: scatterElements,
  ScatterND: scatterND,
  OneHot: oneHot,
  Pad: pad,
  Trilu: trilu,
};
