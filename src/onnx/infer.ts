import { OutsetError } from '../messages/error.ts';
import type { Tensor } from '../tensor/tensor.ts';
import type { GraphNode, ValueType } from './graph.ts';

/** Computes the types of a node's outputs from those of its inputs; `constants[i]` is known for constant inputs. */
export type TypeRule = (
  node: GraphNode,
  inputs: readonly (ValueType | undefined)[],
  constants: readonly (Tensor | undefined)[],
) => ValueType[];

/** Rules by operator, filled in by the files of `operators/`. */
export const typeRules: Record<string, TypeRule> = {};

/** Types and shapes of the outputs of a node. */
export function inferTypes(
  node: GraphNode,
  inputs: readonly (ValueType | undefined)[],
  constants: readonly (Tensor | undefined)[],
): ValueType[] {
  const rule = typeRules[node.operator];
  if (rule === undefined)
    throw new OutsetError('onnx.unknown_operator', { node: node.name, operator: node.operator });
  return rule(node, inputs, constants);
}
