/** The words of `messages/labels/likelihood.ts`, with numbers: what a model is worth, as plain JSON. */
import type {
  DataConvention,
  JudgingMethod,
  JudgingWarning,
  QuantityJudged,
  Standing,
} from '../../messages/labels/likelihood.ts';
import type { MomentComparison } from './moment-comparison.ts';
import type { ChainAgreement } from './partition-bounds.ts';
import type { PartitionEstimate } from './partition-estimate.ts';

/** A number with everything without which it would be none. Nats, except for squared errors. */
export interface JudgedNumber {
  readonly quantity: QuantityJudged;
  readonly method: JudgingMethod;
  readonly standing: Standing;
  readonly value: number;
  /** Null where the number is exact; an end that does not exist is null. */
  readonly interval: {
    readonly low: number | null;
    readonly high: number | null;
    readonly sigmas: number;
  } | null;
  /** What the data were before the model saw them; null where no data enter. */
  readonly convention: DataConvention | null;
  /** Rows that the number is a mean over; null where no data enter. */
  readonly examples: number | null;
  readonly warnings: readonly JudgingWarning[];
}

export interface Judgement {
  readonly numbers: readonly JudgedNumber[];
  /** What annealed importance sampling gave; empty where log Z is exact or was not asked for. */
  readonly estimates: readonly PartitionEstimate[];
  /** Whether the chains of the reverse runs came from one law. */
  readonly agreement: ChainAgreement | null;
  /** Singular values of the weights, largest first. */
  readonly singularValues: readonly number[];
  /** Samples against test data; null without samples. */
  readonly samples: MomentComparison | null;
}
