/** Splitting examples into a part to learn from and a part to judge by. */

import { OutsetError } from '../messages/error.ts';
import type { Stream } from '../random/stream.ts';
import type { Split } from './dataset.ts';

/** Which examples go where. */
export interface SplitIndices {
  readonly train: Uint32Array;
  readonly test: Uint32Array;
}

/**
 * Draws `round(count · testFraction)` examples, at least one, for the test part; the rest is for training.
 * Depends only on the stream, the count and the fraction.
 * @throws data.split_fraction when one of the parts would be empty
 */
export function splitIndices(stream: Stream, count: number, testFraction: number): SplitIndices {
  const testCount = Math.max(1, Math.round(count * testFraction));
  if (!(testFraction > 0 && testFraction < 1) || testCount >= count) {
    throw new OutsetError('data.split_fraction', { count, got: testFraction });
  }
  const order = stream.permutation(count);
  // Sorted, so that the parts keep the order of the file.
  return { train: order.slice(testCount).sort(), test: order.slice(0, testCount).sort() };
}

/** The chosen examples of a split, copied. */
export function takeExamples(source: Split, indices: Uint32Array): Split {
  const rows = <Data extends Float32Array | Int32Array>(data: Data, out: Data, width: number): Data => {
    for (let i = 0; i < indices.length; i++) {
      out.set(data.subarray(indices[i] * width, (indices[i] + 1) * width), i * width);
    }
    return out;
  };
  const width = source.features.length / source.count;
  const features = rows(source.features, new Float32Array(indices.length * width), width);
  const { labels, targets, weights } = source;
  return {
    count: indices.length,
    features,
    labels: labels.length === 0 ? new Int32Array(0) : rows(labels, new Int32Array(indices.length), 1),
    ...(targets && {
      targets: rows(
        targets,
        new Float32Array((indices.length * targets.length) / source.count),
        targets.length / source.count,
      ),
    }),
    ...(weights && { weights: rows(weights, new Float32Array(indices.length), 1) }),
  };
}
