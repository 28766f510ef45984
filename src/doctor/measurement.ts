/** What was measured on a subject with one batch. Types only; `measure/` takes the numbers. Not finite: null. */
import type { Distribution } from '../training/trace.ts';

export interface LayerMeasurement {
  readonly layer: string;
  readonly depth: number;
  readonly weights: Distribution;
  readonly biases: Distribution | null;
  /** Null where the graph cannot be run, or the operator hides the value. */
  readonly preActivations: Distribution | null;
  readonly activations: Distribution | null;
  /** Fraction of units that are 0 for every example of the batch. */
  readonly deadUnits: number | null;
  /** Fraction of units that give the same value for every example. */
  readonly constantUnits: number | null;
  /** Mean cosine between the (pre-)activations of different examples, uncentred as in theory, and its standard error. */
  readonly correlation: { readonly mean: number; readonly standardError: number } | null;
  /** (sum of singular values²)² / sum of singular values⁴ of the centred activations [examples, units]. */
  readonly effectiveRank: number | null;
  readonly gradients: {
    readonly weights: Distribution | null;
    readonly biases: Distribution | null;
    readonly preActivations: Distribution | null;
  } | null;
  /** Size of the first update of the optimizer asked for, divided by the size of the weights. */
  readonly updateRatio: number | null;
  /** Groups of units with equal incoming weights, and how many units they hold. */
  readonly equalUnits: { readonly groups: number; readonly units: number };
  /** True if outgoing weights do not tell the units apart either. */
  readonly equalOutgoing?: boolean;
  /** Largest and smallest singular value and effective rank of the weight matrix [outputs, inputs]. */
  readonly spectrum: {
    readonly largest: number;
    /** Null where only the largest were worked out: a matrix beyond about 340 x 340. */
    readonly smallest: number | null;
    readonly effectiveRank: number;
  } | null;
  /** Singular values of d(this pre-activation) / d(the one before), averaged over examples; where it was asked for. */
  readonly jacobian?: { readonly largest: number; readonly rootMeanSquare: number };
}

export interface Measurement {
  readonly batchSize: number;
  readonly data: 'given' | 'noise';
  /** Labels were given; else the loss is a random cotangent at the outputs. */
  readonly loss: {
    readonly kind:
      | 'softmax-cross-entropy'
      | 'mean-squared-error'
      | 'binary-cross-entropy'
      | 'random-cotangent';
    readonly value: number | null;
  };
  /** Mean and standard deviation of each input over the whole batch, and the largest |value|. */
  readonly inputs: readonly { readonly name: string; readonly distribution: Distribution }[];
  readonly outputs: Distribution | null;
  readonly layers: readonly LayerMeasurement[];
  /** First value that is not finite on the way forward, with its layer. */
  readonly firstNotFinite: { readonly value: string; readonly layer: string | null } | null;
  /** End to end: d output / d first pre-activation, averaged over some examples. */
  readonly jacobian: {
    readonly largest: number;
    /** Null where only the largest were worked out: more than 32 outputs, or examples that normalization couples. */
    readonly smallest: number | null;
    readonly rootMeanSquare: number;
  } | null;
  /** Empirical neural tangent kernel on a few examples. */
  readonly tangentKernel: {
    readonly examples: number;
    readonly largest: number;
    readonly smallest: number;
    readonly condition: number | null;
  } | null;
  /** Largest eigenvalue of the loss' Hessian in the parameters, by Lanczos steps, where there is a loss. */
  readonly sharpness: number | null;
  /** What a full measurement left out, and why; absent where nothing was. */
  readonly skipped?: readonly SkippedQuantity[];
  readonly provenance: readonly ParameterProvenance[];
  /** Whole model: does it look trained? */
  readonly trained: { readonly probability: number; readonly because: readonly string[] };
  /** Half of the model that was not measured, and why (an operator without gradient rule). */
  readonly backwardMissing: { readonly operators: readonly string[] } | null;
  readonly seconds: number;
}

/** A quantity of a full measurement that was not taken. */
export interface SkippedQuantity {
  readonly quantity: 'spectrum' | 'jacobian' | 'layer-jacobians' | 'tangent-kernel' | 'sharpness';
  /**
   * `time`: the seconds given were over; `operator`: one has no gradient rule, or none of second order; `no-loss`: no
   * answers were given; `size`: it would take too much memory; `not-finite`: numbers overflow on the way.
   */
  readonly because: 'time' | 'operator' | 'no-loss' | 'size' | 'not-finite';
}

/** Which initializer a parameter looks like. */
export interface ParameterProvenance {
  readonly parameter: string;
  /** Shape of the distribution: constant, zeros, uniform, normal, truncated-normal, orthogonal, identity, sparse, other. */
  readonly distribution:
    | 'zeros'
    | 'constant'
    | 'identity'
    | 'uniform'
    | 'normal'
    | 'truncated-normal'
    | 'orthogonal'
    | 'sparse'
    | 'other';
  /** Names of rules in the registry that explain the moments, best first, with parameters if needed: `he-normal`, `pytorch-default`. */
  readonly candidates: readonly { readonly rule: string; readonly logLikelihoodGap: number }[];
  /** Found by drawing again: stream and seed give these bits. */
  readonly exact?: { readonly rule: string; readonly dialect: string; readonly seed: number };
  /** max |w| / std beyond what the distribution can give. */
  readonly outlier?: { readonly ratio: number; readonly possible: number };
  /** fanIn Var(w), in real fans. */
  readonly weightVariance: number | null;
}
