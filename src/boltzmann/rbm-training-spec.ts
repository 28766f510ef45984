import type { ScheduleSpec } from '../training/spec.ts';

/**
 * Where the negative statistics come from.
 * - `cd`: `steps` Gibbs steps from the data (Hinton 2002)
 * - `pcd`: `steps` Gibbs steps of persistent chains (Tieleman 2008)
 * - `parallel-tempering`: persistent chains at `temperatures` inverse temperatures from 1 down to 0, with swaps
 * - `exact`: enumeration, for models whose smaller layer has few units
 */
export type NegativePhase =
  | { readonly name: 'cd'; readonly steps: number }
  | { readonly name: 'pcd'; readonly steps: number; readonly chains?: number }
  | {
      readonly name: 'parallel-tempering';
      readonly steps: number;
      readonly temperatures: number;
      readonly chains?: number;
    }
  | { readonly name: 'exact' };

export type RbmOptimizerSpec =
  /** m = momentum m + gradient; parameter += rate m. `momentum` is `initial` before `switchEpoch`, then `final`. */
  | {
      readonly name: 'momentum';
      readonly initial: number;
      readonly final: number;
      readonly switchEpoch: number;
    }
  | { readonly name: 'adam'; readonly beta1?: number; readonly beta2?: number; readonly epsilon?: number };

/** What grey levels in [0, 1] mean to a Bernoulli layer. */
export type GreyConvention =
  /** On where the level is at least 0.5. */
  | 'threshold'
  /** On with the level as probability, drawn once and kept. */
  | 'sampled'
  /** On with the level as probability, drawn anew each time an example is used. */
  | 'resampled'
  /** The level itself stands for the state in the positive phase (Hinton & Salakhutdinov 2006). */
  | 'grey';

/** How a restricted Boltzmann machine is trained, as plain JSON. */
export interface RbmTrainingSpec {
  readonly negative: NegativePhase;
  /** Centred gradient (Melchior et al. 2016): offsets are data mean and a moving mean of the hidden units. */
  readonly centered: boolean;
  /** Weight of the newest batch in the moving hidden offsets; usual 0.01. */
  readonly offsetRate: number;
  readonly optimizer: RbmOptimizerSpec;
  readonly learningRate: number;
  readonly schedule: ScheduleSpec;
  readonly batchSize: number;
  readonly epochs: number;
  /** Subtracted from the gradient of the weights: l2 W + l1 sign(W). */
  readonly weightDecay: { readonly l1: number; readonly l2: number };
  /** Hinton 2010, section 11: pushes the mean activity of each hidden unit to `target`. */
  readonly sparsity?: { readonly target: number; readonly cost: number; readonly decay: number };
  readonly grey: GreyConvention;
}
