import { flagAttribute, numberAttribute } from '../../onnx/attributes.ts';
import { floatAttribute } from '../../onnx/builder.ts';
import { type Dims, elementCount } from '../../tensor/tensor.ts';
import { sumToShape } from '../sum-to-shape.ts';
import type { VjpContext, VjpRules } from '../vjp.ts';

/** Y = factor · op(A) · op(B), where op transposes the last two axes if the flag says so. */
interface Product {
  readonly transA: boolean;
  readonly transB: boolean;
  readonly factor: number;
}

/**
 * Gradients of matrix products. Transposes are flags of Gemm and FusedMatMul, never nodes of their own (except for
 * batches on `portable`, where FusedMatMul is missing).
 *
 *   Y = A B:  dA = G Bᵀ,  dB = Aᵀ G
 */
export const matrixRules: VjpRules = {
  MatMul: (context) => matrixProduct(context),
  FusedMatMul: (context) =>
    productGradients(context, context.input(0), context.input(1), context.gradient, {
      transA: flagAttribute(context.node, 'transA', false),
      transB: flagAttribute(context.node, 'transB', false),
      factor: numberAttribute(context.node, 'alpha', 1),
    }),
  Gemm(context) {
    const { node, gradient } = context;
    const [a, b] = productGradients(context, context.input(0), context.input(1), gradient, {
      transA: flagAttribute(node, 'transA', false),
      transB: flagAttribute(node, 'transB', false),
      factor: numberAttribute(node, 'alpha', 1),
    });
    const c = context.needs(2)
      ? context.scale(context.fitted(gradient, 2), numberAttribute(node, 'beta', 1))
      : undefined;
    return [a, b, c];
  },
};

/** numpy.matmul: a one-dimensional operand is a row on the left and a column on the right. */
function matrixProduct(context: VjpContext): (string | undefined)[] {
  const a = context.dims(0);
  const b = context.dims(1);
  const plain = { transA: false, transB: false, factor: 1 };
  if (a.length > 1 && b.length > 1) {
    return productGradients(context, context.input(0), context.input(1), context.gradient, plain);
  }
  const left = a.length === 1 ? [1, ...a] : a;
  const right = b.length === 1 ? [...b, 1] : b;
  const batch = a.length === 1 ? right.slice(0, -2) : left.slice(0, -2);
  const gradient = context.reshape(context.gradient, [
    ...batch,
    left[left.length - 2],
    right[right.length - 1],
  ]);
  const [dA, dB] = productGradients(
    context,
    context.reshape(context.input(0), left),
    context.reshape(context.input(1), right),
    gradient,
    plain,
  );
  return [
    dA === undefined ? undefined : context.reshape(dA, a),
    dB === undefined ? undefined : context.reshape(dB, b),
  ];
}

function productGradients(
  context: VjpContext,
  a: string,
  b: string,
  gradient: string,
  { transA, transB, factor }: Product,
): (string | undefined)[] {
  const dimsA = context.builder.dims(a);
  const dimsB = context.builder.dims(b);
  if (dimsB.length === 2 && dimsA.length > 2 && !transA) {
    // A stack of rows against one matrix is a single product: [..., M, K] is [rows, K].
    const rows = elementCount(dimsA.slice(0, -1));
    const inner = context.builder.dims(gradient);
    const [dA, dB] = productGradients(
      context,
      context.reshape(a, [rows, dimsA[dimsA.length - 1]]),
      b,
      context.reshape(gradient, [rows, inner[inner.length - 1]]),
      { transA, transB, factor },
    );
    return [dA === undefined ? undefined : context.reshape(dA, dimsA), dB];
  }
  const dA = !context.needs(0)
    ? undefined
    : transA
      ? product(context, b, gradient, { transA: transB, transB: true, factor })
      : product(context, gradient, b, { transA: false, transB: !transB, factor });
  const dB = !context.needs(1)
    ? undefined
    : transB
      ? product(context, gradient, a, { transA: true, transB: transA, factor })
      : product(context, a, gradient, { transA: !transA, transB: false, factor });
  return [
    dA === undefined ? undefined : sumToShape(context.builder, dA, dimsA),
    dB === undefined ? undefined : sumToShape(context.builder, dB, dimsB),
  ];
}

function product(context: VjpContext, a: string, b: string, { transA, transB, factor }: Product): string {
  const rankA = context.builder.dims(a).length;
  const rankB = context.builder.dims(b).length;
  const flags = {
    transA: transA ? 1 : undefined,
    transB: transB ? 1 : undefined,
    alpha: factor === 1 ? undefined : floatAttribute(factor),
  };
  if (rankA === 2 && rankB === 2) return context.op('Gemm', [a, b], flags);
  if (context.target === 'cpu') return context.op('FusedMatMul', [a, b], flags, 'com.microsoft');
  const left = transA ? context.transpose(a, swapLast(context.builder.dims(a))) : a;
  const right = transB ? context.transpose(b, swapLast(context.builder.dims(b))) : b;
  return context.scale(context.op('MatMul', [left, right]), factor);
}

function swapLast(dims: Dims): number[] {
  const order = dims.map((_, i) => i);
  const last = dims.length - 1;
  [order[last], order[last - 1]] = [last - 1, last];
  return order;
}
