/** Activation functions, with ONNX' formulas and default parameters. */
import { intAttribute, numberAttribute, stringAttribute } from '../../onnx/attributes.ts';
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

/** Softmax along one axis, shifted by the maximum; its logarithm when `log`. */
function softmax(log: boolean): Kernel {
  return (call) => {
    const input = requiredInput(call, 0);
    const axis = normalizeAxis(call, intAttribute(call.node, 'axis', -1), input.dims.length);
    const x = numbersOf(input);
    const y = new Float64Array(x.length);
    const length = input.dims.length === 0 ? 1 : input.dims[axis];
    const inner = input.dims.slice(axis + 1).reduce((a, b) => a * b, 1);
    const outer = x.length === 0 ? 0 : x.length / (length * inner);
    for (let o = 0; o < outer; o++) {
      for (let i = 0; i < inner; i++) {
        const start = o * length * inner + i;
        let highest = -Infinity;
        for (let k = 0; k < length; k++) highest = Math.max(highest, x[start + k * inner]);
        let sum = 0;
        for (let k = 0; k < length; k++) sum += Math.exp(x[start + k * inner] - highest);
        for (let k = 0; k < length; k++) {
          const shifted = x[start + k * inner] - highest;
          y[start + k * inner] = log ? shifted - Math.log(sum) : Math.exp(shifted) / sum;
        }
      }
    }
    return [real(input.dims, y)];
  };
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
  Tanh: unary(Math.tanh),
  Softplus: unary(softplus),
  Softsign: unary((x) => x / (1 + Math.abs(x))),
  Mish: unary((x) => x * Math.tanh(softplus(x))),
  Softmax: softmax(false),
  LogSoftmax: softmax(true),
};
