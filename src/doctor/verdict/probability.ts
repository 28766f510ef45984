import { type Condition, conditions as fitted } from './coefficients.ts';
import type { Conditions } from './conditions.ts';

/** Probability that is left for what nobody thought of, at either end. */
const doubt = 0.0075;

/**
 * Probability of learning: all conditions must hold, so it is the product of how far each does,
 *
 *   P = Π 1 / (1 + exp(-slope (x - at)))
 *
 * The smallest factor is the reason where it fails. Slopes and places were fitted to networks that are not in any study.
 */
export function probabilityOf(quantities: Conditions): number {
  return probabilityWith(fitted, quantities);
}

/** The same with other slopes and places. */
export function probabilityWith(conditions: readonly Condition[], quantities: Conditions): number {
  let probability = 1;
  for (const { quantity, slope, at } of conditions) {
    probability /= 1 + Math.exp(-slope * (quantities[quantity] - at));
  }
  return doubt + (1 - 2 * doubt) * probability;
}
