/**
 * A whole model as starting weights see it: layers with their parameters, in the order in which they are drawn. What
 * the layers compute and how they are connected stays in the file.
 */

import type { StoredTensor } from '../formats/stored-tensor.ts';
import type { ParameterShape } from '../initializers/initializer.ts';

/** Kinds of files that models come in. */
export const modelFormats = ['onnx', 'safetensors', 'npz', 'keras', 'hdf5', 'tfjs'] as const;
export type ModelFormat = (typeof modelFormats)[number];

/** What a layer does with its weights, as far as their layout and usual start depend on it. */
export const layerKinds = [
  'dense',
  'conv',
  'conv-transpose',
  'embedding',
  'recurrent',
  'attention',
  'norm',
  'prelu',
] as const;
export type LayerKind = (typeof layerKinds)[number];

/** A parameter of a layer, or a statistic that a fresh layer starts at a fixed value. */
export interface ModelParameter extends StoredTensor {
  /** Its name within the layer, as the framework calls it: `weight`, `bias`, `kernel`, `weight_ih_l0`. */
  readonly variable: string;
  /**
   * How rules see it. Its axes may be fewer than those in the file: neighbouring axes that run over inputs (or outputs)
   * together are one, e.g. [heads, width, outputs] is [heads x width, outputs]. The order of the elements is the same.
   */
  readonly shape: ParameterShape;
  /** Start value where it is fixed whatever the rule: a running mean, a counter, the slope of a PReLU. */
  readonly fixed?: number;
}

/** A layer without weights that the file describes: it may take a seed of the framework's all the same. */
export interface WeightlessLayer {
  readonly name: string;
  readonly className: string;
  readonly config: Readonly<Record<string, unknown>>;
}

export interface ModelLayer {
  readonly name: string;
  readonly kind: LayerKind;
  /** Weights first, then biases, then the rest. */
  readonly parameters: readonly ModelParameter[];
  /** Name of the activation that follows, where the file says so. */
  readonly activation?: string;
  /** What the framework calls the layer, where the file says so: `Conv2D`, `LSTM`. */
  readonly className?: string;
  /** The framework's own description of the layer, where the file has one (Keras' `config`). */
  readonly config?: Readonly<Record<string, unknown>>;
  /** Layers without weights that the model makes before this one and after the one before it. */
  readonly before?: readonly WeightlessLayer[];
}

/** What a detector finds in a list of tensors. */
export interface Architecture {
  readonly layers: readonly ModelLayer[];
  /** Tensors that are not weights, or that nobody knows and have fewer than two axes: they keep their values. */
  readonly kept: readonly StoredTensor[];
  /** Weights whose layout nobody knows: a rule must not touch them until a map says what they are. */
  readonly unknown: readonly StoredTensor[];
  /** False where the file does not tell in which order the model defines its layers. */
  readonly orderKnown: boolean;
}
