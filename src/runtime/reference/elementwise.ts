/** Arithmetic, comparison and logic, element by element, with numpy's broadcasting. */
import { flagAttribute, intAttribute } from '../../onnx/attributes.ts';
import { dataTypeOfCode } from '../../onnx/data-types.ts';
import type { DataType } from '../../tensor/tensor.ts';
import { erf } from './erf.ts';
import {
  fromNumbers,
  isReal,
  type Kernel,
  type KernelCall,
  type KernelTable,
  numbersOf,
  optionalInts,
  requiredInput,
  unsupported,
} from './kernel.ts';
import { broadcastDims, broadcastNumbers } from './offsets.ts';

/** A kernel that maps every element by itself and keeps the type. */
export function unary(map: (x: number) => number): Kernel {
  return (call) => {
    const input = requiredInput(call, 0);
    return [fromNumbers(input.dtype, input.dims, numbersOf(input).map(map))];
  };
}

/** A kernel over two broadcast inputs; the result has the type of the first, or the given one. */
function binary(combine: (a: number, b: number, dtype: DataType) => number, resultType?: DataType): Kernel {
  return (call) => {
    const left = requiredInput(call, 0);
    const right = requiredInput(call, 1);
    const dims = broadcastDims(call, [left.dims, right.dims]);
    const a = broadcastNumbers(numbersOf(left), left.dims, dims);
    const b = broadcastNumbers(numbersOf(right), right.dims, dims);
    const result = new Float64Array(a.length);
    for (let i = 0; i < result.length; i++) result[i] = combine(a[i], b[i], left.dtype);
    return [fromNumbers(resultType ?? left.dtype, dims, result)];
  };
}

/** A kernel that folds any number of broadcast inputs into one. */
function variadic(combine: (a: number, b: number) => number, mean = false): Kernel {
  return (call) => {
    const inputs = call.inputs.map((_, i) => requiredInput(call, i));
    const first = requiredInput(call, 0);
    const dims = broadcastDims(
      call,
      inputs.map((input) => input.dims),
    );
    const result = Float64Array.from(broadcastNumbers(numbersOf(first), first.dims, dims));
    for (const input of inputs.slice(1)) {
      const numbers = broadcastNumbers(numbersOf(input), input.dims, dims);
      for (let i = 0; i < result.length; i++) result[i] = combine(result[i], numbers[i]);
    }
    if (mean) for (let i = 0; i < result.length; i++) result[i] /= inputs.length;
    return [fromNumbers(first.dtype, dims, result)];
  };
}

/** A kernel from real numbers to truth values. */
function test(decide: (x: number) => boolean): Kernel {
  return (call) => {
    const input = requiredInput(call, 0);
    return [
      fromNumbers(
        'bool',
        input.dims,
        numbersOf(input).map((x) => Number(decide(x))),
      ),
    ];
  };
}

const isInf: Kernel = (call) => {
  const positive = flagAttribute(call.node, 'detect_positive', true);
  const negative = flagAttribute(call.node, 'detect_negative', true);
  return test((x) => (positive && x === Infinity) || (negative && x === -Infinity))(call);
};

const where: Kernel = (call) => {
  const [condition, chosen, other] = [0, 1, 2].map((i) => requiredInput(call, i));
  const dims = broadcastDims(call, [condition.dims, chosen.dims, other.dims]);
  const c = broadcastNumbers(numbersOf(condition), condition.dims, dims);
  const a = broadcastNumbers(numbersOf(chosen), chosen.dims, dims);
  const b = broadcastNumbers(numbersOf(other), other.dims, dims);
  const result = new Float64Array(c.length);
  for (let i = 0; i < result.length; i++) result[i] = c[i] !== 0 ? a[i] : b[i];
  return [fromNumbers(chosen.dtype, dims, result)];
};

const clip: Kernel = (call) => {
  const input = requiredInput(call, 0);
  const low = call.inputs[1] === undefined ? -Infinity : numbersOf(call.inputs[1])[0];
  const high = call.inputs[2] === undefined ? Infinity : numbersOf(call.inputs[2])[0];
  const result = numbersOf(input).map((x) => Math.min(Math.max(x, low), high));
  return [fromNumbers(input.dtype, input.dims, result)];
};

