/**
 * One small graph around one operator, with a way to draw its inputs. The table of all cases (`cases.ts`) is the single
 * source for checking the interpreter against onnxruntime and gradients against finite differences.
 */
import { type AttributeLiteral, GraphBuilder } from '../../src/onnx/builder.ts';
import type { Graph } from '../../src/onnx/graph.ts';
import {
  allocate,
  type DataType,
  type Dims,
  elementCount,
  type Tensor,
  tensor,
} from '../../src/tensor/tensor.ts';

/** Draws `count` numbers; `random` is uniform in [0, 1). */
export type Draw = (count: number, random: () => number) => number[];

/** An input of a case. */
export interface CaseInput {
  readonly dtype: DataType;
  readonly dims: Dims;
  readonly draw: Draw;
  /** True if the operator is smooth in it around every drawn value, so that finite differences are meaningful. */
  readonly differentiable: boolean;
}

/** What an operator is applied to: an input of the graph, a constant, or nothing for an absent optional operand. */
export type Operand = CaseInput | Tensor | undefined;

/** A graph of one operator (or one control-flow node). */
export interface OperatorCase {
  /** Operator and what is special, e.g. `Conv: strides and pads`; unique. */
  readonly name: string;
  /** Operator, with its domain in front when it is not of the standard set. */
  readonly operator: string;
  /** Inputs of the graph, named `x0`, `x1`, … */
  readonly inputs: readonly CaseInput[];
  /** Adds the nodes to a builder that has the inputs; returns the names of the results. */
  readonly build: (builder: GraphBuilder, names: readonly string[]) => readonly string[];
  /** Why onnxruntime cannot check this case. */
  readonly engineLacks?: string;
}

/** Name of the i-th input. */
export function inputName(index: number): string {
  return `x${index}`;
}

/** The graph of a case; its results are the outputs. */
export function graphOf(operatorCase: OperatorCase): Graph {
  const builder = new GraphBuilder(operatorCase.name);
  const names = operatorCase.inputs.map(({ dtype, dims }, i) => builder.input(inputName(i), dtype, dims));
  for (const result of operatorCase.build(builder, names)) builder.output(result);
  return builder.build();
}

/** Inputs of a case, the same on every call with the same seed. Real numbers can be held by a float32 exactly. */
export function feedsOf(operatorCase: OperatorCase, seed = 1): Record<string, Tensor> {
  const random = uniform(seed);
  return Object.fromEntries(
    operatorCase.inputs.map(({ dtype, dims, draw }, i) => {
      const data = allocate(dtype, elementCount(dims));
      const numbers = draw(data.length, random);
      for (let k = 0; k < data.length; k++) {
        if (data instanceof BigInt64Array || data instanceof BigUint64Array) data[k] = BigInt(numbers[k]);
        else data[k] = numbers[k];
      }
      return [inputName(i), tensor(dtype, dims, data)];
    }),
  );
}

/** Options of {@link operatorCase}. */
export interface CaseOptions {
  readonly outputs?: number;
  readonly domain?: string;
  readonly engineLacks?: string;
}

/** A case of one node. */
export function operatorCase(
  operator: string,
  what: string,
  operands: readonly Operand[],
  attributes: Readonly<Record<string, AttributeLiteral>> = {},
  options: CaseOptions = {},
): OperatorCase {
  const domain = options.domain ?? '';
  return {
    name: `${operator}: ${what}`,
    operator: domain === '' ? operator : `${domain}.${operator}`,
    inputs: operands.filter((operand): operand is CaseInput => operand !== undefined && 'draw' in operand),
    build: (builder, names) => {
      let next = 0;
      const inputs = operands.map((operand) => {
        if (operand === undefined) return '';
        if ('draw' in operand) return names[next++];
        return builder.constant(operand);
      });
      return builder.ops(operator, inputs, options.outputs ?? 1, attributes, { domain });
    },
    engineLacks: options.engineLacks,
  };
}

/** Uniform numbers in a range. */
export function between(low: number, high: number): Draw {
  return (count, random) => Array.from({ length: count }, () => low + (high - low) * random());
}

/** Numbers of either sign whose size lies in a range: away from the kink at 0. */
export function signed(least = 0.2, most = 1.8): Draw {
  return (count, random) =>
    Array.from({ length: count }, () => (random() < 0.5 ? -1 : 1) * (least + (most - least) * random()));
}

/** Uniform numbers in a range, none closer than `gap` to one of the points. */
export function avoiding(points: readonly number[], low: number, high: number, gap = 0.05): Draw {
  return (count, random) =>
    Array.from({ length: count }, () => {
      let number: number;
      do number = low + (high - low) * random();
      while (points.some((point) => Math.abs(number - point) < gap));
      return number;
    });
}

/** Numbers of which no two are closer than 0.06, in random order around 0: no ties for a maximum to jump over. */
export function distinct(): Draw {
  return (count, random) => {
    const numbers = Array.from({ length: count }, (_, i) => (i - count / 2) * 0.1 + 0.04 * random());
    for (let i = count - 1; i > 0; i--) {
      const j = Math.floor(random() * (i + 1));
      [numbers[i], numbers[j]] = [numbers[j], numbers[i]];
    }
    return numbers;
  };
}

/** Exactly these numbers. */
export function exactly(...numbers: readonly number[]): Draw {
  return () => [...numbers];
}

/** A float32 input that gradients are taken for. */
export function real(dims: Dims, draw: Draw = signed()): CaseInput {
  return { dtype: 'float32', dims, draw, differentiable: true };
}

/** A float32 input without a gradient. */
export function fixed(dims: Dims, draw: Draw = signed()): CaseInput {
  return { dtype: 'float32', dims, draw, differentiable: false };
}

/** An int64 input (or another whole-number type) of whole numbers from `low` to `high` - 1. */
export function whole(dims: Dims, low: number, high: number, dtype: DataType = 'int64'): CaseInput {
  return {
    dtype,
    dims,
    draw: (count, random) => between(low, high)(count, random).map(Math.floor),
    differentiable: false,
  };
}

/** An input of exactly these whole numbers. */
export function listed(dims: Dims, ...numbers: readonly number[]): CaseInput {
  return { dtype: 'int64', dims, draw: exactly(...numbers), differentiable: false };
}

/** A bool input. */
export function truth(dims: Dims): CaseInput {
  return whole(dims, 0, 2, 'bool');
}

/** mulberry32, by Tommy Ettinger (public domain): enough for test inputs. */
function uniform(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}
