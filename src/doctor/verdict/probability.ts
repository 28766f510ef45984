import { type Condition, type Fitted, fitted } from './coefficients.ts';
import type { Conditions } from './conditions.ts';

/** Probability that is left for what nobody thought of, at either end. */
const doubt = 0.0075;

/** Two probabilities: that it learns at all, and that it does so well within the plan. */
export interface Probabilities {
  readonly learns: number;
  readonly well: number;
}

/**
 * Probabilities from what a rehearsal of some updates showed. A short one shows less, so the conditions were fitted to two
 * lengths; between them the probabilities are interpolated by the logarithm of the length.
 */
export function probabilityOf(quantities: Conditions, updates: number): Probabilities {
  return probabilityBetween(fitted, quantities, updates);
}

/** The same with other slopes and places. */
export function probabilityBetween(
  [short, long]: readonly [Fitted, Fitted],
  quantities: Conditions,
  updates: number,
): Probabilities {
  const part = Math.log(updates / short.updates) / Math.log(long.updates / short.updates);
  const weight = Math.min(1, Math.max(0, part));
  const mix = (which: 'learns' | 'well') =>
    (1 - weight) * probabilityWith(short[which], quantities) +
    weight * probabilityWith(long[which], quantities);
  const learns = mix('learns');
  return { learns, well: Math.min(learns, mix('well')) };
}

/**
 * All conditions must hold, so it is the product of how far each does,
 *
 *   P = Π 1 / (1 + exp(-slope (x - at)))
 *
 * The smallest factor is the reason where it fails.
 */
function probabilityWith(conditions: readonly Condition[], quantities: Conditions): number {
  let probability = 1;
  for (const { quantity, slope, at } of conditions) {
    probability /= 1 + Math.exp(-slope * (quantities[quantity] - at));
  }
  return doubt + (1 - 2 * doubt) * probability;
}
