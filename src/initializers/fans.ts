/**
 * Fans: how many products make one output, and how many outputs one input feeds.
 *
 *   dense                fanIn = inputs                           fanOut = outputs
 *   convolution          fanIn = inputs / groups x kernel         fanOut = outputs / groups x kernel
 *   transposed conv.     fanIn = inputs / groups x kernel / step  fanOut = outputs / groups x kernel
 *
 * "kernel" is the number of taps, "step" the product of the strides. A transposed convolution puts each input on
 * `kernel` outputs, and there are `step` outputs per input, so an output gets kernel / step products per channel on
 * average; that need not be whole. The strides of an ordinary convolution are left out of fanOut, as every
 * framework does. Borders are not counted.
 */

import { OutsetError } from '../messages/error.ts';
import { type Dims, elementCount } from '../tensor/tensor.ts';
import type { Layout, ParameterRole, ParameterShape } from './initializer.ts';

export interface Fans {
  readonly fanIn: number;
  readonly fanOut: number;
}

/** A dense weight [inputs, outputs]: TensorFlow, Keras, JAX, the lecture. */
export const denseInOut: Layout = { inAxis: 0, outAxis: 1, kernelAxes: [], groups: 1, transposed: false };

/** A dense weight [outputs, inputs]: PyTorch. */
export const denseOutIn: Layout = { inAxis: 1, outAxis: 0, kernelAxes: [], groups: 1, transposed: false };

export interface ConvLayoutOptions {
  /** Number of groups; default 1. */
  readonly groups?: number;
  /** Steps, one per kernel axis; default all 1. */
  readonly strides?: readonly number[];
}

/** A convolution [outputs, inputs / groups, ...kernel]: ONNX and PyTorch. */
export function conv(spatialAxes: number, { groups = 1, strides }: ConvLayoutOptions = {}): Layout {
  return { inAxis: 1, outAxis: 0, kernelAxes: axesFrom(2, spatialAxes), groups, transposed: false, strides };
}

/** A transposed convolution [inputs, outputs / groups, ...kernel]: ONNX and PyTorch. */
export function convTranspose(spatialAxes: number, { groups = 1, strides }: ConvLayoutOptions = {}): Layout {
  return { inAxis: 0, outAxis: 1, kernelAxes: axesFrom(2, spatialAxes), groups, transposed: true, strides };
}

/** A convolution [...kernel, inputs / groups, outputs]: TensorFlow, Keras, JAX. */
export function convChannelsLast(
  spatialAxes: number,
  { groups = 1, strides }: ConvLayoutOptions = {},
): Layout {
  return {
    inAxis: spatialAxes,
    outAxis: spatialAxes + 1,
    kernelAxes: axesFrom(0, spatialAxes),
    groups,
    transposed: false,
    strides,
  };
}

function axesFrom(first: number, count: number): number[] {
  return Array.from({ length: count }, (_, i) => first + i);
}

/**
 * The fans of a weight.
 * @param dims  lengths of the weight's axes, at least two
 * @param layout  which axis is what
 * @throws initializers.no_fans for fewer than two axes, initializers.bad_layout when layout and dims do not fit
 * @example
 * fans([784, 256], denseInOut); // { fanIn: 784, fanOut: 256 }
 */
export function fans(dims: Dims, layout: Layout): Fans {
  checkLayout(dims, layout);
  let kernel = 1;
  for (const axis of layout.kernelAxes) kernel *= dims[axis];
  const { groups, transposed } = layout;
  let step = 1;
  for (const stride of layout.strides ?? []) step *= stride;
  const inputsPerGroup = transposed ? dims[layout.inAxis] / groups : dims[layout.inAxis];
  const outputsPerGroup = transposed ? dims[layout.outAxis] : dims[layout.outAxis] / groups;
  return {
    fanIn: (inputsPerGroup * kernel) / (transposed ? step : 1),
    fanOut: outputsPerGroup * kernel,
  };
}

/** @throws initializers.no_fans, initializers.bad_layout */
export function checkLayout(dims: Dims, layout: Layout): void {
  if (dims.length < 2) throw new OutsetError('initializers.no_fans', { dims: [...dims] });
  const bad = (what: 'axes' | 'groups' | 'strides') => {
    throw new OutsetError('initializers.bad_layout', {
      dims: [...dims],
      what,
      groups: layout.groups,
      strides: [...(layout.strides ?? [])],
      axes: [layout.inAxis, layout.outAxis, ...layout.kernelAxes],
    });
  };
  const axes = [layout.inAxis, layout.outAxis, ...layout.kernelAxes];
  const covered = [...axes].sort((a, b) => a - b);
  if (covered.length !== dims.length || covered.some((axis, i) => axis !== i)) bad('axes');
  const grouped = dims[groupedAxis(layout)];
  if (!Number.isInteger(layout.groups) || layout.groups < 1 || grouped % layout.groups !== 0) bad('groups');
  const { strides } = layout;
  if (strides === undefined) return;
  if (strides.length !== layout.kernelAxes.length || strides.some((s) => !Number.isInteger(s) || s < 1)) {
    bad('strides');
  }
}

/** The axis that runs over all groups, one after the other; the other channel axis lies within a group. */
export function groupedAxis(layout: Layout): number {
  return layout.transposed ? layout.inAxis : layout.outAxis;
}

export interface ParameterShapeOptions {
  readonly name: string;
  /** Default `weight`. */
  readonly role?: ParameterRole;
  readonly dims: Dims;
  /** For weights: from it come the fans. */
  readonly layout?: Layout;
  /** For biases: the fans of the layer. Default: 0. */
  readonly fanIn?: number;
  readonly fanOut?: number;
}

/**
 * A {@link ParameterShape} with the fans worked out from the layout, or taken as given when there is none.
 * @throws initializers.no_fans for a weight without layout and fans, or with fewer than two axes
 */
export function parameterShape(options: ParameterShapeOptions): ParameterShape {
  const { name, role = 'weight', dims, layout } = options;
  elementCount(dims);
  if (layout !== undefined) return { name, role, dims, layout, ...fans(dims, layout) };
  if (role === 'weight' && (options.fanIn === undefined || options.fanOut === undefined)) {
    throw new OutsetError('initializers.no_fans', { dims: [...dims] });
  }
  return { name, role, dims, fanIn: options.fanIn ?? 0, fanOut: options.fanOut ?? 0 };
}
