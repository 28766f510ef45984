import type { IssueCode, IssueDetails } from '../../messages/catalogue.ts';
import { OutsetError } from '../../messages/error.ts';
import type { DataType, Dims, Tensor } from '../../tensor/tensor.ts';
import type { GraphNode, ValueType } from '../graph.ts';

/** Computes the types of a node's outputs. */
export type TypeRule = (call: OperatorCall) => ValueType[];

/** Rules of a family, by operator. */
export type TypeRules = Readonly<Record<string, TypeRule>>;

type NodeIssue = {
  [Code in IssueCode]: IssueDetails<Code> extends { node: string; operator: string } ? Code : never;
}[IssueCode];

/** One node as its type rule sees it: operands with their types, known constants, and errors that name the node. */
export class OperatorCall {
  readonly node: GraphNode;
  readonly #inputs: readonly (ValueType | undefined)[];
  readonly #constants: readonly (Tensor | undefined)[];

  constructor(
    node: GraphNode,
    inputs: readonly (ValueType | undefined)[],
    constants: readonly (Tensor | undefined)[],
  ) {
    this.node = node;
    this.#inputs = inputs;
    this.#constants = constants;
  }

  /** Number of operands, absent ones in the middle included. */
  get count(): number {
    return this.#inputs.length;
  }

  /** Number of outputs that the node names. */
  get outputCount(): number {
    return this.node.outputs.length;
  }

  /** Refuses too few or too many operands and too many outputs. */
  arity(least: number, most: number, outputs = 1): void {
    for (let i = 0; i < least; i++) this.type(i);
    if (this.count > most) this.fail('onnx.too_many_inputs', { most, got: this.count });
    if (this.outputCount > outputs)
      this.fail('onnx.too_many_outputs', { most: outputs, got: this.outputCount });
  }

  /** Type of an operand that must be there, of one of the given element types. */
  type(index: number, allowed?: readonly DataType[]): ValueType {
    const type = this.#inputs[index];
    if (type === undefined) this.fail('onnx.missing_input', { index });
    if (allowed !== undefined && !allowed.includes(type.dtype)) {
      this.fail('onnx.bad_element_type', { index, expected: allowed, got: type.dtype });
    }
    return type;
  }

  /** Type of an operand that may be absent. */
  optional(index: number, allowed?: readonly DataType[]): ValueType | undefined {
    return this.#inputs[index] === undefined ? undefined : this.type(index, allowed);
  }

  /** Refuses operands whose element type differs from that of the first one given: ONNX does not promote. */
  sameElementType(...indices: number[]): DataType {
    const first = this.type(indices[0]).dtype;
    for (const index of indices) {
      const got = this.#inputs[index]?.dtype;
      if (got !== undefined && got !== first) {
        this.fail('onnx.mixed_element_types', { index, expected: first, got });
      }
    }
    return first;
  }

  /** Refuses an operand with fewer axes than `least` or more than `most`. */
  rank(index: number, least: number, most = least): Dims {
    const { dims } = this.type(index);
    if (dims.length < least || dims.length > most) {
      const expected =
        least === most ? `${least}` : most === Number.POSITIVE_INFINITY ? `>= ${least}` : `${least}..${most}`;
      this.fail('onnx.bad_rank', { index, expected, got: [...dims] });
    }
    return dims;
  }

  /** Refuses an operand whose shape is not exactly the given one. */
  shape(index: number, expected: Dims): void {
    const { dims } = this.type(index);
    if (dims.length !== expected.length || dims.some((length, i) => length !== expected[i])) {
      this.fail('onnx.shape_mismatch', { index, expected: `[${expected.join(', ')}]`, got: [...dims] });
    }
  }

  /** The constant behind an operand that decides a shape. */
  constant(index: number): Tensor {
    this.type(index);
    const value = this.#constants[index];
    if (value === undefined) this.fail('onnx.not_constant', { index, value: this.node.inputs[index] });
    return value;
  }

  /** Whole numbers of a constant one-dimensional operand: a shape, axes, pads. */
  ints(index: number): number[] {
    this.type(index, ['int64', 'int32']);
    this.rank(index, 0, 1);
    return Array.from(this.constant(index).data, Number);
  }

  /** {@link ints} of an operand that may be absent. */
  optionalInts(index: number): number[] | undefined {
    return this.#inputs[index] === undefined ? undefined : this.ints(index);
  }

  /** An axis counted from the front; negative ones count from the back. */
  axis(axis: number, rank: number): number {
    if (!Number.isInteger(axis) || axis < -rank || axis >= rank) this.fail('onnx.bad_axis', { axis, rank });
    return axis < 0 ? axis + rank : axis;
  }

  /** Axes counted from the front, each once. */
  axes(axes: readonly number[], rank: number): number[] {
    const result = axes.map((axis) => this.axis(axis, rank));
    if (new Set(result).size !== result.length) this.fail('onnx.repeated_axis', { axes: [...axes] });
    return result;
  }

  /** Throws an issue about this node. */
  fail<Code extends NodeIssue>(code: Code, details: Omit<IssueDetails<Code>, 'node' | 'operator'>): never {
    const where = { node: this.node.name, operator: this.node.operator };
    throw new OutsetError(code, { ...where, ...details } as unknown as IssueDetails<Code>);
  }
}
