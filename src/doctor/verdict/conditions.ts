/**
 * What a start has to fulfil to learn, as numbers on a logarithmic scale. Each is a physical quantity with a direction; none
 * knows the activation, the initializer or the kind of layer.
 */
import { type Examination, examinedLayers } from '../findings/examination.ts';
import type { LookAhead } from './look-ahead.ts';

/** Logarithms to base 10 (but for `agreement`), cut to a range that floating point can tell apart. */
export interface Conditions {
  /** How far the loss of unseen examples falls below chance along the first update, in nats. */
  readonly gain: number;
  /** Change of the logits that tells examples apart, per update times the number of updates. */
  readonly reach: number;
  /** Gradient at the first layer over that at the last. */
  readonly gradient: number;
  /** Relative size of an update, median of the hidden weights, times the number of updates: can they change at all? */
  readonly travel: number;
  /** The largest relative update times the number of layers: does one update leave anything of the function? */
  readonly stride: number;
  /** Loss behind one update over that at the start. */
  readonly jolt: number;
  /** Loss at the start beyond chance. */
  readonly excess: number;
  /** Part of the gradient that tells examples apart. */
  readonly share: number;
  /** Cosine of the gradients of two halves of the batch. */
  readonly agreement: number;
  /** Fewest different units in a hidden layer. */
  readonly units: number;
}

export function conditionsOf(examination: Examination, ahead: LookAhead): Conditions {
  const { plan } = examination;
  const layers = examinedLayers(examination);
  const hidden = layers.filter(({ facts }) => !facts.last);
  const losses = ahead.steps.flatMap(({ loss }) => (loss === null ? [] : [loss]));
  const [first] = ahead.steps;
  const norms = layers.flatMap(({ measured }) => {
    const norm = measured.gradients?.preActivations?.norm;
    return norm == null ? [] : [norm];
  });
  const units = hidden.map(({ facts, measured }) => {
    const count = facts.weight.dims[facts.weight.layout?.outAxis ?? facts.weight.dims.length - 1];
    return count - measured.equalUnits.units + measured.equalUnits.groups;
  });
  const depth = Math.log10(Math.max(1, layers.length));
  const steps = Math.log10(plan.steps);
  return {
    gain: log10(Math.max(0, ahead.chance - Math.min(...losses)) + 1e-4, -4, 0.5),
    reach: log10(first.telling, -10, 3) + steps,
    gradient: norms.length < 2 ? 0 : log10(norms[0] / (norms.at(-1) as number), -12, 12),
    travel: log10(ahead.medianRatio, -9, 1) + steps,
    stride: log10(ahead.largestRatio, -9, 1) + depth,
    jolt: log10(ahead.afterOne === null ? null : ahead.afterOne / ahead.loss, -0.5, 4),
    excess: log10(Math.max(0, ahead.loss - ahead.chance) + 0.1, -1, 4),
    share: log10(ahead.share, -6, 0.5),
    agreement: ahead.agreement,
    units: units.length === 0 ? 2 : Math.log10(Math.max(1, Math.min(...units))),
  };
}

/** Null and what is not finite count as infinitely large. */
function log10(value: number | null, low: number, high: number): number {
  if (value === null || !Number.isFinite(value)) return high;
  return Math.min(high, Math.max(low, Math.log10(Math.max(value, 1e-300))));
}
