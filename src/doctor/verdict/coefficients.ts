/** Written by `npm run reproduce -- doctor-development`. */
import type { Conditions } from './conditions.ts';

/** A condition: fulfilled to one half at `at`, to 1 / (1 + exp(-slope (x - at))) at x. */
export interface Condition {
  readonly quantity: keyof Conditions;
  readonly slope: number;
  readonly at: number;
}

export const conditions: readonly Condition[] = [
  { quantity: 'gain', slope: 1.4, at: -6.36 },
  { quantity: 'reach', slope: 0.88, at: -2.76 },
  { quantity: 'gradient', slope: 0.41, at: -18.41 },
  { quantity: 'travel', slope: 1.56, at: -0.98 },
  { quantity: 'stride', slope: -5.83, at: 0.26 },
  { quantity: 'jolt', slope: -2.44, at: 2.45 },
  { quantity: 'excess', slope: -2.58, at: 1.28 },
  { quantity: 'share', slope: 1, at: -8.61 },
  { quantity: 'agreement', slope: 22.9, at: 0.06 },
  { quantity: 'units', slope: 4.6, at: 0.61 },
];
