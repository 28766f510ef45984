/**
 * A network that is linear at its start, whatever its activation: units come in pairs of opposite sign, and every layer reads
 * the difference of a pair, φ(z) - φ(-z), which is z for ReLU, GELU and SiLU and odd for any activation. With orthogonal
 * weights such a network keeps signal, angles and gradients at any depth.
 *
 *   W = [[A, -A], [-A, A]]      first layer [A; -A]      last layer [A, -A]      A orthogonal / (φ'(0) + φ'(-0))
 *
 * @see Balduzzi et al. 2017, The shattered gradients problem, section 4 ("looks linear"), for rectifiers
 */
import {
  type ActivationFunctionName,
  activationFunction,
  activationFunctionNames,
} from '../initializers/activation-functions.ts';
import { ones, zeros } from '../initializers/constant.ts';
import type { ParameterShape } from '../initializers/initializer.ts';
import { orthogonal, rowsByGroup } from '../initializers/orthogonal.ts';
import { OutsetError } from '../messages/error.ts';
import type { Stream } from '../random/stream.ts';
import { elementCount, type Tensor, tensor } from '../tensor/tensor.ts';
import type { StartDefinition } from './definition.ts';
import type { Start } from './start.ts';

/** A layer of a plain chain. */
export interface PairedLayer {
  readonly weight: ParameterShape;
  readonly activation: string;
}

/**
 * Weights of a chain of layers, first to last, by the name of the parameter: one group each, activations with a
 * {@link pairSlope}. A unit that is left over in an odd width gets zeros.
 */
export function pairedWeights(
  layers: readonly PairedLayer[],
  stream: Stream,
): Map<string, Tensor<'float32'>> {
  const values = new Map<string, Tensor<'float32'>>();
  for (const [l, { weight }] of layers.entries()) {
    const before = layers[l - 1];
    // The slope of the pair before this layer is made up for here.
    const gain = before === undefined ? 1 : 1 / (pairSlope(before.activation) as number);
    const draw = stream.child(weight.name);
    values.set(weight.name, pairedWeight(weight, gain, l > 0, l < layers.length - 1, draw));
  }
  return values;
}

/** Slope of φ(z) - φ(-z) at 0; null for a function without one. */
export function pairSlope(activation: string): number | null {
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

/**
 * Looks-linear weights for a whole network; biases are 0, scales of normalizations 1. Max pooling breaks the pairs, so that a
 * network with it is only nearly linear.
 *
 * @throws starts.needs_plain for residual networks, starts.needs_pairs for a layer whose units cannot be paired
 */
export function looksLinear(name = 'looks-linear'): Start {
  return {
    name,
    needsData: false,
    async parameters(network, { stream }) {
      if (network.blocks.length > 0) throw new OutsetError('starts.needs_plain', { start: name });
      const shapes = new Map(network.parameters.map((parameter) => [parameter.name, parameter]));
      const layers = network.layers.map(({ name: layer, weight: parameter, activation }, l): PairedLayer => {
        const weight = shapes.get(parameter) as ParameterShape;
        const groups = weight.layout?.groups ?? 1;
        const isPaired = l === network.layers.length - 1 || pairSlope(activation) !== null;
        if (groups > 1 || !isPaired) {
          throw new OutsetError('starts.needs_pairs', { start: name, layer, groups, activation });
        }
        return { weight, activation };
      });
      const weights = pairedWeights(layers, stream);
      return new Map(
        network.parameters.map((parameter) => {
          const usual = parameter.role === 'scale' ? ones() : zeros();
          const value = weights.get(parameter.name) ?? usual(stream.child(parameter.name), parameter);
          return [parameter.name, value];
        }),
      );
    },
  };
}

export const looksLinearDefinition: StartDefinition = {
  name: 'looks-linear',
  aliases: ['ll-init'],
  family: 'geometry',
  needsData: false,
  parameters: {},
  formula: 'W = [[A, -A], [-A, A]], first [A; -A], last [A, -A]; AᵀA = I / (φ(z) - φ(-z))ʹ(0)²; b = 0',
  source: 'Balduzzi et al. 2017, section 4',
  preserves: ['forward', 'backward', 'geometry'],
  build: (name) => looksLinear(name),
};
