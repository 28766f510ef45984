import { OutsetError } from '../messages/error.ts';
import { elementCount, type Tensor } from '../tensor/tensor.ts';
import type { GraphNode, ValueType } from './graph.ts';
import { activationRules } from './operators/activation.ts';
import { broadcastRules } from './operators/broadcast.ts';
import { OperatorCall, type TypeRule, type TypeRules } from './operators/call.ts';
import { classicalRules } from './operators/classical.ts';
import { controlRules } from './operators/control.ts';
import { convolutionRules } from './operators/convolution.ts';
import { elementwiseRules } from './operators/elementwise.ts';
import { generatorRules } from './operators/generator.ts';
import { indexingRules } from './operators/indexing.ts';
import { fusedMatrixRules, matrixRules } from './operators/matrix.ts';
import { normalizationRules } from './operators/normalization.ts';
import { poolingRules } from './operators/pooling.ts';
import { quantizationRules } from './operators/quantization.ts';
import { recurrentRules } from './operators/recurrent.ts';
import { reductionRules } from './operators/reduction.ts';
import { resizeRules } from './operators/resize.ts';
import { shapeRules } from './operators/shape.ts';

const inDomain = (domain: string, rules: TypeRules): [string, TypeRule][] =>
  Object.entries(rules).map(([operator, rule]) => [`${domain}.${operator}`, rule]);

/** Rules of the standard operators and, with their domain in front, of scikit-learn's and onnxruntime's own. */
export const typeRules: ReadonlyMap<string, TypeRule> = new Map([
  ...Object.entries(elementwiseRules),
  ...Object.entries(broadcastRules),
  ...Object.entries(activationRules),
  ...Object.entries(matrixRules),
  ...Object.entries(convolutionRules),
  ...Object.entries(poolingRules),
  ...Object.entries(normalizationRules),
  ...Object.entries(reductionRules),
  ...Object.entries(shapeRules),
  ...Object.entries(indexingRules),
  ...Object.entries(resizeRules),
  ...Object.entries(generatorRules),
  ...Object.entries(recurrentRules),
  ...Object.entries(quantizationRules),
  ...Object.entries(controlRules),
  ...inDomain('ai.onnx.ml', classicalRules),
  ...inDomain('com.microsoft', fusedMatrixRules),
]);

/** Beyond this many elements a value cannot be held by any engine here; it bounds what a hostile file can ask for. */
const mostElements = 2 ** 40;
const mostAxes = 64;

/**
 * Types and shapes of the outputs of a node, by the rules of opset 21. Shapes that an operand decides
 * (Reshape, Slice, ...) need that operand to be a constant.
 * @param inputs types of the operands; undefined for absent ones
 * @param constants values of those operands that are constants
 * @throws onnx.* naming the node, what was expected and what was got
 */
export function inferTypes(
  node: GraphNode,
  inputs: readonly (ValueType | undefined)[],
  constants: readonly (Tensor | undefined)[],
): ValueType[] {
  const rule = typeRules.get(node.domain === '' ? node.operator : `${node.domain}.${node.operator}`);
  if (rule === undefined) {
    throw new OutsetError('onnx.unknown_operator', {
      node: node.name,
      operator: node.operator,
      domain: node.domain,
    });
  }
  const types = rule(new OperatorCall(node, inputs, constants));
  if (node.outputs.length > types.length) {
    throw new OutsetError('onnx.too_many_outputs', {
      node: node.name,
      operator: node.operator,
      most: types.length,
      got: node.outputs.length,
    });
  }
  for (const { dims } of types) {
    const whole = dims.every((length) => Number.isSafeInteger(length) && length >= 0);
    if (!whole || dims.length > mostAxes || !(elementCount(dims) <= mostElements)) {
      throw new OutsetError('onnx.too_large', { node: node.name, operator: node.operator, dims: [...dims] });
    }
  }
  return types;
}
