import { type ComparisonVerdict, summarize, verdictOf } from '../../boltzmann/dbn/compare-starts.ts';
import type { RaceResult } from '../../race/result.ts';

/** The pre-trained start against the best other one, seed by seed; null where one of them failed. */
export function pretrainedVerdict({
  spec,
  contestants,
}: Pick<RaceResult, 'spec' | 'contestants'>): ComparisonVerdict | null {
  const classes = spec.training.loss === 'softmax-cross-entropy';
  const results = spec.starts.map((name) => {
    const own = contestants.filter(({ start }) => start === name);
    const measures = own.map(({ history, status }) => {
      const last = history.epochs.at(-1);
      const measure = classes ? 1 - (last?.testAccuracy ?? 0) : (last?.testLoss ?? Number.POSITIVE_INFINITY);
      return status === 'finished' ? measure : Number.POSITIVE_INFINITY;
    });
    const seconds = own.reduce((sum, one) => sum + one.seconds, 0) / own.length;
    return summarize(name, measures, seconds);
  });
  return verdictOf(results, classes ? 'error' : 'loss');
}
