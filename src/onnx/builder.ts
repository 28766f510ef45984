import { OutsetError } from '../messages/error.ts';
import type { DataType, Dims, Tensor } from '../tensor/tensor.ts';
import { float32, int64, tensor } from '../tensor/tensor.ts';
import type { Attribute, Attributes, Graph, GraphNode, ValueInfo, ValueType } from './graph.ts';
import { inferTypes } from './infer.ts';

/** Attribute values as one writes them: numbers are ints when whole; wrap in {@link floatAttribute} to force a float. */
export type AttributeLiteral = number | string | readonly number[] | readonly string[] | Tensor | Attribute;

/** A float attribute whose value happens to be a whole number, e.g. `alpha: floatAttribute(1)`. */
export function floatAttribute(value: number): Attribute {
  return { kind: 'float', value };
}

/**
 * Builds a {@link Graph} node by node. Shapes are inferred as nodes are added, so a mistake is reported where it
 * is made, and `type(value)` is always known. Values are plain strings.
 */
export class GraphBuilder {
  readonly #name: string;
  readonly #outer: GraphBuilder | undefined;
  readonly #inputs: ValueInfo[] = [];
  readonly #outputs: ValueInfo[] = [];
  readonly #initializers = new Map<string, Tensor>();
  readonly #nodes: GraphNode[] = [];
  readonly #types = new Map<string, ValueType>();
  readonly #scalars = new Map<string, string>();
  /** Shared with the graphs within, so that a name made here or there is made once. */
  readonly #counter: { last: number };

  /**
   * @param outer the graph around a subgraph (the body of a Loop, a branch of an If): its values can be used inside,
   * and names are unique across both
   */
  constructor(name: string, outer?: GraphBuilder) {
    this.#name = name;
    this.#outer = outer;
    this.#counter = outer === undefined ? { last: 0 } : outer.#counter;
  }

  /** A builder that continues a finished graph: same nodes, inputs and outputs. */
  static from(graph: Graph, name = graph.name): GraphBuilder {
    const builder = new GraphBuilder(name);
    builder.#inputs.push(...graph.inputs);
    builder.#outputs.push(...graph.outputs);
    for (const [key, value] of graph.initializers) builder.#initializers.set(key, value);
    for (const [key, value] of graph.types) builder.#types.set(key, value);
    builder.#nodes.push(...graph.nodes);
    return builder;
  }

  /** Nodes added so far, in order. */
  get nodes(): readonly GraphNode[] {
    return this.#nodes;
  }

  /** Declares a graph input. */
  input(name: string, dtype: DataType, dims: Dims): string {
    this.#claim(name, { dtype, dims });
    this.#inputs.push({ name, dtype, dims });
    return name;
  }

  /** Adds a constant; without a name one is made. */
  constant(value: Tensor, name = this.fresh('constant')): string {
    this.#claim(name, { dtype: value.dtype, dims: value.dims });
    this.#initializers.set(name, value);
    return name;
  }

  /** A float32 (or given type) scalar constant; equal ones are shared. */
  scalar(value: number, dtype: 'float32' | 'float64' | 'int64' | 'int32' | 'bool' = 'float32'): string {
    const key = `${dtype}:${Object.is(value, -0) ? '-0' : value}`;
    let name = this.#scalars.get(key);
    if (name === undefined) {
      const data =
        dtype === 'float32'
          ? float32([], [value])
          : dtype === 'int64'
            ? int64([], [value])
            : dtype === 'float64'
              ? tensor('float64', [], Float64Array.of(value))
              : dtype === 'int32'
                ? tensor('int32', [], Int32Array.of(value))
                : tensor('bool', [], Uint8Array.of(value));
      name = this.constant(data);
      this.#scalars.set(key, name);
    }
    return name;
  }

  /** A one-dimensional int64 constant: shapes, axes, pads. Equal ones are shared. */
  ints(values: readonly number[]): string {
    const key = `ints:${values.join(',')}`;
    let name = this.#scalars.get(key);
    if (name === undefined) {
      name = this.constant(int64([values.length], values));
      this.#scalars.set(key, name);
    }
    return name;
  }

  /** Adds a node with one output and returns that output's name. */
  op(
    operator: string,
    inputs: readonly string[],
    attributes: Readonly<Record<string, AttributeLiteral | undefined>> = {},
    options: { name?: string; output?: string; domain?: string } = {},
  ): string {
    return this.ops(operator, inputs, 1, attributes, {
      ...options,
      outputs: options.output === undefined ? undefined : [options.output],
    })[0];
  }

