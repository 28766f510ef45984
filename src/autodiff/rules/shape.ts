import { OutsetError } from '../../messages/error.ts';
import { intAttribute, intsAttribute, stringAttribute } from '../../onnx/attributes.ts';
import type { VjpContext, VjpRule, VjpRules } from '../vjp.ts';

/** The same elements in another shape: the cotangent goes back into the old one. */
const sameElements: VjpRule = (context) => [context.reshape(context.gradient, context.dims(0))];

/** Gradients of operators that move or repeat elements. */
export const shapeRules: VjpRules = {
  Identity: (context) => [context.gradient],
  Reshape: sameElements,
  Flatten: sameElements,
  Squeeze: sameElements,
  Unsqueeze: sameElements,
  Cast: (context) => [context.cast(context.gradient, context.builder.type(context.input(0)).dtype)],
  Transpose(context) {
    const rank = context.dims(0).length;
    const order = intsAttribute(
      context.node,
      'perm',
      Array.from({ length: rank }, (_, i) => rank - 1 - i),
    );
    const inverse = new Array<number>(rank);
    for (const [to, from] of order.entries()) inverse[from] = to;
    return [context.transpose(context.gradient, inverse)];
  },
  Concat(context) {
    const { node, builder } = context;
    if (node.inputs.length === 1) return [context.gradient];
    const rank = context.dims(0).length;
    const axis = intAttribute(node, 'axis');
    const at = axis < 0 ? axis + rank : axis;
    const lengths = node.inputs.map((_, i) => context.dims(i)[at]);
    if (node.inputs.every((_, i) => context.needs(i))) {
      return builder.ops('Split', [context.gradient, builder.ints(lengths)], lengths.length, { axis: at });
    }
    let start = 0;
    return lengths.map((length, i) => {
      start += length;
      if (!context.needs(i)) return undefined;
      return context.op('Slice', [
        context.gradient,
        builder.ints([start - length]),
        builder.ints([start]),
        builder.ints([at]),
      ]);
    });
  },
  Split(context) {
    const parts = context.node.outputs.map(
      (output, i) => context.gradients[i] ?? context.zeros(partDims(context, output, i)),
    );
    if (parts.length === 1) return [parts[0]];
    return [context.op('Concat', parts, { axis: intAttribute(context.node, 'axis', 0) })];
  },
  Expand: (context) => [context.fitted(context.gradient, 0)],
  Tile(context) {
    const dims = context.dims(0);
    const repeats = context.ints(1) ?? dims.map(() => 1);
    const blocks = dims.flatMap((length, i) => [repeats[i], length]);
    const copies = dims.map((_, i) => 2 * i).filter((axis) => blocks[axis] !== 1);
    const sum = context.sum(context.reshape(context.gradient, blocks), copies, false);
    return [context.reshape(sum, dims)];
  },
  Where(context) {
    const [condition, zero] = [context.input(0), context.scalar(0)];
    const chosen = () => context.op('Where', [condition, context.gradient, zero]);
    const other = () => context.op('Where', [condition, zero, context.gradient]);
    return [
      undefined,
      context.needs(1) ? context.fitted(chosen(), 1) : undefined,
      context.needs(2) ? context.fitted(other(), 2) : undefined,
    ];
  },
  Dropout: (context) => [dropout(context)],
  DepthToSpace(context) {
    const block = intAttribute(context.node, 'blocksize');
    if (stringAttribute(context.node, 'mode', 'DCR') === 'DCR') {
      return [context.op('SpaceToDepth', [context.gradient], { blocksize: block })];
    }
    const [n, c, h, w] = context.dims(0);
    const split = context.reshape(context.gradient, [n, c / (block * block), h, block, w, block]);
    return [context.reshape(context.transpose(split, [0, 1, 3, 5, 2, 4]), [n, c, h, w])];
  },
  SpaceToDepth: (context) => [
    context.op('DepthToSpace', [context.gradient], { blocksize: intAttribute(context.node, 'blocksize') }),
  ],
};

/** Shape of a part of Split, also of one that has no name. */
function partDims(context: VjpContext, output: string, index: number): readonly number[] {
  if (output !== '') return context.builder.dims(output);
  const dims = context.dims(0);
  const axis = intAttribute(context.node, 'axis', 0);
  const at = axis < 0 ? axis + dims.length : axis;
  const even = Math.ceil(dims[at] / context.node.outputs.length);
  const length = context.ints(1)?.[index] ?? Math.min(even, dims[at] - even * index);
  return dims.map((size, i) => (i === at ? length : size));
}

/** Identity in inference; in training the engine's mask must be an output, for nothing else knows what was dropped. */
function dropout(context: VjpContext): string {
  const training = context.constant(2);
  const off = !context.has(2) || (training !== undefined && Number(training.data[0]) === 0);
  const ratio = context.has(1) ? context.constant(1)?.data[0] : 0.5;
  if (off || ratio === 0) return context.gradient;
  const mask = context.node.outputs[1] ?? '';
  if (mask === '' || training === undefined || ratio === undefined) {
    throw new OutsetError('autodiff.unsupported', {
      node: context.node.name,
      operator: 'Dropout',
      feature: 'training_mode = 1, mask = ""',
      advice: 'Mul(x, mask / keep)',
    });
  }
  const scale = 1 / (1 - Number(ratio));
  return context.multiply(context.scale(context.gradient, scale), context.indicator(mask));
}
