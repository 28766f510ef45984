/** The layers of a graph: operators that multiply the signal by a stored weight. */
import type { ParameterShape } from '../../../initializers/initializer.ts';
import {
  type Axis,
  depthwiseParameter,
  embeddingParameter,
  inOut,
  inOutKernel,
  outIn,
} from '../../../models/parameter-view.ts';
import { hasAttribute, intAttribute, intsAttribute, stringAttribute } from '../../../onnx/attributes.ts';
import type { GraphNode } from '../../../onnx/graph.ts';
import type { SubjectLayer } from '../../subject.ts';
import type { GraphIndex } from './graph-index.ts';
import { storedShape, type WeightSource } from './weight-sources.ts';

export interface Product {
  readonly position: number;
  readonly node: GraphNode;
  readonly type: SubjectLayer['type'];
  readonly weight: ParameterShape;
  /** Operand that the signal comes in by. */
  readonly signal: number;
  /** Operand of the bias, where the operator takes one. */
  readonly bias: number | undefined;
  readonly unitAxis: number;
  /** False where the operator applies functions of its own within. */
  readonly isLinear: boolean;
}

type Sources = ReadonlyMap<string, WeightSource>;

/** Every use of a stored weight in a product, in the order of the nodes; a weight counts once for each kind of use. */
export function findProducts(index: GraphIndex, sources: Sources): Product[] {
  const products: Product[] = [];
  const seen = new Set<string>();
  for (const [position, node] of index.graph.nodes.entries()) {
    for (const found of productsOf(node, position, index, sources)) {
      const key = `${found.type}:${found.weight.name}`;
      if (!seen.has(key)) products.push(found);
      seen.add(key);
    }
  }
  return products;
}

function productsOf(node: GraphNode, position: number, index: GraphIndex, sources: Sources): Product[] {
  const source = (operand: number) => sources.get(node.inputs[operand] ?? '');
  const rank = index.dims(node.outputs.find((output) => output !== '') ?? '').length;
  const make = (
    type: Product['type'],
    weight: ParameterShape | undefined,
    rest: Partial<Product> = {},
  ): Product[] => {
    if (weight === undefined) return [];
    const usual = { signal: 0, bias: undefined, unitAxis: rank - 1, isLinear: true };
    return [{ position, node, type, weight, ...usual, ...rest }];
  };
  const convolution = (type: 'conv' | 'conv-transpose') => {
    const weight = source(1);
    if (weight === undefined || source(0) !== undefined) return [];
    const groups = intAttribute(node, 'group', 1);
    const strides = hasAttribute(node, 'strides') ? intsAttribute(node, 'strides') : undefined;
    const axes = weight.axes.length;
    const shape =
      type === 'conv'
        ? (storedShape(weight, outIn(axes), { groups, strides }) ?? depthwise(weight))
        : storedShape(weight, inOutKernel(axes), { groups, strides, transposed: true });
    return make(type, shape, { unitAxis: 1, bias: 2 });
  };
  const matrix = (left: boolean, right: boolean, bias: number | undefined) => {
    const [first, second] = [source(0), source(1)];
    if (second !== undefined && first === undefined) {
      return make('dense', dense(second, right ? outIn(2) : inOut(2)), { bias });
    }
    if (first === undefined || second !== undefined) return [];
    return make('dense', dense(first, left ? inOut(2) : outIn(2)), { signal: 1, unitAxis: rank - 2 });
  };
  switch (node.operator) {
    case 'Conv':
      return convolution('conv');
    case 'ConvTranspose':
      return convolution('conv-transpose');
    case 'Gemm':
      return matrix(intAttribute(node, 'transA', 0) !== 0, intAttribute(node, 'transB', 0) !== 0, 2);
    case 'MatMul':
      return matrix(false, false, undefined);
    case 'FusedMatMul':
      return matrix(intAttribute(node, 'transA', 0) !== 0, intAttribute(node, 'transB', 0) !== 0, undefined);
    case 'Einsum':
      return einsum(node, source, make);
    case 'LSTM':
    case 'GRU':
    case 'RNN': {
      const gates: Axis[] = ['out', 'out', 'in'];
      const [w, r] = [source(1), source(2)];
      const rest = { unitAxis: rank - 1, isLinear: false };
      return [
        ...(w === undefined ? [] : make('recurrent', storedShape(w, gates), { ...rest, bias: 3 })),
        ...(r === undefined ? [] : make('recurrent', storedShape(r, gates), rest)),
      ];
    }
    case 'Gather': {
      const table = source(0);
      const [, indices] = node.inputs;
      if (table === undefined || intAttribute(node, 'axis', 0) !== 0 || index.constant(indices) !== undefined)
        return [];
      const stored = { name: table.parameter, type: 'float32' as const, dims: table.storedDims };
      return make('embedding', embeddingParameter(stored, 'weight')?.shape, { signal: 1 });
    }
    default:
      return [];
  }
}

/** Keras: [...kernel, channels, multiplier], whose last two axes are the outputs. */
function depthwise({ parameter, storedDims, axes }: WeightSource): ParameterShape | undefined {
  if (axes[0]?.length !== 2) return undefined;
  return depthwiseParameter({ name: parameter, type: 'float32', dims: storedDims }, parameter)?.shape;
}

/** A matrix whose leading axes, if any, have length 1. */
function dense(source: WeightSource, roles: readonly Axis[]): ParameterShape | undefined {
  const leading = source.axes.length - 2;
  if (
    leading < 0 ||
    source.axes.slice(0, leading).some((group) => group.length > 0 && !isUnit(source, group))
  )
    return undefined;
  return storedShape({ ...source, axes: source.axes.slice(leading) }, roles);
}

function isUnit({ storedDims }: WeightSource, group: readonly number[]): boolean {
  return group.every((axis) => storedDims[axis] === 1);
}

/** A product of two operands in which no axis of the weight is shared with signal and result. */
function einsum(
  node: GraphNode,
  source: (operand: number) => WeightSource | undefined,
  make: (type: 'dense', weight: ParameterShape | undefined, rest: Partial<Product>) => Product[],
): Product[] {
  const equation = stringAttribute(node, 'equation', '').replaceAll(' ', '');
  const [operands, result] = equation.split('->');
  const terms = operands.split(',');
  const at = [0, 1].find((operand) => source(operand) !== undefined && source(1 - operand) === undefined);
  if (at === undefined || result === undefined || terms.length !== 2 || equation.includes('.')) return [];
  const roles = [...terms[at]].map((letter): Axis | undefined => {
    const [inSignal, inResult] = [terms[1 - at].includes(letter), result.includes(letter)];
    return inSignal && !inResult ? 'in' : inResult && !inSignal ? 'out' : undefined;
  });
  const known = roles.filter((role) => role !== undefined);
  const weight = source(at);
  if (weight === undefined || known.length !== roles.length) return [];
  const unit = terms[at][roles.lastIndexOf('out')];
  return make('dense', storedShape(weight, known), { signal: 1 - at, unitAxis: result.indexOf(unit) });
}
