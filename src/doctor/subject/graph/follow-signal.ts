/** What happens to a product before the next one: bias, normalization, activation. */
import { intsAttribute } from '../../../onnx/attributes.ts';
import type { GraphNode } from '../../../onnx/graph.ts';
import type { GraphIndex } from './graph-index.ts';
import type { Normalization } from './normalizations.ts';
import type { Product } from './products.ts';
import { functionBehind } from './scalar-cone.ts';
import { isVector, type WeightSource } from './weight-sources.ts';

export interface FollowedSignal {
  readonly bias: string | undefined;
  readonly preActivation: string;
  readonly output: string;
  readonly activation: string;
  readonly unitAxis: number;
}

/** Operators that leave every unit where it is. */
const transparent: ReadonlySet<string> = new Set([
  ...[
    'Identity',
    'Cast',
    'Dropout',
    'MaxPool',
    'AveragePool',
    'GlobalAveragePool',
    'GlobalMaxPool',
    'LpPool',
  ],
  ...['Pad', 'Resize', 'Upsample'],
]);

const mostSteps = 16;

/** Follows the signal behind a product to its activation. */
export function followSignal(
  product: Product,
  index: GraphIndex,
  sources: ReadonlyMap<string, WeightSource>,
  normalizations: ReadonlyMap<string, Normalization>,
): FollowedSignal {
  const { node } = product;
  const own =
    product.bias === undefined ? undefined : sources.get(node.inputs[product.bias] ?? '')?.parameter;
  // A recurrent layer may give its last states only.
  let preActivation = node.outputs.find((output) => output !== '') ?? '';
  let { unitAxis } = product;
  let bias = own;
  if (!product.isLinear)
    return { bias, preActivation, output: preActivation, activation: 'linear', unitAxis };
  const units = index.dims(preActivation)[unitAxis];
  const added = own === undefined ? addedBias(preActivation, index, sources, units) : undefined;
  if (added !== undefined) {
    bias = added.parameter;
    preActivation = added.value;
  }
  let value = preActivation;
  let axis: number | undefined = unitAxis;
  for (let step = 0; step < mostSteps; step++) {
    const normalization = normalizations.get(value);
    if (normalization !== undefined) {
      value = normalization.output;
      continue;
    }
    const applied = functionBehind(index, value);
    if (applied !== undefined && applied.activation !== 'linear') {
      if (axis === undefined) break;
      unitAxis = axis;
      const outputAxis = axis;
      return {
        bias,
        preActivation,
        output: applied.output,
        activation: applied.activation,
        unitAxis: outputAxis,
      };
    }
    if (applied !== undefined) {
      value = applied.output;
      continue;
    }
    const reader = index.onlyReader(value);
    const next = reader?.operand === 0 ? index.node(reader.position) : undefined;
    if (next === undefined) break;
    const grouped = next.operator === 'Reshape' ? normalizations.get(next.outputs[0]) : undefined;
    if (grouped !== undefined && index.dims(grouped.output).join() === index.dims(value).join()) {
      // Groups are made instances, normalized, and put back in their shape.
      value = grouped.output;
    } else if (transparent.has(next.operator)) value = next.outputs[0];
    else if (axis === undefined) break;
    else {
      axis = movedAxis(next, value, axis, index);
      if (axis === undefined) break;
      value = next.outputs[0];
    }
  }
  return { bias, preActivation, output: preActivation, activation: 'linear', unitAxis: product.unitAxis };
}

function addedBias(
  value: string,
  index: GraphIndex,
  sources: ReadonlyMap<string, WeightSource>,
  units: number,
): { parameter: string; value: string } | undefined {
  const reader = index.onlyReader(value);
  if (reader === undefined) return undefined;
  const node = index.node(reader.position);
  const other = sources.get(node.inputs[1 - reader.operand] ?? '');
  if (node.operator !== 'Add' || other === undefined || !isVector(other)) return undefined;
  const count = other.storedDims.reduce((a, b) => a * b, 1);
  return count === units || count === 1 ? { parameter: other.parameter, value: node.outputs[0] } : undefined;
}

/** Where an axis lies behind an operator that moves axes; undefined if it is no axis any more. */
function movedAxis(node: GraphNode, value: string, axis: number, index: GraphIndex): number | undefined {
  if (node.operator === 'Transpose') {
    const order = intsAttribute(node, 'perm', [...index.dims(value).keys()].reverse());
    const at = order.indexOf(axis);
    return at < 0 ? undefined : at;
  }
  if (!['Reshape', 'Squeeze', 'Unsqueeze', 'Flatten'].includes(node.operator)) return undefined;
  // The axis is still one if as many elements lie before it and it is as long as before.
  const from = index.dims(value);
  const to = index.dims(node.outputs[0]);
  const before = from.slice(0, axis).reduce((a, b) => a * b, 1);
  let count = 1;
  for (const [at, length] of to.entries()) {
    if (count === before && length === from[axis]) return at;
    count *= length;
  }
  return undefined;
}
