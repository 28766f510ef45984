import { summarize } from '../../src/boltzmann/dbn/compare-starts.ts';
import { percent } from './study.ts';

/** Mean of some errors with its 95 % interval. */
export function meanWithInterval(errors: readonly number[]): string {
  const { mean, halfWidth } = summarize('', errors, 0);
  return halfWidth === null
    ? `${percent(mean)} (one seed)`
    : `${percent(mean)} ± ${(100 * halfWidth).toFixed(2)}`;
}
