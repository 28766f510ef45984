/** Written by `npm run reproduce -- doctor-development`. */
import type { Conditions } from './conditions.ts';

/** A condition: fulfilled to one half at `at`, to 1 / (1 + exp(-slope (x - at))) at x. */
export interface Condition {
  readonly quantity: keyof Conditions;
  readonly slope: number;
  readonly at: number;
}

export const conditions: readonly Condition[] = [
  { quantity: 'gain', slope: 1.45, at: -6.64 },
  { quantity: 'reach', slope: 0.868, at: -2.95 },
  { quantity: 'gradient', slope: 0.415, at: -18.6 },
  { quantity: 'travel', slope: 1.68, at: -0.905 },
  { quantity: 'stride', slope: -6.24, at: 0.26 },
  { quantity: 'jolt', slope: -2.55, at: 2.42 },
  { quantity: 'excess', slope: -2.91, at: 1.51 },
  { quantity: 'share', slope: 1.03, at: -8.51 },
  { quantity: 'agreement', slope: 25, at: 0.0679 },
  { quantity: 'units', slope: 5.3, at: 0.773 },
];
