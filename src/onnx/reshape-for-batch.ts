import { elementCount, int64 } from '../tensor/tensor.ts';
import { intAttribute } from './attributes.ts';
import type { GraphBuilder } from './builder.ts';
import type { GraphNode } from './graph.ts';

/**
 * A Reshape whose shape was written for a batch of `fixed` examples, for `wanted` ones: the first number that says
 * `fixed` says `wanted` where the batch is the first axis of the operand, or where the shape would not fit otherwise.
 */
export function reshapeForBatch(
  node: GraphNode,
  { fixed, wanted }: { readonly fixed: number; readonly wanted: number },
  builder: GraphBuilder,
): GraphNode {
  if (node.operator !== 'Reshape' || node.domain !== '' || node.inputs.length < 2 || fixed === wanted)
    return node;
  const shape = builder.constantOf(node.inputs[1]);
  if (shape?.dtype !== 'int64' || shape.dims.length !== 1 || !builder.has(node.inputs[0])) return node;
  const numbers = Array.from(shape.data, Number);
  const dims = builder.dims(node.inputs[0]);
  const count = elementCount(dims);
  const known = numbers.map((length, axis) =>
    length === 0 && intAttribute(node, 'allowzero', 0) === 0 ? (dims[axis] ?? 0) : length,
  );
  const leads = dims[0] === wanted && numbers[0] === fixed;
  const misfits = !known.includes(-1) && elementCount(known) !== count;
  const at = leads ? 0 : misfits ? known.indexOf(fixed) : -1;
  if (at < 0) return node;
  const mended = int64([numbers.length], numbers.with(at, wanted));
  const name = builder.constant(mended, builder.fresh(`${node.inputs[1]}.batch`));
  return { ...node, inputs: [node.inputs[0], name] };
}
