/** How a network is trained, as plain JSON. */

export type LossName = 'softmax-cross-entropy' | 'mean-squared-error' | 'binary-cross-entropy';

/** Update rules. Defaults are those of PyTorch. */
export type OptimizerSpec =
  | { readonly name: 'sgd'; readonly weightDecay?: number }
  | { readonly name: 'momentum'; readonly momentum?: number; readonly weightDecay?: number }
  | { readonly name: 'nesterov'; readonly momentum?: number; readonly weightDecay?: number }
  | {
      readonly name: 'rmsprop';
      readonly decay?: number;
      readonly epsilon?: number;
      readonly weightDecay?: number;
    }
  | {
      readonly name: 'adam' | 'adamw';
      readonly beta1?: number;
      readonly beta2?: number;
      readonly epsilon?: number;
      readonly weightDecay?: number;
    };

/** Learning rate over time, as a factor on the base rate. */
export type ScheduleSpec =
  | { readonly name: 'constant'; readonly warmupSteps?: number }
  | {
      readonly name: 'step';
      readonly everyEpochs: number;
      readonly factor: number;
      readonly warmupSteps?: number;
    }
  | { readonly name: 'cosine'; readonly finalFactor?: number; readonly warmupSteps?: number };

export interface TrainingSpec {
  readonly loss: LossName;
  /**
   * Fraction s of every answer that is spread evenly over the classes, 0 <= s < 1, default 0: targets (1 - s) t + s / C, as
   * PyTorch's `label_smoothing`. Only for softmax cross-entropy, and only in training: the loss on test examples has none.
   * @see Szegedy et al. 2016, "Rethinking the inception architecture for computer vision", section 7
   */
  readonly labelSmoothing?: number;
  readonly optimizer: OptimizerSpec;
  readonly learningRate: number;
  readonly schedule: ScheduleSpec;
  readonly batchSize: number;
  readonly epochs: number;
}
