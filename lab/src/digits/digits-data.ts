/** The digits that the machines of the lab learn. Runs in the worker. */
import { type Dataset, exampleSize } from '../../../src/data/dataset.ts';
import { fetchImages, imageSetFile } from '../data/fetch-dataset.ts';

/** The first 10,000 training and 2,000 test digits of MNIST. */
export function openDigits(
  context: { address(path: string): string; readonly signal: AbortSignal },
  progress: Parameters<typeof fetchImages>[2],
) {
  return fetchImages('mnist', context.address(imageSetFile('mnist', '10000')), progress, context.signal);
}

/** The first training examples; nothing is copied. */
export function firstExamples({ train, ...rest }: Dataset, most: number): Dataset {
  const count = Math.min(most, train.count);
  const features = train.features.subarray(0, count * exampleSize(rest.exampleDims));
  return { ...rest, train: { ...train, count, features, labels: train.labels.subarray(0, count) } };
}