/** The element type that a node's `to` or `dtype` attribute names. */
export function elementType(call: KernelCall, attribute: string, fallback?: number): DataType {
  const code = intAttribute(call.node, attribute, fallback);
  const dtype = dataTypeOfCode(code);
  if (dtype === undefined) throw unsupported(call, attribute, String(code), '1 ... 7, 9, 11 ... 13');
  return dtype;
}

const cast: Kernel = (call) => {
  const input = requiredInput(call, 0);
  const dtype = elementType(call, 'to');
  return [fromNumbers(dtype, input.dims, Float64Array.from(numbersOf(input)))];
};

const cumSum: Kernel = (call) => {
  const input = requiredInput(call, 0);
  const axes = optionalInts(call, 1) ?? [0];
  const axis = axes[0] < 0 ? axes[0] + input.dims.length : axes[0];
  const exclusive = flagAttribute(call.node, 'exclusive', false);
  const reverse = flagAttribute(call.node, 'reverse', false);
  const x = numbersOf(input);
  const result = new Float64Array(x.length);
  const length = input.dims[axis];
  const inner = input.dims.slice(axis + 1).reduce((a, b) => a * b, 1);
  const outer = x.length === 0 ? 0 : x.length / (length * inner);
  for (let o = 0; o < outer; o++) {
    for (let i = 0; i < inner; i++) {
      let sum = 0;
      for (let step = 0; step < length; step++) {
        const at = (o * length + (reverse ? length - 1 - step : step)) * inner + i;
        if (exclusive) result[at] = sum;
        sum += x[at];
        if (!exclusive) result[at] = sum;
      }
    }
  }
  return [fromNumbers(input.dtype, input.dims, result)];
};

/** Rounds to the nearest whole number, halves to the even one. */
export function roundHalfEven(x: number): number {
  const down = Math.floor(x);
  if (x - down === 0.5) return down % 2 === 0 ? down : down + 1;
  return Math.round(x);
}

/** With `fmod` the result has the sign of the dividend, else that of the divisor. */
const modulo: Kernel = (call) => {
  const ofDividend = flagAttribute(call.node, 'fmod', false);
  return binary((a, b) => (ofDividend ? a % b : a - b * Math.floor(a / b)))(call);
};

function divide(a: number, b: number, dtype: DataType): number {
  return isReal(dtype) ? a / b : Math.trunc(a / b);
}

export const elementwiseKernels: KernelTable = {
  Add: binary((a, b) => a + b),
  Sub: binary((a, b) => a - b),
  Mul: binary((a, b) => a * b),
  Div: binary(divide),
  Mod: modulo,
  Pow: binary((a, b) => a ** b),
  Neg: unary((x) => -x),
  Abs: unary(Math.abs),
  Sqrt: unary(Math.sqrt),
  Exp: unary(Math.exp),
  Log: unary(Math.log),
  Erf: unary(erf),
  Reciprocal: unary((x) => 1 / x),
  Floor: unary(Math.floor),
  Ceil: unary(Math.ceil),
  Round: unary(roundHalfEven),
  Sign: unary(Math.sign),
  Max: variadic(Math.max),
  Min: variadic(Math.min),
  Sum: variadic((a, b) => a + b),
  Mean: variadic((a, b) => a + b, true),
  Equal: binary((a, b) => Number(a === b), 'bool'),
  Greater: binary((a, b) => Number(a > b), 'bool'),
  GreaterOrEqual: binary((a, b) => Number(a >= b), 'bool'),
  Less: binary((a, b) => Number(a < b), 'bool'),
  LessOrEqual: binary((a, b) => Number(a <= b), 'bool'),
  And: binary((a, b) => a & b, 'bool'),
  Or: binary((a, b) => a | b, 'bool'),
  Xor: binary((a, b) => a ^ b, 'bool'),
  Not: test((x) => x === 0),
  IsNaN: test(Number.isNaN),
  IsInf: isInf,
  Where: where,
  Clip: clip,
  Cast: cast,
  CumSum: cumSum,
  Identity: (call) => [requiredInput(call, 0)],
  Dropout: (call) => {
    const input = requiredInput(call, 0);
    const training = call.inputs[2] !== undefined && numbersOf(call.inputs[2])[0] !== 0;
    if (training) throw unsupported(call, 'training_mode', 'true', 'false; multiply by a mask instead');
    return [input, fromNumbers('bool', input.dims, new Float64Array(input.data.length).fill(1))];
  },
};
