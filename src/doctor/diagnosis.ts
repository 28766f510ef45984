/** What the doctor found: findings, verdict and prescription as data. Types only; sentences are in `messages/`. */
import type { Prediction } from '../theory/prediction.ts';
import type { LossName, OptimizerSpec, ScheduleSpec } from '../training/spec.ts';
import type { Measurement } from './measurement.ts';

export const findingCodes = [
  'forward-vanishing',
  'forward-exploding',
  'backward-vanishing',
  'backward-exploding',
  'backward-exploding-behind-unit-variance',
  'correlation-collapse',
  'chaos',
  'dead-relu',
  'saturation',
  'zero-symmetry',
  'constant-symmetry',
  'shared-seed',
  'logits-too-large',
  'wrong-truncation',
  'fan-swapped',
  'fan-groups',
  'fan-transposed',
  'bias-too-large',
  'normalization-after-zero',
  'residual-growth',
  'output-unscaled',
  'input-not-standardized',
  'half-overflow',
  'half-underflow',
  'learning-rate-too-large',
  'update-ratio',
  'not-finite',
  'unstable-fixed-point',
  'trained',
] as const;
export type FindingCode = (typeof findingCodes)[number];

export const severities = ['note', 'warning', 'error'] as const;
export type Severity = (typeof severities)[number];

/** A number that speaks for a finding. */
export interface Evidence {
  /** What was measured: key of `doctorLabels.quantity`, e.g. `gradient-ratio`, `dead-units`. */
  readonly quantity: string;
  readonly layer?: string;
  readonly measured: number | null;
  readonly predicted?: number;
  /** Standard deviation of log10(measured) around log10(predicted). */
  readonly log10Std?: number;
  /** Bound that was crossed. */
  readonly threshold?: number;
}

export interface Finding {
  readonly code: FindingCode;
  /** Layers to blame, the worst first; empty for the network as a whole. */
  readonly layers: readonly string[];
  readonly severity: Severity;
  /** Probability that the finding is right, from the distance between evidence and bound. */
  readonly confidence: number;
  readonly evidence: readonly Evidence[];
  readonly prescription: Prescription | null;
}

/** A change of the start, smallest first. */
export type Prescription =
  | { readonly kind: 'gain'; readonly layers: readonly string[]; readonly factor: number }
  | {
      readonly kind: 'rule';
      readonly layers: readonly string[];
      /** Name in the registry of starts, e.g. `he-normal`, `orthogonal(gain=1.05)`. */
      readonly rule: string;
      readonly bias?: { readonly rule: string };
    }
  | { readonly kind: 'bias'; readonly layers: readonly string[]; readonly rule: string }
  | { readonly kind: 'input-scaling'; readonly mean: number; readonly std: number }
  | { readonly kind: 'start'; readonly start: string }
  | { readonly kind: 'learning-rate'; readonly learningRate: number }
  | {
      readonly kind: 'architecture';
      readonly advice: 'normalization' | 'residual' | 'activation' | 'float32';
    };

export const verdicts = ['learns', 'learns-slowly', 'will-not-learn', 'unknown'] as const;
export type VerdictName = (typeof verdicts)[number];

/** The training that the verdict is about. */
export interface TrainingPlan {
  readonly optimizer: OptimizerSpec;
  readonly learningRate: number;
  readonly steps: number;
  readonly schedule?: ScheduleSpec;
  readonly loss?: LossName;
}

/** What some updates of the plan on a copy of the parameters showed. */
export interface Rehearsal {
  /** Updates of the plan that were really taken. */
  readonly updates: number;
  /** Update of the plan by which the loss has fallen or examples are told apart; null where that is beyond three plans. */
  readonly escapesAt: number | null;
  /** True where that was seen in time-lapse only, so that nothing is known of what comes after. */
  readonly inTimeLapse: boolean;
  /** Part of the way from chance to perfect answers: on what was trained on, at the end. */
  readonly right: number;
  /** The same, held out, at its best; null where no answers were given, as made-up ones say nothing of that. */
  readonly heldOut: number | null;
  /** Nats by which the loss rose again behind its lowest. */
  readonly relapse: number;
}

export interface Verdict {
  readonly name: VerdictName;
  /** Probability that it learns within the plan, slowly or not; what the AUC of the study is computed from. */
  readonly probability: number;
  /** Probability that it learns well within the plan; at most `probability`. */
  readonly wellProbability: number;
  /** Findings that decide it, most important first. */
  readonly because: readonly FindingCode[];
  readonly plan: TrainingPlan;
  /** What the plain rule "forward std of every layer in [0.1, 10]" says, for comparison. */
  readonly baseline: boolean;
}

export interface Diagnosis {
  readonly subject: {
    readonly title: string;
    readonly origin: string;
    readonly parameters: number;
    readonly layers: readonly {
      readonly name: string;
      readonly type: string;
      readonly activation: string;
      readonly fanIn: number;
      readonly fanOut: number;
      readonly weightDims: readonly number[];
    }[];
    /** Residual blocks: the layers with weights in the branch of each. */
    readonly blocks?: readonly { readonly name: string; readonly layers: readonly string[] }[];
  };
  readonly measurement: Measurement;
  readonly prediction: Prediction | null;
  /** Worst first. */
  readonly findings: readonly Finding[];
  /** Null where the subject cannot be run, has no gradient, takes a fixed batch, is too large to copy, or is not finite. */
  readonly rehearsal: Rehearsal | null;
  readonly verdict: Verdict;
}
