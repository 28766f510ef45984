/** The network under examination, whatever file it came from: one ONNX graph with its weights as inputs. Types only. */
import type { ParameterShape } from '../initializers/initializer.ts';
import type { WrittenFile } from '../models/container.ts';
import type { BlockInfo } from '../network/network.ts';
import type { GraphBuilder } from '../onnx/builder.ts';
import type { Dims, Tensor } from '../tensor/tensor.ts';

/** A layer with weights, as the signal passes it. */
export interface SubjectLayer {
  /** As people know it: of the spec, or from the names in the file. Unique. */
  readonly name: string;
  /** 1 for the first on the way from the input. */
  readonly depth: number;
  readonly type: 'dense' | 'conv' | 'conv-transpose' | 'recurrent' | 'attention' | 'embedding';
  /**
   * The weight with its layout: fans are those of the real layer. Neighbouring axes that run over inputs (or outputs)
   * together may be one here, so the dims can be fewer than those of the tensor; the order of the elements is the same.
   */
  readonly weight: ParameterShape;
  readonly bias?: ParameterShape;
  /** Graph value of x W + b; absent where the operator hides it (an LSTM). */
  readonly preActivation?: string;
  /** Graph value behind the activation; equals `preActivation` for a linear layer. */
  readonly output: string;
  /** Name of a known activation, 'linear', or 'custom' for another function of one number. */
  readonly activation: string;
  /** Axis of `output` that runs over units: the last, or 1 for convolutions. */
  readonly unitAxis: number;
  /** True where what follows normalizes (batch, layer, group, RMS normalization before the next layer with weights). */
  readonly normalized: boolean;
  /** True for the layer whose output is the network's. */
  readonly last: boolean;
}

/**
 * `training`: batch normalization takes the statistics of the batch, as the first step of training does. `inference`:
 * it takes the running ones, as the saved model does.
 */
export type SubjectMode = 'training' | 'inference';

/** The graph for one batch size, open for more nodes. */
export interface SubjectGraph {
  readonly builder: GraphBuilder;
  /** Inputs to feed with data, [batch, ...]. */
  readonly inputs: readonly string[];
  /** Other inputs to feed, e.g. dropout masks of ones, fixed statistics. */
  readonly fixed: ReadonlyMap<string, Tensor>;
  /** Outputs of the model, logits first. */
  readonly outputs: readonly string[];
}

/** What the model takes at an input. */
export interface SubjectInput {
  readonly name: string;
  readonly dtype: 'float32' | 'int32' | 'int64' | 'uint8' | 'bool';
  /** -1 for the axis of the batch, which is mostly the first; a model of a fixed batch has none. */
  readonly dims: Dims;
  /** Upper end of whole numbers that the input takes (rows of the embedding it selects from). */
  readonly categories?: number;
  /**
   * Mean and standard deviation of each feature (last axis; one number: of all), where the model's first step says what it
   * expects: a scaler that standardizes.
   */
  readonly usual?: { readonly means: readonly number[]; readonly deviations: readonly number[] };
}

/** Bytes that a pass forward and back holds at most: `fixed`, and `perExample` for each example of the batch. */
export interface SubjectMemory {
  readonly fixed: number;
  readonly perExample: number;
}

export interface Subject {
  readonly title: string;
  readonly origin: 'network' | 'onnx' | 'keras' | 'hdf5' | 'tfjs' | 'safetensors' | 'npz';
  readonly inputs: readonly SubjectInput[];
  readonly layers: readonly SubjectLayer[];
  readonly blocks: readonly BlockInfo[];
  /** Shape of the (first) output without the batch. */
  readonly outputDims: Dims;
  /** True where the last operator is a softmax: the values before it are the logits. */
  readonly endsInSoftmax: boolean;
  /** True where the last operator is a logistic function: the values before it are the logits. */
  readonly endsInSigmoid: boolean;
  /** Examples that the graph takes at once, where the file has fixed it. */
  readonly fixedBatch?: number;
  /** Every float parameter that has a place in the graph, by graph input name. */
  readonly parameters: ReadonlyMap<string, Tensor<'float32'>>;
  readonly parameterShapes: readonly ParameterShape[];
  /** Element type in the file: half precision has a smaller range. */
  readonly storedAs: ReadonlyMap<string, 'float32' | 'float16' | 'bfloat16' | 'float64'>;
  /**
   * Builds the graph for a batch size; default mode `training`. Parameters are graph inputs by name. Absent where the
   * graph cannot be run (see `notRunnable`).
   */
  readonly build?: (batch: number, mode?: SubjectMode) => SubjectGraph;
  /** Why only the weights can be examined: issue text as data, by language. */
  readonly notRunnable?: { readonly en: string; readonly ko: string };
  /** Absent where it is not known. */
  readonly memory?: SubjectMemory;
  /** Operators without a gradient rule on the way from a loss to the weights; backward is measured only behind them. */
  readonly withoutGradient: readonly string[];
  /** The same file with other values of its parameters, where its format can be written; a model of tfjs is several files. */
  readonly rewrite?: (values: ReadonlyMap<string, Tensor<'float32'>>) => Promise<readonly WrittenFile[]>;
}
