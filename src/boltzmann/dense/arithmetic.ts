import type { GraphBuilder } from '../../onnx/builder.ts';
import { dataTypeCode } from '../../onnx/data-types.ts';

/** A value of the graph or a number. */
export type Operand = string | number;

/** Formulas as graph nodes, float32. */
export class Arithmetic {
  readonly builder: GraphBuilder;

  constructor(builder: GraphBuilder) {
    this.builder = builder;
  }

  add(a: Operand, b: Operand): string {
    return this.#binary('Add', a, b);
  }
  sub(a: Operand, b: Operand): string {
    return this.#binary('Sub', a, b);
  }
  mul(a: Operand, b: Operand): string {
    return this.#binary('Mul', a, b);
  }
  div(a: Operand, b: Operand): string {
    return this.#binary('Div', a, b);
  }
  min(a: Operand, b: Operand): string {
    return this.#binary('Min', a, b);
  }
  max(a: Operand, b: Operand): string {
    return this.#binary('Max', a, b);
  }
  /** A condition, for {@link where}. */
  less(a: Operand, b: Operand): string {
    return this.#binary('Less', a, b);
  }
  where(condition: string, yes: Operand, no: Operand): string {
    return this.builder.op('Where', [condition, this.#value(yes), this.#value(no)]);
  }
  /** 1 where a < b, else 0. */
  indicator(a: Operand, b: Operand): string {
    return this.builder.op('Cast', [this.less(a, b)], { to: dataTypeCode('float32') });
  }
  unary(operator: 'Exp' | 'Log' | 'Sqrt' | 'Abs' | 'Neg' | 'Sigmoid' | 'Tanh' | 'Relu', x: string): string {
    return this.builder.op(operator, [x]);
  }
  square(x: string): string {
    return this.mul(x, x);
  }
  /** coefficients[0] + x (coefficients[1] + x (...)). */
  polynomial(x: string, coefficients: readonly number[]): string {
    let value: Operand = coefficients[coefficients.length - 1];
    for (let k = coefficients.length - 2; k >= 0; k--) value = this.add(this.mul(value, x), coefficients[k]);
    return this.#value(value);
  }
  /** a b, with either transposed. */
  product(a: string, b: string, transpose: { a?: boolean; b?: boolean } = {}): string {
    const attributes = { transA: transpose.a ? 1 : 0, transB: transpose.b ? 1 : 0 };
    return this.builder.op('Gemm', [a, b], attributes);
  }
  /** Sum over rows: [rows, width] -> [width]. */
  columnSums(x: string): string {
    return this.builder.op('ReduceSum', [x, this.builder.ints([0])], { keepdims: 0 });
  }

  #binary(operator: string, a: Operand, b: Operand): string {
    return this.builder.op(operator, [this.#value(a), this.#value(b)]);
  }

  #value(x: Operand): string {
    return typeof x === 'number' ? this.builder.scalar(x) : x;
  }
}
