import type { Rbm } from '../../../../src/boltzmann/index.ts';
import { type Dataset, exampleSize } from '../../../../src/data/dataset.ts';
import { webThreads } from '../../../../src/runtime/web-threads.ts';
import { fetchImages, imageSetFile } from '../../data/fetch-dataset.ts';
import type { TaskContext } from '../../worker/context.ts';
import type { Tasks } from '../../worker/protocol.ts';
import type { DigitsOrder } from './commands.ts';
import { type Glimpse, lookAt } from './digit-pictures.ts';
import { type Digit, type DigitsEnd, trainDigits } from './train-digits.ts';

/** Beyond four threads the small batches of the lab get slower, not faster. */
const mostThreads = 4;

/** Trains in the worker, on threads where memory can be shared. */
export async function digitsTask(
  { order, digit }: { order: DigitsOrder; digit: Digit },
  context: TaskContext<Tasks['rbm.digits']>,
): Promise<DigitsEnd> {
  const all = await openDigits(context, ({ loaded, total }) =>
    context.progress({ kind: 'data', loaded, total }),
  );
  const threads = Math.max(1, Math.min(mostThreads, webThreads.processors));
  return trainDigits({
    order,
    digit,
    dataset: firstExamples(all, Number(order.examples)),
    threads,
    ...(threads > 1 && { host: webThreads }),
    signal: context.signal,
    report: context.progress,
    onControl: context.onControl,
  });
}

/** What a trained machine makes of a digit. */
export async function lookTask(
  { rbm, digit }: { rbm: Rbm; digit: Digit },
  context: TaskContext<Tasks['rbm.look']>,
): Promise<Glimpse> {
  return lookAt(rbm, digit, await openDigits(context, () => {}));
}

function openDigits(
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
