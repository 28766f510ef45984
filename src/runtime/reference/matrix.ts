/** Matrix products. */
import { flagAttribute, numberAttribute } from '../../onnx/attributes.ts';
import { elementCount, type Tensor } from '../../tensor/tensor.ts';
import {
  fromNumbers,
  type Kernel,
  type KernelCall,
  type KernelTable,
  numbersOf,
  requiredInput,
  reshaped,
  shapesDoNotFit,
  unsupported,
} from './kernel.ts';
import { broadcastDims, broadcastNumbers, broadcastOffsets } from './offsets.ts';
import { transpose } from './shape.ts';

/** out[m, n] += Σ_k a[m, k] · b[k, n] for one pair of matrices that start at the given offsets. */
function accumulateProduct(
  out: Float64Array,
  outStart: number,
  a: Float64Array,
  aStart: number,
  b: Float64Array,
  bStart: number,
  [rows, inner, columns]: readonly [number, number, number],
): void {
  for (let m = 0; m < rows; m++) {
    const target = outStart + m * columns;
    for (let k = 0; k < inner; k++) {
      const factor = a[aStart + m * inner + k];
      const source = bStart + k * columns;
      for (let n = 0; n < columns; n++) out[target + n] += factor * b[source + n];
    }
  }
}

/** numpy's matmul: the leading axes broadcast, and a vector counts as a row on the left, a column on the right. */
function matrixProduct(call: KernelCall, left: Tensor, right: Tensor): Tensor {
  if (left.dims.length === 0 || right.dims.length === 0) throw shapesDoNotFit(call);
  const a = left.dims.length === 1 ? reshaped(left, [1, left.dims[0]]) : left;
  const b = right.dims.length === 1 ? reshaped(right, [right.dims[0], 1]) : right;
  const [rows, inner] = a.dims.slice(-2);
  const [innerRight, columns] = b.dims.slice(-2);
  if (inner !== innerRight) throw shapesDoNotFit(call);
  const batch = broadcastDims(call, [a.dims.slice(0, -2), b.dims.slice(0, -2)]);
  const aOffsets = broadcastOffsets(a.dims.slice(0, -2), batch);
  const bOffsets = broadcastOffsets(b.dims.slice(0, -2), batch);
  const result = new Float64Array(elementCount(batch) * rows * columns);
  const [aNumbers, bNumbers] = [numbersOf(a), numbersOf(b)];
  const sizes = [rows, inner, columns] as const;
  for (let i = 0; i < aOffsets.length; i++) {
    const aStart = aOffsets[i] * rows * inner;
    const bStart = bOffsets[i] * inner * columns;
    accumulateProduct(result, i * rows * columns, aNumbers, aStart, bNumbers, bStart, sizes);
  }
  const dims = [
    ...batch,
    ...(left.dims.length === 1 ? [] : [rows]),
    ...(right.dims.length === 1 ? [] : [columns]),
  ];
  return fromNumbers(left.dtype, dims, result);
}

/** Swaps the last two axes. */
function swapMatrix(value: Tensor): Tensor {
  const order = value.dims.map((_, axis) => axis);
  const rank = order.length;
  return transpose(value, [...order.slice(0, -2), rank - 1, rank - 2]);
}

const gemm: Kernel = (call) => {
  const [left, right] = [requiredInput(call, 0), requiredInput(call, 1)];
  const a = flagAttribute(call.node, 'transA', false) ? swapMatrix(left) : left;
  const b = flagAttribute(call.node, 'transB', false) ? swapMatrix(right) : right;
  const product = matrixProduct(call, a, b);
  const alpha = numberAttribute(call.node, 'alpha', 1);
  const beta = numberAttribute(call.node, 'beta', 1);
  const result = numbersOf(product).map((value) => alpha * value);
  const bias = call.inputs[2];
  if (bias !== undefined) {
    const numbers = broadcastNumbers(numbersOf(bias), bias.dims, product.dims);
    for (let i = 0; i < result.length; i++) result[i] += beta * numbers[i];
  }
  return [fromNumbers(left.dtype, product.dims, result)];
};

const fusedMatMul: Kernel = (call) => {
  const flag = (name: string) => flagAttribute(call.node, name, false);
  let [a, b] = [requiredInput(call, 0), requiredInput(call, 1)];
  for (const name of ['transBatchA', 'transBatchB']) {
    if (flag(name)) throw unsupported(call, name, '1', '0');
  }
  // Transposing a vector changes nothing.
  if (flag('transA') && a.dims.length > 1) a = swapMatrix(a);
  if (flag('transB') && b.dims.length > 1) b = swapMatrix(b);
  const product = matrixProduct(call, a, b);
  const alpha = numberAttribute(call.node, 'alpha', 1);
  return [
    fromNumbers(
      a.dtype,
      product.dims,
      numbersOf(product).map((value) => alpha * value),
    ),
  ];
};

export const matrixKernels: KernelTable = {
  MatMul: (call) => [matrixProduct(call, requiredInput(call, 0), requiredInput(call, 1))],
  Gemm: gemm,
  'com.microsoft.FusedMatMul': fusedMatMul,
};
