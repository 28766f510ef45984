/** The architecture of an ONNX file: what an initializer is, its operators say. */

import { type StoredTensor, storedFloatTypes } from '../../formats/stored-tensor.ts';
import type { InitializerUse } from '../../onnx/initializer-uses.ts';
import type { ModelInitializer, OnnxModelFile } from '../../onnx/model-file.ts';
import type { Architecture, LayerKind, ModelLayer, ModelParameter } from '../model.ts';
import {
  type Axis,
  embeddingParameter,
  inOut,
  inOutKernel,
  outIn,
  plainParameter,
  weightParameter,
} from '../parameter-view.ts';
import { architectureByNames, splitName } from './by-names.ts';

interface Found {
  readonly kind: LayerKind;
  readonly parameter: ModelParameter;
}

export function architectureOfOnnx(file: OnnxModelFile): Architecture {
  const layers = new Map<string, { kind: LayerKind; parameters: ModelParameter[]; activation?: string }>();
  const kept: StoredTensor[] = [];
  const unknown: StoredTensor[] = [];
  const weightsOfNode = new Map<number, ModelParameter>();
  const layerOfNode = new Map<number, string>();
  for (const initializer of file.initializers) {
    const { type, name, dims, uses } = initializer;
    // What is never a weight is not even looked at: text, 8-bit floats.
    if (type === undefined) continue;
    const stored: StoredTensor = { name, type, dims };
    const use = uses.at(0);
    const found =
      use === undefined || !storedFloatTypes.includes(type)
        ? undefined
        : parameterOf(initializer, stored, use, weightsOfNode);
    if (found === undefined || use === undefined) {
      const likeWeight = storedFloatTypes.includes(type) && dims.length >= 2 && uses.length > 0;
      (likeWeight ? unknown : kept).push(stored);
      continue;
    }
    const owner = layerOfNode.get(use.position) ?? biasOwner(found, use, layerOfNode) ?? layerName(name, use);
    layerOfNode.set(use.position, owner);
    if (found.parameter.shape.role === 'weight') weightsOfNode.set(use.position, found.parameter);
    const layer = layers.get(owner);
    if (layer === undefined) {
      layers.set(owner, { kind: found.kind, parameters: [found.parameter], activation: activationOf(use) });
    } else layer.parameters.push(found.parameter);
  }
  // Weights that go through arithmetic of shapes before an operator takes them: their names may tell.
  const named = architectureByNames([...unknown, ...kept], true);
  const found = [...layers].map(([name, { kind, parameters, activation }]): ModelLayer => {
    return {
      name,
      kind,
      parameters: withFans(parameters),
      ...(activation === undefined ? {} : { activation }),
    };
  });
  return { ...named, layers: [...found, ...named.layers] };
}

function parameterOf(
  initializer: ModelInitializer,
  stored: StoredTensor,
  use: InitializerUse,
  weightsOfNode: ReadonlyMap<number, ModelParameter>,
): Found | undefined {
  const { operator, operand } = use;
  const rank = stored.dims.length;
  const variable = splitName(initializer.name).variable;
  const sibling = weightsOfNode.get(use.position)?.shape;
  const bias = (kind: LayerKind): Found => {
    return { kind, parameter: plainParameter(stored, variable, 'bias', sibling) };
  };
  const scale = (kind: LayerKind): Found => ({ kind, parameter: plainParameter(stored, variable, 'scale') });
  const shift = (kind: LayerKind): Found => ({ kind, parameter: plainParameter(stored, variable, 'shift') });
  const weight = (kind: LayerKind, axes: readonly Axis[], more: object = {}): Found | undefined => {
    const parameter = weightParameter(stored, variable, { axes: stand(axes, use.permutation), ...more });
    return parameter === undefined ? undefined : { kind, parameter };
  };
  const groups = numberOf(use.attributes.group, 1);
  const strides = listOf(use.attributes.strides);
  switch (operator) {
    case 'Conv':
      return operand === 1 ? weight('conv', outIn(rank), { groups, strides }) : bias('conv');
    case 'ConvTranspose':
      return operand === 1
        ? weight('conv-transpose', inOutKernel(rank), { groups, strides, transposed: true })
        : bias('conv-transpose');
    case 'Gemm':
      if (operand === 2) return bias('dense');
      if (operand === 0)
        return weight('dense', numberOf(use.attributes.transA, 0) === 0 ? outIn(2) : inOut(2));
      return weight('dense', numberOf(use.attributes.transB, 0) === 0 ? inOut(2) : outIn(2));
    case 'MatMul':
      return weight('dense', operand === 1 ? inOut(2) : outIn(2));
    case 'Add':
      return rank <= 1 && use.sources.includes('MatMul') ? bias('dense') : positionOf(stored, variable);
    case 'LSTM':
    case 'GRU':
    case 'RNN':
      if (operand === 1 || operand === 2) return weight('recurrent', ['out', 'out', 'in']);
      return operand === 3 ? bias('recurrent') : undefined;
    case 'Gather': {
      if (operand !== 0 || numberOf(use.attributes.axis, 0) !== 0) return undefined;
      const parameter = embeddingParameter(stored, variable);
      return parameter === undefined ? undefined : { kind: 'embedding', parameter };
    }
    case 'BatchNormalization':
      if (operand === 1) return scale('norm');
      if (operand === 2) return shift('norm');
      return {
        kind: 'norm',
        parameter: plainParameter(
          stored,
          variable,
          operand === 3 ? 'shift' : 'scale',
          undefined,
          operand - 3,
        ),
      };
    case 'LayerNormalization':
    case 'InstanceNormalization':
    case 'GroupNormalization':
    case 'RMSNormalization':
    case 'SimplifiedLayerNormalization':
      return operand === 1 ? scale('norm') : shift('norm');
    case 'PRelu':
      return operand === 1
        ? { kind: 'prelu', parameter: plainParameter(stored, variable, 'shift', undefined, 0.25) }
        : undefined;
    default:
      return undefined;
  }
}

