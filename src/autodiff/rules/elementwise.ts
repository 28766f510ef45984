import type { VjpContext, VjpRule, VjpRules } from '../vjp.ts';

/** A rule g · f'(x), from the slope alone. */
function slope(derivative: (context: VjpContext, x: string, y: string) => string): VjpRule {
  return (context) => [
    context.multiply(context.gradient, derivative(context, context.input(0), context.result)),
  ];
}

/** A rule g / d(x). */
function quotient(divisor: (context: VjpContext, x: string, y: string) => string): VjpRule {
  return (context) => [context.divide(context.gradient, divisor(context, context.input(0), context.result))];
}

function onePlus(context: VjpContext, value: string): string {
  return context.add(value, context.scalar(1));
}

function oneMinus(context: VjpContext, value: string): string {
  return context.subtract(context.scalar(1), value);
}

/** Gradients of functions of one element. Those that can are written in the saved output y. */
export const elementwiseRules: VjpRules = {
  Sqrt: quotient((c, _x, y) => c.scale(y, 2)),
  Exp: slope((_c, _x, y) => y),
  Log: quotient((_c, x) => x),
  Reciprocal: slope((c, _x, y) => c.negate(c.multiply(y, y))),
  Erf: slope((c, x) => c.scale(c.op('Exp', [c.negate(c.multiply(x, x))]), 2 / Math.sqrt(Math.PI))),
  Abs: slope((c, x) => signOf(c, x)),
  Sin: slope((c, x) => c.op('Cos', [x])),
  Cos: slope((c, x) => c.negate(c.op('Sin', [x]))),
  Tan: slope((c, _x, y) => onePlus(c, c.multiply(y, y))),
  Asin: quotient((c, x) => c.op('Sqrt', [oneMinus(c, c.multiply(x, x))])),
  Acos: quotient((c, x) => c.negate(c.op('Sqrt', [oneMinus(c, c.multiply(x, x))]))),
  Atan: quotient((c, x) => onePlus(c, c.multiply(x, x))),
  Sinh: slope((c, x) => c.op('Cosh', [x])),
  Cosh: slope((c, x) => c.op('Sinh', [x])),
  Asinh: quotient((c, x) => c.op('Sqrt', [onePlus(c, c.multiply(x, x))])),
  Acosh: quotient((c, x) => c.op('Sqrt', [c.subtract(c.multiply(x, x), c.scalar(1))])),
  Atanh: quotient((c, x) => oneMinus(c, c.multiply(x, x))),
};

/** -1, 0 or 1. onnxruntime's own Sign is scalar code on the CPU and missing on WebGPU. */
export function signOf(context: VjpContext, x: string): string {
  const zero = context.scalar(0);
  return context.subtract(
    context.indicator(context.op('Greater', [x, zero])),
    context.indicator(context.op('Less', [x, zero])),
  );
}
