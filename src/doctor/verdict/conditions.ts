/** What a rehearsal has to show of a start that learns, as numbers with a direction. None knows the kind of layer. */
import type { Rehearsal, TrainingPlan } from '../diagnosis.ts';

/** Logarithms to base 10, cut to a range in which they say something. */
export interface Conditions {
  /** Updates of the plan for each that it takes until the loss falls. */
  readonly escape: number;
  /** Part of right answers among ten that the training examples get at the end. */
  readonly right: number;
  /** The same of the held-out examples at their best. */
  readonly heldOut: number;
  /** Nats by which the loss rises again, and 0.1. */
  readonly relapse: number;
}

/** What is assumed of the time behind a plateau that was seen to end. */
const unknown: Pick<Conditions, 'right' | 'heldOut' | 'relapse'> = {
  right: -0.3,
  heldOut: -0.3,
  relapse: -1,
};

/** At the earliest, and at the latest in plans. */
const earliest = 20;
const latest = 3;

export function conditionsOf(rehearsal: Rehearsal, { steps }: Pick<TrainingPlan, 'steps'>): Conditions {
  const { escapesAt, inTimeLapse, right, heldOut, relapse } = rehearsal;
  const at = Math.min(latest * steps, Math.max(earliest, escapesAt ?? Number.POSITIVE_INFINITY));
  const soon = Math.log10(steps / at);
  if (inTimeLapse) return { escape: soon, ...unknown };
  return {
    escape: soon,
    right: Math.log10(0.1 + 0.9 * right),
    heldOut: heldOut === null ? 0 : Math.log10(0.1 + 0.9 * heldOut),
    relapse: Math.log10(Math.min(100, relapse) + 0.1),
  };
}
