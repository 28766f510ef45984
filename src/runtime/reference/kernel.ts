/**
 * What one operator of the reference interpreter looks like.
 *
 * Kernels compute real numbers in float64 whatever the declared type is: they read inputs through
 * {@link numbersOf} and return real results as float64 tensors. The interpreter rounds them afterwards when it
 * runs in float32. Whole numbers travel through doubles too, so int64 arithmetic is exact up to 2^53.
 */
import { OutsetError } from '../../messages/error.ts';
import type { Graph, GraphNode } from '../../onnx/graph.ts';
import { allocate, type DataType, type Dims, type Tensor, tensor } from '../../tensor/tensor.ts';

/** One application of an operator: the node and its input values; absent optional inputs are undefined. */
export interface KernelCall {
  readonly node: GraphNode;
  readonly inputs: readonly (Tensor | undefined)[];
  /** Runs the body of a control-flow node, which may read values of the surrounding graph by name. */
  runSubgraph(graph: Graph, feeds: readonly Tensor[]): Tensor[];
}

/** Computes the outputs of a node; outputs that the node does not name may be left out or are ignored. */
export type Kernel = (call: KernelCall) => Tensor[];

/** Kernels by operator; those outside the standard set carry their domain, e.g. `com.microsoft.FusedMatMul`. */
export type KernelTable = Readonly<Record<string, Kernel>>;

/** True for element types of real numbers. */
export function isReal(dtype: DataType): boolean {
  return dtype === 'float32' || dtype === 'float64';
}

/** The i-th input, which the operator requires. */
export function requiredInput(call: KernelCall, index: number): Tensor {
  const value = call.inputs[index];
  if (value === undefined) {
    throw new OutsetError('runtime.missing_operand', {
      node: call.node.name,
      operator: call.node.operator,
      index,
    });
  }
  return value;
}

/** The elements as doubles: the tensor's own array for float64, else a copy. */
export function numbersOf(value: Tensor): Float64Array {
  if (value.data instanceof Float64Array) return value.data;
  const result = new Float64Array(value.data.length);
  if (value.data instanceof BigInt64Array || value.data instanceof BigUint64Array) {
    for (let i = 0; i < result.length; i++) result[i] = Number(value.data[i]);
  } else {
    result.set(value.data);
  }
  return result;
}

/** The elements of a whole-number input such as axes or a shape; undefined when the input is absent. */
export function optionalInts(call: KernelCall, index: number): number[] | undefined {
  const value = call.inputs[index];
  return value === undefined ? undefined : Array.from(numbersOf(value));
}

/** A tensor of real numbers. */
export function real(dims: Dims, data: Float64Array): Tensor {
  return tensor('float64', dims, data);
}

/** A tensor of the given type from doubles. Whole-number types drop the fraction, real types stay float64. */
export function fromNumbers(dtype: DataType, dims: Dims, numbers: Float64Array): Tensor {
  if (isReal(dtype)) return real(dims, numbers);
  const data = allocate(dtype, numbers.length);
  if (data instanceof BigInt64Array || data instanceof BigUint64Array) {
    for (let i = 0; i < data.length; i++) data[i] = BigInt(Math.trunc(numbers[i]));
  } else if (dtype === 'bool') {
    for (let i = 0; i < data.length; i++) data[i] = numbers[i] !== 0 ? 1 : 0;
  } else {
    data.set(numbers);
  }
  return tensor(dtype, dims, data);
}

/** The same elements under other dims, without a copy. */
export function reshaped(value: Tensor, dims: Dims): Tensor {
  return tensor(value.dtype, dims, value.data);
}

/** Turns an axis counted from the back into one counted from the front. */
export function normalizeAxis(call: KernelCall, axis: number, rank: number): number {
  const result = axis < 0 ? axis + rank : axis;
  if (!Number.isInteger(axis) || result < 0 || result >= Math.max(rank, 1)) {
    throw new OutsetError('runtime.unsupported_setting', {
      node: call.node.name,
      operator: call.node.operator,
      setting: 'axis',
      got: String(axis),
      expected: `${-rank} ... ${rank - 1}`,
    });
  }
  return result;
}

/** The error for inputs whose shapes do not fit the operator. */
export function shapesDoNotFit(call: KernelCall): OutsetError {
  return new OutsetError('runtime.incompatible_shapes', {
    node: call.node.name,
    operator: call.node.operator,
    shapes: call.inputs.flatMap((input) => (input === undefined ? [] : [[...input.dims]])),
  });
}

/** The error for a setting that the interpreter does not have. */
export function unsupported(call: KernelCall, setting: string, got: string, expected: string): OutsetError {
  return new OutsetError('runtime.unsupported_setting', {
    node: call.node.name,
    operator: call.node.operator,
    setting,
    expected,
    got,
  });
}
