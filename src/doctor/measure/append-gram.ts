/**
 * Products with J Jᵀ, J the Jacobian of one value by others, as nodes of the graph: with cotangents u at the output, Jᵀ u is a
 * gradient, and J Jᵀ u the gradient of |Jᵀ u|² / 2 with respect to u. So forward differentiation is not needed.
 */
import { appendGradient } from '../../autodiff/index.ts';
import type { GraphBuilder } from '../../onnx/builder.ts';

export interface Gram {
  /** Jᵀ u for each value. */
  readonly transposed: ReadonlyMap<string, string>;
  /** J Jᵀ u, of the shape of u. */
  readonly product: string;
}

/**
 * @param cotangent value of the output's shape that depends on `seed`
 * @param seed what J Jᵀ is taken with respect to; usually the cotangent itself
 * @throws autodiff.no_rule where an operator, or one of its gradient, cannot be differentiated
 */
export function appendGram(
  builder: GraphBuilder,
  output: string,
  withRespectTo: readonly string[],
  cotangent: string,
  seed = cotangent,
): Gram {
  const transposed = appendGradient(builder, output, withRespectTo, { seed: cotangent });
  const half = builder.op('Mul', [appendSquares(builder, [...transposed.values()]), builder.scalar(0.5)]);
  const product = appendGradient(builder, half, [seed]).get(seed) as string;
  return { transposed, product };
}

/** The sum of squares over all values. */
function appendSquares(builder: GraphBuilder, values: readonly string[]): string {
  return appendInnerProduct(builder, values, values);
}

/** Sum of products of each value with its partner. */
export function appendInnerProduct(
  builder: GraphBuilder,
  values: readonly string[],
  partners: readonly string[],
): string {
  return values
    .map((value, i) => builder.op('ReduceSum', [builder.op('Mul', [value, partners[i]])], { keepdims: 0 }))
    .reduce((sum, one) => builder.op('Add', [sum, one]));
}
