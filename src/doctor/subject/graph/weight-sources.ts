/** Which stored weight a value is: behind operators that rename, convert, transpose or reshape it. */

import type { ParameterShape } from '../../../initializers/initializer.ts';
import { type Axis, weightParameter } from '../../../models/parameter-view.ts';
import { intsAttribute } from '../../../onnx/attributes.ts';
import type { GraphNode } from '../../../onnx/graph.ts';
import type { Dims } from '../../../tensor/tensor.ts';
import type { GraphIndex } from './graph-index.ts';

/** A value that is a stored weight. */
export interface WeightSource {
  readonly parameter: string;
  readonly storedDims: Dims;
  /** For each axis of the value, the stored axes that it runs over, in order; none for an axis of length 1. */
  readonly axes: readonly (readonly number[])[];
}

/** All values of a graph that are stored weights, by name. */
export function weightSources(index: GraphIndex, parameters: ReadonlySet<string>): Map<string, WeightSource> {
  const sources = new Map<string, WeightSource>();
  for (const parameter of parameters) {
    const storedDims = index.dims(parameter);
    sources.set(parameter, { parameter, storedDims, axes: storedDims.map((_, axis) => [axis]) });
  }
  for (const node of index.graph.nodes) {
    const source = sources.get(node.inputs[0] ?? '');
    if (source === undefined || node.outputs.length !== 1) continue;
    const passed = passedOn(node, source, index);
    if (passed !== undefined) sources.set(node.outputs[0], passed);
  }
  return sources;
}

function passedOn(node: GraphNode, source: WeightSource, index: GraphIndex): WeightSource | undefined {
  switch (node.operator) {
    case 'Identity':
    case 'Cast':
      return source;
    case 'Transpose': {
      const reversed = source.axes.map((_, i) => source.axes.length - 1 - i);
      const order = intsAttribute(node, 'perm', reversed);
      return { ...source, axes: order.map((axis) => source.axes[axis] ?? []) };
    }
    case 'Reshape':
    case 'Squeeze':
    case 'Unsqueeze':
    case 'Flatten':
      return regrouped(source, index.dims(node.outputs[0]));
    default:
      return undefined;
  }
}

/** Neighbouring axes taken together or put apart again, as far as the new lengths allow. */
function regrouped(source: WeightSource, dims: Dims): WeightSource | undefined {
  const flat = source.axes.flat().filter((axis) => source.storedDims[axis] !== 1);
  const axes: number[][] = [];
  let at = 0;
  for (const wanted of dims) {
    const group: number[] = [];
    let length = 1;
    while (length < wanted && at < flat.length) {
      length *= source.storedDims[flat[at]];
      group.push(flat[at]);
      at += 1;
    }
    if (length !== wanted) return undefined;
    axes.push(group);
  }
  return at === flat.length ? { ...source, axes } : undefined;
}

/**
 * The stored weight with its layout.
 * @param roles what the axes of the value run over, as its operator sees them
 */
export function storedShape(
  source: WeightSource,
  roles: readonly Axis[],
  more: {
    readonly groups?: number;
    readonly strides?: readonly number[];
    readonly transposed?: boolean;
  } = {},
): ParameterShape | undefined {
  if (roles.length !== source.axes.length) return undefined;
  const stored = new Array<Axis | undefined>(source.storedDims.length).fill(undefined);
  for (const [axis, role] of roles.entries()) for (const one of source.axes[axis]) stored[one] = role;
  // Axes of length 1 that were dropped or made go with a neighbour; what an operator sees of length 1 must not vanish.
  const missing = roles.filter((role) => !stored.includes(role));
  for (let i = 0; i < stored.length; i++) {
    if (stored[i] === undefined) stored[i] = missing.shift() ?? stored[i - 1] ?? roles[0];
  }
  const complete = stored.filter((role) => role !== undefined);
  const name = source.parameter;
  return weightParameter({ name, type: 'float32', dims: source.storedDims }, name, {
    axes: complete,
    ...more,
  })?.shape;
}

/** True if all elements lie on at most one axis. */
export function isVector(source: WeightSource): boolean {
  return source.storedDims.filter((length) => length > 1).length <= 1;
}
