/** Written by `npm run reproduce -- doctor-development`. */
import type { Conditions } from './conditions.ts';

/** A condition: fulfilled to one half at `at`, to 1 / (1 + exp(-slope (x - at))) at x. */
export interface Condition {
  readonly quantity: keyof Conditions;
  readonly slope: number;
  readonly at: number;
}

export const conditions: readonly Condition[] = [
  { quantity: 'gain', slope: 1.5, at: -2.8 },
  { quantity: 'gradient', slope: 0.8, at: -4 },
  { quantity: 'stride', slope: -2.5, at: 0.6 },
];
