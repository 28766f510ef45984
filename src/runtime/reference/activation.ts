/** Activation functions, with ONNX' formulas and default parameters. */
import { intAttribute, numberAttribute, stringAttribute } from '../../onnx/attributes.ts';
import { elementCount } from '../../tensor/tensor.ts';
import { unary } from './elementwise.ts';
import { erf } from './erf.ts';
import {
  fromNumbers,
  type Kernel,
  type KernelTable,
  normalizeAxis,
  numbersOf,
  real,
  requiredInput,
} from './kernel.ts';
import { broadcastNumbers } from './offsets.ts';

function sigmoid(x: number): number {
  if (x >= 0) return 1 / (1 + Math.exp(-x));
  const e = Math.exp(x);
  return e / (1 + e);
}

function softplus(x: number): number {
  return Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)));
}

/** A kernel whose function depends on real attributes with the given defaults. */
function parametric(
  defaults: Readonly<Record<string, number>>,
  map: (x: number, parameters: readonly number[]) => number,
): Kernel {
  return (call) => {
    const parameters = Object.entries(defaults).map(([name, value]) =>
      numberAttribute(call.node, name, value),
    );
    return unary((x) => map(x, parameters))(call);
  };
}

const gelu: Kernel = (call) => {
  if (stringAttribute(call.node, 'approximate', 'none') === 'tanh') {
    const scale = Math.sqrt(2 / Math.PI);
    return unary((x) => 0.5 * x * (1 + Math.tanh(scale * (x + 0.044715 * x ** 3))))(call);
  }
  return unary((x) => 0.5 * x * (1 + erf(x * Math.SQRT1_2)))(call);
};

const pRelu: Kernel = (call) => {
  const input = requiredInput(call, 0);
  const slope = requiredInput(call, 1);
  const slopes = broadcastNumbers(numbersOf(slope), slope.dims, input.dims);
  const result = numbersOf(input).map((x, i) => (x < 0 ? x * slopes[i] : x));
  return [fromNumbers(input.dtype, input.dims, result)];
};

/** A kernel that maps each row along the `axis` attribute (default -1) to a row of the same length. */
function alongAxis(map: (row: Float64Array) => Float64Array): Kernel {
  return (call) => {
    const input = requiredInput(call, 0);
    const axis = normalizeAxis(call, intAttribute(call.node, 'axis', -1), input.dims.length);
    const x = numbersOf(input);
    const y = new Float64Array(x.length);
    const row = new Float64Array(input.dims[axis]);
    const inner = elementCount(input.dims.slice(axis + 1));
    const rows = elementCount(input.dims.slice(0, axis)) * inner;
    for (let r = 0; r < rows; r++) {
      const start = Math.floor(r / inner) * row.length * inner + (r % inner);
      for (let k = 0; k < row.length; k++) row[k] = x[start + k * inner];
      const result = map(row);
      for (let k = 0; k < row.length; k++) y[start + k * inner] = result[k];
    }
    return [real(input.dims, y)];
  };
}

/** x - log Σ exp(x), shifted by the maximum. */
function logSoftmax(row: Float64Array): Float64Array {
  const highest = row.reduce((a, b) => Math.max(a, b), -Infinity);
  let sum = 0;
  for (let k = 0; k < row.length; k++) sum += Math.exp(row[k] - highest);
  return row.map((x) => x - highest - Math.log(sum));
}

/** 1 at the first largest element, else 0. */
function hardmax(row: Float64Array): Float64Array {
  const highest = row.reduce((a, b) => Math.max(a, b), -Infinity);
  const first = row.indexOf(highest);
  return row.map((_, k) => Number(k === first));
}

export const activationKernels: KernelTable = {
  Relu: unary((x) => Math.max(x, 0)),
  LeakyRelu: parametric({ alpha: 0.01 }, (x, [alpha]) => (x < 0 ? alpha * x : x)),
  PRelu: pRelu,
  Elu: parametric({ alpha: 1 }, (x, [alpha]) => (x < 0 ? alpha * Math.expm1(x) : x)),
  Selu: parametric(
    { alpha: 1.6732631921768188, gamma: 1.0507010221481323 },
    (x, [alpha, gamma]) => gamma * (x < 0 ? alpha * Math.expm1(x) : x),
  ),
  Celu: parametric({ alpha: 1 }, (x, [alpha]) => (x < 0 ? alpha * Math.expm1(x / alpha) : x)),
  Gelu: gelu,
  Sigmoid: unary(sigmoid),
  HardSigmoid: parametric({ alpha: 0.2, beta: 0.5 }, (x, [alpha, beta]) =>
    Math.max(0, Math.min(1, alpha * x + beta)),
  ),
  HardSwish: unary((x) => x * Math.max(0, Math.min(1, x / 6 + 0.5))),
  Softplus: unary(softplus),
  Softsign: unary((x) => x / (1 + Math.abs(x))),
  Mish: unary((x) => x * Math.tanh(softplus(x))),
  Shrink: parametric({ bias: 0, lambd: 0.5 }, (x, [bias, lambda]) =>
    x < -lambda ? x + bias : x > lambda ? x - bias : 0,
  ),
  ThresholdedRelu: parametric({ alpha: 1 }, (x, [alpha]) => (x > alpha ? x : 0)),
  Hardmax: alongAxis(hardmax),
  Softmax: alongAxis((row) => logSoftmax(row).map(Math.exp)),
  LogSoftmax: alongAxis(logSoftmax),
};
