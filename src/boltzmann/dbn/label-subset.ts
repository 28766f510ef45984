import { OutsetError } from '../../messages/error.ts';
import type { Stream } from '../../random/stream.ts';
import { checkLabels, checkWhole } from './check-dbn.ts';

export interface LabelSubsetOptions {
  /** Labels that are kept. */
  readonly count: number;
  readonly classes: number;
  /**
   * `balanced` (default): as many of every class, the first `count mod classes` classes one more; `random`: drawn from
   * all examples alike.
   */
  readonly draw?: 'balanced' | 'random';
  readonly stream: Stream;
}

/**
 * Rows whose labels are used when labels are scarce, ascending; depends on the stream and the labels only.
 * @throws dbn.bad_value, dbn.labels, dbn.too_few_labelled
 */
export function chooseLabelled(labels: Int32Array, options: LabelSubsetOptions): Uint32Array {
  const { count, classes, draw = 'balanced', stream } = options;
  checkWhole('labels kept', count, 1);
  checkWhole('classes', classes, 2);
  checkLabels(labels, classes, labels.length);
  if (count > labels.length) {
    throw new OutsetError('dbn.bad_value', {
      field: 'labels kept',
      expected: `<= ${labels.length}`,
      got: count,
    });
  }
  const order = stream.permutation(labels.length);
  if (draw === 'random') return order.slice(0, count).sort();
  const wanted = Array.from(
    { length: classes },
    (_, k) => Math.floor(count / classes) + (k < count % classes ? 1 : 0),
  );
  const left = [...wanted];
  const chosen = order.filter((row) => left[labels[row]]-- > 0);
  for (const [label, missing] of left.entries()) {
    if (missing <= 0) continue;
    const available = wanted[label] - missing;
    throw new OutsetError('dbn.too_few_labelled', { label, wanted: wanted[label], available });
  }
  return chosen.sort();
}
