/**
 * Arithmetic on shapes. Exported models compute shapes in the graph (Shape, Gather, Concat, then Reshape); here all
 * shapes are static, so the result is known when the model is read.
 */
import { elementCount, int64, type Tensor, tensor } from '../tensor/tensor.ts';
import { hasAttribute, intAttribute, tensorAttribute } from './attributes.ts';
import type { GraphBuilder } from './builder.ts';
import { dataTypeOfCode } from './data-types.ts';
import type { GraphNode, ValueType } from './graph.ts';
import { inferTypes } from './infer.ts';
import { resolveSlice } from './operators/indexing.ts';

/** Shapes are short; whatever is longer is data. */
const mostNumbers = 256;

type Fold = (
  numbers: readonly (readonly number[])[],
  node: GraphNode,
  types: readonly ValueType[],
) => number[] | undefined;

/**
 * The value of a node that computes on shapes, if its operands are known; undefined for every other node.
 * Int32 and int64 of at most one axis only.
 */
export function foldShapeArithmetic(node: GraphNode, builder: GraphBuilder): Tensor | undefined {
  if (node.domain !== '' || node.outputs.length !== 1 || node.inputs.length === 0 || node.inputs.includes(''))
    return undefined;
  const fold = folds.get(node.operator);
  if (fold === undefined || node.inputs.some((name) => !builder.has(name))) return undefined;
  const types = node.inputs.map((name) => builder.type(name));
  if (node.operator === 'Shape') return shapeOf(node, types[0]);
  const constants = node.inputs.map((name) => builder.constantOf(name));
  const numbers: number[][] = [];
  for (const constant of constants) {
    const short = constant !== undefined && constant.dims.length <= 1 && constant.data.length <= mostNumbers;
    if (!short || (constant.dtype !== 'int64' && constant.dtype !== 'int32')) return undefined;
    numbers.push(Array.from(constant.data, Number));
  }
  if (numbers.flat().some((number) => !Number.isSafeInteger(number) && node.operator !== 'Slice'))
    return undefined;
  const [{ dtype, dims }] = inferTypes(node, types, constants);
  if (dims.length > 1 || elementCount(dims) > mostNumbers) return undefined;
  const values = fold(numbers, node, types);
  const whole = values?.every((value) => Number.isSafeInteger(value)) ?? false;
  if (values === undefined || !whole || values.length !== elementCount(dims)) return undefined;
  if (dtype === 'int64') return int64(dims, values);
  return dtype === 'int32' ? tensor('int32', dims, Int32Array.from(values)) : undefined;
}

function shapeOf(node: GraphNode, type: ValueType): Tensor {
  const [{ dims }] = inferTypes(node, [type], [undefined]);
  const start = intAttribute(node, 'start', 0);
  const rank = type.dims.length;
  const first = Math.min(Math.max(start < 0 ? start + rank : start, 0), rank);
  return int64(dims, type.dims.slice(first, first + dims[0]));
}

const same: Fold = ([values]) => [...values];

const folds: ReadonlyMap<string, Fold> = new Map<string, Fold>([
  ['Shape', () => undefined],
  ['Identity', same],
  ['Reshape', same],
  ['Squeeze', same],
  ['Unsqueeze', same],
  [
    'Cast',
    ([values], node) =>
      dataTypeOfCode(intAttribute(node, 'to'))?.startsWith('int') ? [...values] : undefined,
  ],
  ['Concat', (parts) => parts.flat()],
  ['Gather', ([values, at]) => at.map((i) => values[i < 0 ? i + values.length : i])],
  [
    'Slice',
    ([values, starts, ends, axes = [0], steps = [1]]) => {
      const [range] = resolveSlice([values.length], starts, ends, axes, steps);
      return Array.from({ length: range.count }, (_, i) => values[range.start + i * range.step]);
    },
  ],
  ['Add', pairwise((a, b) => a + b)],
  ['Sub', pairwise((a, b) => a - b)],
  ['Mul', pairwise((a, b) => a * b)],
  ['Div', pairwise((a, b) => Math.trunc(a / b))],
  [
    'ConstantOfShape',
    ([dims], node) => {
      const value = hasAttribute(node, 'value') ? Number(tensorAttribute(node, 'value').data[0]) : 0;
      return new Array<number>(elementCount(dims)).fill(value);
    },
  ],
]);

function pairwise(apply: (a: number, b: number) => number): Fold {
  return ([a, b]) => {
    const length = a.length === 1 ? b.length : a.length;
    return Array.from({ length }, (_, i) => apply(a[a.length === 1 ? 0 : i], b[b.length === 1 ? 0 : i]));
  };
}
