/**
 * Sliding windows: kernel, stride, dilation and padding of convolutions and pools, with `auto_pad` resolved,
 * so that shape rules, gradients and the interpreter agree.
 */
import { OutsetError } from '../messages/error.ts';
import type { Dims } from '../tensor/tensor.ts';
import { hasAttribute, intAttribute, intsAttribute, stringAttribute } from './attributes.ts';
import type { GraphNode } from './graph.ts';

/** A window over the spatial axes; every list has one entry per axis. */
export interface Window {
  readonly kernel: readonly number[];
  readonly strides: readonly number[];
  readonly dilations: readonly number[];
  /** Padding before the first element. */
  readonly padsBegin: readonly number[];
  /** Padding after the last element; negative never. */
  readonly padsEnd: readonly number[];
  /** Spatial lengths of the output. */
  readonly output: readonly number[];
}

const autoPads = ['NOTSET', 'SAME_UPPER', 'SAME_LOWER', 'VALID'];

/**
 * Window of Conv, MaxPool, AveragePool: output = floor((in + pads - dilation (kernel - 1) - 1) / stride) + 1,
 * `ceil` for pools with `ceil_mode`, in which a last window that starts in the padding is left out.
 * @param input spatial lengths of the input
 * @param kernel spatial lengths of the kernel
 */
export function resolveWindow(node: GraphNode, input: Dims, kernel: Dims): Window {
  const { strides, dilations, autoPad, begin, end } = readWindow(node, kernel);
  const roundUp = intAttribute(node, 'ceil_mode', 0) !== 0;
  const output: number[] = [];
  for (const [i, length] of input.entries()) {
    const extent = dilations[i] * (kernel[i] - 1) + 1;
    if (autoPad.startsWith('SAME')) {
      const wanted = Math.ceil(length / strides[i]);
      const total = Math.max((wanted - 1) * strides[i] + extent - length, 0);
      begin[i] = autoPad === 'SAME_UPPER' ? Math.floor(total / 2) : Math.ceil(total / 2);
      end[i] = total - begin[i];
    }
    const steps = (length + begin[i] + end[i] - extent) / strides[i];
    if (steps < 0) throw windowTooLarge(node, input, kernel);
    let count = (roundUp ? Math.ceil(steps) : Math.floor(steps)) + 1;
    if (roundUp && (count - 1) * strides[i] >= length + begin[i]) count -= 1;
    output.push(count);
  }
  return { kernel, strides, dilations, padsBegin: begin, padsEnd: end, output };
}

/**
 * Window of ConvTranspose: output = stride (in - 1) + output_padding + dilation (kernel - 1) + 1 - pads.
 * With `output_shape` or `auto_pad` SAME the pads follow from the output.
 */
export function resolveTransposedWindow(node: GraphNode, input: Dims, kernel: Dims): Window {
  const { strides, dilations, autoPad, begin, end } = readWindow(node, kernel);
  const extra = spatialInts(node, 'output_padding', kernel.length, 0, 0);
  const wanted = hasAttribute(node, 'output_shape')
    ? // Some exporters write the batch and channel lengths too; the spatial ones are the last.
      intsAttribute(node, 'output_shape').slice(-kernel.length)
    : undefined;
  if (wanted !== undefined && wanted.length !== kernel.length) {
    throw badList(node, 'output_shape', kernel.length, wanted);
  }
  const output: number[] = [];
  for (const [i, length] of input.entries()) {
    const full = strides[i] * (length - 1) + extra[i] + dilations[i] * (kernel[i] - 1) + 1;
    if (wanted !== undefined || autoPad.startsWith('SAME')) {
      const target = wanted?.[i] ?? length * strides[i];
      const total = Math.max(full - target, 0);
      begin[i] = autoPad === 'SAME_UPPER' ? Math.floor(total / 2) : Math.ceil(total / 2);
      end[i] = total - begin[i];
      output.push(target);
    } else {
      output.push(full - begin[i] - end[i]);
    }
    if (length > 0 && output[i] <= 0) throw windowTooLarge(node, input, kernel);
  }
  return { kernel, strides, dilations, padsBegin: begin, padsEnd: end, output };
}

function readWindow(node: GraphNode, kernel: Dims) {
  const rank = kernel.length;
  const autoPad = stringAttribute(node, 'auto_pad', 'NOTSET', autoPads);
  const strides = spatialInts(node, 'strides', rank, 1, 1);
  const dilations = spatialInts(node, 'dilations', rank, 1, 1);
  const pads = spatialInts(node, 'pads', 2 * rank, 0, 0);
  const given = autoPad === 'NOTSET';
  const begin = given ? pads.slice(0, rank) : new Array<number>(rank).fill(0);
  const end = given ? pads.slice(rank) : new Array<number>(rank).fill(0);
  return { strides, dilations, autoPad, begin, end };
}

function spatialInts(
  node: GraphNode,
  name: string,
  count: number,
  fallback: number,
  least: number,
): number[] {
  const values = intsAttribute(node, name, new Array<number>(count).fill(fallback));
  if (values.length !== count || values.some((value) => !(value >= least && value <= 0x7fffffff))) {
    throw badList(node, name, count, values, least);
  }
  return [...values];
}

function badList(node: GraphNode, attribute: string, count: number, got: readonly number[], least = 0) {
  return new OutsetError('onnx.bad_attribute', {
    node: node.name,
    operator: node.operator,
    attribute,
    expected: `${count} x int >= ${least}`,
    got: `[${got.join(', ')}]`,
  });
}

function windowTooLarge(node: GraphNode, input: Dims, kernel: Dims) {
  return new OutsetError('onnx.window_too_large', {
    node: node.name,
    operator: node.operator,
    input: [...input],
    kernel: [...kernel],
  });
}
