/** Resampling along axes: nearest and linear, with ONNX' coordinate rules. */
import { flagAttribute, intsAttribute, numberAttribute, stringAttribute } from '../../onnx/attributes.ts';
import { elementCount, strides, type Tensor } from '../../tensor/tensor.ts';
import {
  fromNumbers,
  type Kernel,
  type KernelCall,
  type KernelTable,
  normalizeAxis,
  numbersOf,
  requiredInput,
  shapesDoNotFit,
  unsupported,
} from './kernel.ts';

/** One axis of a resize. */
interface Axis {
  readonly from: number;
  readonly to: number;
  readonly scale: number;
  /** Region of interest, in lengths of the axis; only for tf_crop_and_resize. */
  readonly roi: readonly [number, number];
}

/** Position in the source axis, as a real number, for each rule. */
const coordinateRules: Readonly<Record<string, (x: number, axis: Axis) => number>> = {
  half_pixel: (x, { scale }) => (x + 0.5) / scale - 0.5,
  half_pixel_symmetric: (x, { from, to, scale }) => {
    // The result is centred on the source even when its length had to be rounded.
    const adjustment = to / (from * scale);
    return (from / 2) * (1 - adjustment) + (x + 0.5) / scale - 0.5;
  },
  pytorch_half_pixel: (x, { to, scale }) => (to > 1 ? (x + 0.5) / scale - 0.5 : 0),
  align_corners: (x, { from, to }) => (to === 1 ? 0 : (x * (from - 1)) / (to - 1)),
  asymmetric: (x, { scale }) => x / scale,
  tf_crop_and_resize: (x, { from, to, roi: [start, end] }) =>
    to > 1
      ? start * (from - 1) + (x * (end - start) * (from - 1)) / (to - 1)
      : 0.5 * (start + end) * (from - 1),
};

const nearestRules: Readonly<Record<string, (x: number) => number>> = {
  round_prefer_floor: (x) => (x - Math.floor(x) === 0.5 ? Math.floor(x) : Math.round(x)),
  round_prefer_ceil: (x) => Math.floor(x + 0.5),
  floor: Math.floor,
  ceil: Math.ceil,
};

/** Weights of the two source elements behind each element of the result. */
interface Sampling {
  readonly low: Int32Array;
  readonly high: Int32Array;
  /** Weight of `high`; that of `low` is 1 minus this. */
  readonly weight: Float64Array;
  /** Positions outside of the source, which take the extrapolation value. */
  readonly extrapolated: Uint8Array;
}

function samplingOf(call: KernelCall, axis: Axis): Sampling {
  const rule = stringAttribute(
    call.node,
    'coordinate_transformation_mode',
    'half_pixel',
    Object.keys(coordinateRules),
  );
  const mode = stringAttribute(call.node, 'mode', 'nearest', ['nearest', 'linear']);
  const nearest = stringAttribute(call.node, 'nearest_mode', 'round_prefer_floor', Object.keys(nearestRules));
  const clamp = (position: number) => Math.min(Math.max(position, 0), axis.from - 1);
  const low = new Int32Array(axis.to);
  const high = new Int32Array(axis.to);
  const weight = new Float64Array(axis.to);
  const extrapolated = new Uint8Array(axis.to);
  for (let i = 0; i < axis.to; i++) {
    const at =
      axis.from === axis.to && axis.scale === 1 && rule !== 'tf_crop_and_resize'
        ? i
        : coordinateRules[rule](i, axis);
    if (rule === 'tf_crop_and_resize' && (at < 0 || at > axis.from - 1)) extrapolated[i] = 1;
    if (mode === 'nearest') {
      low[i] = high[i] = clamp(nearestRules[nearest](at));
    } else {
      const inside = clamp(at);
      low[i] = Math.floor(inside);
      high[i] = clamp(low[i] + 1);
      weight[i] = inside - low[i];
    }
  }
  return { low, high, weight, extrapolated };
}

/** Resamples one axis of an array. */
function resample(x: Float64Array, from: number, inner: number, sampling: Sampling): Float64Array {
  const { low, high, weight } = sampling;
  const outer = x.length / (from * inner);
  const y = new Float64Array(outer * low.length * inner);
  for (let o = 0; o < outer; o++) {
    for (let i = 0; i < low.length; i++) {
      const a = (o * from + low[i]) * inner;
      const b = (o * from + high[i]) * inner;
      const target = (o * low.length + i) * inner;
      for (let k = 0; k < inner; k++)
        y[target + k] = weight[i] === 0 ? x[a + k] : x[a + k] * (1 - weight[i]) + x[b + k] * weight[i];
    }
  }
  return y;
}

/** The given list of an optional input; an empty one counts as absent, as older exporters write it. */
function list(call: KernelCall, index: number): Float64Array | undefined {
  const value = call.inputs[index];
  return value === undefined || value.data.length === 0 ? undefined : numbersOf(value);
}

function axesOf(call: KernelCall, input: Tensor): (Axis | undefined)[] {
  const rank = input.dims.length;
  const all = input.dims.map((_, axis) => axis);
  const axes = intsAttribute(call.node, 'axes', all).map((axis) => normalizeAxis(call, axis, rank));
  const [roi, scales, sizes] = [list(call, 1), list(call, 2), list(call, 3)];
  if ((sizes ?? scales)?.length !== axes.length) throw shapesDoNotFit(call);
  const result = new Array<Axis | undefined>(rank).fill(undefined);
  for (const [i, axis] of axes.entries()) {
    const from = input.dims[axis];
    // ONNX computes the length from the float32 scale.
    const to = sizes?.[i] ?? Math.floor(Math.fround(from * (scales?.[i] ?? 1)));
    const scale = sizes === undefined ? (scales?.[i] ?? 1) : to / from;
    result[axis] = { from, to, scale, roi: [roi?.[i] ?? 0, roi?.[i + axes.length] ?? 1] };
  }
  return result;
}

const resize: Kernel = (call) => {
  const input = requiredInput(call, 0);
  if (flagAttribute(call.node, 'antialias', false)) throw unsupported(call, 'antialias', '1', '0');
  const policy = stringAttribute(call.node, 'keep_aspect_ratio_policy', 'stretch');
  if (policy !== 'stretch') throw unsupported(call, 'keep_aspect_ratio_policy', policy, 'stretch');
  const dims = [...input.dims];
  let numbers = numbersOf(input);
  const outsides: { axis: number; at: Uint8Array }[] = [];
  for (const [axis, settings] of axesOf(call, input).entries()) {
    if (settings === undefined) continue;
    const sampling = samplingOf(call, settings);
    numbers = resample(numbers, dims[axis], elementCount(dims.slice(axis + 1)), sampling);
    dims[axis] = settings.to;
    if (sampling.extrapolated.includes(1)) outsides.push({ axis, at: sampling.extrapolated });
  }
  if (outsides.length > 0) {
    const value = numberAttribute(call.node, 'extrapolation_value', 0);
    const own = strides(dims);
    numbers = numbers.map((number, i) =>
      outsides.some(({ axis, at }) => at[Math.floor(i / own[axis]) % dims[axis]] === 1) ? value : number,
    );
  }
  return [fromNumbers(input.dtype, dims, numbers)];
};

export const resizeKernels: KernelTable = { Resize: resize };
