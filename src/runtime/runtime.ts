import type { Graph } from '../onnx/graph.ts';
import type { Tensor } from '../tensor/tensor.ts';

/** Values by name: what goes into a run and what comes out. */
export type Values = Readonly<Record<string, Tensor>>;

/** What a graph is compiled with. */
export interface CompileOptions {
  /** Threads inside one operator; default 1. Results are the same bits for any number, but for products of
   * few columns and many summands (100 x 784 x 128 on two threads), whose sums onnxruntime splits by the columns of a thread.
   */
  readonly threads?: number;
  /**
   * Treat subnormal numbers as zero (faster). Only in a thread of its own: the engine sets the processor's mode for
   * the calling thread for ever. Default false.
   */
  readonly flushSubnormals?: boolean;
}

/** A compiled graph. Feeds are read in place, without a copy, where the engine allows it. */
export interface Program {
  readonly graph: Graph;
  /**
   * Runs once.
   * @param feeds one tensor per graph input
   * @param fetches names of the wanted outputs; default all
   */
  run(feeds: Values, fetches?: readonly string[]): Promise<Values>;
  /**
   * Fixes where inputs are read and outputs are written, and returns a function that runs once. For loops: nothing is
   * checked, wrapped or allocated again. Absent where the engine has no faster way than `run`.
   * @param feeds one tensor per graph input, read at every run
   * @param fetches tensors that receive the wanted outputs
   */
  bind?(feeds: Values, fetches: Values): () => Promise<void>;
  /** Frees the engine's memory; the program cannot run afterwards. */
  dispose(): Promise<void>;
}

/** An engine that runs graphs: onnxruntime in Node or the browser, or the float64 reference interpreter. */
export interface Runtime {
  /** e.g. `onnxruntime-node cpu`, `onnxruntime-web wasm`, `reference float64`. */
  readonly name: string;
  compile(graph: Graph, options?: CompileOptions): Promise<Program>;
}
