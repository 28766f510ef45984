/**
 * A network that is linear at its start, whatever its activation: units come in pairs of opposite sign, and every layer reads
 * the difference of a pair, φ(z) - φ(-z), which is z for ReLU, GELU and SiLU and odd for any activation. With orthogonal
 * weights such a network keeps signal, angles and gradients at any depth.
 *
 *   W = [[A, -A], [-A, A]]      first layer [A; -A]      last layer [A, -A]      A orthogonal / (2 φ'(0))
 *
 * @see Balduzzi et al. 2017, The shattered gradients problem, section 4 ("looks linear"), for rectifiers
 */

import type { ActivationFunctionName } from '../../initializers/activation-functions.ts';
import { activationFunction, activationFunctionNames } from '../../initializers/activation-functions.ts';
import type { ParameterShape } from '../../initializers/initializer.ts';
import { orthogonal, rowsByGroup } from '../../initializers/orthogonal.ts';
import type { Stream } from '../../random/stream.ts';
import { elementCount, type Tensor, tensor } from '../../tensor/tensor.ts';
import type { Subject, SubjectLayer } from '../subject.ts';

/** True for a plain chain of dense and convolution layers without normalization, whose layers can be paired. */
export function canLookLinear({ layers, blocks }: Subject): boolean {
  return (
    blocks.length === 0 &&
    layers.length > 1 &&
    layers.every(
      ({ type, normalized, weight, activation, last }) =>
        (type === 'dense' || type === 'conv') &&
        !normalized &&
        (weight.layout?.groups ?? 1) === 1 &&
        (last || pairSlope(activation) !== null),
    )
  );
}

/** Weights for all layers and zero biases; to be called where {@link canLookLinear}. */
export function looksLinear(subject: Subject, stream: Stream): Map<string, Tensor<'float32'>> {
  const values = new Map<string, Tensor<'float32'>>();
  let before: SubjectLayer | undefined;
  for (const layer of subject.layers) {
    const { weight, bias, last } = layer;
    // The slope of the pair before this layer is made up for here.
    const gain = before === undefined ? 1 : 1 / (pairSlope(before.activation) as number);
    const draw = stream.child(weight.name);
    values.set(weight.name, pairedWeight(weight, gain, before !== undefined, !last, draw));
    if (bias !== undefined) {
      values.set(bias.name, tensor('float32', bias.dims, new Float32Array(elementCount(bias.dims))));
    }
    before = layer;
  }
  return values;
}

/** Slope of φ(z) - φ(-z) at 0; null for a function without one. */
function pairSlope(activation: string): number | null {
  if (activation === 'linear') return 2;
  if (!(activationFunctionNames as readonly string[]).includes(activation)) return null;
  const { value } = activationFunction(activation as ActivationFunctionName);
  const near = 1e-4;
  const slope = (value(near) - value(-near)) / near;
  return Number.isFinite(slope) && Math.abs(slope) > 1e-3 ? slope : null;
}

function pairedWeight(
  shape: ParameterShape,
  gain: number,
  readsPairs: boolean,
  givesPairs: boolean,
  stream: Stream,
): Tensor<'float32'> {
  const { dims, layout } = shape;
  const data = new Float32Array(elementCount(dims));
  if (layout === undefined) return tensor('float32', dims, data);
  const [rows] = rowsByGroup(dims, layout);
  const outputs = givesPairs ? Math.floor(rows.length / 2) : rows.length;
  const width = rows[0].length;
  const inputs = readsPairs ? Math.floor(width / 2) : width;
  const matrix = orthogonal({ gain })(stream, {
    name: shape.name,
    role: 'weight',
    dims: [outputs, inputs],
    layout: { inAxis: 1, outAxis: 0, kernelAxes: [], groups: 1, transposed: false },
    fanIn: inputs,
    fanOut: outputs,
  }).data;
  for (let o = 0; o < outputs; o++) {
    for (let i = 0; i < inputs; i++) {
      const value = matrix[o * inputs + i];
      data[rows[o][i]] = value;
      if (readsPairs) data[rows[o][i + inputs]] = -value;
      if (!givesPairs) continue;
      data[rows[o + outputs][i]] = -value;
      if (readsPairs) data[rows[o + outputs][i + inputs]] = value;
    }
  }
  return tensor('float32', dims, data);
}
