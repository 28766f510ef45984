/** Reductions over axes. */
import { flagAttribute, intAttribute } from '../../onnx/attributes.ts';
import { elementCount, int64, strides } from '../../tensor/tensor.ts';
import {
  fromNumbers,
  type Kernel,
  type KernelTable,
  normalizeAxis,
  numbersOf,
  optionalInts,
  requiredInput,
} from './kernel.ts';
import { strideOffsets } from './offsets.ts';

/** Reduces the elements that fall together to one number. */
type Reduce = (values: Float64Array) => number;

/** A kernel that reduces over the axes in the second input; none means all, or nothing with `noop_with_empty_axes`. */
function reduction(reduce: Reduce): Kernel {
  return (call) => {
    const input = requiredInput(call, 0);
    const given = optionalInts(call, 1) ?? [];
    const noop = flagAttribute(call.node, 'noop_with_empty_axes', false);
    if (given.length === 0 && noop) return [input];
    const keep = flagAttribute(call.node, 'keepdims', true);
    const rank = input.dims.length;
    const all = input.dims.map((_, axis) => axis);
    const axes = given.length === 0 ? all : given.map((axis) => normalizeAxis(call, axis, rank));
    const kept = all.filter((axis) => !axes.includes(axis));
    const gone = all.filter((axis) => axes.includes(axis));
    const own = strides(input.dims);
    const length = (axis: number) => input.dims[axis];
    const step = (axis: number) => own[axis];
    const starts = strideOffsets(kept.map(length), kept.map(step));
    const shifts = strideOffsets(gone.map(length), gone.map(step));
    const x = numbersOf(input);
    const values = new Float64Array(shifts.length);
    const result = new Float64Array(starts.length);
    for (let o = 0; o < starts.length; o++) {
      for (let i = 0; i < shifts.length; i++) values[i] = x[starts[o] + shifts[i]];
      result[o] = reduce(values);
    }
    const dims = keep ? input.dims.map((n, axis) => (axes.includes(axis) ? 1 : n)) : kept.map(length);
    return [fromNumbers(input.dtype, dims, result)];
  };
}

/** A kernel for the position of the best element along one axis. */
function position(better: (candidate: number, best: number) => boolean): Kernel {
  return (call) => {
    const input = requiredInput(call, 0);
    const axis = normalizeAxis(call, intAttribute(call.node, 'axis', 0), input.dims.length);
    const keep = flagAttribute(call.node, 'keepdims', true);
    const last = flagAttribute(call.node, 'select_last_index', false);
    const x = numbersOf(input);
    const length = input.dims[axis];
    const inner = elementCount(input.dims.slice(axis + 1));
    const outer = elementCount(input.dims.slice(0, axis));
    const result: number[] = [];
    for (let o = 0; o < outer * inner; o++) {
      const start = Math.floor(o / inner) * length * inner + (o % inner);
      let best = 0;
      for (let i = 1; i < length; i++) {
        const [candidate, current] = [x[start + i * inner], x[start + best * inner]];
        if (better(candidate, current) || (last && candidate === current)) best = i;
      }
      result.push(best);
    }
    const dims = input.dims.flatMap((n, a) => (a !== axis ? [n] : keep ? [1] : []));
    return [int64(dims, result)];
  };
}

function sum(values: Float64Array, term: (x: number) => number = (x) => x): number {
  let total = 0;
  for (let i = 0; i < values.length; i++) total += term(values[i]);
  return total;
}

function highest(values: Float64Array): number {
  return values.reduce((a, b) => Math.max(a, b), -Infinity);
}

function logSumExp(values: Float64Array): number {
  const shift = highest(values);
  if (!Number.isFinite(shift)) return shift;
  return shift + Math.log(sum(values, (x) => Math.exp(x - shift)));
}

export const reductionKernels: KernelTable = {
  ReduceSum: reduction((values) => sum(values)),
  ReduceMean: reduction((values) => sum(values) / values.length),
  ReduceMax: reduction(highest),
  ReduceMin: reduction((values) => values.reduce((a, b) => Math.min(a, b), Infinity)),
  ReduceProd: reduction((values) => values.reduce((a, b) => a * b, 1)),
  ReduceL1: reduction((values) => sum(values, Math.abs)),
  ReduceL2: reduction((values) => Math.sqrt(sum(values, (x) => x * x))),
  ReduceSumSquare: reduction((values) => sum(values, (x) => x * x)),
  ReduceLogSum: reduction((values) => Math.log(sum(values))),
  ReduceLogSumExp: reduction(logSumExp),
  ArgMax: position((candidate, best) => candidate > best),
  ArgMin: position((candidate, best) => candidate < best),
};
