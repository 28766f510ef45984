/** Written by `npm run reproduce -- doctor-development`. */
import type { Conditions } from './conditions.ts';

/** A condition: fulfilled to one half at `at`, to 1 / (1 + exp(-slope (x - at))) at x. */
export interface Condition {
  readonly quantity: keyof Conditions;
  readonly slope: number;
  readonly at: number;
}

/** Conditions for learning at all and for learning well, after a rehearsal of so many updates. */
export interface Fitted {
  readonly updates: number;
  readonly learns: readonly Condition[];
  readonly well: readonly Condition[];
}

export const fitted: readonly [Fitted, Fitted] = [
  {
    updates: 40,
    learns: [
      { quantity: 'escape', slope: 1.86, at: -2.95 },
      { quantity: 'right', slope: 11.8, at: -0.814 },
      { quantity: 'heldOut', slope: 6.46, at: -1.15 },
      { quantity: 'relapse', slope: -7.99, at: -0.483 },
    ],
    well: [
      { quantity: 'escape', slope: 1.4, at: -0.525 },
      { quantity: 'right', slope: 6.05, at: -1.28 },
      { quantity: 'heldOut', slope: 5.47, at: -0.72 },
      { quantity: 'relapse', slope: -7.53, at: -0.415 },
    ],
  },
  {
    updates: 300,
    learns: [
      { quantity: 'escape', slope: 3.67, at: -0.566 },
      { quantity: 'right', slope: 16.3, at: -0.481 },
      { quantity: 'heldOut', slope: 5.51, at: -1.1 },
      { quantity: 'relapse', slope: -4.26, at: 0.954 },
    ],
    well: [
      { quantity: 'escape', slope: 2.89, at: 0.488 },
      { quantity: 'right', slope: 9.94, at: -0.543 },
      { quantity: 'heldOut', slope: 10.8, at: -0.412 },
      { quantity: 'relapse', slope: -4.2, at: 0.943 },
    ],
  },
];
