/** Parameters with their layouts, from names of axes. */

import type { StoredTensor } from '../formats/stored-tensor.ts';
import { fans } from '../initializers/fans.ts';
import type { Layout, ParameterRole } from '../initializers/initializer.ts';
import type { Dims } from '../tensor/tensor.ts';
import type { ModelParameter } from './model.ts';

/**
 * What an axis of a weight runs over. Several neighbouring `in` or `out` axes count as one.
 *
 *   in, out     inputs and outputs of the layer (of one group, for the one that is grouped)
 *   kernel      the receptive field
 */
export type Axis = 'in' | 'out' | 'kernel';

/** How a weight is laid out in its file. */
export interface WeightLayout {
  readonly axes: readonly Axis[];
  readonly groups?: number;
  readonly transposed?: boolean;
  readonly strides?: readonly number[];
}

/** Axes of a dense weight or convolution as PyTorch and ONNX store it: [out, in, ...kernel]. */
export function outIn(rank: number): Axis[] {
  return ['out', 'in', ...new Array<Axis>(Math.max(0, rank - 2)).fill('kernel')];
}

/** As Keras, TensorFlow.js, JAX and Flax store it: [...kernel, in, out]. */
export function inOut(rank: number): Axis[] {
  return [...new Array<Axis>(Math.max(0, rank - 2)).fill('kernel'), 'in', 'out'];
}

/** As PyTorch stores a transposed convolution: [in, out, ...kernel]. */
export function inOutKernel(rank: number): Axis[] {
  return ['in', 'out', ...new Array<Axis>(Math.max(0, rank - 2)).fill('kernel')];
}

/** As Keras stores a transposed convolution: [...kernel, out, in]. */
export function kernelOutIn(rank: number): Axis[] {
  return [...new Array<Axis>(Math.max(0, rank - 2)).fill('kernel'), 'out', 'in'];
}

/**
 * A weight with its fans, or undefined where the axes do not make a layout.
 * @param name name of the layer's variable, e.g. `kernel`
 */
export function weightParameter(
  stored: StoredTensor,
  variable: string,
  { axes, groups = 1, transposed = false, strides }: WeightLayout,
): ModelParameter | undefined {
  if (axes.length !== stored.dims.length) return undefined;
  const dims: number[] = [];
  const merged: Axis[] = [];
  for (const [i, axis] of axes.entries()) {
    if (axis !== 'kernel' && merged.at(-1) === axis) dims[dims.length - 1] *= stored.dims[i];
    else {
      dims.push(stored.dims[i]);
      merged.push(axis);
    }
  }
  const once = (axis: Axis) => merged.filter((one) => one === axis).length === 1;
  if (!once('in') || !once('out')) return undefined;
  const kernelAxes = merged.flatMap((axis, i) => (axis === 'kernel' ? [i] : []));
  const fitting = strides?.length === kernelAxes.length ? strides : undefined;
  const layout: Layout = {
    inAxis: merged.indexOf('in'),
    outAxis: merged.indexOf('out'),
    kernelAxes,
    groups,
    transposed,
    ...(fitting === undefined ? {} : { strides: fitting }),
  };
  const grouped = dims[transposed ? layout.inAxis : layout.outAxis];
  const whole = (value: number) => Number.isInteger(value) && value >= 1;
  if (!whole(groups) || grouped % groups !== 0 || !(fitting ?? []).every(whole)) return undefined;
  const { fanIn, fanOut } = fans(dims, layout);
  return {
    ...stored,
    variable,
    shape: { name: stored.name, role: 'weight', dims, layout, fanIn, fanOut },
  };
}

/**
 * The convolution of every channel by itself, as Keras stores it: [...kernel, channels, multiplier]. It is a grouped
 * convolution of one input a group whose outputs lie on two axes; a transposed one with the same groups, seen from the
 * other side, has just these axes, and the same fans.
 */
export function depthwiseParameter(stored: StoredTensor, variable: string): ModelParameter | undefined {
  const { dims } = stored;
  if (dims.length < 3) return undefined;
  return weightParameter(stored, variable, {
    axes: inOut(dims.length),
    groups: dims[dims.length - 2],
    transposed: true,
  });
}

/** An embedding [entries, ..., width]: an output is a copy of one entry, so its fan-in is 1. */
export function embeddingParameter(stored: StoredTensor, variable: string): ModelParameter | undefined {
  const { dims } = stored;
  if (dims.length < 2) return undefined;
  const axes: Axis[] = dims.map((_, i) => (i < dims.length - 1 ? 'in' : 'out'));
  const found = weightParameter(stored, variable, { axes });
  return found === undefined ? undefined : { ...found, shape: { ...found.shape, fanIn: 1 } };
}

/** A parameter without inputs and outputs of its own. A bias takes the fans of its layer's weight. */
export function plainParameter(
  stored: StoredTensor,
  variable: string,
  role: Exclude<ParameterRole, 'weight'>,
  layer?: { readonly fanIn: number; readonly fanOut: number },
  fixed?: number,
): ModelParameter {
  const dims: Dims = stored.dims;
  return {
    ...stored,
    variable,
    shape: { name: stored.name, role, dims, fanIn: layer?.fanIn ?? 0, fanOut: layer?.fanOut ?? 0 },
    ...(fixed === undefined ? {} : { fixed }),
  };
}
