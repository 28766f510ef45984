import type { Tensor } from '../tensor/tensor.ts';
import type { GraphNode } from './graph.ts';

/** What a file leaves open. */
export interface DecodeOptions {
  /**
   * Lengths of symbolic axes, e.g. `{ batch: 100 }`. An axis without a name is called by its input and position,
   * e.g. `{ 'images.0': 100 }`.
   */
  readonly dims?: Readonly<Record<string, number>>;
  /**
   * Takes a model that was written for batches of `fixed` examples as one for `wanted`: the first axes of inputs, and
   * what shapes in Reshape nodes say of the batch.
   */
  readonly batch?: { readonly fixed: number; readonly wanted: number };
  /**
   * Computes a node whose operands are all known and short, beyond the arithmetic on shapes that is done anyway;
   * undefined leaves the node in the graph.
   */
  readonly evaluate?: (node: GraphNode, operands: readonly Tensor[]) => Tensor | undefined;
  /**
   * Takes both branches of an If whose condition depends on data, and selects between their results: the same numbers,
   * but the condition may differ from example to example, and gradients pass.
   */
  readonly selectBranches?: boolean;
}
