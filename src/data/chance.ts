import type { Dataset } from './dataset.ts';

/** Accuracy of always answering the most common class of the test part; null where there are no classes. */
export function chanceOf(dataset: Dataset): number | null {
  if (dataset.task.kind !== 'classification') return null;
  const counts = new Float64Array(dataset.task.classes.length);
  for (const label of dataset.test.labels) counts[label] += 1;
  return Math.max(...counts) / dataset.test.count;
}