/** A table that is added to the signal: a learned position, as far as its name says so. */
function positionOf(stored: StoredTensor, variable: string): Found | undefined {
  if (!/pos|emb|token/i.test(stored.name)) return undefined;
  const parameter = embeddingParameter(stored, variable);
  return parameter === undefined ? undefined : { kind: 'embedding', parameter };
}

/** Axes as stored, from those that the operator sees behind a transposition. */
function stand(axes: readonly Axis[], permutation: readonly number[] | undefined): readonly Axis[] {
  if (permutation === undefined) return axes;
  const result = new Array<Axis>(axes.length);
  for (const [seen, stored] of permutation.entries()) result[stored] = axes[seen];
  return result.every((axis) => axis !== undefined) && permutation.length === axes.length ? result : [];
}

/** A bias that an Add puts on a product belongs to the product's layer. */
function biasOwner(
  { parameter }: Found,
  { operator, makers }: InitializerUse,
  layerOfNode: ReadonlyMap<number, string>,
): string | undefined {
  if (operator !== 'Add' || parameter.shape.role !== 'bias') return undefined;
  return makers.map((maker) => layerOfNode.get(maker)).find((owner) => owner !== undefined);
}

/** A bias that another node adds takes the fans of its layer's weight all the same. */
function withFans(parameters: readonly ModelParameter[]): ModelParameter[] {
  const weight = parameters.find(({ shape }) => shape.role === 'weight')?.shape;
  const rank = ({ shape, fixed }: ModelParameter) =>
    fixed !== undefined ? 2 : shape.role === 'weight' ? 0 : 1;
  return parameters
    .map((one) => {
      if (one.shape.role !== 'bias' || weight === undefined) return one;
      return { ...one, shape: { ...one.shape, fanIn: weight.fanIn, fanOut: weight.fanOut } };
    })
    .sort((a, b) => rank(a) - rank(b));
}

function layerName(name: string, use: InitializerUse): string {
  const { layer } = splitName(name);
  return layer === '' ? (use.node === use.operator ? name : use.node) : layer;
}

const activations: Readonly<Record<string, string>> = {
  Relu: 'relu',
  LeakyRelu: 'leaky-relu',
  PRelu: 'prelu',
  Elu: 'elu',
  Selu: 'selu',
  Celu: 'celu',
  Gelu: 'gelu',
  Mish: 'mish',
  Sigmoid: 'sigmoid',
  HardSigmoid: 'hard-sigmoid',
  HardSwish: 'hard-swish',
  Tanh: 'tanh',
  Softplus: 'softplus',
  Softsign: 'softsign',
};

function activationOf({ next }: InitializerUse): string | undefined {
  return Object.hasOwn(activations, next) ? activations[next] : undefined;
}

function numberOf(value: number | readonly number[] | undefined, usual: number): number {
  return typeof value === 'number' ? value : usual;
}

function listOf(value: number | readonly number[] | undefined): readonly number[] | undefined {
  return typeof value === 'object' ? value : undefined;
}
