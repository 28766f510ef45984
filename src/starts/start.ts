import type { ParameterScale } from '../initializers/model-rule.ts';
import type { Network, ParameterValues } from '../network/network.ts';
import type { Stream } from '../random/stream.ts';
import type { Runtime } from '../runtime/runtime.ts';
import type { Tensor } from '../tensor/tensor.ts';

/** What a start may look at besides the network. */
export interface StartContext {
  /** Each parameter draws from `stream.child(parameter.name)`. */
  readonly stream: Stream;
  /** A batch of training inputs [batch, ...input], for data-driven starts. */
  readonly batch?: Tensor<'float32'>;
  /** The right answers of the batch: classes, int32 [batch], or wanted outputs, float32 [batch, outputs]. */
  readonly answers?: Tensor<'int32'> | Tensor<'float32'>;
  /** All training inputs [count, ...input], for starts that learn from them; the memory may be shared. */
  readonly inputs?: Tensor<'float32'>;
  /** Engine for data-driven starts. */
  readonly runtime?: Runtime;
}

/**
 * A way to give a network its first weights: by rule, by data, or by pre-training. One meaning for all of them: a
 * network and maybe a batch in, parameters out.
 */
export interface Start {
  /** Canonical text, e.g. `he-normal`, `normal(std=0.01)`: parses back to the same start. */
  readonly name: string;
  /** True if it needs `batch` and `runtime`. */
  readonly needsData: boolean;
  /** True if it learns from all training inputs: pass `inputs` as well. */
  readonly needsInputs?: boolean;
  /** Values of every parameter of the network (not of its buffers). */
  parameters(network: Network, context: StartContext): Promise<ParameterValues>;
  /**
   * Factors on learning rates that belong to the values, by parameter; absent where all are 1. Whoever trains has to apply
   * them: muP and the spectral condition are nothing without.
   */
  scales?(network: Network): ReadonlyMap<string, ParameterScale>;
}
