import type { History } from '../training/history.ts';
import type { SignalTrace } from '../training/trace.ts';
import type { ContestantResult, Verdict } from './result.ts';

/** What is known about the field when one contestant is judged. */
export interface Field {
  /** Lowest final error (1 - accuracy) of all contestants; null for regression. */
  readonly bestError: number | null;
  /** Lowest final test loss of all contestants. */
  readonly bestLoss: number | null;
  /** Accuracy of always answering the most common class of the test set; null for regression. */
  readonly chance: number | null;
}

/** The field that the contestants make up. */
export function fieldOf(contestants: readonly ContestantResult[], chance: number | null): Field {
  const last = contestants
    .map(({ history }) => history.epochs.at(-1))
    .filter((record) => record !== undefined);
  return {
    bestError: lowest(last.map(({ testAccuracy }) => (testAccuracy === null ? null : 1 - testAccuracy))),
    bestLoss: lowest(last.map(({ testLoss }) => testLoss)),
    chance,
  };
}

/**
 * A contestant's verdict. Accuracy decides where there are classes: *learns* within 1.5 times the best error (plus
 * 0.2 points, so that two near-perfect nets are equal), *does not learn* when it wins back less than 5 % of what
 * chance leaves. For regression the loss decides: within twice the best; less than 5 % below its own beginning.
 */
export function judge(contestant: Omit<ContestantResult, 'verdict'>, field: Field): Verdict {
  if (contestant.status === 'diverged') return 'diverged';
  if (contestant.status !== 'finished') return 'unfinished';
  if (isFrozen(contestant.traces)) return 'frozen';
  const { history } = contestant;
  const last = history.epochs.at(-1);
  if (last === undefined) return 'unfinished';
  if (last.testAccuracy !== null && field.bestError !== null && field.chance !== null) {
    if (last.testAccuracy < field.chance + 0.05 * (1 - field.chance)) return 'does-not-learn';
    return 1 - last.testAccuracy <= 1.5 * field.bestError + 0.002 ? 'learns' : 'learns-slowly';
  }
  return judgeByLoss(history, field);
}

function judgeByLoss(history: History, field: Field): Verdict {
  const first = history.epochs.at(0)?.testLoss ?? null;
  const last = history.epochs.at(-1)?.testLoss ?? null;
  if (last === null || first === null || last > 0.95 * first) return 'does-not-learn';
  return field.bestLoss !== null && last <= 2 * field.bestLoss + 1e-12 ? 'learns' : 'learns-slowly';
}

/** True if no weight of any layer has a gradient at step 0: whatever is trained, the weights stay. */
function isFrozen(traces: readonly SignalTrace[]): boolean {
  const start = traces.find(({ step }) => step === 0);
  return (
    start !== undefined &&
    start.layers.length > 0 &&
    start.layers.every(({ gradients }) => gradients.weights.norm === 0)
  );
}

/**
 * What reaches layer 1: root-mean-square of dLoss/dz of the first layer over that of the last.
 * Null when the last is zero or either is not finite.
 */
export function gradientRatio(trace: SignalTrace | undefined): number | null {
  const first = trace?.layers.at(0)?.gradients.preActivations;
  const last = trace?.layers.at(-1)?.gradients.preActivations;
  if (first?.norm == null || last?.norm == null || last.norm === 0) return null;
  return first.norm / Math.sqrt(first.count) / (last.norm / Math.sqrt(last.count));
}

function lowest(values: readonly (number | null)[]): number | null {
  const known = values.filter((value) => value !== null);
  return known.length === 0 ? null : Math.min(...known);
}
