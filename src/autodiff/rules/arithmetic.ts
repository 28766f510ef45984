import type { VjpContext, VjpRule, VjpRules } from '../vjp.ts';

/** Gradients of arithmetic with broadcasting. */
export const arithmeticRules: VjpRules = {
  Add: (context) => [
    context.needs(0) ? context.fitted(context.gradient, 0) : undefined,
    context.needs(1) ? context.fitted(context.gradient, 1) : undefined,
  ],
  Sub: (context) => [
    context.needs(0) ? context.fitted(context.gradient, 0) : undefined,
    context.needs(1) ? context.negate(context.fitted(context.gradient, 1)) : undefined,
  ],
  Mul: (context) => [
    context.needs(0) ? context.fitted(context.multiply(context.gradient, context.input(1)), 0) : undefined,
    context.needs(1) ? context.fitted(context.multiply(context.gradient, context.input(0)), 1) : undefined,
  ],
  Div(context) {
    if (!context.needs(0) && !context.needs(1)) return [];
    // d(a/b)/db = -(a/b)/b, from the saved quotient.
    const numerator = context.divide(context.gradient, context.input(1));
    return [
      context.needs(0) ? context.fitted(numerator, 0) : undefined,
      context.needs(1)
        ? context.negate(context.fitted(context.multiply(numerator, context.result), 1))
        : undefined,
    ];
  },
  Neg: (context) => [context.negate(context.gradient)],
  Sum: (context) => context.node.inputs.map((_, i) => share(context, i, context.gradient)),
  Mean(context) {
    const part = context.scale(context.gradient, 1 / context.node.inputs.length);
    return context.node.inputs.map((_, i) => share(context, i, part));
  },
  Max: (context) => extremum(context),
  Min: (context) => extremum(context),
  Pow: (context) => [
    context.needs(0) ? context.fitted(powerBase(context), 0) : undefined,
    context.needs(1) ? powerExponent(context) : undefined,
  ],
};

function share(context: VjpContext, index: number, gradient: string): string | undefined {
  return context.needs(index) ? context.fitted(gradient, index) : undefined;
}

/** Operands that tie share the gradient equally, as torch.maximum, torch.minimum and torch.amax do. */
const extremum: VjpRule = (context) => {
  if (context.node.inputs.length === 1) return [context.gradient];
  const masks = context.node.inputs.map((input) =>
    context.indicator(context.op('Equal', [input, context.result])),
  );
  const ties = masks.reduce((sum, mask) => context.add(sum, mask));
  const part = context.divide(context.gradient, ties);
  return masks.map((mask, i) =>
    context.needs(i) ? context.fitted(context.multiply(part, mask), i) : undefined,
  );
};

/** g p x^(p-1); exactly 0 where p = 0, although 0^-1 is infinite. */
function powerBase(context: VjpContext): string {
  const x = context.input(0);
  const constant = context.constant(1);
  if (constant !== undefined && constant.data.length === 1) {
    const p = Number(constant.data[0]);
    if (p === 0) return context.multiply(context.gradient, context.scalar(0));
    if (p === 1) return context.gradient;
    const outer = context.scale(context.gradient, p);
    return context.multiply(outer, p === 2 ? x : context.op('Pow', [x, context.scalar(p - 1)]));
  }
  const p = context.cast(context.input(1), context.dtype);
  const slope = context.multiply(p, context.op('Pow', [x, context.subtract(p, context.scalar(1))]));
  const safe = context.op('Where', [context.op('Equal', [p, context.scalar(0)]), context.scalar(0), slope]);
  return context.multiply(context.gradient, safe);
}

/** g x^p ln x; exactly 0 where x = 0 and p >= 0, the limit from the right (torch's rule). */
function powerExponent(context: VjpContext): string {
  const x = context.input(0);
  const p = context.cast(context.input(1), context.dtype);
  const slope = context.multiply(context.result, context.op('Log', [x]));
  const limit = context.op('And', [
    context.op('Equal', [x, context.scalar(0)]),
    context.op('GreaterOrEqual', [p, context.scalar(0)]),
  ]);
  const safe = context.op('Where', [limit, context.scalar(0), slope]);
  const gradient = context.fitted(context.multiply(context.gradient, safe), 1);
  return context.cast(gradient, context.builder.type(context.input(1)).dtype);
}
