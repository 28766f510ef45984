/**
 * What a gradient rule is given and what it gives back.
 *
 * A rule computes a vector-Jacobian product: from the cotangents of a node's outputs those of its inputs, by
 * appending nodes to the same graph. A cotangent has the type and shape of its value; broadcasting of the forward
 * operator is undone by {@link VjpContext.fitted}.
 */
import type { AttributeLiteral, GraphBuilder } from '../onnx/builder.ts';
import { dataTypeCode } from '../onnx/data-types.ts';
import type { GraphNode } from '../onnx/graph.ts';
import type { DataType, Dims, Tensor } from '../tensor/tensor.ts';
import { sumToShape } from './sum-to-shape.ts';

/**
 * Which engine the gradient is meant for. `cpu` picks what is fastest in onnxruntime's CPU provider;
 * `portable` avoids everything that its WebGPU provider lacks (max-pool indices, FusedMatMul, Sign, Dropout).
 */
export type GradientTarget = 'cpu' | 'portable';

/**
 * Appends the gradient of one node.
 * @returns one value per input of the node; undefined where the gradient is zero or not wanted
 */
export type VjpRule = (context: VjpContext) => readonly (string | undefined)[];

/** Rules of a family, by operator. */
export type VjpRules = Readonly<Record<string, VjpRule>>;

/** One node as its gradient rule sees it, with the arithmetic that rules are written in. */
export class VjpContext {
  readonly builder: GraphBuilder;
  readonly node: GraphNode;
  /** Cotangents by output; undefined where nothing depends on the output. */
  readonly gradients: readonly (string | undefined)[];
  readonly target: GradientTarget;
  readonly #needed: readonly boolean[];

  constructor(
    builder: GraphBuilder,
    node: GraphNode,
    gradients: readonly (string | undefined)[],
    needed: readonly boolean[],
    target: GradientTarget,
  ) {
    this.builder = builder;
    this.node = node;
    this.gradients = gradients;
    this.target = target;
    this.#needed = needed;
  }

  /** Cotangent of the first output, for the operators that have only that one to differentiate. */
  get gradient(): string {
    return this.gradients[0] ?? this.zeros(this.builder.dims(this.node.outputs[0]));
  }

  /** The first output itself: saved values are cheaper than computing them again. */
  get result(): string {
    return this.node.outputs[0];
  }

  /** True if the gradient of this input is wanted. */
  needs(index: number): boolean {
    return this.#needed[index] ?? false;
  }

  /** True if the optional input is given. */
  has(index: number): boolean {
    return (this.node.inputs[index] ?? '') !== '';
  }

  /** Name of an input. */
  input(index: number): string {
    return this.node.inputs[index];
  }

  /** Shape of an input. */
  dims(index: number): Dims {
    return this.builder.dims(this.input(index));
  }

  /** The constant behind an input, if there is one. */
  constant(index: number): Tensor | undefined {
    return this.has(index) ? this.builder.constantOf(this.input(index)) : undefined;
  }

  /** Whole numbers of a constant input (axes, pads, sizes); undefined when the input is absent. */
  ints(index: number): number[] | undefined {
    const value = this.constant(index);
    return value === undefined ? undefined : Array.from(value.data, Number);
  }

  /** Element type that the gradient is computed in: that of the result. */
  get dtype(): 'float32' | 'float64' {
    return this.builder.type(this.result).dtype === 'float64' ? 'float64' : 'float32';
  }

  /** Appends a node and returns its output. */
  op(
    operator: string,
    inputs: readonly string[],
    attributes: Readonly<Record<string, AttributeLiteral | undefined>> = {},
    domain = '',
  ): string {
    return this.builder.op(operator, inputs, attributes, {
      name: this.builder.fresh(`${this.node.name}.gradient`),
      domain,
    });
  }

  /** A scalar constant of the gradient's element type. */
  scalar(value: number): string {
    return this.builder.scalar(value, this.dtype);
  }

  /** A constant of the gradient's element type. */
  constantOf(dims: Dims, values: ArrayLike<number>): string {
    return this.builder.constant(
      this.dtype === 'float64'
        ? { dtype: 'float64', dims, data: Float64Array.from(values) }
        : { dtype: 'float32', dims, data: Float32Array.from(values) },
    );
  }

  /** Zeros of a shape; engines fold the node into a constant. */
  zeros(dims: Dims): string {
    return this.op('Expand', [this.scalar(0), this.builder.ints(dims)]);
  }

  add(a: string, b: string): string {
    return this.op('Add', [a, b]);
  }

  subtract(a: string, b: string): string {
    return this.op('Sub', [a, b]);
  }

  multiply(a: string, b: string): string {
    return this.op('Mul', [a, b]);
  }

  divide(a: string, b: string): string {
    return this.op('Div', [a, b]);
  }

  negate(a: string): string {
    return this.op('Neg', [a]);
  }

  /** factor · a; the value itself for factor 1. */
  scale(a: string, factor: number): string {
    return factor === 1 ? a : this.multiply(a, this.scalar(factor));
  }

  /** 1 where the condition holds, else 0. */
  indicator(condition: string): string {
    return this.cast(condition, this.dtype);
  }

  /** The value in another element type. */
  cast(value: string, dtype: DataType): string {
    return this.builder.type(value).dtype === dtype
      ? value
      : this.op('Cast', [value], { to: dataTypeCode(dtype) });
  }

  /** The same elements in another shape. */
  reshape(value: string, dims: Dims): string {
    const from = this.builder.dims(value);
    if (from.length === dims.length && from.every((length, i) => length === dims[i])) return value;
    return this.op('Reshape', [value, this.builder.ints(dims)], dims.includes(0) ? { allowzero: 1 } : {});
  }

  /** Axes in another order; nothing for the order that they have. */
  transpose(value: string, order: readonly number[]): string {
    if (order.every((axis, i) => axis === i)) return value;
    return this.op('Transpose', [value], { perm: order });
  }

  /** Stretches a value to a shape. */
  expand(value: string, dims: Dims): string {
    const from = this.builder.dims(value);
    if (from.length === dims.length && from.every((length, i) => length === dims[i])) return value;
    return this.op('Expand', [value, this.builder.ints(dims)]);
  }

  /** Sum over axes, which stay with length 1 or go. */
  sum(value: string, axes: readonly number[], keepdims: boolean): string {
    return this.#reduce('ReduceSum', value, axes, keepdims);
  }

  /** Mean over axes, which stay with length 1. */
  mean(value: string, axes: readonly number[]): string {
    return this.#reduce('ReduceMean', value, axes, true);
  }

  /** A cotangent summed to the shape of an input that the operator stretched. */
  fitted(gradient: string, index: number): string {
    return sumToShape(this.builder, gradient, this.dims(index));
  }

  #reduce(operator: string, value: string, axes: readonly number[], keepdims: boolean): string {
    if (axes.length === 0) return value;
    return this.op(operator, [value, this.builder.ints(axes)], { keepdims: keepdims ? 1 : 0 });
  }
}
