/**
 * The graph that everything compiles to: ONNX as plain TypeScript data.
 *
 * All shapes are static: a graph is built for one batch size, so that shape inference, gradients and memory
 * plans are exact. A value is its name; every name is written once (static single assignment).
 */
import type { DataType, Dims, Tensor } from '../tensor/tensor.ts';

/** The ONNX operator set that graphs are built for. */
export const opsetVersion = 21;

/** Type and shape of a value. */
export interface ValueType {
  readonly dtype: DataType;
  readonly dims: Dims;
}

/** A named input or output of a graph. */
export interface ValueInfo extends ValueType {
  readonly name: string;
}

/** Value of an ONNX attribute. Whole-number attributes are plain numbers. */
export type Attribute =
  | { readonly kind: 'int'; readonly value: number }
  | { readonly kind: 'float'; readonly value: number }
  | { readonly kind: 'string'; readonly value: string }
  | { readonly kind: 'ints'; readonly value: readonly number[] }
  | { readonly kind: 'floats'; readonly value: readonly number[] }
  | { readonly kind: 'strings'; readonly value: readonly string[] }
  | { readonly kind: 'tensor'; readonly value: Tensor }
  | { readonly kind: 'graph'; readonly value: Graph };

export type Attributes = Readonly<Record<string, Attribute>>;

/** One operator applied to values. An absent optional input or output is the empty string, as in ONNX. */
export interface GraphNode {
  readonly name: string;
  readonly operator: string;
  /** '' for the standard set, 'com.microsoft' for onnxruntime's own. */
  readonly domain: string;
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  readonly attributes: Attributes;
}

/** A whole graph; nodes are in topological order. */
export interface Graph {
  readonly name: string;
  readonly inputs: readonly ValueInfo[];
  readonly outputs: readonly ValueInfo[];
  /** Constants of the graph, by value name. */
  readonly initializers: ReadonlyMap<string, Tensor>;
  readonly nodes: readonly GraphNode[];
  /** Type and shape of every value (inputs, initializers, node outputs), as inferred. */
  readonly types: ReadonlyMap<string, ValueType>;
}
