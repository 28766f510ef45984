/** What chapter 5 was built with, and the parts of its state. */
import type { ComparisonVerdict } from '../../../../src/boltzmann/index.ts';
import type { ContestantResult } from '../../../../src/race/result.ts';
import type { RaceFacts } from '../../race/race-view.svelte.ts';
import type { StateOf } from '../../state/address.ts';
import type { CompareOrder, StackOrder } from './orders.ts';
import type { dbnSchema } from './state.ts';

export interface FirstComparison {
  readonly facts: RaceFacts;
  readonly contestants: readonly ContestantResult[];
  readonly verdict: ComparisonVerdict | null;
}

type DbnState = StateOf<typeof dbnSchema>;

export function stackOrderOf({ layers, top, epochs, seed }: DbnState): StackOrder {
  return { layers, top, epochs, seed };
}

export function compareOrderOf({ labels, starts, passes, seeds, seed }: DbnState): CompareOrder {
  return { labels, starts: [...starts], passes, seeds, seed };
}