  /** Adds a node with `outputCount` outputs and returns their names. */
  ops(
    operator: string,
    inputs: readonly string[],
    outputCount: number,
    attributes: Readonly<Record<string, AttributeLiteral | undefined>> = {},
    options: { name?: string; outputs?: readonly string[]; domain?: string } = {},
  ): string[] {
    const name = options.name ?? this.fresh(operator.toLowerCase());
    const outputs =
      options.outputs ??
      Array.from({ length: outputCount }, (_, i) => (outputCount === 1 ? `${name}.out` : `${name}.out${i}`));
    this.add({
      name,
      operator,
      domain: options.domain ?? '',
      inputs,
      outputs,
      attributes: toAttributes(attributes),
    });
    return [...outputs];
  }

  /** Adds a finished node; infers and records the types of its outputs. */
  add(node: GraphNode): void {
    const inputTypes = node.inputs.map((input) => (input === '' ? undefined : this.type(input)));
    const constants = node.inputs.map((input) => this.constantOf(input));
    const outputTypes = inferTypes(node, inputTypes, constants);
    for (const [i, output] of node.outputs.entries()) {
      if (output !== '') this.#claim(output, outputTypes[i]);
    }
    this.#nodes.push(node);
  }

  /** Declares a value as graph output; its name stays. */
  output(value: string): void {
    this.#outputs.push({ name: value, ...this.type(value) });
  }

  /** Type and shape of a value. */
  type(value: string): ValueType {
    const type = this.#find(value);
    if (type === undefined) throw new OutsetError('onnx.unknown_value', { value, graph: this.#name });
    return type;
  }

  /** Shape of a value. */
  dims(value: string): Dims {
    return this.type(value).dims;
  }

  /** The constant behind a value, if it is one. */
  constantOf(value: string): Tensor | undefined {
    if (this.#types.has(value)) return this.#initializers.get(value);
    return this.#outer?.constantOf(value);
  }

  /** True if the name is taken. */
  has(value: string): boolean {
    return this.#find(value) !== undefined;
  }

  /** A name that nothing has yet. */
  fresh(prefix: string): string {
    let name: string;
    do {
      this.#counter.last += 1;
      name = `${prefix}_${this.#counter.last}`;
    } while (this.has(name) || this.has(`${name}.out`));
    return name;
  }

  /** The finished graph. */
  build(): Graph {
    return {
      name: this.#name,
      inputs: [...this.#inputs],
      outputs: [...this.#outputs],
      initializers: new Map(this.#initializers),
      nodes: [...this.#nodes],
      types: new Map(this.#types),
    };
  }

  #find(value: string): ValueType | undefined {
    const own = this.#types.get(value);
    return own !== undefined || this.#outer === undefined ? own : this.#outer.#find(value);
  }

  #claim(name: string, type: ValueType): void {
    if (this.has(name)) throw new OutsetError('onnx.duplicate_value', { value: name, graph: this.#name });
    this.#types.set(name, { dtype: type.dtype, dims: type.dims });
  }
}

/** Attributes that every ONNX operator declares as float, so that `alpha: 1` is written as 1.0. */
const floatNames = new Set([
  ...[
    'alpha',
    'beta',
    'gamma',
    'epsilon',
    'momentum',
    'bias',
    'lambd',
    'ratio',
    'value_float',
    'value_floats',
  ],
  ...['cubic_coeff_a', 'extrapolation_value', 'mean', 'scale', 'low', 'high', 'seed', 'scales'],
]);

function asFloat(attribute: Attribute): Attribute {
  if (attribute.kind === 'int') return { kind: 'float', value: attribute.value };
  if (attribute.kind === 'ints') return { kind: 'floats', value: attribute.value };
  return attribute;
}

function toAttributes(literals: Readonly<Record<string, AttributeLiteral | undefined>>): Attributes {
  const attributes: Record<string, Attribute> = {};
  for (const [key, literal] of Object.entries(literals)) {
    if (literal === undefined) continue;
    const attribute = toAttribute(literal);
    attributes[key] = floatNames.has(key) ? asFloat(attribute) : attribute;
  }
  return attributes;
}

function toAttribute(literal: AttributeLiteral): Attribute {
  if (typeof literal === 'number') {
    return Number.isInteger(literal) ? { kind: 'int', value: literal } : { kind: 'float', value: literal };
  }
  if (typeof literal === 'string') return { kind: 'string', value: literal };
  if (Array.isArray(literal)) {
    const values = literal as readonly (number | string)[];
    if (values.some((value) => typeof value === 'string'))
      return { kind: 'strings', value: values as string[] };
    return values.every((value) => Number.isInteger(value))
      ? { kind: 'ints', value: values as number[] }
      : { kind: 'floats', value: values as number[] };
  }
  if ('kind' in (literal as Attribute)) return literal as Attribute;
  return { kind: 'tensor', value: literal as Tensor };
}
