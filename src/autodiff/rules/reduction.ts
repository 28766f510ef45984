import { flagAttribute } from '../../onnx/attributes.ts';
import { elementCount } from '../../tensor/tensor.ts';
import type { VjpContext, VjpRule, VjpRules } from '../vjp.ts';
import { signOf } from './elementwise.ts';

/** The axes of a reduction and its operands with them kept at length 1. */
interface Reduction {
  readonly axes: readonly number[];
  /** Cotangent, with the reduced axes at length 1. */
  readonly gradient: string;
  /** Result, with the reduced axes at length 1. */
  readonly result: () => string;
  /** Number of elements behind each result. */
  readonly count: number;
}

function reduction(rule: (context: VjpContext, x: string, reduced: Reduction) => string): VjpRule {
  return (context) => {
    const dims = context.dims(0);
    const given = context.ints(1) ?? [];
    const none = given.length === 0 && flagAttribute(context.node, 'noop_with_empty_axes', false);
    const axes = none
      ? []
      : given.length === 0
        ? dims.map((_, i) => i)
        : given.map((axis) => (axis < 0 ? axis + dims.length : axis));
    const kept = dims.map((length, i) => (axes.includes(i) ? 1 : length));
    const value = rule(context, context.input(0), {
      axes,
      gradient: context.reshape(context.gradient, kept),
      result: () => context.reshape(context.result, kept),
      count: axes.reduce((product, axis) => product * dims[axis], 1),
    });
    return [context.expand(value, dims)];
  };
}

/** Elements that tie share the gradient equally, as torch.amax and torch.amin do. */
const extremum = reduction((c, x, { axes, gradient, result }) => {
  const mask = c.indicator(c.op('Equal', [x, result()]));
  return c.multiply(mask, c.divide(gradient, c.sum(mask, axes, true)));
});

/** Gradients of reductions. */
export const reductionRules: VjpRules = {
  ReduceSum: reduction((_c, _x, { gradient }) => gradient),
  ReduceMean: reduction((c, _x, { gradient, count }) => c.scale(gradient, count === 0 ? 1 : 1 / count)),
  ReduceMax: extremum,
  ReduceMin: extremum,
  ReduceL1: reduction((c, x, { gradient }) => c.multiply(gradient, signOf(c, x))),
  // x / |x|; 0 at the origin, as in torch.
  ReduceL2: reduction((c, x, { gradient, result }) => {
    const norm = result();
    const zero = c.op('Equal', [norm, c.scalar(0)]);
    const safe = c.op('Where', [zero, c.scalar(1), norm]);
    return c.multiply(x, c.divide(gradient, safe));
  }),
  ReduceSumSquare: reduction((c, x, { gradient }) => c.multiply(c.scale(x, 2), gradient)),
  ReduceLogSum: reduction((c, x, { gradient, axes }) => c.divide(gradient, c.sum(x, axes, true))),
  ReduceLogSumExp: reduction((c, x, { gradient, result }) =>
    c.multiply(gradient, c.op('Exp', [c.subtract(x, result())])),
  ),
  // The product of the others, also where some are zero: with zeros taken out of the product, an element sees it
  // only if no other one is zero.
  ReduceProd: reduction((c, x, { gradient, axes }) => {
    const zero = c.indicator(c.op('Equal', [x, c.scalar(0)]));
    const nonzero = c.add(x, zero);
    const others = c.subtract(c.sum(zero, axes, true), zero);
    const alone = c.indicator(c.op('Less', [others, c.scalar(0.5)]));
    const product =
      elementCount(c.dims(0)) === 0
        ? nonzero
        : c.op('ReduceProd', [nonzero, c.builder.ints(axes)], {
            keepdims: 1,
            noop_with_empty_axes: axes.length === 0 ? 1 : undefined,
          });
    return c.multiply(c.multiply(gradient, alone), c.divide(product, nonzero));
  }),
};
